"""The payloads of pages, and what their markup says that their texts do not: where they send readers on, their revision, whether they end."""

from __future__ import annotations

import html
import re
from typing import Any

from archiver.archive import Archive
from archiver.model import Snapshot

_HEAD = 256 << 10
_TAIL = 4 << 10
_SILENT = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(noscript|script|template|textarea)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_META = re.compile(rb"<meta\b([^<>]{1,4096})>", re.IGNORECASE)
_REFRESH = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh", re.IGNORECASE)
_CONTENT = re.compile(rb"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
# the HTML standard's own reading of it, shortened: seconds, a comma or semicolon, "url="
_TARGET = re.compile(r"\s*(\d{1,4})(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_SOON = 30
"""Seconds after which a refresh sends a reader on; a later one loads a page anew."""
_REVISION = re.compile(rb"[\"']?wgRevisionId[\"']?\s*:\s*([1-9]\d{0,17})\b")


def body_of(archive: Archive, snapshot: Snapshot) -> bytes | None:
    """The payload of a snapshot, content codings undone; None where it cannot be had whole. Raises DamagedArchive."""
    found = recorded(archive, snapshot)
    return None if found is None else opened(found[0], found[1]["content_encoding"])


def recorded(archive: Archive, snapshot: Snapshot) -> tuple[bytes, dict[str, Any]] | None:
    """The payload as it was received, that of the snapshot that stands for a revisit, and the capture record it comes with."""
    from archiver.capture.onrecord import on_record  # what it imports, only a page that changed needs

    signed, capture = archive.attested(snapshot)
    if signed.revisit_of:
        signed, capture = archive.attested(archive.catalogue.snapshot(signed.revisit_of))
    found = on_record(archive, signed.response_leaf, signed.payload_sha256)
    return None if found is None else (found.payload, capture)


def opened(payload: bytes, content_encoding: str | None) -> bytes | None:
    """A payload with its content codings undone; None where they cannot be."""
    from archiver.texts import content  # as above

    decoded = content.decode(payload, content_encoding)
    return None if decoded.why else decoded.payload


def refresh_of(body: bytes) -> str | None:
    """The address that a page sends its readers on to by itself (``<meta http-equiv=refresh>``), as it stands there; None where it does not."""
    for found in _META.finditer(_SILENT.sub(b" ", body[:_HEAD])):
        content = _CONTENT.search(found[1])
        if content is None or not _REFRESH.search(found[1]):
            continue
        target = _TARGET.match(html.unescape((content[1] or content[2] or b"").decode("utf-8", "replace")))
        if target is not None and int(target[1]) <= _SOON:
            return target[2].strip()
    return None


def revision_of(body: bytes) -> str | None:
    """The revision of a wiki's article, as MediaWiki writes it into each page; None for any other page."""
    found = _REVISION.search(body[:_HEAD])
    return found[1].decode() if found else None


def ends(body: bytes) -> bool:
    """Whether a page of markup comes to its end."""
    tail = body[-_TAIL:].lower()
    return b"</html" in tail or b"</body" in tail
