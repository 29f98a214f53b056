"""Comparing what a peer saw with what was seen here. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from archiver.model.corroboration import Agreement
from archiver.sharing.sighting import Sighting, Told

MOMENT = 60
"""Seconds: captures no further apart are of the same moment."""


@dataclass(frozen=True, slots=True)
class View:
    """One of our own captures of the page, or a look to which nothing answered: ids as a corroboration has them, digests in hex."""

    snapshot: str | None
    look: str | None
    time: str
    payload: str
    text: str
    gone: bool


def compare(told: Sighting, own: View, *, text_proven: bool) -> Agreement:
    """Whether both saw the same. A text counts only where the peer's log holds it."""
    if own.gone or told.told is Told.GONE:
        return Agreement.BOTH_GONE if own.gone and told.told is Told.GONE else Agreement.DIFFERS
    if told.payload and told.payload == own.payload:
        return Agreement.SAME_PAYLOAD
    if text_proven and told.text and told.text == own.text:
        return Agreement.SAME_TEXT
    return Agreement.DIFFERS


def is_comparable(told: Sighting, own: View, *, text_proven: bool) -> bool:
    """Whether it can be said if both saw the same. Not of a sighting of another address, which does not say what was seen; and not where the same
    text is told without its proof: it lies in a record that is not shared, and "differs" would be false."""
    if not told.payload or own.gone:
        return bool(told.payload) or told.told is Told.GONE
    return text_proven or told.payload == own.payload or not told.text or told.text != own.text


def apart(told: Sighting, own: View) -> int:
    """Seconds from the peer's look to ours."""
    return round((datetime.fromisoformat(own.time) - datetime.fromisoformat(told.time)).total_seconds())


def nearest(told: Sighting, views: Sequence[View]) -> View | None:
    """The one nearest in time; of two, the later."""
    return min(reversed(views), key=lambda view: (abs(apart(told, view)), -apart(told, view)), default=None)


def best(told: Sighting, views: Sequence[View], *, text_proven: bool) -> View | None:
    """The one to compare with: of those of the same moment one that agrees, else the nearest."""
    same = [view for view in views if abs(apart(told, view)) <= MOMENT]
    agreeing = [view for view in same if compare(told, view, text_proven=text_proven).holds]
    return nearest(told, agreeing or views)


def needs_look(told: Sighting, views: Sequence[View], *, text_proven: bool) -> bool:
    """Whether the live page has to be looked at for it.

    Not where a capture of that moment agrees, or came after it. An answer to somebody's entry asks for no look where there is any capture of
    that moment, or where the newest agrees: so no two archives can keep one another looking, however slow their looks are.
    """
    if any(apart(told, view) > 0 for view in views):
        return False
    own = best(told, views, text_proven=text_proven)
    if own is None:
        return True
    if told.answers and compare(told, nearest(told, views) or own, text_proven=text_proven).holds:
        return False
    if abs(apart(told, own)) > MOMENT:
        return True
    return not told.answers and not compare(told, own, text_proven=text_proven).holds
