"""A page as it was shown to somebody, to judge quotations by; read when it is asked for."""

from __future__ import annotations

from dataclasses import replace

from archiver import match
from archiver.archive import Archive
from archiver.diffing import Counterparts
from archiver.errors import UnknownId
from archiver.judging import InPlace, as_shown, in_place, outside_notes, settle, without_twins
from archiver.model import Judgement, Quote, Snapshot, Text
from archiver.quoting import Judge, Judged, Quotation
from archiver.rechecking.bodies import body_of
from archiver.rechecking.look import Look


class Page:
    """The page of a snapshot, or of one that is not recorded (its id is empty): then its ``texts`` and ``body`` are given."""

    def __init__(
        self, archive: Archive, snapshot: Snapshot, texts: tuple[Text, ...] | None = None, body: bytes | None = None
    ) -> None:
        self.snapshot = snapshot
        self._archive = archive
        self._texts = texts
        self._body = body
        self._judge = Judge(archive)
        self._whole: match.Prepared | None = None
        self._shown: tuple[tuple[Text, ...], match.Prepared] | None = None
        self._outside: match.Prepared | None = None
        self._beside: dict[str, Counterparts] = {}

    @classmethod
    def of(cls, archive: Archive, look: Look, shown: Snapshot) -> Page:
        """What a look was shown."""
        return cls(archive, shown, look.texts, look.body)

    @property
    def texts(self) -> tuple[Text, ...]:
        if self._texts is None:
            self._texts = self._archive.texts(self.snapshot)
        return self._texts

    @property
    def body(self) -> bytes:
        """Its payload; empty where that cannot be had, or is no markup."""
        if self._body is None:
            self._body = (body_of(self._archive, self.snapshot) or b"") if self.snapshot.id else b""
        return self._body if "html" in self.snapshot.media_type else b""

    def judge(self, quotation: Quotation) -> Judged:
        """Judges by all that the page has."""
        if self.snapshot.id:
            return self._judge.judge(quotation, self.snapshot)
        if self._whole is None:
            self._whole = match.prepare(self.texts)
        judgement = settle(match.judge(quotation.text, self._whole), self.snapshot)
        return Judged(quotation.text, self.snapshot.url, self.snapshot, judgement)

    def judge_picked(self, quote: Quote, anchor: Page) -> Judgement | None:
        """Judges by the place that was quoted alone, where the words stood in several on the page that the quote is ``anchor``ed in; None
        where that is what `judge` does."""
        texts = without_twins(quote.judged, anchor.texts, self.texts)
        return None if texts is None else settle(match.judge(quote.text, texts), self.snapshot)

    def judge_in_place(self, quote: Quote, anchor: Page) -> InPlace:
        """Judges a quotation that holds by what stands where it stood on the page that it is ``anchor``ed in."""
        name = anchor.snapshot.id
        if name not in self._beside:
            self._beside[name] = Counterparts.of(anchor.texts, self.texts)
        found = in_place(quote.judged, self._beside[name], self.texts)
        return found if found.judgement is None else InPlace(settle(found.judgement, self.snapshot))

    def again(self, quote: Quote) -> Judged:
        """Judges a recorded quote, by the place that was quoted. Raises ArchiveError where a recorded text is damaged."""
        judged = self.judge(Quotation(quote.text))
        if not judged.holds:
            return judged
        try:
            anchor = self._archive.catalogue.snapshot(quote.snapshot)
        except UnknownId:
            return judged  # it was erased meanwhile
        page = Page(self._archive, anchor)
        own = self.judge_picked(quote, page)
        if own is None or own.holds:
            own = self.judge_in_place(quote, page).judgement or own
        return judged if own is None else replace(judged, judgement=own)

    def judge_shown(self, words: str) -> Judgement | None:
        """Judges by what readers are shown; None where that cannot be told apart, or all of it is there to the letter."""
        if self._shown is None:
            texts = as_shown(self.texts)
            self._shown = texts, match.prepare(texts)
        texts, prepared = self._shown
        if not texts or any(words.strip() in text.content for text in texts):
            return None
        return settle(match.judge(words, prepared), self.snapshot)

    def judge_outside_notes(self, words: str) -> Judgement | None:
        """Judges by what stands outside of the page's notes of correction; None where it has none."""
        if self._outside is None:
            texts = outside_notes(self.texts)
            if texts is None:
                return None
            self._outside = match.prepare(texts)
        return settle(match.judge(words, self._outside), self.snapshot)
