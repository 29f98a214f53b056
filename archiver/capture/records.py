"""From what went over the wire to the records that are kept: one group of members a capture, written together."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archiver import clock
from archiver.digests import Digest
from archiver.memento import Kept
from archiver.model import (
    AssetList,
    BrowserView,
    Exchange,
    Notice,
    Origin,
    PageInfo,
    Reading,
    Snapshot,
    Text,
)
from archiver.model.snapshoturi import capture_uri, text_uri
from archiver.version import TOOL
from archiver.warc import REVISIT_NOT_MODIFIED, REVISIT_SAME_PAYLOAD, Member, Record, seal

_HTTP_RESPONSE = "application/http; msgtype=response"
_HTTP_REQUEST = "application/http; msgtype=request"


@dataclass(frozen=True, slots=True)
class StandIn:
    """A response on record whose payload stands for another's: its record id, address, date and payload digest, and how that is known."""

    record_id: str
    url: str
    date: str
    sha256: str
    profile: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A snapshot whose payload stands for the new one's, with its capture record, and how that is known. ``validators`` are the ETag and
    Last-Modified that the server was asked about, where it is by its word: those of another answer would be said of this address too.
    """

    snapshot: Snapshot
    capture: dict[str, Any]
    response_date: str
    profile: str
    validators: tuple[str | None, str | None] = (None, None)

    @property
    def stand_in(self) -> StandIn:
        """The record that holds the payload."""
        base = self.snapshot
        return StandIn(base.warc_record_id, base.final_url, self.response_date, base.payload_sha256, self.profile)


@dataclass(frozen=True, slots=True)
class CaptureContext:
    """What a capture record says beside what was received. ``origin`` is None where this archiver fetched the page.

    ``kept`` is what a public archive said that was asked to keep a copy, None where none was.
    """

    url: str
    allow_net: tuple[str, ...] = ()
    warnings: tuple[Notice, ...] = ()
    origin: Origin | None = None
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class SealedAssets:
    """The members of a capture's assets, the list of all its assets, the certificates (DER) that their servers showed, and what must be
    said of these.
    """

    members: tuple[Member, ...]
    listed: AssetList
    certificates: tuple[bytes, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class SealedViews:
    """The members of a page as a browser showed it, and what the capture record says of that."""

    members: tuple[Member, ...]
    view: BrowserView


@dataclass(frozen=True, slots=True)
class CaptureMembers:
    """All members of one capture in writing order, and the id of the snapshot that they make."""

    snapshot: str
    members: tuple[Member, ...]


def same_payload(earlier: Snapshot, capture: dict[str, Any], date: str) -> Earlier:
    return Earlier(earlier, capture, date, REVISIT_SAME_PAYLOAD)


def not_modified(
    earlier: Snapshot, capture: dict[str, Any], date: str, validators: tuple[str | None, str | None]
) -> Earlier:
    return Earlier(earlier, capture, date, REVISIT_NOT_MODIFIED, validators)


def capture_members(
    context: CaptureContext,
    exchanges: Sequence[Exchange],
    reading: Reading | None,
    earlier: Earlier | None,
    certificate_known: Callable[[str], bool],
    assets: SealedAssets | None = None,
    seal_views: Callable[[Member], SealedViews] | None = None,
) -> CaptureMembers:
    """Seals everything that one capture recorded. Exactly one of ``reading`` and ``earlier`` is given; ``seal_views`` makes the views of a
    browser from the member of the page's response.
    """
    members: list[Member] = []
    hops: list[dict[str, Any]] = []
    on_the_way = dict.fromkeys(notice for exchange in exchanges[:-1] for notice in exchange.notices)
    beside = assets.notices if assets else ()
    context = replace(context, warnings=(*context.warnings, *on_the_way, *beside))
    asked = context.kept.exchanges if context.kept else ()
    shown = (der for exchange in (*asked, *exchanges) for der in exchange.certificates)
    for certificate in dict.fromkeys((*shown, *(assets.certificates if assets else ()))):
        digest = Digest.of(certificate)
        if not certificate_known(digest.hex):
            uri = f"urn:archiver:certificate:{digest.hex}"
            members.append(
                seal(
                    Record("certificate", "resource", uri, clock.stamp(), "application/pkix-cert", certificate, digest)
                )
            )
    about_copy = [member for exchange in asked for member in exchange_members(exchange, None)]
    members += about_copy
    for exchange in exchanges:
        final = exchange is exchanges[-1]
        group = exchange_members(exchange, earlier.stand_in if final and earlier else None)
        members += group
        hops.append(_hop(exchange, group))
        response = group[0]
    names = [member.record.record_id for member in about_copy]
    members += assets.members if assets else ()
    listed = assets.listed if assets else None
    views = seal_views(response) if seal_views else None
    members += views.members if views else ()
    view = views.view if views else None
    members += described(context, exchanges[-1], reading, earlier, response, hops, names, listed, view)
    return CaptureMembers(f"s-{response.sha256.hex}", tuple(members))


def described(
    context: CaptureContext,
    final: Exchange,
    reading: Reading | None,
    earlier: Earlier | None,
    response: Member,
    hops: Sequence[dict[str, Any]],
    about_copy: Sequence[str] = (),
    assets: AssetList | None = None,
    view: BrowserView | None = None,
) -> list[Member]:
    """The text members and the capture member of a snapshot, whose id is that of the member that holds its response.

    ``about_copy`` are the ids of the records of what was said to the public archive of ``context.kept``.
    """
    snapshot = f"s-{response.sha256.hex}"
    members: list[Member] = []
    capture = _capture_json(context, final, reading, earlier)
    capture |= {"snapshot": snapshot, "hops": list(hops)}
    if context.kept is not None:
        capture["kept"] = _kept_json(context.kept, about_copy)
    if assets is not None:
        capture["assets"] = assets.to_json()
    if view is not None:
        capture["browser"] = view.to_json()
    if reading is not None:
        texts = []
        for text in reading.texts:
            if text.content:
                member = _text_member(text, snapshot, response.record)
                members.append(member)
                texts.append(_text_entry(text, member))
        capture["texts"] = texts
    block = json.dumps(capture, ensure_ascii=False, separators=(",", ":")).encode()
    uri, date = capture_uri(snapshot), response.record.date
    extra = (("WARC-Refers-To", response.record.record_id),)
    members.append(seal(Record("capture", "metadata", uri, date, "application/json", block, extra=extra)))
    return members


def exchange_members(exchange: Exchange, stand_in: StandIn | None) -> list[Member]:
    """The response (or revisit), interim responses where there were any, and the request last."""
    date = clock.stamp(exchange.started)
    connection = _connection(exchange)
    response = response_record(exchange, stand_in)
    response_id = response.record_id
    members: list[Member] = []
    if exchange.interim:
        uri = f"urn:archiver:interim:{response_id.strip('<>').removeprefix('urn:uuid:')}"
        extra = (("WARC-Refers-To", response_id),)
        members.append(seal(Record("interim", "metadata", uri, date, "message/http", exchange.interim, extra=extra)))
    # behind the response, since checkers want a record to be there before another refers to it
    concurrent = (("WARC-Concurrent-To", response_id), *connection)
    request = Record("request", "request", exchange.url, date, _HTTP_REQUEST, exchange.request, extra=concurrent)
    return [seal(response), *members, seal(request)]


def _connection(exchange: Exchange) -> list[tuple[str, str]]:
    found = [("WARC-IP-Address", exchange.address)] if exchange.address else []
    found += [("WARC-Protocol", protocol) for protocol in exchange.protocols]
    if exchange.cipher:
        found.append(("WARC-Cipher-Suite", exchange.cipher))
    return found


def response_record(exchange: Exchange, stand_in: StandIn | None) -> Record:
    """The record of a response; a revisit where the payload of another stands for its own."""
    extra = _connection(exchange)
    block, kind = exchange.response, "response"
    payload: Digest | None = Digest.of(exchange.body)
    if stand_in is not None:
        kind, block = "revisit", exchange.response[: exchange.head_length]
        payload = Digest.from_hex(stand_in.sha256)
        extra += [
            ("WARC-Profile", stand_in.profile),
            ("WARC-Refers-To", stand_in.record_id),
            ("WARC-Refers-To-Target-URI", stand_in.url),
            ("WARC-Refers-To-Date", stand_in.date),
        ]
    elif exchange.truncated:
        # what other readers would take for the payload of a broken response is not sure to be what we take for it
        payload = None
        extra.append(("WARC-Truncated", exchange.truncated))
    return Record(
        kind, kind, exchange.url, clock.stamp(exchange.started), _HTTP_RESPONSE, block, payload, tuple(extra),
        exchange.header("date") or "",
    )  # fmt: skip


def _hop(exchange: Exchange, group: Sequence[Member]) -> dict[str, Any]:
    hop: dict[str, Any] = {
        "url": exchange.url,
        "status": exchange.status,
        "request": group[-1].record.record_id,
        "response": group[0].record.record_id,
        "address": exchange.address,
        "port": exchange.port,
        "protocols": list(exchange.protocols),
        "head_length": exchange.head_length,
        "chunked": exchange.body != exchange.response[exchange.head_length :],
        "started": exchange.started.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "ended": exchange.ended.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if exchange.via:
        hop["via"] = exchange.via
    if exchange.cipher:
        hop["cipher"] = exchange.cipher
    if exchange.certificates:
        hop["certificates"] = [Digest.of(certificate).hex for certificate in exchange.certificates]
    if len(group) > 2:
        hop["interim"] = group[1].record.record_id
    return hop


def _text_member(text: Text, snapshot: str, response: Record) -> Member:
    content = text.content.encode()
    uri = text_uri(snapshot, text.layer.value)
    extra = (("WARC-Refers-To", response.record_id),)
    return seal(
        Record(
            "text", "conversion", uri, response.date, "text/plain; charset=utf-8", content, Digest.of(content), extra
        )
    )


def _text_entry(text: Text, member: Member) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "layer": text.layer.value,
        "record_id": member.record.record_id,
        "sha256": Digest.of(member.record.block).hex,
        "characters": len(text.content),
        "extractor": text.extractor,
        "version": text.version,
        "complete": text.complete,
        "why": text.why,
        "unseen": [[span.start, span.end] for span in text.unseen],
    }
    if text.places:
        entry["places"] = [place.to_json() for place in text.places]
    return entry


def _capture_json(
    context: CaptureContext, final: Exchange, reading: Reading | None, earlier: Earlier | None
) -> dict[str, Any]:
    warnings = [*context.warnings, *final.notices]
    if final.truncated:
        warnings.append(Notice("truncated", f"the response was cut short ({final.truncated}); what came is recorded"))
    capture: dict[str, Any] = {
        "v": 1,
        "url": context.url,
        "captured_at": clock.stamp(final.started),
        "tool": TOOL,
        "content_type": final.content_type,
        "content_encoding": final.content_encoding,
        "etag": final.header("etag"),
        "last_modified": final.header("last-modified"),
        "truncated": final.truncated,
    }
    if context.origin is not None:
        capture["origin"] = context.origin.to_json()
    if context.allow_net:
        capture["allow_net"] = list(context.allow_net)
    if earlier is not None:
        # the payload is the earlier one's, and so is all that was read from it
        for name in (
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
        ):
            capture[name] = earlier.capture[name]
        etag, last_modified = earlier.validators
        capture["etag"] = capture["etag"] or etag
        capture["last_modified"] = capture["last_modified"] or last_modified
        capture["revisit_of"] = earlier.snapshot.id
        read_warnings = [Notice(**item) for item in earlier.capture["read_warnings"]]
    else:
        if reading is None:
            raise ValueError("a capture has a reading, or an earlier snapshot that stands for it")
        wall = reading.wall
        capture |= {
            "status": final.status,
            "media_type": media_type(final.content_type),
            "payload_sha256": Digest.of(final.body).hex,
            "info": info_json(reading.info),
            "decoding": {
                "declared": reading.decoding.declared,
                "detected": reading.decoding.detected,
                "used": reading.decoding.used,
            },
            "complete": reading.complete and final.truncated is None,
            "wall": wall.to_json() if wall else None,
        }
        read_warnings = [*reading.notices, *([wall] if wall else [])]
    capture["read_warnings"] = [notice.to_json() for notice in read_warnings]
    capture["warnings"] = [notice.to_json() for notice in [*warnings, *read_warnings]]
    return capture


def _kept_json(kept: Kept, records: Sequence[str]) -> dict[str, Any]:
    value = {"service": kept.service, "asked_at": kept.asked_at, "memento": kept.memento, "why": kept.why}
    return {**{name: item for name, item in value.items() if item is not None}, "records": list(records)}


def info_json(info: PageInfo) -> dict[str, Any]:
    """What a page says of itself, as a capture record holds it."""
    return {
        "title": info.title,
        "authors": list(info.authors),
        "published": info.published,
        "modified": info.modified,
        "site_name": info.site_name,
        "language": info.language,
        "canonical": info.canonical,
    }


def media_type(content_type: str | None) -> str:
    """``text/html`` of ``Text/HTML; charset=...``; ``application/octet-stream`` where nothing is said (RFC 9110 section 8.3)."""
    essence = (content_type or "").partition(";")[0].strip().lower()
    return essence if "/" in essence else "application/octet-stream"
