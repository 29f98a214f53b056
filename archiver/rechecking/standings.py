"""How each quotation of a source stands: what it was in the snapshot that it is anchored in, and what it is now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from archiver.archive import Archive
from archiver.errors import ArchiveError, DamagedArchive, UnknownId
from archiver.judging import AROUND, AS_SHOWN, IN_CORRECTION, IN_PLACE, PICKED
from archiver.model import (
    STOOD_BEFORE,
    SUPPLIED,
    Drift,
    Judgement,
    Layer,
    Notice,
    Quote,
    Snapshot,
    Verdict,
)
from archiver.quoting import Judged, Quotation, remarks_of
from archiver.rechecking.known import Known, same_texts
from archiver.rechecking.pages import Page

LEFT_ARTICLE, LEFT_TO_NOTE = "left-article", "left-to-note"

PLACED = {
    LEFT_ARTICLE: "beside the article only",
    LEFT_TO_NOTE: "in a note of correction only",
    AROUND: "in a sentence that reads otherwise now",
}
"""The codes of the remarks that a quotation holds at another place than where it stood, or in another sentence, and where that is."""

_MATCHES = 3
"""So many places of a quotation are kept of each look."""

_TOLD = ("layer", "matches", "changes", "warnings")


@dataclass(frozen=True, slots=True)
class Standing:
    """``was`` is the verdict that was recorded with the quote, ``verdict`` that by the page as it is now (``undecided`` where it was not seen).

    ``drift`` is QUOTE_ALTERED or QUOTE_REMOVED where the quotation held and does not any more. ``judged`` is the judgement, None where none was
    needed: ``told`` has what was said of it before, empty where that is what its own record says. ``doubt`` says why nothing is made of it
    that it does not hold now.
    """

    quote: Quote
    was: Verdict
    verdict: Verdict
    drift: Drift | None = None
    judged: Judged | None = None
    told: dict[str, Any] = field(default_factory=dict)
    doubt: Notice | None = None

    @property
    def holds(self) -> bool | None:
        return self.verdict.holds

    @property
    def open(self) -> bool:
        """Whether it held, and nobody knows whether it does now."""
        return bool(self.was.holds) and self.holds is None

    @property
    def remarks(self) -> tuple[Notice, ...]:
        """What a reader must see of a quotation that holds: that it is not where or as it stood, or hangs on words beside it."""
        if not self.holds:
            return ()
        if self.judged is not None:
            judgement = self.judged.judgement
        else:
            told = (self.told or self.quote.judged).get("warnings", ())
            judgement = Judgement(self.verdict, warnings=tuple(Notice(one["code"], one["detail"]) for one in told))
        others = remarks_of(judgement)
        return tuple(notice for notice in judgement.warnings if notice.code in PLACED or notice in others)

    def record(self) -> dict[str, Any]:
        """As the record of a recheck tells it."""
        value = {"quote": self.quote.id, "was": self.was.value, "verdict": self.verdict.value, "drift": self.drift}
        return value | self._said()

    def to_json(self, snapshot: Snapshot | None) -> dict[str, Any]:
        """The judged quotation of the command line's JSON, with what it was."""
        if self.judged is not None:
            value = self.judged.to_json()
        else:
            value = self.quote.judged | self._said()
            value |= {"verdict": self.verdict.value, "holds": self.holds}
            value |= {"snapshot": snapshot.short_id, "captured_at": snapshot.captured_at} if snapshot else {}
        value |= {"id": self.quote.short_id, "was": self.was.value, "drift": self.drift}
        value["anchored_in"] = self.quote.snapshot[:14]
        if self.quote.speaker is not None:
            value |= {"speaker": self.quote.speaker, "speaker_checked": False}
        return value

    def _said(self) -> dict[str, Any]:
        if self.judged is None:
            return self.told
        value = self.judged.to_json()
        said = {name: value[name] for name in _TOLD}
        said["matches"] = said["matches"][:_MATCHES]
        if self.doubt is not None:
            said["warnings"] = [*said["warnings"], self.doubt.to_json()]
        return said


def unseen(known: Known, code: str, detail: str) -> tuple[Standing, ...]:
    """The standings where the page was not seen."""
    told = {"layer": None, "matches": [], "changes": [], "warnings": [Notice(code, detail).to_json()]}
    return tuple(Standing(quote, Verdict(quote.verdict), Verdict.UNDECIDED, told=told) for quote in known.quotes)


def settled(archive: Archive, known: Known) -> tuple[Standing, ...] | None:
    """The standings on the texts of the previous snapshot, as far as they are on record; None where one has to be judged."""
    base, found = known.base, []
    seen = _Seen(archive, known)
    for quote in known.quotes:
        standing = None if base is None else _as_before(archive, quote, base, seen)
        if standing is None:
            return None
        found.append(standing)
    return tuple(found)


def standings(archive: Archive, known: Known, page: Page) -> tuple[Standing, ...]:
    """The standings on what a look was shown. Nothing is judged where the texts are the same."""
    seen = _Seen(archive, known)
    standing = _Standing(archive, known, page)
    return tuple(_as_before(archive, quote, page.snapshot, seen) or standing.of(quote) for quote in known.quotes)


class _Seen:
    """What the last recheck said that saw the page; nothing of texts that a snapshot has shown otherwise since: they came back."""

    def __init__(self, archive: Archive, known: Known) -> None:
        recheck = known.seen
        self.quotes = recheck.quotes if recheck is not None else {}
        newer = recheck is not None and known.base is not None and known.base.capture_leaf > recheck.leaf
        self._since = known.base if newer else None
        self._id = recheck.snapshot if recheck is not None else None
        self._archive = archive
        self._snapshot: Snapshot | None = None

    def saw(self, now: Snapshot) -> bool:
        """Whether it saw the same texts."""
        if self._id is None or (self._since is not None and not same_texts(self._since, now)):
            return False
        if self._id == now.id:
            return True
        if self._snapshot is None:
            self._snapshot = _snapshot(self._archive, self._id)
        return self._snapshot is not None and same_texts(self._snapshot, now)


def _as_before(archive: Archive, quote: Quote, now: Snapshot, seen: _Seen) -> Standing | None:
    """How a quotation stands on texts that it was held against before; None where it was not, or not to an end."""
    was = Verdict(quote.verdict)
    if quote.snapshot in (now.id, now.revisit_of):
        return Standing(quote, was, was)
    told = seen.quotes.get(quote.id)
    if told is not None and told["verdict"] != Verdict.UNDECIDED and seen.saw(now):
        said = {name: told[name] for name in _TOLD if name in told}
        drift = Drift(told["drift"]) if told["drift"] else None
        return Standing(quote, was, Verdict(told["verdict"]), drift, told=said)
    anchor = _snapshot(archive, quote.snapshot)
    return Standing(quote, was, was) if anchor is not None and same_texts(anchor, now) else None


def _snapshot(archive: Archive, name: str) -> Snapshot | None:
    try:
        return archive.catalogue.snapshot(name)
    except UnknownId:
        return None  # it was erased meanwhile


class _Standing:
    """Judges quotations by what a look was shown. The same words are judged once, whoever is said to have spoken them."""

    def __init__(self, archive: Archive, known: Known, page: Page) -> None:
        self._archive = archive
        self._known = known
        self._page = page
        self._judged: dict[str, Judged] = {}
        self._anchors: dict[str, Page | None] = {}

    def of(self, quote: Quote) -> Standing:
        if quote.text not in self._judged:
            self._judged[quote.text] = self._page.judge(Quotation(quote.text))
        judged = replace(self._judged[quote.text], id=quote.id, speaker=quote.speaker)
        was = Verdict(quote.verdict)
        if was.holds and judged.holds is not None:
            own = self._by_place(quote, judged)
            judged = own if own.holds is False else self._outside_notes(quote, self._as_shown(quote, own))
            judged = self._in_place(quote, judged)
        verdict = judged.judgement.verdict
        if not was.holds or verdict.holds is not False:
            return Standing(quote, was, verdict, judged=self._elsewhere(quote, judged))
        doubt = self._doubt(quote)
        if doubt is not None:
            if doubt.code == _ONLY_BROWSER:
                judgement = replace(
                    judged.judgement,
                    verdict=Verdict.UNDECIDED,
                    matches=(),
                    changes=(),
                    warnings=(doubt, *judged.judgement.warnings),
                )
                return Standing(quote, was, Verdict.UNDECIDED, judged=replace(judged, judgement=judgement))
            return Standing(quote, was, verdict, judged=judged, doubt=doubt)
        if verdict is Verdict.ABSENT:
            return Standing(quote, was, verdict, Drift.QUOTE_REMOVED, judged)
        if _THERE not in judged.judgement.warnings and self._stood_before(quote, judged):
            return Standing(quote, was, verdict, Drift.QUOTE_REMOVED, judged, doubt=_TWIN)
        return Standing(quote, was, verdict, Drift.QUOTE_ALTERED, judged)

    def _doubt(self, quote: Quote) -> Notice | None:
        """Why a quotation that held and does not now is no drift of the page; None where it is one."""
        page = self._anchor(quote)
        if page is None:
            return None
        anchor = page.snapshot
        if quote.layer == Layer.RENDERED and not self._browser_looked(quote):
            return Notice(_ONLY_BROWSER, "only a browser was shown these words, and this look was without one")
        if (
            anchor.origin is not None
            and SUPPLIED in (anchor.origin.kind, anchor.origin.claims)
            and not self._held_live(quote)
        ):
            return Notice(
                "supplied-by-user",
                "it was quoted from a file that somebody supplied; the live page was never seen to say it",
            )
        if (
            anchor.payload_sha256 == self._page.snapshot.payload_sha256
            and anchor.browser is None is self._page.snapshot.browser
        ):
            return Notice(
                "read-otherwise", "the page is the same byte for byte; this version draws another text from it"
            )
        try:
            today = page.judge(Quotation(quote.text))
        except DamagedArchive:
            raise
        except ArchiveError:
            return None
        if today.holds is False:
            words = f"this version judges it {today.judgement.verdict.value} on the page as it was, too"
            return Notice("judged-otherwise", words)
        return None

    def _stood_before(self, quote: Quote, judged: Judged) -> bool:
        """Whether the near passage stood on the page before too, beside the one that was quoted: then it is no edit of that."""
        anchor = self._anchor(quote)
        if anchor is None or not judged.judgement.matches:
            return False
        own = [part for found in quote.judged["matches"] for part in found["exact"].split(" … ")]
        parts = judged.judgement.matches[0].exact.split(" … ")
        for text in anchor.texts:
            content = text.content
            for part in own:
                content = content.replace(part, "\n")
            if all(part in content for part in parts):
                return True
        return False

    def _anchor(self, quote: Quote) -> Page | None:
        if quote.snapshot not in self._anchors:
            snapshot = _snapshot(self._archive, quote.snapshot)
            self._anchors[quote.snapshot] = Page(self._archive, snapshot) if snapshot is not None else None
        return self._anchors[quote.snapshot]

    def _by_place(self, quote: Quote, judged: Judged) -> Judged:
        """By the place that was quoted, where the words stood in others too: what stands there still says nothing of this one."""
        anchor = self._anchor(quote)
        own = self._page.judge_picked(quote, anchor) if judged.holds and anchor is not None else None
        if own is None:
            return judged
        if own.verdict is not judged.judgement.verdict:
            own = replace(own, warnings=(_ELSEWHERE, *own.warnings))
        return replace(judged, judgement=own)

    def _as_shown(self, quote: Quote, judged: Judged) -> Judged:
        """By what readers are shown, where they were shown the words when they were quoted: what stands in scripts or hidden elements only may
        be what an edit forgot, and says nothing of the page."""
        shown = self._page.judge_shown(quote.text)
        if shown is None or shown.holds is not False:
            return judged
        if judged.holds is False and shown.verdict is not Verdict.ABSENT:
            return judged
        anchor = self._anchor(quote)
        if anchor is None or judged.judgement.verdict is shown.verdict:
            return judged
        then = anchor.judge_shown(quote.text)
        if then is not None and not then.holds:
            return judged
        left = "; in what no reader sees it still stands" if judged.holds else ""
        notice = Notice(AS_SHOWN, f"judged by what readers are shown, as it was shown when it was quoted{left}")
        return replace(judged, judgement=replace(shown, warnings=(notice, *shown.warnings)))

    def _outside_notes(self, quote: Quote, judged: Judged) -> Judged:
        """By what stands outside of a note that the page was corrected, where the words came to stand in such a note only: that says what was
        wrong. Where nothing like them stands outside, the note may be what is right, so it is told and no more."""
        outside = self._page.judge_outside_notes(quote.text) if judged.holds else None
        if outside is None or outside.holds is not False:
            return judged
        anchor = self._anchor(quote)
        then = anchor.judge_outside_notes(quote.text) if anchor is not None else None
        if then is not None and not then.holds:
            return judged  # it was quoted from the note
        if outside.verdict is Verdict.ABSENT:
            notice = Notice(LEFT_TO_NOTE, "it stands only in a note that the page was corrected")
            judgement = replace(judged.judgement, warnings=(notice, *judged.judgement.warnings))
            return replace(judged, judgement=judgement)
        notice = Notice(
            IN_CORRECTION,
            "the words as quoted stand only in a note that the page was corrected; judged by the text beside it",
        )
        return replace(judged, judgement=replace(outside, warnings=(notice, *outside.warnings)))

    def _in_place(self, quote: Quote, judged: Judged) -> Judged:
        """By the sentence that stands where it stood: where that says otherwise now, what stands elsewhere says nothing for it. Where it has
        the words with others round them, that is told."""
        anchor = self._anchor(quote) if judged.holds else None
        if anchor is None:
            return judged
        found = self._page.judge_in_place(quote, anchor)
        if found.judgement is not None:
            judgement = replace(found.judgement, warnings=(_THERE, *found.judgement.warnings))
            return replace(judged, judgement=judgement)
        if not found.around:
            return judged
        judgement = replace(judged.judgement, warnings=(*judged.judgement.warnings, _AROUND))
        return replace(judged, judgement=judgement)

    def _browser_looked(self, quote: Quote) -> bool:
        snapshot = self._judged[quote.text].snapshot
        return snapshot is not None and snapshot.browser is not None

    def _held_live(self, quote: Quote) -> bool:
        """Whether an earlier recheck saw a supplied quotation hold on the page itself."""
        told = self._known.seen.quotes.get(quote.id) if self._known.seen is not None else None
        return told is not None and (told["drift"] is not None or Verdict(told["verdict"]).holds is True)

    def _elsewhere(self, quote: Quote, judged: Judged) -> Judged:
        """With a notice where a quotation of the article now stands only beside it: in a teaser, a comment, a list of stories."""
        layer = judged.judgement.layer
        if quote.layer != Layer.ARTICLE or layer in (None, Layer.ARTICLE) or not judged.holds:
            return judged
        notice = Notice(LEFT_ARTICLE, f"it stood in the article, and stands only in the {layer} text now")
        judgement = replace(judged.judgement, warnings=(*judged.judgement.warnings, notice))
        return replace(judged, judgement=judgement)


_ELSEWHERE = Notice(
    PICKED,
    "the same words stand elsewhere on the page, as they did when this place was quoted; judged by this place alone",
)
_THERE = Notice(
    IN_PLACE,
    "judged by the sentence that stands now where it stood; the words as quoted stand elsewhere on the page only",
)
_AROUND = Notice(
    AROUND, "the sentence that it stood in reads otherwise now; whether that changes what it says is not judged"
)
_ONLY_BROWSER = "needs-browser"
_TWIN = Notice(
    STOOD_BEFORE, "what is near to it stood on the page before, beside it; the quoted passage itself is not there"
)
