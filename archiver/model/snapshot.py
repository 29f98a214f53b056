"""What an archive holds: snapshots, quotes, and the leaves of the log with the place where each member lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archiver.model.asset import AssetCounts
from archiver.model.browser import BrowserView
from archiver.model.notice import Notice
from archiver.model.origin import Origin
from archiver.model.text import Layer, PageInfo, Place, Span, Text

WHOLE_PAGE = frozenset({200, 201, 202, 203})
"""Statuses of an answer that is the page; 204 to 206 are none or a part of it (RFC 9110 section 15.3)."""

SHORT_ID = 14  # a prefix of two characters and 12 hex digits


@dataclass(frozen=True, slots=True)
class StoredLeaf:
    """Leaf ``index`` of the log and where its member lies; everything but index and kind is empty once it is erased."""

    index: int
    kind: str
    sha256: str = ""
    record_id: str = ""
    warc_type: str = ""
    uri: str = ""
    time: str = ""
    file: str = ""
    offset: int = 0
    length: int = 0


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text layer of a snapshot: the SHA-256 of its UTF-8 bytes, and the leaf of the record that holds it."""

    layer: Layer
    leaf: int
    sha256: str
    characters: int
    extractor: str
    version: str
    complete: bool
    why: str = ""
    unseen: tuple[Span, ...] = ()
    places: tuple[Place, ...] = ()

    def with_content(self, content: str) -> Text:
        """The layer itself."""
        return Text(
            self.layer, content, self.extractor, self.version, self.complete, self.why, self.unseen, self.places
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a capture recorded. ``id`` is ``s-`` and 64 hex digits, ``url`` as it was asked for, ``final_url`` where it ended.

    ``revisit_of`` is the id of the snapshot whose payload and texts stand for this one's, None where it has its own. ``etag`` and
    ``last_modified`` are as the server gave them. ``truncated`` is a reason of WARC 1.1 or None. ``origin`` is None where this
    archiver fetched it. ``assets`` counts its images, styles and fonts, None where they were not asked for.
    ``browser`` says how a browser looked at it, None where none did.
    """

    id: str
    url: str
    final_url: str
    captured_at: str
    status: int
    media_type: str
    payload_sha256: str
    warc_file: str
    warc_offset: int
    warc_record_id: str
    capture_leaf: int
    response_leaf: int
    info: PageInfo
    texts: tuple[StoredText, ...]
    complete: bool
    truncated: str | None = None
    wall: Notice | None = None
    warnings: tuple[Notice, ...] = ()
    revisit_of: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    origin: Origin | None = None
    assets: AssetCounts | None = None
    browser: BrowserView | None = None

    @property
    def short_id(self) -> str:
        return self.id[:SHORT_ID]

    @property
    def bears_verdicts(self) -> bool:
        """Whether it is the page that was asked for, read whole: else no quotation can be decided by it."""
        whole = self.status in WHOLE_PAGE and self.wall is None and self.truncated is None
        return whole and bool(self.texts) and self.complete

    def to_json(self) -> dict[str, Any]:
        """The snapshot object of the command line's JSON."""
        return {
            "schema_version": 1,
            "snapshot": self.short_id,
            "snapshot_sha256": self.id[2:],
            "url": self.url,
            "final_url": self.final_url,
            "captured_at": self.captured_at,
            "status": self.status,
            "media_type": self.media_type,
            "payload_sha256": self.payload_sha256,
            "warc_file": self.warc_file,
            "warc_offset": self.warc_offset,
            "warc_record_id": self.warc_record_id,
            "title": self.info.title,
            "authors": list(self.info.authors),
            "published": self.info.published,
            "site_name": self.info.site_name,
            "revisit_of": self.revisit_of and self.revisit_of[:SHORT_ID],
            "origin": self.origin.to_json() if self.origin else None,
            "assets": self.assets.to_json() if self.assets else None,
            "browser": self.browser.to_json() if self.browser else None,
            "text_complete": self.complete,
            "texts": [{"layer": t.layer.value, "characters": t.characters, "sha256": t.sha256} for t in self.texts],
            "warnings": [notice.to_json() for notice in self.warnings],
        }


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation as it was recorded, with its verdict. ``judged`` is the JSON object that was recorded with it."""

    id: str
    leaf: int
    snapshot: str
    url: str
    text: str
    verdict: str
    layer: str | None
    created_at: str
    speaker: str | None
    note: str | None
    judged: dict[str, Any]

    @property
    def short_id(self) -> str:
        return self.id[:SHORT_ID]

    def to_json(self) -> dict[str, Any]:
        """The judged quotation as it was recorded, with what was said of it."""
        return {
            **self.judged,
            "id": self.short_id,
            "id_full": self.id,
            "created_at": self.created_at,
            "speaker": self.speaker,
            "note": self.note,
        }
