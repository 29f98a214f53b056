"""The schemas of what is answered (JSON Schema 2020-12, as OpenAPI 3.1 has it)."""

from __future__ import annotations

from archiver.web.api.accepted import ADDRESS, OTHERS, QUOTATION, REMARK, SNAPSHOT_OR_ADDRESS, Schema
from archiver.web.receiving import MAX_TIME, MAX_TITLE
from archiver.web.submitting import LONGEST

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_TRUTH: Schema = {"type": "boolean"}
_HOLDS: Schema = {"type": ["boolean", "null"]}
_OBJECT: Schema = {"type": "object"}
_OBJECT_OR_NONE: Schema = {"type": ["object", "null"]}
_TIME: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"}
_VERDICT: Schema = {"enum": ["verbatim", "typographic", "elided", "altered", "spliced", "absent", "undecided"]}


def ref(name: str) -> Schema:
    """A schema of SHAPES by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def _of(**fields: Schema) -> Schema:
    """An object that has at least these."""
    return {"type": "object", "required": list(fields), "properties": fields}


def _with(schema: Schema, **more: Schema) -> Schema:
    """An object that may have more."""
    return {**schema, "properties": {**schema["properties"], **more}}


def _act(kind: Schema) -> Schema:
    return _of(
        schema_version={"const": 1},
        id=_TEXT,
        kind=kind,
        words=_TEXT,
        state={"enum": ["waiting", "running", "done", "failed", "stopped"]},
        said=_list(_TEXT),
        asked=_OBJECT,
        to=_TEXT_OR_NONE,
        error=_TEXT_OR_NONE,
    )


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _page(name: str) -> Schema:
    return _of(
        items=_list(ref(name)), next={**_TEXT_OR_NONE, "description": "The cursor of the next page; null on the last."}
    )


SHAPES: dict[str, Schema] = {
    "Error": _of(error=_TEXT, status={"type": "integer"}),
    "Notice": _of(code=_TEXT, detail=_TEXT),
    "Source": _of(key=_TEXT, url=_TEXT, title=_TEXT_OR_NONE, snapshots=_NUMBER, quotes=_NUMBER, first=_TEXT, last=_TEXT, newest=_TEXT),
    "Snapshot": _of(
        schema_version={"const": 1}, snapshot={"type": "string", "pattern": "^s-[0-9a-f]{12}$"},
        snapshot_sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}, url=_TEXT, final_url=_TEXT, captured_at=_TIME,
        status={"type": "integer"}, media_type=_TEXT, payload_sha256=_TEXT, warc_file=_TEXT, warc_offset=_NUMBER, warc_record_id=_TEXT,
        title=_TEXT_OR_NONE, authors=_list(_TEXT), published=_TEXT_OR_NONE, site_name=_TEXT_OR_NONE, revisit_of=_TEXT_OR_NONE,
        origin=_OBJECT_OR_NONE, assets=_OBJECT_OR_NONE, browser=_OBJECT_OR_NONE, text_complete=_TRUTH,
        texts=_list(_of(layer=_TEXT, characters=_NUMBER, sha256=_TEXT)), warnings=_list(ref("Notice")),
    ),
    "State": _of(standing={"enum": ["holds", "fails", "undecided"]}, verdict=_TEXT, word=_TEXT, detail=_TEXT, live=_OBJECT_OR_NONE),
    "Quote": _of(
        id={"type": "string", "pattern": "^q-[0-9a-f]{12}$"}, id_full={"type": "string", "pattern": "^q-[0-9a-f]{64}$"}, quote=_TEXT, url=_TEXT,
        snapshot=_TEXT_OR_NONE, verdict=_VERDICT, holds=_HOLDS, layer=_TEXT_OR_NONE, matches=_list(_OBJECT), changes=_list(_OBJECT),
        warnings=_list(ref("Notice")), created_at=_TIME, speaker=_TEXT_OR_NONE, note=_TEXT_OR_NONE, state=ref("State"), title=_TEXT_OR_NONE,
    ),
    "Recheck": _of(
        schema_version={"const": 1}, recheck=_TEXT, recheck_sha256=_TEXT, url=_TEXT, time=_TIME, drift=_TEXT, reason=_TEXT,
        previous=_TEXT_OR_NONE, snapshot=_TEXT_OR_NONE, looks=_list(_OBJECT), quotes=_list(_OBJECT),
    ),
    "Cohort": _of(
        schema_version={"const": 1}, tag=_TEXT,
        runs=_list(
            _of(
                run=_NUMBER, began=_TIME, reported=_TIME, addresses=_NUMBER, recorded=_NUMBER, restricted=_NUMBER, gone=_NUMBER, failed=_NUMBER,
                untried=_NUMBER, lost=_NUMBER, complete=_TRUTH, reasons=_list(_of(outcome=_TEXT, reason=_TEXT, count=_NUMBER)),
            )
        ),
    ),
    "Hits": _of(
        schema_version={"const": 1}, hits=_list(_of(mode={"enum": ["words", "quotation"]}, url=_TEXT, snapshot=_TEXT, matches=_list(_OBJECT))),
        more=_TRUTH, unread=_NUMBER,
    ),
    "Diff": _of(
        schema_version={"const": 1}, older=_TEXT, newer=_TEXT, holds=_HOLDS, outcome=_TEXT, same=_TRUTH, sentence=_TEXT, layer=_TEXT_OR_NONE,
        quotes=_list(_of(quote=_TEXT, id=_TEXT_OR_NONE, state=_TEXT, was=_VERDICT, now=_VERDICT)),
        blocks=_list(_of(kind=_TEXT, old=_OBJECT_OR_NONE, new=_OBJECT_OR_NONE)), more=_NUMBER, furniture=_NUMBER, kept={"type": "number"},
        warnings=_list(ref("Notice")),
    ),
    "Head": _of(origin=_TEXT, size=_NUMBER, root=_TEXT, key=_TEXT, fingerprint=_TEXT, records=_TRUTH, window=_TEXT),
    "Act": _act({"enum": ["quote", "snapshot", "recheck", "receive"]}),
    "Receiving": _with(
        _act({"const": "receive"}),
        verdicts={**_list(ref("Received")), "description": "Once it is done: of the page as handed over, and of the archive's own capture."},
    ),
    "Received": _of(
        of={"enum": ["supplied", "captured"]}, standing={"enum": ["holds", "fails", "undecided"]}, verdict=_VERDICT, word=_TEXT, detail=_TEXT,
        live=_OBJECT_OR_NONE, meaning=_TEXT, quote={"type": "string", "pattern": "^q-[0-9a-f]{64}$"},
        snapshot={"type": "string", "pattern": "^s-[0-9a-f]{64}$"}, captured_at=_TIME, wall=_TRUTH, to=_TEXT,
    ),
    "Sources": _page("Source"),
    "Snapshots": _page("Snapshot"),
    "Quotes": _page("Quote"),
    "Rechecks": _page("Recheck"),
    "AskQuote": {
        "type": "object", "required": ["url", "quote"], "additionalProperties": OTHERS,
        "properties": {
            "url": {**SNAPSHOT_OR_ADDRESS, "description": "The page's address, or the id of a snapshot."}, "quote": QUOTATION, "speaker": REMARK,
            "note": REMARK, "fresh": {"type": "boolean", "description": "Capture the page again where there is a snapshot."},
        },
    },
    "AskReceiving": {
        "type": "object", "required": ["address", "page"],
        "properties": {
            "address": {**ADDRESS, "description": "Where the browser had the page from: http or https."},
            "page": {**_TEXT, "format": "binary", "contentMediaType": "text/html", "description": "A file: HTML in UTF-8, at most 16 MiB."},
            "words": {**_TEXT, "maxLength": LONGEST, "description": "The words that were selected; without them nothing is judged."},
            "title": {**_TEXT, "maxLength": MAX_TITLE}, "time": {**_TEXT, "maxLength": MAX_TIME, "description": "By the browser's clock, a claim."},
        },
    },
    "AskPage": {"type": "object", "required": ["url"], "additionalProperties": OTHERS, "properties": {"url": ADDRESS}},
}  # fmt: skip
