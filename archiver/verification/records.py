"""What captures and quotes say, drawn out of their JSON into small values that can be handed from process to process.

What one record says and another relies upon is a mark of sixteen bytes: a snapshot makes marks (these are my texts, under this address
and date I may be cited), a quote or revisit relies upon some. So a million records can be held against one another in little space.
Facts are named tuples: there are many, and these are made and handed over in a third of the time that a dataclass takes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from archiver.archive.indexing import capture_rows, quote_of, snapshot_of
from archiver.catalogue import Rows, spelled, sum_of
from archiver.errors import MISSHAPEN, ArchiverError
from archiver.model import MEMENTO, NOTICES_OF_ORIGIN, SHORT_ID, VIEWS, Snapshot, StoredLeaf, Verdict
from archiver.model.snapshoturi import capture_uri
from archiver.verification.assets import AssetFacts, asset_facts
from archiver.verification.cohortfacts import capture_mark
from archiver.verification.recheckfacts import quote_mark
from archiver.verification.times import same_second
from archiver.verification.verdicts import Passage, verdict_fault

MARK = 16
_NO_LEAF = StoredLeaf(0, "")
_READ = (
    "status",
    "media_type",
    "payload_sha256",
    "info",
    "decoding",
    "texts",
    "complete",
    "wall",
    "content_type",
    "content_encoding",
)
"""What a revisit repeats of the snapshot that stands for it."""


class HopFacts(NamedTuple):
    """One exchange as the capture tells it; the ids are those of its records, None where it has none."""

    url: str
    status: int
    started: str
    ended: str
    request: str | None
    interim: str | None
    response: str


class CaptureFacts(NamedTuple):
    """What a capture says of itself and of other records: ``records`` of its hops (the response last), ``texts`` as (record id, digest, layer),
    and its ``assets``.

    ``origin`` is its kind, empty for what this archiver fetched, ``copy`` where a copy at second hand was fetched, ``taken_in`` when it was
    imported, added or fetched there, ``asked_at`` when a public archive was asked to keep one (empty for never). ``made`` are the marks
    that it makes (sixteen bytes each, joined), ``relies`` the one that a revisit relies upon. ``rows`` is the sum over its rows in the
    catalogue, empty where it cannot have any. ``listed`` is the mark that a list relies upon that names it, ``looked`` whether a
    browser looked at the page.
    """

    snapshot: str
    url: str
    uri: str
    hops: tuple[HopFacts, ...]
    records: tuple[str, ...]
    captured_at: str
    status: int
    payload: str
    texts: tuple[tuple[str, bytes, str], ...]
    revisit_of: str | None
    origin: str
    copy: str
    taken_in: str
    made: bytes
    relies: bytes
    rows: bytes
    assets: tuple[AssetFacts, ...] = ()
    asked_at: str = ""
    listed: bytes = b""
    looked: bool = False

    def for_others(self) -> CaptureFacts:
        """Without what was checked where the record was read."""
        return self._replace(hops=())


class QuoteFacts(NamedTuple):
    """Where a quote is anchored: in the text with this digest (empty for none), at ``matches`` of (spans, exact, prefix, suffix).

    ``created`` is the time that it claims, ``relies`` the marks that its snapshot must make (its text where it has one, then what it cites),
    ``rows`` the sum over its row in the catalogue, empty where it cannot have one.
    """

    snapshot: str
    text: bytes
    matches: tuple[tuple[tuple[tuple[int, int], ...], str, str, str], ...]
    created: str
    relies: tuple[bytes, ...]
    rows: bytes
    verdict: str = ""
    url: str = ""

    def without_matches(self) -> QuoteFacts:
        return self._replace(matches=())

    def mark(self, name: str) -> bytes:
        """What a recheck relies upon that speaks of it by its id."""
        return quote_mark(name, self.verdict, self.url)


def capture_facts(block: bytes, uri: str) -> CaptureFacts | str:
    """The facts of a capture record, or what is wrong with it."""
    try:
        capture: dict[str, Any] = json.loads(block)
        hops = tuple([_hop(hop) for hop in capture["hops"]])
        texts = tuple(
            [(_word(t["record_id"]), bytes.fromhex(t["sha256"]), _word(t["layer"])) for t in capture["texts"]]
        )
        name, revisit_of = _word(capture["snapshot"]), capture.get("revisit_of")
        origin, snapshot = capture.get("origin"), _snapshot(capture)
        read = spelled([capture.get(item) for item in _READ])
        records = [record for hop in hops for record in (hop.request, hop.interim, hop.response) if record is not None]
        made = [
            *_marks(name, snapshot),
            *[text_mark(name, digest, layer) for _, digest, layer in texts],
            _mark(name, read),
        ]
        return CaptureFacts(
            name, _word(capture["url"]), uri, hops, (*_kept(capture), *_views(capture), *records),
            _word(capture["captured_at"]), _number(capture["status"]), _word(capture["payload_sha256"]), texts,
            _word(revisit_of) if revisit_of is not None else None,
            _word(origin["kind"]) if origin is not None else "",
            _word(origin["memento"]["uri"]) if origin is not None and origin["kind"] == MEMENTO else "",
            snapshot.origin.at if snapshot is not None and snapshot.origin is not None else "",
            b"".join(made),
            _mark(_word(revisit_of), read) if revisit_of is not None else b"",
            _capture_rows(snapshot, capture), asset_facts(capture), _word((capture.get("kept") or {}).get("asked_at", "")),
            capture_mark(name, capture), "browser" in capture,
        )  # fmt: skip
    except MISSHAPEN as error:
        return f"its JSON is not that of a capture ({type(error).__name__})"


def _hop(hop: dict[str, Any]) -> HopFacts:
    # an imported or supplied page may come without a request
    return HopFacts(
        _word(hop["url"]), _number(hop["status"]), _word(hop["started"]), _word(hop["ended"]),
        _word(hop["request"]) if "request" in hop else None, _word(hop["interim"]) if "interim" in hop else None, _word(hop["response"]),
    )  # fmt: skip


def _views(capture: dict[str, Any]) -> list[str]:
    """The records of a page as a browser showed it."""
    view = capture.get("browser")
    return [] if view is None else [_word(view[name]) for name in VIEWS if view[name] is not None]


def _kept(capture: dict[str, Any]) -> list[str]:
    """The records of what a public archive said when it was asked to keep a copy."""
    kept = capture.get("kept")
    return [] if kept is None else [_word(record) for record in kept["records"]]


def _snapshot(capture: dict[str, Any]) -> Snapshot | None:
    """The snapshot that it describes, but for the places of its records; None where no catalogue could have it."""
    try:
        return snapshot_of(capture, _NO_LEAF, lambda _: _NO_LEAF)
    except (*MISSHAPEN, ArchiverError):
        return None


def _capture_rows(snapshot: Snapshot | None, capture: dict[str, Any]) -> bytes:
    try:
        return b"" if snapshot is None else sum_of(capture_rows(snapshot, capture, lambda _: _NO_LEAF))
    except (*MISSHAPEN, ArchiverError):
        return b""


def _marks(name: str, snapshot: Snapshot | None) -> list[bytes]:
    """As what a snapshot may be cited: under its address or the one at which it ended, with a verdict or undecided."""
    if snapshot is None:
        return []
    notice = snapshot.origin.notice(snapshot.url, snapshot.captured_at).code if snapshot.origin else ""
    memento = snapshot.origin.memento if snapshot.origin else None
    said = (
        snapshot.captured_at,
        snapshot.status,
        snapshot.complete,
        notice,
        _copy(memento.to_json() if memento else None),
    )
    decided = (False, True) if snapshot.bears_verdicts else (False,)
    urls = dict.fromkeys((snapshot.url, snapshot.final_url))
    return [_mark(name, spelled((url, *said, way))) for url in urls for way in decided]


def text_mark(snapshot: str, digest: bytes, layer: str) -> bytes:
    """That a text is among those of a snapshot, under this layer."""
    return _mark(snapshot, spelled((digest, layer)))


def _mark(snapshot: str, said: bytes) -> bytes:
    return blake2b(spelled(snapshot) + said, digest_size=MARK).digest()


def _quote_rows(annotation: dict[str, Any], digest: str) -> bytes:
    try:
        return sum_of(Rows(quotes=(quote_of(annotation, StoredLeaf(0, "quote", digest)),)))
    except MISSHAPEN:
        return b""


def quote_facts(block: bytes, digest: str = "") -> QuoteFacts | str:
    """The facts of a quote record, or what is wrong with it, by itself; ``digest`` is that of its member."""
    try:
        annotation: dict[str, Any] = json.loads(block)
        snapshot, judged = _word(annotation["archiver:snapshot"]), annotation["archiver:judged"]
        matches = tuple(
            (
                tuple((_number(span["start"]), _number(span["end"])) for span in match["spans"]),
                _word(match["exact"]),
                _word(match["prefix"]),
                _word(match["suffix"]),
            )
            for match in judged["matches"]
        )
        fault = _statement_fault(annotation, judged, snapshot, matches)
        if fault:
            return fault
        text, relies = b"", [_cited(snapshot, judged)]
        if "archiver:text" in annotation or matches:
            text = bytes.fromhex(annotation["archiver:text"]["sha256"])
            relies.insert(0, text_mark(snapshot, text, _word(annotation["archiver:text"]["layer"])))
        created = _word(annotation["created"])
        rows = _quote_rows(annotation, digest)
        return QuoteFacts(
            snapshot, text, matches, created, tuple(relies), rows, judged["verdict"], _word(judged["url"])
        )
    except MISSHAPEN as error:
        return f"its JSON is not that of a quote ({type(error).__name__})"


def _cited(snapshot: str, judged: dict[str, Any]) -> bytes:
    """As what a quote cites its snapshot; see `_marks`."""
    codes = [notice["code"] for notice in judged["warnings"]]
    notice = next((code for code in codes if code in NOTICES_OF_ORIGIN), "")
    said = (judged["captured_at"], judged["source_status"], judged["text_complete"], notice, _copy(_memento(judged)))
    return _mark(snapshot, spelled((judged["url"], *said, judged["verdict"] != Verdict.UNDECIDED)))


def _memento(judged: dict[str, Any]) -> dict[str, Any] | None:
    """The copy at second hand that it was judged against, None for any other page."""
    memento = judged.get("origin", {}).get("memento")
    if memento is not None and not isinstance(memento, dict):
        raise TypeError
    return memento


def _copy(memento: dict[str, Any] | None) -> list[tuple[str, Any]] | None:
    return None if memento is None else sorted(memento.items())


def _statement_fault(
    annotation: dict[str, Any], judged: dict[str, Any], snapshot: str, matches: Sequence[Passage]
) -> str | None:
    """Whether the annotation says throughout what its judgement says: each reader takes another part of it."""
    target = annotation["target"]
    state, selectors = target["state"], target["selector"]
    quotes = [item for item in selectors if item["type"] == "TextQuoteSelector"]
    positions = [(item["start"], item["end"]) for item in selectors if item["type"] == "TextPositionSelector"]
    first = {"type": "TextQuoteSelector", "exact": judged["quote"]}
    if matches:
        first |= {"exact": matches[0][1], "prefix": matches[0][2], "suffix": matches[0][3]}
    if annotation["body"]["value"] != judged["verdict"]:
        return "it states another verdict than the one that it was given"
    memento, kept = _memento(judged), capture_uri(snapshot)
    # a copy at second hand is dated by its archive, which is named beside our own
    dated, cached = (judged["captured_at"], kept) if memento is None else (memento["datetime"], [kept, memento["uri"]])
    if target["source"] != judged["url"] or state["sourceDate"] != dated:
        return "its source is not the address and date that it was judged for"
    if state["cached"] != cached or judged["snapshot"] != snapshot[:SHORT_ID]:
        return "it names several snapshots"
    if quotes != [first] or positions != list(matches[0][0] if matches else ()):
        return "its selectors do not select what was found"
    if matches and judged["layer"] != annotation["archiver:text"]["layer"]:
        return "it names two layers"
    if judged.get("speaker") != annotation.get("archiver:speaker"):
        return "it names two speakers"
    return verdict_fault(_word(judged["quote"]), judged["verdict"], judged["holds"], matches, len(judged["changes"]))


def time_fault(block: bytes, name: str, time: str) -> str | None:
    """Whether a field of a record's JSON, which people are shown as its time, is the time of the record; what is no JSON tells none."""
    try:
        told = _word(json.loads(block)[name])
    except MISSHAPEN:
        return None
    return None if same_second(told, time) else f"it says that it is of {told}, and it is of {time}"


def anchor_fault(quote: QuoteFacts, text: str) -> str | None:
    """The anchor must cut the words that were recorded out of the text that was recorded."""
    for spans, exact, prefix, suffix in quote.matches:
        if " … ".join(text[start:end] for start, end in spans) != exact:
            return f"its anchor cuts other words than {exact[:60]!r} out of the text"
        if not text.endswith(prefix, 0, spans[0][0]) or not text.startswith(suffix, spans[-1][1]):
            return "the words around its anchor are not those that were recorded"
    return None


def _word(value: object) -> str:
    if type(value) is not str:  # what JSON gives has no subclasses
        raise TypeError
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value
