"""That an alert was not taken by whom it is for."""

from __future__ import annotations

from archiver.errors import ArchiverError


class Undelivered(ArchiverError):
    """A receiver did not take an alert; ``wait`` is how many seconds it asks for, None where it does not say.

    ``final``: to try again is in vain until a person has seen to it. ``alone``: it is this alert that was refused, others may be taken.
    """

    exit_code = 3

    def __init__(self, words: str, *, wait: float | None = None, final: bool = False, alone: bool = False) -> None:
        super().__init__(words)
        self.wait = wait
        self.final = final
        self.alone = alone
