"""Who does the tasks that are done outside this process: children of this machine, or hands that were lent for the run of a command.

What is lent is a property of the process, as the number of its processors is: whoever has tasks asks here, and need not be told by
those who called it. Nothing below knows what the hands are (`archiver.spreading` has Dask's).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

Errand = Callable[[Sequence[Any]], list[Any]]
"""A function of a module of ours that answers each of several tasks, in their order; it keeps nothing between two calls."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of several tasks, and the seconds that whoever did them took."""

    items: list[Any]
    seconds: float


class Pending(Protocol):
    """Tasks that were handed over."""

    def answers(self, halted: Callable[[], bool] | None = None) -> Answers | None:
        """Waits for what came of them; None where nobody could do them, or where ``halted`` became true."""


class Hands(Protocol):
    """Workers that do tasks; any thread may hand over."""

    def width(self) -> int:
        """How many tasks they do at once; zero where there is nobody left."""

    def submit(self, do: Errand, tasks: Sequence[Any]) -> Pending:
        """Hands over tasks that are done together, by one worker."""


_lent: list[Hands] = []


@contextmanager
def lend(hands: Hands) -> Iterator[None]:
    """Within it, `lent` gives these."""
    _lent.append(hands)
    try:
        yield
    finally:
        _lent.remove(hands)


def lent() -> Hands | None:
    """The hands that are to be used instead of children of this machine; None for those."""
    return _lent[-1] if _lent else None
