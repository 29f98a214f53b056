"""A copy of a page in a public archive, as that archive describes it (RFC 7089)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Memento:
    """``original`` is the page's address as the archive gives it (URI-R), ``uri`` where the copy was fetched (URI-M), ``datetime`` when the
    archive says that it made it (UTC, RFC 3339). ``archive`` is the host of the copy, ``timegate`` the archive that was asked, ``wished`` the date
    that was asked for, None for the newest. ``raw`` is whether the payload came as it was captured, not as people are shown it.
    """

    original: str
    uri: str
    datetime: str
    archive: str
    timegate: str
    raw: bool
    wished: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {item.name: value for item in fields(self) if (value := getattr(self, item.name)) is not None}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Memento:
        """Raises TypeError where it is none."""
        memento = cls(**value)
        words = (memento.original, memento.uri, memento.datetime, memento.archive, memento.timegate)
        if not all(isinstance(word, str) for word in words) or not isinstance(memento.wished, str | None):
            raise TypeError("a memento that says something else than words")
        if not isinstance(memento.raw, bool):
            raise TypeError("a memento that is neither raw nor not")
        return memento

    @property
    def distance(self) -> str | None:
        """How far it is from the date that was wished for (``12 days before``), None where none was."""
        try:
            return None if self.wished is None else away(_moment(self.datetime), _moment(self.wished))
        except ValueError:  # somebody else's record
            return None


def away(moment: datetime, wished: datetime) -> str:
    """How far a date is from another: ``12 days before``, ``3 hours after``, ``at``."""
    span = abs(moment - wished)
    unit, number = (
        ("day", span / timedelta(days=1)) if span >= timedelta(days=2) else ("hour", span / timedelta(hours=1))
    )
    if round(number) == 0:
        return "at"
    return f"{round(number)} {unit}{'' if round(number) == 1 else 's'} {'before' if moment < wished else 'after'}"


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
