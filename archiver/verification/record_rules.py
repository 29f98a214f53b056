"""The checks of one record after another, wherever their bytes come from: an archive's files or a pack.

What a record says of others comes back as facts, which `content_checks` holds against the log. What is checked between neighbours
(a capture and its exchanges, a quote and its text) is checked here while these are at hand, and put off where they are not.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from sys import getsizeof
from typing import TYPE_CHECKING

from archiver.digests import Digest, labelled_matches
from archiver.log.leaves import Details
from archiver.model.kinds import (
    CAPTURE,
    CLOCK,
    COHORT,
    COHORT_ROWS,
    CORROBORATION,
    ERASURE,
    IMPORT,
    KEY_ROTATION,
    QUOTE,
    RECHECK,
    TEXT,
)
from archiver.net.chunks import ChunkDecoder
from archiver.verification.cohortfacts import ReportFacts, RowsFacts, report_facts, rows_facts
from archiver.verification.exchanges import Answer, answer_of, exchange_fault
from archiver.verification.recheckfacts import RecheckFacts, recheck_facts
from archiver.verification.records import (
    CaptureFacts,
    QuoteFacts,
    anchor_fault,
    capture_facts,
    quote_facts,
    time_fault,
)
from archiver.verification.streaming import HEAD, bodies, header_fault
from archiver.verification.times import same_second

if TYPE_CHECKING:
    from archiver.verification.corroborationfacts import CorroborationFacts

_TEXT_BYTES = 16 << 20  # as they lie in memory: of a text that is not Latin, four for each character
_ANSWERS = 4096
_SHORT_HEAD = 1 << 12
_WITH_TIME = {ERASURE: "erased_at", KEY_ROTATION: "time", CLOCK: "time", IMPORT: "imported_at"}
"""Records of the archive's own acts, with the field that people are shown as their time."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the member of a leaf, and which check says so."""

    index: int
    check: str
    detail: str


@dataclass(slots=True)
class Checked:
    """What checking records gave: the problems, how many are sound, the facts of captures and quotes by their leaves.

    ``postponed`` are quotes whose text was not at hand, ``apart`` captures whose exchanges were not; ``elsewhere`` says that a member does
    not lie where it was said to, and the rest is void.
    """

    problems: list[Problem] = field(default_factory=list)
    sound: int = 0
    captures: list[tuple[int, CaptureFacts]] = field(default_factory=list)
    quotes: list[tuple[int, QuoteFacts]] = field(default_factory=list)
    rechecks: list[tuple[int, RecheckFacts]] = field(default_factory=list)
    corroborations: list[tuple[int, CorroborationFacts]] = field(default_factory=list)
    reports: list[tuple[int, ReportFacts]] = field(default_factory=list)
    listed: list[tuple[int, RowsFacts]] = field(default_factory=list)
    postponed: list[int] = field(default_factory=list)
    apart: list[int] = field(default_factory=list)
    elsewhere: bool = False


class RecordRules:
    """The texts and exchanges met lately are kept, since quotes and captures of them are likely to follow."""

    def __init__(self) -> None:
        self._texts: OrderedDict[bytes, str] = OrderedDict()
        self._size = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def check(
        self,
        index: int,
        headers: dict[str, str],
        block: memoryview,
        details: Details,
        result: Checked,
        *,
        thorough: bool,
    ) -> Problem | None:
        """What is wrong with a record by itself; what it says of others goes into ``result``."""
        fault = record_fault(headers, block, details, thorough=thorough)
        if fault:
            return Problem(index, "record", fault)
        if details.kind == CAPTURE:
            return self._check_capture(index, bytes(block), details, result)
        if details.kind == QUOTE:
            return self._check_quote(index, bytes(block), details, result)
        if details.kind == RECHECK:
            facts = recheck_facts(bytes(block), details.sha256, details.time, details.uri)
            if isinstance(facts, str):
                return Problem(index, "recheck", facts)
            result.rechecks.append((index, facts))
            return None
        if details.kind == CORROBORATION:
            # here, since they are rare and it takes what checks signatures, which worker processes need for nothing else
            from archiver.verification.corroborationfacts import corroboration_facts

            borne = corroboration_facts(bytes(block), details.sha256, details.time)
            if isinstance(borne, str):
                return Problem(index, "corroboration", borne)
            result.corroborations.append((index, borne))
            return None
        if details.kind in (COHORT, COHORT_ROWS):
            return _check_cohort(index, bytes(block), details, result)
        if details.kind == TEXT:
            self.keep_text(bytes.fromhex(details.payload_sha256), str(block, "utf-8", "replace"))
        elif details.kind in _WITH_TIME:
            fault = time_fault(bytes(block), _WITH_TIME[details.kind], details.time)
            return Problem(index, "times", fault) if fault else None
        else:
            self.keep_answer(details, block)
        return None

    def keep_answer(self, details: Details, first: bytes | memoryview) -> None:
        """Takes note of a record that a capture may name; ``first`` is the beginning of its block."""
        self._answers[details.record_id] = answer_of(details, first)
        if len(self._answers) > _ANSWERS:
            self._answers.popitem(last=False)

    def _check_capture(self, index: int, block: bytes, details: Details, result: Checked) -> Problem | None:
        capture = capture_facts(block, details.uri)
        if isinstance(capture, str):
            return Problem(index, "capture", capture)
        result.captures.append((index, capture.for_others()))
        if any(record not in self._answers for record in capture.records):
            result.apart.append(index)
            return None
        return self.check_exchanges(index, capture, details, self._answers)

    def check_exchanges(
        self, index: int, capture: CaptureFacts, details: Details, answers: Mapping[str, Answer]
    ) -> Problem | None:
        """Holds a capture against its exchanges, all of which are there."""
        fault = exchange_fault(capture, details, answers)
        return Problem(index, "capture", fault) if fault else None

    def _check_quote(self, index: int, block: bytes, details: Details, result: Checked) -> Problem | None:
        quote = quote_facts(block, details.sha256)
        if isinstance(quote, str):
            return Problem(index, "anchor", quote)
        if not same_second(quote.created, details.time):
            return Problem(index, "anchor", f"it says that it was made at {quote.created}, and is of {details.time}")
        if quote.matches:
            text = self._texts.get(quote.text)
            if text is None:
                result.postponed.append(index)
            elif fault := anchor_fault(quote, text):
                return Problem(index, "anchor", fault)
        result.quotes.append((index, quote.without_matches()))
        return None

    def text(self, digest: bytes) -> str | None:
        return self._texts.get(digest)

    def check_anchors(self, text: str, quotes: Iterable[tuple[int, bytes]], result: Checked) -> None:
        """Holds quotes, each with its block, against the text that they are anchored in."""
        for index, block in quotes:
            quote = quote_facts(block)
            fault = quote if isinstance(quote, str) else anchor_fault(quote, text)
            if fault:
                result.problems.append(Problem(index, "anchor", fault))

    def keep_text(self, digest: bytes, text: str) -> None:
        if digest not in self._texts:
            self._texts[digest] = text
            self._size += getsizeof(text)
        while self._size > _TEXT_BYTES and len(self._texts) > 1:
            self._size -= getsizeof(self._texts.popitem(last=False)[1])


def _check_cohort(index: int, block: bytes, details: Details, result: Checked) -> Problem | None:
    if details.kind == COHORT:
        report = report_facts(block, details.sha256, details.time)
        if isinstance(report, str):
            return Problem(index, "cohort", report)
        result.reports.append((index, report))
        return None
    rows = rows_facts(block)
    if isinstance(rows, str):
        return Problem(index, "cohort", rows)
    result.listed.append((index, rows))
    return None


def record_fault(headers: dict[str, str], block: memoryview, details: Details, *, thorough: bool) -> str | None:
    """What does not agree between a record, its own digests and the leaf's details; None where all does."""
    fault = header_fault(headers, details)
    if fault:
        return fault
    is_response = details.warc_type == "response" and bool(details.payload_sha256)
    digest = b"" if is_response and not thorough else hashlib.sha256(block).digest()
    if digest and not labelled_matches(headers.get("warc-block-digest", ""), Digest(digest)):
        return "its block is not what WARC-Block-Digest says"
    if not details.payload_sha256:
        return None
    payload = bytes.fromhex(details.payload_sha256)
    if details.warc_type == "revisit":
        return None  # it has none of its own
    agrees = _payload_agrees(block, payload) if is_response else digest == payload
    return None if agrees else "its payload is not what the log committed to"


def _payload_agrees(block: memoryview, payload: bytes) -> bool:
    """Whether some way to read the response gives the payload: behind the head as it is, or with the chunks undone."""
    for size in (_SHORT_HEAD, HEAD):  # nearly all heads are short, and a copy of a megabyte takes its time
        if _payload_agrees_behind(bytes(block[:size]), block, payload):
            return True
        if len(block) <= size:
            break
    return False


def _payload_agrees_behind(first: bytes, block: memoryview, payload: bytes) -> bool:
    for start, chunked in bodies(first):
        body = block[start:]
        if chunked:
            decoder = ChunkDecoder()
            decoder.feed(bytes(body))
            if hashlib.sha256(decoder.body()).digest() == payload:
                return True
        if hashlib.sha256(body).digest() == payload:
            return True
    return False
