"""What every table and column of ``catalogue.db`` holds, in words for people who ask it in SQL, and questions that others have asked.

`metadata` is the form that Datasette reads (https://docs.datasette.io/en/stable/metadata.html). A test holds the words against the schema, and
runs the questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ABOUT = (
    "An index over an archive of web pages: it is made of the WARC files and the log beside it, `archiver rebuild` makes it again, and it "
    "proves nothing by itself. Only read it: the evidence does not change with it, and `archiver verify` finds rows that say something else."
)


@dataclass(frozen=True, slots=True)
class Described:
    """A table in words; ``columns`` in the order of the table, ``label`` the column that names a row for people."""

    words: str
    columns: dict[str, str]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A query: its name for programs, what it answers, and the SQL."""

    name: str
    title: str
    sql: str


_JSON_NOTICES = 'JSON: [{"code": …, "detail": …}], a stable word with hyphens and a clause for people.'
_LEAF = "The leaf of the log that commits to its record: leaves.idx."
_SURT = "The page: its address as a key that sorts, with host turned round, without scheme, www. and fragment (SURT). One page has one key."

TABLES: dict[str, Described] = {
    "leaves": Described(
        "One row a leaf of the log, that is a WARC record: what it is, where its gzip member lies. Of an erased one number and kind are left.",
        {
            "idx": "Its number in the log, from 0.",
            "kind": "What the record is: capture, response, text, quote, recheck, certificate … (docs/format.md lists them).",
            "sha256": "SHA-256 of the gzip member as it is stored, in hex.",
            "record_id": "WARC-Record-ID.",
            "warc_type": "WARC-Type: request, response, revisit, conversion, metadata, resource, warcinfo.",
            "uri": "WARC-Target-URI; of a record that was derived a urn:archiver: address.",
            "time": "When it was recorded, UTC, RFC 3339.",
            "file": "The WARC file, relative to the archive.",
            "offset": "The byte of that file at which the member begins.",
            "length": "How many bytes it has.",
        },
        "kind",
    ),
    "snapshots": Described(
        "One row a snapshot: what one capture of one address gave. Its texts are in texts, its bytes in the WARC record of response_leaf.",
        {
            "id": "s- and the SHA-256 of its capture record; 12 digits of it are enough in `archiver show`.",
            "capture_leaf": "The leaf of its capture record, which says all of this, signed: leaves.idx. They grow in the order of recording.",
            "response_leaf": "The leaf of the answer as it came over the wire: leaves.idx.",
            "url": "The address as it was asked for.",
            "surt": _SURT,
            "final_url": "The address that answered, behind all redirects.",
            "captured_at": "When it was fetched, UTC, RFC 3339; of one imported or supplied when its file says, else when it was taken in.",
            "status": "The HTTP status of the answer.",
            "media_type": "Its media type without parameters (text/html).",
            "payload_sha256": "SHA-256 of the payload, in hex: two rows with the same one have the same bytes.",
            "title": "The page's title as it says itself; NULL where it says none, as in the columns that follow.",
            "authors": 'JSON: ["Ada Voss", …], as the page\'s metadata names them.',
            "published": "When the page says that it was published.",
            "modified": "When it says that it was last changed.",
            "site_name": "What the site calls itself.",
            "language": "The language that the page says it is in (en, de-CH).",
            "canonical": "The address that the page calls its own.",
            "etag": "ETag of the answer.",
            "last_modified": "Last-Modified of the answer.",
            "revisit_of": "The snapshot whose bytes and texts stand for its own, since the same came again: snapshots.id; NULL where it has its own.",
            "truncated": "Why the answer is not whole (length, time, disconnect …, as WARC-Truncated); NULL where it is.",
            "complete": "1 where its texts are whole, 0 where something could not be read.",
            "wall": 'JSON {"code", "detail"} of a wall (consent, login, robot check) or a page that says it is not there; NULL where it is the page.',
            "warnings": _JSON_NOTICES,
            "origin": "JSON: kind is imported, supplied (by a person) or memento (a copy in a public archive); NULL where we fetched it.",
            "assets": 'JSON: how many images, styles, fonts ({"found", "recorded", "failed", "left_out", "bytes"}); NULL where none were wanted.',
            "browser": "JSON: the browser that looked at it, with the record ids of picture, print and DOM; NULL where none did.",
        },
        "title",
    ),
    "texts": Described(
        "One row a text layer of a snapshot. The words themselves are in the WARC record of the leaf: `archiver show --text`.",
        {
            "snapshot": "snapshots.id.",
            "position": "Which layer of it, from 0.",
            "layer": "article (what is read), document (all that is shown), rendered (as a browser drew it), embedded (data in scripts), pdf.",
            "leaf": _LEAF,
            "sha256": "SHA-256 of the text in UTF-8, in hex: two rows with the same one have the same words.",
            "characters": "How long it is, in code points.",
            "extractor": "What drew it out of the bytes.",
            "version": "The version of that.",
            "complete": "1 where it is whole, 0 where something could not be read.",
            "why": "Why it is not whole; empty where it is.",
            "unseen": "JSON: [[start, end], …], the spans (code points) that no reader of the page is shown.",
            "places": "JSON: [[start, page, begin, end, label], …]: from which code point on it is on which page, or at which millisecond.",
        },
        "layer",
    ),
    "quotes": Described(
        "One row a quotation that was judged and recorded, with its verdict against one snapshot. What became of the page since is in rechecks.",
        {
            "id": "q- and the SHA-256 of its record; 12 digits of it are enough in `archiver show`.",
            "leaf": _LEAF + " They grow in the order of recording.",
            "snapshot": "What it was judged against: snapshots.id.",
            "url": "The address of that.",
            "quote": "The words as they were quoted.",
            "verdict": "verbatim, typographic, elided (these hold), altered, spliced, absent (these do not), undecided.",
            "layer": "The text layer that it was found in; NULL where it stands in none.",
            "created_at": "When it was recorded, UTC, RFC 3339.",
            "speaker": "Who says it, as the person gave it; kept, not checked.",
            "note": "The person's note.",
            "judged": "JSON: the whole judgement, as `archiver quote --json` prints it: holds, matches with spans, changes, warnings.",
        },
        "quote",
    ),
    "certificates": Described(
        "One row a TLS certificate that a server showed; each is recorded once.",
        {"sha256": "SHA-256 of the certificate (DER), in hex.", "leaf": _LEAF},
    ),
    "erasures": Described(
        "One row an act of `archiver erase`.",
        {
            "leaf": "The leaf of the tombstone: leaves.idx.",
            "erased_at": "When, UTC, RFC 3339.",
            "reason": "Why, as the person gave it.",
        },
        "reason",
    ),
    "erased_leaves": Described(
        "The leaves whose records were erased.",
        {
            "idx": "leaves.idx.",
            "sha256": "SHA-256 of the member that was there, in hex.",
            "erasure": "erasures.leaf.",
        },
    ),
    "erased_ids": Described(
        "The snapshots, quotes and rechecks that were erased.",
        {"id": "Its whole id (s-…, q-…, r-…).", "erasure": "erasures.leaf."},
    ),
    "assets": Described(
        "One row an image, a style sheet or a font that was recorded, once for all captures that show it.",
        {
            "leaf": "The leaf of the record of its answer: leaves.idx.",
            "of": "The leaf of the record whose payload stands for it, since the same came again; NULL where it has its own.",
            "url": "The address that answered.",
            "status": "The HTTP status of the answer.",
            "sha256": "SHA-256 of the payload, in hex.",
        },
        "url",
    ),
    "shown": Described(
        "Which capture shows which asset.",
        {
            "capture": "snapshots.capture_leaf.",
            "position": "Which asset of the page, from 0.",
            "leaf": "assets.leaf.",
        },
    ),
    "rechecks": Described(
        "One row a later look at a live page (`archiver recheck`, `archiver watch`).",
        {
            "id": "r- and the SHA-256 of its record.",
            "leaf": _LEAF + " They grow in the order of recording.",
            "url": "The address that was looked at.",
            "surt": _SURT,
            "previous": "The snapshot that the page was compared with: snapshots.id.",
            "snapshot": "The snapshot of this look: snapshots.id; NULL where nothing came.",
            "drift": "unchanged, edited-elsewhere, quote-altered, quote-removed, moved, gone, restricted, unreachable.",
            "time": "When, UTC, RFC 3339.",
            "told": "JSON: the whole record: each try, the reason, what became of each quotation.",
        },
        "drift",
    ),
    "corroborations": Described(
        "One row a look at a page that somebody else's archive had told of (`archiver watch follow`), with the proof that it did.",
        {
            "id": "c- and the SHA-256 of its record.",
            "leaf": _LEAF,
            "surt": _SURT,
            "snapshot": "Our own snapshot of the page: snapshots.id; NULL where nothing came.",
            "recheck": "Our own look at it: rechecks.id.",
            "told": "JSON: the whole record, with what the other archive said.",
        },
    ),
    "cohorts": Described(
        "One row a report on a list with a tag (`archiver snapshot --input FILE --tag NAME`), at the end of each session; the rows of the list are "
        "in records of their own, which `archiver cohort export` makes a table of.",
        {
            "id": "h- and the SHA-256 of its record.",
            "leaf": _LEAF,
            "tag": "The name that a person gave the list.",
            "told": "JSON: the whole record, with the counts by outcome (docs/format.md); of the same run the last row holds.",
        },
    ),
}

QUESTIONS: tuple[Question, ...] = (
    Question(
        "citations_that_fail",
        "Quotations that do not hold, with what differs",
        "SELECT substr(q.id, 1, 14) AS quote, q.verdict, json_extract(c.value, '$.kind') AS kind,\n"
        "  json_extract(c.value, '$.in_quote') AS quoted, json_extract(c.value, '$.in_source') AS source\n"
        "FROM quotes q LEFT JOIN json_each(q.judged, '$.changes') c\n"
        "WHERE q.verdict IN ('altered', 'spliced', 'absent')\n"
        "ORDER BY q.leaf, c.key",
    ),
    Question(
        "sources",
        "Pages with their captures and quotations",
        "SELECT s.surt AS page, count(DISTINCT s.id) AS captures, count(DISTINCT s.payload_sha256) AS versions,\n"
        "  count(DISTINCT q.id) AS quotations, max(s.captured_at) AS last\n"
        "FROM snapshots s LEFT JOIN quotes q ON q.snapshot = s.id\n"
        "GROUP BY s.surt\n"
        "ORDER BY quotations DESC, page",
    ),
    Question(
        "speakers",
        "Who is quoted, and how often that holds",
        "SELECT coalesce(speaker, '(nobody named)') AS speaker, count(*) AS quotations,\n"
        "  sum(verdict IN ('verbatim', 'typographic', 'elided')) AS hold\n"
        "FROM quotes\n"
        "GROUP BY 1\n"
        "ORDER BY quotations DESC, 1",
    ),
    Question(
        "since_changed",
        "Cited pages whose last look found something else than was quoted",
        "SELECT r.url, r.drift, r.time, count(q.id) AS quotations\n"
        "FROM rechecks r JOIN snapshots s ON s.surt = r.surt JOIN quotes q ON q.snapshot = s.id\n"
        "WHERE r.leaf = (SELECT max(leaf) FROM rechecks WHERE surt = r.surt) AND r.drift NOT IN ('unchanged', 'edited-elsewhere')\n"
        "GROUP BY r.id\n"
        "ORDER BY r.time DESC",
    ),
    Question(
        "weak_captures",
        "Snapshots that show something else than the whole page",
        "SELECT substr(id, 1, 14) AS snapshot, url, status, coalesce(json_extract(wall, '$.code'), truncated, '') AS why\n"
        "FROM snapshots\n"
        "WHERE wall IS NOT NULL OR truncated IS NOT NULL OR NOT complete OR status >= 400\n"
        "ORDER BY capture_leaf DESC",
    ),
    Question(
        "not_fetched",
        "Quotations that rest on what this archiver did not fetch itself",
        "SELECT substr(q.id, 1, 14) AS quote, json_extract(s.origin, '$.kind') AS origin, q.verdict, q.url\n"
        "FROM quotes q JOIN snapshots s ON s.id = q.snapshot\n"
        "WHERE s.origin IS NOT NULL\n"
        "ORDER BY q.leaf",
    ),
    Question(
        "records_of_a_quotation",
        "Where the records lie that a quotation rests on (:quote is the beginning of its id)",
        "SELECT l.kind, l.file, l.offset, l.length\n"
        "FROM quotes q JOIN snapshots s ON s.id = q.snapshot LEFT JOIN texts t ON t.snapshot = s.id AND t.layer = q.layer\n"
        "  LEFT JOIN snapshots b ON b.id = s.revisit_of\n"
        "  JOIN leaves l ON l.idx IN (q.leaf, s.capture_leaf, s.response_leaf, b.response_leaf, t.leaf)\n"
        "WHERE q.id LIKE :quote || '%'\n"
        "ORDER BY q.leaf, l.idx",
    ),
    Question(
        "room",
        "What takes the room, by kind of record",
        "SELECT kind, count(*) AS records, sum(length) AS bytes\nFROM leaves\nGROUP BY kind\nORDER BY bytes DESC, kind",
    ),
)


def metadata() -> dict[str, Any]:
    """The descriptions as Datasette's metadata, for a database that is called ``catalogue``."""
    tables = {
        name: {
            "description": table.words,
            "columns": table.columns,
            **({"label_column": table.label} if table.label else {}),
        }
        for name, table in TABLES.items()
    }
    hidden = {"_sqlite_migrations": {"hidden": True}}
    queries = {one.name: {"title": one.title, "sql": one.sql} for one in QUESTIONS}
    return {"databases": {"catalogue": {"description": ABOUT, "tables": tables | hidden, "queries": queries}}}
