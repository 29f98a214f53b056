"""Which of the copies that a TimeMap lists is tried, and in which order, where the nearest one is of an error page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

TRIES = 8
"""Copies that are fetched at most, after the first."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in an archive: its address, and the date that it is listed with (UTC)."""

    uri: str
    datetime: datetime


def in_order(copies: Iterable[Copy]) -> tuple[Copy, ...]:
    """Oldest first, each moment once."""
    by_moment = {item.datetime: item for item in copies}
    return tuple(by_moment[moment] for moment in sorted(by_moment))


def nearest(copies: Sequence[Copy], wished: datetime | None) -> Copy:
    """The copy nearest to a date, the newest without one."""
    if wished is None:
        return copies[-1]
    return min(copies, key=lambda item: abs(item.datetime - wished))


def first_good(
    copies: Sequence[Copy], wished: datetime | None, attempt: Callable[[Copy], Value | None]
) -> tuple[Value | None, int]:
    """What ``attempt`` gives of a copy that is good, and how many were tried. The nearest is known to be none.

    With a date: the next nearest ones in turn. Without: the newest good one. A page that is gone was so ever since, mostly, so that steps back
    double until one is good, and the newest good one is then looked for between the last two.
    """
    known = nearest(copies, wished)
    others = [item for item in copies if item != known]
    if wished is not None:
        others.sort(key=lambda item: abs(item.datetime - wished))
        for number, item in enumerate(others[:TRIES], 1):
            value = attempt(item)
            if value is not None:
                return value, number
        return None, min(len(others), TRIES)
    return _newest_good(others, attempt)


def _newest_good(copies: Sequence[Copy], attempt: Callable[[Copy], Value | None]) -> tuple[Value | None, int]:
    bad, good, best, tried, step = len(copies), -1, None, 0, 1
    while tried < TRIES and bad - good > 1:
        at = max(bad - step, 0) if best is None else (bad + good) // 2
        value = attempt(copies[at])
        tried += 1
        if value is not None:
            good, best = at, value
        else:
            bad, step = at, step * 2
    return best, tried
