"""Copies of a page that anybody can open: what is named to a reader before a private archive, which nobody else can."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archiver import urls
from archiver.archive import Archive
from archiver.errors import InputError
from archiver.model import WHOLE_PAGE, Snapshot

_RAW = re.compile(r"/(\d{14})id_/")
_MOMENT = re.compile(r"[a-z]+://(?:[^/]+/)+?(\d{14})(?:[a-z]{2}_)?/", re.ASCII)


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """A copy of the page that anybody can open: its address, the archive's host, and when the archive says that it was made (RFC 3339)."""

    uri: str
    archive: str
    datetime: str | None = None


def public_copies(archive: Archive, snapshot: Snapshot, capture: Mapping[str, Any]) -> tuple[PublicCopy, ...]:
    """The public copies of this snapshot, and of others of the same address that have the same content; nearest in time first.

    ``capture`` is its signed record, as `Archive.attested` gives it. Raises DamagedArchive where the record of one of the others is not what was
    signed.
    """
    found = list(_copies_of(snapshot, capture))
    try:
        others = archive.catalogue.snapshots_of(urls.page_key(snapshot.url))
    except InputError:
        others = []
    for other in others:
        same = other.payload_sha256 == snapshot.payload_sha256 and other.status in WHOLE_PAGE
        if other.id != snapshot.id and same:
            found += _copies_of(*archive.attested(other))
    unique = {copy.uri: copy for copy in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda copy: _distance(copy.datetime, snapshot.captured_at)))


def _copies_of(snapshot: Snapshot, capture: Mapping[str, Any]) -> Iterator[PublicCopy]:
    """The one that was asked for with the capture, and the one that the snapshot is."""
    kept = capture.get("kept")
    uri = kept.get("memento") if isinstance(kept, dict) else None
    if isinstance(kept, dict) and isinstance(uri, str):
        yield from _public(uri, date_in(uri) or kept.get("asked_at"))
    memento = snapshot.origin.memento if snapshot.origin is not None else None
    if memento is not None:
        # what people are shown has no id_ behind the digits
        yield from _public(_RAW.sub(r"/\1/", memento.uri, count=1), memento.datetime)


def _public(uri: str, moment: object) -> Iterator[PublicCopy]:
    try:
        parsed = urls.parse_page(uri)
    except InputError:
        return
    yield PublicCopy(parsed.href, urls.host_for_display(parsed.host), moment if isinstance(moment, str) else None)


def date_in(uri: str) -> str | None:
    """The moment that stands in the address of a copy of the Wayback Machine; digits of the page's own address are none."""
    found = _MOMENT.match(uri)
    try:
        return datetime.strptime(f"{found[1]}+0000", "%Y%m%d%H%M%S%z").strftime("%Y-%m-%dT%H:%M:%SZ") if found else None
    except ValueError:
        return None


def _distance(moment: str | None, captured_at: str) -> float:
    try:
        return abs((datetime.fromisoformat(moment or "") - datetime.fromisoformat(captured_at)).total_seconds())
    except (ValueError, TypeError):
        return float("inf")
