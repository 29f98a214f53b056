"""Records of the shape that a capture and a quote have, made without a network: for tests and benchmarks of the store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from archiver import clock
from archiver.archive import Archive
from archiver.digests import Digest
from archiver.signing import KeyRing
from archiver.version import TOOL
from archiver.warc import REVISIT_SAME_PAYLOAD, Member, Record, new_record_id, seal

WORDS = "The ferry leaves at ten. It is a wall, not a miracle."


def page_members(
    url: str,
    body: bytes,
    text: str = WORDS,
    *,
    date: str = "",
    chunked: bool = False,
    revisit_of: tuple[str, list[Member]] | None = None,
) -> tuple[str, list[Member]]:
    """The id of a snapshot and its members: request, response, text and capture, as `archiver.capture` writes them.

    With ``revisit_of`` (what an earlier call gave) the response is a revisit, and the earlier text stands for it.
    """
    date = date or clock.stamp()
    response_id = new_record_id()
    request_block = f"GET {url} HTTP/1.1\r\nHost: example.org\r\n\r\n".encode()
    request = seal(Record("request", "request", url, date, "application/http; msgtype=request", request_block))
    head = b"HTTP/1.1 200 OK\r\nDate: Fri, 20 Nov 2026 21:49:00 GMT\r\nContent-Type: text/html\r\n"
    head += b"Transfer-Encoding: chunked\r\n\r\n" if chunked else b"\r\n"
    wire = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if chunked else body
    extra = [("WARC-Concurrent-To", request.record.record_id), ("WARC-IP-Address", "192.0.2.1")]
    kind, block, payload = "response", head + wire, Digest.of(body)
    if revisit_of is not None:
        kind, block = "revisit", head
        payload = Digest.from_hex(json.loads(revisit_of[1][-1].record.block)["payload_sha256"])
        extra += [("WARC-Profile", REVISIT_SAME_PAYLOAD), ("WARC-Refers-To", revisit_of[1][1].record.record_id)]
    response = seal(
        Record(
            kind, kind, url, date, "application/http; msgtype=response", block, payload, tuple(extra),
            "Fri, 20 Nov 2026 21:49:00 GMT", response_id,
        )
    )  # fmt: skip
    snapshot = f"s-{response.sha256.hex}"
    members = [request, response]
    if revisit_of is None:
        content = text.encode()
        uri = f"urn:archiver:text:{snapshot}:article"
        text_member = seal(
            Record("text", "conversion", uri, date, "text/plain; charset=utf-8", content, Digest.of(content))
        )
        members.append(text_member)
        texts = [
            {
                "layer": "article", "record_id": text_member.record.record_id, "sha256": Digest.of(content).hex,
                "characters": len(text), "extractor": "sample", "version": "1", "complete": True, "why": "", "unseen": [],
            }
        ]  # fmt: skip
    else:
        texts = json.loads(revisit_of[1][-1].record.block)["texts"]
    capture = {
        "v": 1, "url": url, "captured_at": date, "tool": TOOL, "content_type": "text/html", "content_encoding": None,
        "etag": None, "last_modified": None, "truncated": None, "status": 200, "media_type": "text/html",
        "payload_sha256": payload.hex,
        "info": {
            "title": "A page", "authors": ["A. Writer"], "published": None, "modified": None, "site_name": None,
            "language": "en", "canonical": None,
        },
        "decoding": {"declared": "utf-8", "detected": None, "used": "utf-8"}, "complete": True, "wall": None,
        "read_warnings": [], "warnings": [], "snapshot": snapshot,
        "hops": [
            {
                "url": url, "status": 200, "request": request.record.record_id, "response": response_id,
                "address": "192.0.2.1", "port": 443, "protocols": ["http/1.1"], "head_length": len(head), "chunked": chunked,
                "started": date, "ended": date,
            }
        ],
        "texts": texts,
    }  # fmt: skip
    if revisit_of is not None:
        capture["revisit_of"] = revisit_of[0]
    block = json.dumps(capture, ensure_ascii=False, separators=(",", ":")).encode()
    members.append(
        seal(Record("capture", "metadata", f"urn:archiver:capture:{snapshot}", date, "application/json", block))
    )
    return snapshot, members


def quote_member(
    snapshot: str, members: list[Member], exact: str = "a wall, not a miracle", text: str = WORDS
) -> Member:
    """A quote of ``exact`` in the text of a snapshot that `page_members` made; ``exact`` must stand in ``text``."""
    capture = json.loads(members[-1].record.block)
    start = text.index(exact)
    span = {"start": start, "end": start + len(exact)}
    match = {
        "spans": [span], "exact": exact, "prefix": text[max(0, start - 32) : start],
        "suffix": text[span["end"] : span["end"] + 32], "page": None,
    }  # fmt: skip
    record_id = new_record_id()
    value = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"archiver": "urn:archiver:terms:"}],
        "id": record_id.strip("<>"), "type": "Annotation", "created": capture["captured_at"],
        "generator": {"type": "Software", "name": "sample 1"},
        "body": {"type": "TextualBody", "purpose": "assessing", "format": "text/plain", "value": "verbatim"},
        "target": {
            "type": "SpecificResource", "source": capture["url"],
            "state": {
                "type": "TimeState", "sourceDate": capture["captured_at"], "cached": f"urn:archiver:capture:{snapshot}",
            },
            "selector": [
                {"type": "TextQuoteSelector", **{name: match[name] for name in ("exact", "prefix", "suffix")}},
                {"type": "TextPositionSelector", **span},
            ],
        },
        "archiver:snapshot": snapshot,
        "archiver:judged": {
            "schema_version": 1, "quote": exact, "url": capture["url"], "snapshot": snapshot[:14],
            "captured_at": capture["captured_at"], "verdict": "verbatim", "holds": True, "layer": "article",
            "source_status": capture["status"], "text_complete": capture["complete"], "matches": [match], "changes": [], "warnings": [],
        },
        "archiver:text": {"layer": "article", "sha256": capture["texts"][0]["sha256"]},
    }  # fmt: skip
    block = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    uri = "urn:archiver:quote:" + record_id.strip("<>").removeprefix("urn:uuid:")
    return seal(
        Record("quote", "metadata", uri, capture["captured_at"], "application/ld+json", block, record_id=record_id)
    )


@dataclass(frozen=True, slots=True)
class Sealed:
    """What `seal_sample` recorded: the ids of two snapshots and of a revisit of the first, and of a quote of each of the two."""

    snapshots: tuple[str, ...]
    quotes: tuple[str, ...]


def seal_sample(archive: Archive) -> Sealed:
    """Records two pages, the first of them again, and quotes of both, in four commits."""
    body = b"<p>It is a wall, not a miracle.</p>" * 9
    first = page_members("https://example.org/a", body, date="2026-11-20T10:00:00Z")
    second = page_members("https://example.org/b", b"<p>The ferry</p>" * 20, chunked=True, date="2026-11-20T11:00:00Z")
    again = page_members("https://example.org/a", body, date="2026-11-20T12:00:00Z", revisit_of=first)
    for _, members in (first, second, again):
        archive.record(members)
    quotes = archive.record([quote_member(*first), quote_member(*second, exact="The ferry leaves at ten.")])
    return Sealed((first[0], second[0], again[0]), tuple(f"q-{leaf.sha256}" for leaf in quotes))


def sealed_archive(root: Path, keys: KeyRing | None = None) -> Sealed:
    """A small archive with something of everything, closed again."""
    with Archive.create(root, keys) as archive:
        return seal_sample(archive)
