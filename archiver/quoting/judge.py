"""Judges quotations against the snapshots of an archive, and says what there is to say of the page that was taken."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archiver import match
from archiver.archive import Archive
from archiver.diffing import Counterparts
from archiver.errors import InputError, UnknownId
from archiver.judging import in_place, settle, without_twins
from archiver.match.nearest import Nearest, nearest
from archiver.match.places import in_context
from archiver.model import Judgement, Notice, Quote, Snapshot
from archiver.quoting.judged import Judged
from archiver.urls import for_display, page_key, parse, without_fragment

LED_ON = "led-on"
"""The notice that redirects led from the address to the page that was judged, where that does not have the words."""

_PAGES_KEPT = 64


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a person quotes: the words, and what may be said with them. ``prefix`` and ``suffix`` pick one of several passages."""

    text: str
    speaker: str | None = None
    note: str | None = None
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InputError("The quotation is empty; give the words that are quoted.")
        for part in (self.text, self.speaker, self.note, self.prefix, self.suffix):
            if part is not None and any("\ud800" <= character <= "\udfff" for character in part):
                raise InputError(
                    "The quotation (or what goes with it) is no Unicode text; was it copied in another encoding?"
                )


class Judge:
    """Judges quotations against the snapshots of an archive; pages prepared lately are kept for the next quotation."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._pages: OrderedDict[object, match.Prepared] = OrderedDict()
        self._beside: tuple[match.Prepared, match.Prepared, Counterparts] | None = None
        self._attested: OrderedDict[Snapshot, Snapshot] = OrderedDict()

    def judge(
        self, quotation: Quotation, snapshot: Snapshot, url: str | None = None, notices: Sequence[Notice] = ()
    ) -> Judged:
        """``url`` is the address that was asked for, where it may be spelt otherwise than the snapshot's; ``notices`` are said too.

        Raises DamagedArchive where the recorded texts are not intact, or the catalogue says of the snapshot what was not recorded."""
        snapshot = self._signed(snapshot)
        page = self._page(snapshot)
        judgement = match.judge(quotation.text, page, prefix=quotation.prefix, suffix=quotation.suffix)
        settled = settle(judgement, snapshot)
        said = [*notices, *_led_on(settled, snapshot), *_unused_context(quotation, settled, page)]
        if url is not None and not same_address(url, snapshot):
            said.append(
                Notice("other-address", f"judged against {for_display(snapshot.url)}, which is taken for the same page")
            )
        settled = replace(settled, warnings=(*settled.warnings, *said))
        return Judged(quotation.text, snapshot.url, snapshot, settled, speaker=quotation.speaker)

    def again(self, quote: Quote, snapshot: Snapshot) -> Judgement:
        """Judges a recorded quote by a snapshot, of the same page or another: by the place that was quoted, where its words stood in several.

        Raises DamagedArchive where the recorded texts are not intact."""
        judgement = self.judge(Quotation(quote.text), snapshot).judgement
        if not judgement.holds:
            return judgement
        try:
            anchor = self._archive.catalogue.snapshot(quote.snapshot)
        except UnknownId:
            return judgement  # it was erased meanwhile
        pages = [self._page(self._signed(page)) for page in (anchor, snapshot)]
        then, now = ([item.text for item in page.pages] for page in pages)
        texts = without_twins(quote.judged, then, now)
        if texts is not None:
            judgement = settle(match.judge(quote.text, texts), self._signed(snapshot))
        if not judgement.holds or pages[0] is pages[1]:
            return judgement
        own = in_place(quote.judged, self._counterparts(pages[0], pages[1]), now).judgement
        return judgement if own is None else settle(own, self._signed(snapshot))

    def _counterparts(self, then: match.Prepared, now: match.Prepared) -> Counterparts:
        """The two pages laid beside one another; the last such are kept for the next quotation."""
        if self._beside is None or self._beside[0] is not then or self._beside[1] is not now:
            laid = Counterparts.of(*([item.text for item in page.pages] for page in (then, now)))
            self._beside = then, now, laid
        return self._beside[2]

    def nearest(self, judged: Judged) -> Nearest | None:
        """The sentence of the page that has most of the quotation's words, for a person to look at; None where none is near.

        Raises DamagedArchive where the recorded texts are not intact."""
        return (
            nearest(judged.quotation, self._page(self._signed(judged.snapshot)))
            if judged.snapshot is not None
            else None
        )

    def _signed(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot as its signed record has it: the catalogue is no evidence, and what is judged here is signed."""
        signed = self._attested.get(snapshot)
        if signed is None:
            signed = self._attested[snapshot] = self._archive.attested(snapshot)[0]
            if len(self._attested) > _PAGES_KEPT:
                self._attested.popitem(last=False)
        return signed

    def _page(self, snapshot: Snapshot) -> match.Prepared:
        key = tuple((text.sha256, text.unseen, text.places) for text in snapshot.texts)
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = match.prepare(self._archive.texts(snapshot))
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(key)
        return page


def same_address(url: str, snapshot: Snapshot) -> bool:
    """True where a URL is the one that was captured or the one at which it ended, but for the fragment."""
    return without_fragment(url) in (without_fragment(snapshot.url), without_fragment(snapshot.final_url))


def _led_on(judgement: Judgement, snapshot: Snapshot) -> list[Notice]:
    """Where redirects led, of a quotation that does not hold: sites send the addresses of pages that are gone to their front page."""
    if judgement.holds or snapshot.origin is not None or page_key(snapshot.final_url) == page_key(snapshot.url):
        return []
    front = ", the front page of a site" if parse(snapshot.final_url).target.partition("?")[0] == "/" else ""
    return [Notice(LED_ON, f"the address led on to {for_display(snapshot.final_url)}{front}; that is what was judged")]


def _unused_context(quotation: Quotation, judgement: Judgement, page: match.Prepared) -> list[Notice]:
    """What was given to pick one of several passages, and stands beside none of those that were found."""
    notices = []
    texts = [item for item in page.pages if item.text.layer == judgement.layer]
    for name, words, where in (("prefix", quotation.prefix, "before"), ("suffix", quotation.suffix, "behind")):
        context = (words, "") if name == "prefix" else ("", words)
        found = [item.spans[0 if name == "prefix" else -1] for item in judgement.matches]
        if words and found and not any(in_context(text, span, context) for text in texts for span in found):
            notices.append(Notice(f"{name}-unused", f"the words given as {name} do not stand {where} it: not used"))
    return notices
