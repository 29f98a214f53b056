"""How to watch, and who hears of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from archiver.catalogue import Alert
from archiver.rechecking import CONFIRM_AFTER, Recheck
from archiver.watching.channels import Channels, Sent
from archiver.watching.schedule import Policy


class Listener:
    """What a watch says while it is at work; every method may be left as it is. Called in the thread that runs the watch, but ``sent``."""

    def began(self, sources: int, due: int) -> None:
        """A round begins."""

    def round_over(self) -> None:
        """A round has ended, and what it recorded is taken in."""

    def looked(self, recheck: Recheck) -> None:
        """A source was looked at, and that is recorded."""

    def failed(self, url: str, why: str) -> None:
        """A source could not be looked at, and nothing is recorded."""

    def alert(self, alert: Alert) -> None:
        """There is something new to tell."""

    def sent(self, sent: Sent) -> None:
        """An alert was delivered, or was not. Called in a thread of its own."""

    def note(self, words: str) -> None:
        """Something about the watch itself."""

    def waiting(self, sources: int, seconds: float | None) -> None:
        """Nothing is due for so long; None where nothing is watched."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to watch. ``pause`` are the seconds between two looks at one host, ``confirm_after`` those before a second look; ``robots``
    whether robots.txt is respected, ``edits`` whether edits beside the quotations are told too.
    """

    policy: Policy = field(default_factory=Policy)
    channels: Channels = field(default_factory=Channels)
    jobs: int = 32
    per_host: int = 1
    pause: float = 1.0
    confirm_after: float = CONFIRM_AFTER
    robots: bool = False
    edits: bool = False
