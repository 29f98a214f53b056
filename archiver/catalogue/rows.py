"""Values as rows, and rows as values: what is read back is of the right types, or it is refused.

A catalogue may come from anybody, and SQLite keeps any value in any column.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from archiver.catalogue.spelling import spelled
from archiver.errors import MISSHAPEN, InputError
from archiver.model import (
    AssetCounts,
    BrowserView,
    CohortReport,
    Corroboration,
    Layer,
    Notice,
    Origin,
    PageInfo,
    Place,
    Quote,
    Snapshot,
    Span,
    StoredAsset,
    StoredCohort,
    StoredCorroboration,
    StoredLeaf,
    StoredRecheck,
    StoredText,
    Tombstone,
)

Row = Sequence[Any]

_LARGEST = 2**63
LEAF_TYPES = [int, str, str, str, str, str, str, str, int, int]
LEAF_COLUMNS = {
    "snapshots": (1, 3),
    "texts": (3, 4),
    "quotes": (1, 2),
    "listed": (2, 4),
    "rechecks": (1, 2),
    "corroborations": (1, 2),
    "cohorts": (1, 2),
}
"""From where to where a row has numbers of leaves: what else it says is in the record, this is in the log."""

_json = json.JSONEncoder(ensure_ascii=False).encode  # made once: `json.dumps` makes one each time
_EMPTY = "[]"  # most lists of a row are, and need no reader

_MATCH_WORDS = ("exact", "prefix", "suffix")
_CHANGE_WORDS = ("kind", "in_source", "in_quote")


@dataclass(frozen=True, slots=True)
class Rows:
    """What one batch adds to the catalogue. ``snapshots`` go with their SURT; ``certificates`` are (sha256, leaf), ``erasures`` (leaf,
    tombstone), ``assets`` (snapshot, position in its list, asset).
    """

    leaves: tuple[StoredLeaf, ...] = ()
    snapshots: tuple[tuple[Snapshot, str], ...] = ()
    quotes: tuple[Quote, ...] = ()
    certificates: tuple[tuple[str, int], ...] = ()
    erasures: tuple[tuple[int, Tombstone], ...] = ()
    assets: tuple[tuple[Snapshot, int, StoredAsset], ...] = ()
    rechecks: tuple[StoredRecheck, ...] = ()
    corroborations: tuple[StoredCorroboration, ...] = ()
    cohorts: tuple[StoredCohort, ...] = ()


def table_rows(rows: Rows) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Table by table what is to be inserted."""
    return [
        ("leaves", [_leaf_row(leaf) for leaf in rows.leaves]),
        ("snapshots", [_snapshot_row(snapshot, surt) for snapshot, surt in rows.snapshots]),
        ("texts", [row for snapshot, _ in rows.snapshots for row in text_rows(snapshot)]),
        ("assets", [asset_row(asset) for _, _, asset in rows.assets]),
        ("shown", [(snapshot.capture_leaf, position, asset.leaf) for snapshot, position, asset in rows.assets]),
        ("quotes", [_quote_row(quote) for quote in rows.quotes]),
        ("certificates", [*rows.certificates]),
        ("rechecks", [_recheck_row(recheck) for recheck in rows.rechecks]),
        ("corroborations", [_corroboration_row(item) for item in rows.corroborations]),
        ("cohorts", [_cohort_row(item) for item in rows.cohorts]),
        *erasure_rows(rows.erasures),
    ]


def storable(rows: Rows) -> bool:
    """Whether SQLite takes every value (no lone surrogates, no numbers beyond 64 bits), and each row can be read back."""
    try:
        tables = dict(table_rows(rows))
        if not all(_fits(value) for values in tables.values() for row in values for value in row):
            return False
        for row in tables["leaves"]:
            leaf_of_row(row)
        for row in tables["snapshots"]:
            snapshot_of_row((*row, "", 0, ""), [])
        for row in tables["texts"]:
            text_of_row(row[2:])
        for row in tables["assets"]:
            asset_of_row(row)
        for row in tables["quotes"]:
            quote_of_row(row)
        for row in tables["rechecks"]:
            recheck_of_row(row)
        for row in tables["corroborations"]:
            corroboration_of_row(row)
        for row in tables["cohorts"]:
            cohort_of_row(row)
    except MISSHAPEN:
        return False
    return True


def sum_of(rows: Rows) -> bytes:
    """Sixteen bytes that stand for all that a snapshot (with texts and assets) or a quote says, but for the numbers of leaves."""
    parts: list[tuple[str, Row]] = [("snapshots", _snapshot_row(snapshot, surt)) for snapshot, surt in rows.snapshots]
    parts += [("texts", row) for snapshot, _ in rows.snapshots for row in text_rows(snapshot)]
    for table, make in _ROWS_BY_ID.items():
        parts += [(table, make(item)) for item in getattr(rows, table)]
    return sum_of_rows([*parts, *(("listed", row) for row in listed_rows(rows.assets))])


def sum_of_rows(rows: Sequence[tuple[str, Row]]) -> bytes:
    """The same of rows as they are stored, each with its table."""
    state = blake2b(digest_size=16)
    for table, row in rows:
        first, last = LEAF_COLUMNS[table]
        state.update(spelled((table, *row[:first], *row[last:])))
    return state.digest()


def leaves_of(rows: Sequence[tuple[str, Row]]) -> tuple[object, ...]:
    """The numbers of leaves in rows, in order."""
    return tuple(value for table, row in rows for value in row[slice(*LEAF_COLUMNS[table])])


def _fits(value: object) -> bool:
    if isinstance(value, int):
        return -_LARGEST <= value < _LARGEST
    if isinstance(value, str):
        if value.isascii():
            return True
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
        return True
    return value is None


def erasure_rows(erasures: Iterable[tuple[int, Tombstone]]) -> list[tuple[str, list[tuple[object, ...]]]]:
    """The rows of tombstones, each given with its leaf."""
    kept = list(erasures)
    return [
        ("erasures", [(leaf, stone.erased_at, stone.reason) for leaf, stone in kept]),
        ("erased_leaves", [(index, digest, leaf) for leaf, stone in kept for index, digest in stone.leaves]),
        ("erased_ids", [(name, leaf) for leaf, stone in kept for name in (*stone.snapshots, *stone.quotes)]),
    ]


def _leaf_row(leaf: StoredLeaf) -> tuple[object, ...]:
    return tuple(getattr(leaf, name) for name in StoredLeaf.__slots__)


def leaf_of_row(row: Row) -> StoredLeaf:
    """Raises one of MISSHAPEN where a value is of a wrong type or its place lies outside the archive's WARC files."""
    if [type(value) for value in row] != LEAF_TYPES or row[0] < 0 or row[8] < 0 or row[9] < 0:
        raise TypeError("no leaf")
    check_file(row[7])
    return StoredLeaf(*row)


def place_of_row(row: Row) -> tuple[int, str, int]:
    """(leaf, file, offset), checked like a whole leaf."""
    index, file, offset = row
    if type(index) is not int or type(file) is not str or type(offset) is not int or offset < 0:
        raise TypeError("no place")
    check_file(file)
    return index, file, offset


def check_file(file: str) -> None:
    if file and (not file.startswith("warc/") or "\0" in file or ".." in file.split("/")):
        raise ValueError("a file outside warc/")


def _snapshot_row(snapshot: Snapshot, surt: str) -> tuple[object, ...]:
    info = snapshot.info
    return (
        snapshot.id, snapshot.capture_leaf, snapshot.response_leaf, snapshot.url, surt, snapshot.final_url, snapshot.captured_at,
        snapshot.status, snapshot.media_type, snapshot.payload_sha256, info.title, _json(info.authors),
        info.published, info.modified, info.site_name, info.language, info.canonical, snapshot.etag, snapshot.last_modified,
        snapshot.revisit_of, snapshot.truncated, int(snapshot.complete),
        _json(snapshot.wall.to_json()) if snapshot.wall else None,
        _json([notice.to_json() for notice in snapshot.warnings]),
        _json(snapshot.origin.to_json()) if snapshot.origin else None,
        _json(snapshot.assets.to_json()) if snapshot.assets else None,
        _json(snapshot.browser.to_json()) if snapshot.browser else None,
    )  # fmt: skip


def snapshot_of_row(row: Row, texts: Sequence[Row]) -> Snapshot:
    """A row of ``snapshots`` with file, offset and record id of its response, and its rows of ``texts``; raises MISSHAPEN."""
    (snapshot_id, capture_leaf, response_leaf, url, _, final_url, captured_at, status, media_type, payload_sha256, title, authors,
     published, modified, site_name, language, canonical, etag, last_modified, revisit_of, truncated, complete, wall, warnings,
     origin, assets, browser, file, offset, record_id) = row  # fmt: skip
    check_file(file or "")
    return Snapshot(
        id=_word(snapshot_id), url=_word(url), final_url=_word(final_url), captured_at=_word(captured_at), status=_number(status),
        media_type=_word(media_type), payload_sha256=_word(payload_sha256), warc_file=_word(file or ""),
        warc_offset=_number(offset or 0), warc_record_id=_word(record_id or ""), capture_leaf=_number(capture_leaf),
        response_leaf=_number(response_leaf),
        info=PageInfo(
            _word_or_none(title), tuple(_word(name) for name in _listed(authors)), _word_or_none(published),
            _word_or_none(modified), _word_or_none(site_name), _word_or_none(language), _word_or_none(canonical),
        ),
        texts=tuple(text_of_row(text) for text in texts), complete=_flag(complete), truncated=_word_or_none(truncated),
        wall=_notice(json.loads(wall)) if wall is not None else None,
        warnings=tuple(_notice(item) for item in _listed(warnings)), revisit_of=_word_or_none(revisit_of),
        etag=_word_or_none(etag), last_modified=_word_or_none(last_modified),
        origin=Origin.from_json(json.loads(origin)) if origin is not None else None,
        assets=AssetCounts.from_json(json.loads(assets)) if assets is not None else None,
        browser=BrowserView.from_json(json.loads(browser)) if browser is not None else None,
    )  # fmt: skip


def text_rows(snapshot: Snapshot) -> Iterator[tuple[object, ...]]:
    """The rows of ``texts`` of a snapshot."""
    for position, text in enumerate(snapshot.texts):
        unseen = _json([[span.start, span.end] for span in text.unseen]) if text.unseen else _EMPTY
        yield (
            snapshot.id, position, text.layer.value, text.leaf, text.sha256, text.characters, text.extractor, text.version,
            int(text.complete), text.why, unseen, json.dumps([place.to_json() for place in text.places]) if text.places else _EMPTY,
        )  # fmt: skip


def text_of_row(row: Row) -> StoredText:
    """A row of ``texts`` without snapshot and position; raises MISSHAPEN."""
    layer, leaf, sha256, characters, extractor, version, complete, why, unseen, places = row
    spans = tuple(Span(_number(start), _number(end)) for start, end in _listed(unseen))
    return StoredText(
        Layer(layer), _number(leaf), _word(sha256), _number(characters), _word(extractor), _word(version), _flag(complete),
        _word(why), spans, tuple(_place(place) for place in _listed(places)),
    )  # fmt: skip


def _place(value: Sequence[object]) -> Place:
    start, page, begin, end, *label = value
    known = [None if other is None else _number(other) for other in (page, begin, end)]
    return Place(_number(start), known[0], known[1], known[2], _word(label[0]) if label else None)


def asset_row(asset: StoredAsset) -> tuple[object, ...]:
    """A row of ``assets``."""
    return tuple(getattr(asset, name) for name in StoredAsset.__slots__)


def listed_rows(assets: Iterable[tuple[Snapshot, int, StoredAsset]]) -> list[tuple[object, ...]]:
    """What ``shown`` and ``assets`` say together: (id of the snapshot, position, and a row of ``assets``)."""
    return [(snapshot.id, position, *asset_row(asset)) for snapshot, position, asset in assets]


def asset_of_row(row: Row) -> StoredAsset:
    """A row of ``assets``; raises MISSHAPEN."""
    leaf, of, url, status, sha256 = row
    return StoredAsset(_number(leaf), None if of is None else _number(of), _word(url), _number(status), _word(sha256))


def _quote_row(quote: Quote) -> tuple[object, ...]:
    return (
        quote.id, quote.leaf, quote.snapshot, quote.url, quote.text, quote.verdict, quote.layer, quote.created_at,
        quote.speaker, quote.note, _json(quote.judged),
    )  # fmt: skip


def quote_of_row(row: Row) -> Quote:
    """A row of ``quotes``; raises MISSHAPEN."""
    quote_id, leaf, snapshot, url, text, verdict, layer, created_at, speaker, note, judged = row
    return Quote(
        _word(quote_id), _number(leaf), _word(snapshot), _word(url), _word(text), _word(verdict), _word_or_none(layer),
        _word(created_at), _word_or_none(speaker), _word_or_none(note), _judged(json.loads(judged)),
    )  # fmt: skip


def _recheck_row(recheck: StoredRecheck) -> tuple[object, ...]:
    return (
        recheck.id, recheck.leaf, recheck.url, recheck.surt, recheck.previous, recheck.snapshot, recheck.drift.value, recheck.time,
        _json(recheck.told),
    )  # fmt: skip


def recheck_of_row(row: Row) -> StoredRecheck:
    """A row of ``rechecks``; raises MISSHAPEN."""
    recheck_id, leaf, *_, told = row
    recheck = StoredRecheck.of(json.loads(told), _number(leaf), _word(recheck_id)[2:], _word(row[3]))
    if _recheck_row(recheck)[:-1] != tuple(row[:-1]):
        raise ValueError("a row that says something else than its record")
    return recheck


def _corroboration_row(item: StoredCorroboration) -> tuple[object, ...]:
    return (item.id, item.leaf, item.surt, item.said.own.snapshot, item.said.own.look, item.said.block().decode())


def corroboration_of_row(row: Row) -> StoredCorroboration:
    """A row of ``corroborations``; raises MISSHAPEN."""
    name, leaf, key, _, _, told = row
    stored = StoredCorroboration(_word(name), _number(leaf), _word(key), Corroboration.of(json.loads(told)))
    if _corroboration_row(stored)[:-1] != tuple(row[:-1]):
        raise ValueError("a row that says something else than its record")
    return stored


def _cohort_row(item: StoredCohort) -> tuple[object, ...]:
    return (item.id, item.leaf, item.report.tag, item.report.block().decode())


def cohort_of_row(row: Row) -> StoredCohort:
    """A row of ``cohorts``; raises MISSHAPEN."""
    name, leaf, _, told = row
    try:
        stored = StoredCohort(_word(name), _number(leaf), CohortReport.of(json.loads(told)))
    except InputError as error:
        raise ValueError("no tag") from error
    if _cohort_row(stored)[:-1] != tuple(row[:-1]):
        raise ValueError("a row that says something else than its record")
    return stored


def _judged(value: dict[str, Any]) -> dict[str, Any]:
    """The object that `quote` prints, as far as others look into it later."""
    for name in ("quote", "verdict", "snapshot", "captured_at"):
        _word(value[name])
    _word_or_none(value["layer"])
    if not isinstance(value["holds"], bool | None):
        raise TypeError("no answer")
    for match in _list(value["matches"]):
        for name in _MATCH_WORDS:
            _word(match[name])
        for span in _list(match["spans"]):
            _number(span["start"])
            _number(span["end"])
    for change in _list(value["changes"]):
        for name in _CHANGE_WORDS:
            _word(change[name])
    for notice in _list(value["warnings"]):
        _notice(notice)
    return value


def _word(value: object) -> str:
    if type(value) is not str:
        raise TypeError("no text")
    return value


def _word_or_none(value: object) -> str | None:
    return None if value is None else _word(value)


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("no number")
    return value


def _flag(value: object) -> bool:
    if value not in (0, 1):
        raise TypeError("neither true nor false")
    return bool(value)


def _listed(value: Any) -> list[Any]:
    """A list that is kept as JSON."""
    return [] if value == _EMPTY else _list(json.loads(value))


def _list(value: object) -> list[Any]:
    if type(value) is not list:
        raise TypeError("no list")
    return value


def _notice(value: dict[str, Any]) -> Notice:
    return Notice(_word(value["code"]), _word(value["detail"]))


_ROWS_BY_ID: dict[str, Callable[[Any], Row]] = {
    "quotes": _quote_row, "rechecks": _recheck_row, "corroborations": _corroboration_row, "cohorts": _cohort_row,
}  # fmt: skip
