"""The state of a citation: what a reader comes for, in a word and a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from archiver.archive import Archive
from archiver.errors import ArchiverError
from archiver.model import WHOLE_PAGE, Drift, Notice, Quote, Snapshot, StoredRecheck, Verdict
from archiver.printable import shorten, some
from archiver.quoting import remarks
from archiver.quoting.changewords import change_words
from archiver.urls import for_display, page_key

_GONE = frozenset({404, 410})
_MOST = 3  # changes that are told in a line


class Standing(StrEnum):
    """Whether a citation can be printed as it is."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"


VERDICTS: dict[Standing, tuple[str, ...]] = {
    Standing.HOLDS: tuple(verdict.value for verdict in Verdict if verdict.holds is True),
    Standing.FAILS: tuple(verdict.value for verdict in Verdict if verdict.holds is False),
    Standing.UNDECIDED: tuple(verdict.value for verdict in Verdict if verdict.holds is None),
}
_OF = {verdict: standing for standing, verdicts in VERDICTS.items() for verdict in verdicts}

MEANINGS = {
    "verbatim": "the source says exactly this",
    "typographic": "the source says this; only its typography differs",
    "elided": "the source says this, with what is left out or put in marked as it should be",
    "altered": "the source says something else",
    "spliced": "the source's words are joined in a way that misleads",
    "absent": "the source does not say this, nor anything near it",
    "undecided": "this could not be decided",
}
_WORDS = {
    "typographic": "holds (typography)",
    "elided": "holds (elided)",
    "verbatim": "holds",
    "absent": "not in the source",
}


@dataclass(frozen=True, slots=True)
class Live:
    """What the archive knows of the page since the snapshot that a citation stands on; ``code`` is a stable word, ``snapshot`` the newer
    one, or None."""

    code: str
    sentence: str
    snapshot: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """``word`` is the verdict as a reader says it, ``detail`` what goes with it (``13th → 31st``), empty where the word says all."""

    standing: Standing
    verdict: str
    word: str
    detail: str
    live: Live | None

    def to_json(self) -> dict[str, Any]:
        live = (
            {"code": self.live.code, "sentence": self.live.sentence, "snapshot": self.live.snapshot}
            if self.live
            else None
        )
        return {
            "standing": self.standing.value,
            "verdict": self.verdict,
            "word": self.word,
            "detail": self.detail,
            "live": live,
        }


class Pages:
    """What the archive knows last of pages, and the snapshots that citations stand on. Given the quotations of a list, it asks for what they
    need together; else, and where the catalogue is not as this program writes it, for one after the other, so that the rest can be shown."""

    def __init__(self, archive: Archive, quotes: Sequence[Quote] = ()) -> None:
        self._catalogue = archive.catalogue
        self._known: dict[str, tuple[Snapshot | None, StoredRecheck | None]] = {}
        self._anchors: dict[str, Snapshot | None] = {}
        if len(quotes) > 1:
            with suppress(ArchiverError):
                self._ask_together(quotes)

    def anchor(self, quote: Quote) -> Snapshot | None:
        """The snapshot that a quotation stands on, None where the catalogue does not have it any more."""
        name = quote.snapshot
        if name not in self._anchors:
            self._anchors[name] = None
            with suppress(ArchiverError):
                self._anchors[name] = self._catalogue.snapshot(name)
        return self._anchors[name]

    def last(self, url: str) -> tuple[Snapshot | None, StoredRecheck | None]:
        """The newest snapshot of the page at an address, and its last recheck. Raises ArchiverError."""
        key = page_key(url)
        if key not in self._known:
            self._known[key] = self._catalogue.latest(key), self._catalogue.rechecks.last(key)
        return self._known[key]

    def _ask_together(self, quotes: Sequence[Quote]) -> None:
        keys = set()
        for url in {quote.url for quote in quotes}:
            with suppress(ArchiverError):  # a page without an address
                keys.add(page_key(url))
        together = self._catalogue.together
        newest, rechecks = together.newest(keys), together.rechecks(keys)
        named = {quote.snapshot for quote in quotes} | {name for name in newest.values() if name is not None}
        snapshots = together.snapshots(named)
        self._anchors.update(snapshots)
        for key, name in newest.items():
            if name is None or name in snapshots:
                self._known[key] = snapshots[name] if name is not None else None, rechecks.get(key)


def state_of(quote: Quote, anchor: Snapshot | None, pages: Pages) -> State:
    """The state of a recorded quotation that stands on ``anchor``, None where the catalogue does not have that any more."""
    return State(
        _OF.get(quote.verdict, Standing.UNDECIDED),
        quote.verdict,
        _WORDS.get(quote.verdict, quote.verdict),
        _detail(quote),
        live_of(quote, anchor, pages) if anchor is not None else None,
    )


def _detail(quote: Quote) -> str:
    judged = quote.judged
    if judged["holds"] is None:
        return shorten(judged["warnings"][0]["detail"], 160) if judged["warnings"] else ""
    if judged["holds"]:
        said = remarks(Notice(warning["code"], warning["detail"]) for warning in judged["warnings"])
        if said:
            return shorten(said[0].detail, 160)
    return some([change_shown(change) for change in judged["changes"]], _MOST)


def change_shown(change: Mapping[str, Any], *, became: bool = False) -> str:
    """A change as its words are laid out on a page; ``became`` of a live page, as `archiver recheck` tells it."""
    return change_words(change["kind"], change["in_quote"], change["in_source"], became=became, isolated=True)


def live_of(quote: Quote, anchor: Snapshot, pages: Pages) -> Live | None:
    """What the archive knows of the page since the snapshot of a citation, by the last recheck or a newer snapshot; None where nothing."""
    try:
        newest, checked = pages.last(quote.url)
    except ArchiverError:  # a page without an address, or one that was erased
        return None
    if (
        checked is not None
        and checked.leaf > anchor.capture_leaf
        and (newest is None or checked.leaf > newest.capture_leaf)
    ):
        return _rechecked(checked, quote, anchor)
    if newest is not None and newest.id != anchor.id and newest.captured_at >= anchor.captured_at:
        if newest.status in _GONE:
            return Live("gone", f"page gone ({newest.status}){_kept(quote, anchor)}", newest.id)
        if newest.status in WHOLE_PAGE and newest.wall is None and _texts(newest) != _texts(anchor):
            return Live("changed", f"the page has changed; see its snapshot of {newest.captured_at[:10]}", newest.id)
    return None


def _rechecked(checked: StoredRecheck, quote: Quote, anchor: Snapshot) -> Live:
    day, drift = checked.time[:10], checked.drift
    own = checked.quotes.get(quote.id)
    # the words of others may be gone from a page on which these still stand
    elsewhere = Drift.EDITED_ELSEWHERE if drift in (Drift.QUOTE_ALTERED, Drift.QUOTE_REMOVED) else drift
    code = own["drift"] if own and own["drift"] else elsewhere.value
    if drift is Drift.GONE:
        return Live(code, f"page gone ({day}){_kept(quote, anchor)}", checked.snapshot)
    if drift.undecided:
        return Live(code, f"could not be looked at on {day}: {shorten(checked.told['reason'], 100)}", checked.snapshot)
    moved = f", moved to {for_display(checked.told['moved_to'], 60)}" if checked.told["moved_to"] else ""
    if code == Drift.QUOTE_ALTERED.value and own:
        changes = ", ".join(change_shown(change, became=True) for change in own.get("changes", [])[:_MOST])
        return Live(
            code,
            f"the live page says something else since {day}{f': {changes}' if changes else ''}{moved}",
            checked.snapshot,
        )
    if code == Drift.QUOTE_REMOVED.value:
        return Live(code, f"no longer on the live page ({day}){_kept(quote, anchor)}{moved}", checked.snapshot)
    if own and Verdict(own["verdict"]).holds is not True and Verdict(own["was"]).holds is True:
        return Live("restricted", f"undecided on the live page ({day}){moved}", checked.snapshot)
    if drift is Drift.UNCHANGED:
        return Live(code, f"page unchanged on {day}{moved}", checked.snapshot)
    return Live(Drift.EDITED_ELSEWHERE.value, f"page edited, {_still(own, quote)} on {day}{moved}", checked.snapshot)


def _still(own: Mapping[str, Any] | None, quote: Quote) -> str:
    """How words that no edit took away stand on the page: those that it never said may have come to stand there."""
    was = quote.verdict if own is None else own["was"]
    now = was if own is None else own["verdict"]
    if Verdict(was).holds:
        return "these words unchanged"
    return "and says this" if Verdict(now).holds else "and does not say this either"


def _kept(quote: Quote, anchor: Snapshot) -> str:
    """What is left of a page that is gone: of a quotation that never stood there, the page alone; nothing where it was gone by then."""
    if anchor.status not in WHOLE_PAGE:
        return ""
    has = "has it" if quote.judged["holds"] else "shows what it said"
    return f"; the snapshot of {anchor.captured_at[:10]} {has}"


def _texts(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(text.sha256 for text in snapshot.texts)
