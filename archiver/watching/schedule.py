"""When a source is looked at again: calm pages less often, changed ones more, and never all at once."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from archiver.errors import InputError
from archiver.printable import printable

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

CALMER = 1.5
"""What a look that found nothing new does to the interval."""

LIVELIER = 0.5
"""What a look that found a change does to it."""

JITTER = 0.15
"""By how much of an interval a look comes earlier or later, by chance: sources that were added together drift apart."""

_SPAN = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?)([smhdw]?)")
_UNITS = {"": 1.0, "s": 1.0, "m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}
_LONGEST = 3650 * DAY

LONGEST_REST = 2 * DAY
"""Seconds: a host that is to be left alone for longer was put off by a wrong clock."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Seconds between two looks: ``every`` to begin with, then no fewer than ``at_least`` and no more than ``at_most``.

    ``tell_after`` is how many looks in a row have to fail before it is told that nothing can be seen. Raises InputError where these
    contradict one another.
    """

    every: float = DAY
    at_least: float = HOUR
    at_most: float = 14 * DAY
    tell_after: int = 3

    def __post_init__(self) -> None:
        if not 0 < self.at_least <= self.every <= self.at_most:
            raise InputError(
                f"A source cannot be looked at every {in_words(self.every)}, with at least {in_words(self.at_least)} and at most "
                f"{in_words(self.at_most)} between: the first must lie between the two others."
            )


def interval_after(policy: Policy, interval: float, *, changed: bool) -> float:
    """The interval after a look that saw the page."""
    wanted = interval * (LIVELIER if changed else CALMER)
    return min(max(wanted, policy.at_least), policy.at_most)


def wait_after_failures(policy: Policy, failures: int) -> float:
    """How long to wait after so many looks in a row that saw nothing: from the shortest interval on, twice as long each time."""
    doubled: float = policy.at_least * 2.0 ** min(max(failures, 1) - 1, 32)
    return min(doubled, policy.at_most)


def jittered(seconds: float, chance: random.Random) -> float:
    """A little more or less, evenly."""
    return seconds * chance.uniform(1 - JITTER, 1 + JITTER)


def parse_interval(words: str) -> float:
    """Seconds of ``90s``, ``30m``, ``12h``, ``7d`` or ``2w``. Raises InputError."""
    found = _SPAN.fullmatch(words.strip().lower())
    seconds = float(found[1]) * _UNITS[found[2]] if found else -1.0
    if not 0 < seconds <= _LONGEST:
        raise InputError(
            f"{printable(words)[:40]!r} is no span of time; write one like 30m, 12h, 7d or 2w (ten years at most)."
        )
    return seconds


def in_words(seconds: float) -> str:
    """``90s``, ``30m``, ``12h`` or ``7d``: the largest unit of which there are two or a whole number, rounded."""
    for unit in ("d", "h", "m"):
        size = _UNITS[unit]
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            return f"{round(seconds / size)}{unit}"
    return f"{round(seconds)}s"
