"""A capture that is about to be recorded, for whoever has something to record along with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archiver.model import Exchange, Snapshot
from archiver.warc import Member


@dataclass(frozen=True, slots=True)
class Draft:
    """``snapshot`` is the id that it will have, ``exchanges`` are what went over the wire, the page last. ``earlier`` is the snapshot whose
    payload and texts stand for it, as its signed record has it; None where the page was read anew.
    """

    snapshot: str
    exchanges: tuple[Exchange, ...]
    earlier: Snapshot | None


Along = Callable[[Draft], Sequence[Member]]
"""Hears of a capture before it is recorded, and gives the members that go into the same commit, behind it."""
