"""The same page at another time: where a quotation does not hold, whether another snapshot of its page has the words."""

from __future__ import annotations

from dataclasses import replace

from archiver.archive import Archive
from archiver.errors import ArchiveError, DamagedArchive
from archiver.model import Notice, Snapshot
from archiver.quoting.judge import Judge, Quotation
from archiver.quoting.judged import Judged
from archiver.urls import page_key

MOST = 24
"""So many other texts of a page are looked at, those next in time first; a page that is watched for years has thousands."""

HELD = ("held-earlier", "held-later")
"""The notices that say so."""

DAMAGED = "edition-damaged"
"""The notice that another snapshot cannot say it."""


class Editions:
    """Looks through the other snapshots of the pages of quotations that do not hold; each page's are listed once."""

    def __init__(self, archive: Archive, judge: Judge) -> None:
        self._archive = archive
        self._judge = judge
        self._others: dict[str, list[Snapshot]] = {}

    def noted(self, judged: Judged, quotation: Quotation) -> Judged:
        """``judged`` with a notice, ``held-earlier`` or ``held-later``, where another snapshot of the page has the quotation.

        The verdict stays what it is against the snapshot that answers for the page; where none has it and what is on record of another is
        damaged, ``edition-damaged`` says so.
        """
        snapshot = judged.snapshot
        if judged.holds is not False or snapshot is None:
            return judged
        damaged = None
        for other, earlier in self._next_to(snapshot):
            try:
                found = self._judge.judge(quotation, other)
            except DamagedArchive:
                damaged = damaged or other  # nobody asked for it, and the verdict does not rest on it
                continue
            except ArchiveError:
                continue  # `verify` tells of it
            if found.holds:
                return _with(judged, _notice(found, other, earlier=earlier))
        if damaged is None:
            return judged
        words = f"{damaged.short_id}, captured {damaged.captured_at}, is damaged, so whether it says this is not known; run `archiver verify`"
        return _with(judged, Notice(DAMAGED, words))

    def _next_to(self, snapshot: Snapshot) -> list[tuple[Snapshot, bool]]:
        """Other snapshots of the page and whether each is earlier, each text once, those taken next before or after first."""
        key = page_key(snapshot.url)
        if key not in self._others:
            self._others[key] = self._archive.catalogue.snapshots_of(key)
        taken = self._others[key]
        here = next((at for at, item in enumerate(taken) if item.id == snapshot.id), len(taken))
        seen = {_texts(snapshot), ()}
        found = []
        for at in sorted(range(len(taken)), key=lambda at: abs(at - here)):
            if _texts(taken[at]) not in seen:
                seen.add(_texts(taken[at]))
                found.append((taken[at], at < here))
        return found[:MOST]


def _with(judged: Judged, notice: Notice) -> Judged:
    return replace(judged, judgement=replace(judged.judgement, warnings=(*judged.judgement.warnings, notice)))


def _texts(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(text.sha256 for text in snapshot.texts)


def _notice(found: Judged, other: Snapshot, *, earlier: bool) -> Notice:
    since = "the page has changed since" if earlier else "the page had not changed to that yet"
    words = f"{other.short_id}, captured {other.captured_at}, does say this ({found.judgement.verdict.value}): {since}"
    return Notice(HELD[0] if earlier else HELD[1], words)
