"""A quotation judged against a snapshot: the judge's finding, and what the snapshot lets it mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from archiver import match
from archiver.model import (
    SHORT_ID,
    UNREADABLE_DOCUMENT,
    UNREADABLE_MEDIA,
    WHOLE_PAGE,
    Judgement,
    Notice,
    Snapshot,
    Verdict,
)

SCHEMA_VERSION = 1

_FAMILIES = {"image": "an image", "audio": "a sound recording", "video": "a video", "font": "a font"}
_TOLD = ("pdf-",)  # how the codes of notices begin that say why a medium gave no text
_UNREAD_PAGES = "pages-unread"
_DOUBTFUL = frozenset({"ocr-layer"})
_NAMES = {
    "application/pdf": "PDF",
    "application/epub+zip": "EPUB",
    "application/msword": "a Word document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "a spreadsheet",
    "application/vnd.oasis.opendocument.text": "an OpenDocument text",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "a presentation",
    "application/vnd.oasis.opendocument.spreadsheet": "a spreadsheet",
    "application/vnd.oasis.opendocument.presentation": "a presentation",
    "application/vnd.ms-excel": "a spreadsheet",
    "application/vnd.ms-powerpoint": "a presentation",
    "application/rtf": "an RTF document",
    "application/zip": "a ZIP file",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The line that `quote` and `check` print. ``id`` is the quote's, None where it was not recorded; ``location`` is where the
    quotation stands in a table or manuscript; ``input`` is passed through. ``tolerate_minor`` is the reader's wish: the verdict stays.
    """

    quotation: str
    url: str
    snapshot: Snapshot | None
    judgement: Judgement
    id: str | None = None
    speaker: str | None = None
    location: dict[str, Any] | None = None
    input: dict[str, Any] | None = None
    tolerate_minor: bool = False

    @property
    def holds(self) -> bool | None:
        """As the verdict says; with ``tolerate_minor`` also where only spelling or punctuation is changed."""
        return match.holds(self.judgement, tolerate_minor=self.tolerate_minor)

    def to_json(self) -> dict[str, Any]:
        snapshot, judgement = self.snapshot, self.judgement
        value: dict[str, Any] = {
            "schema_version": SCHEMA_VERSION,
            "quote": self.quotation,
            "url": self.url,
            "snapshot": snapshot.short_id if snapshot else None,
            "captured_at": snapshot.captured_at if snapshot else None,
            "id": self.id[:SHORT_ID] if self.id else None,
            "verdict": judgement.verdict.value,
            "holds": self.holds,
            "layer": judgement.layer.value if judgement.layer else None,
            "ambiguous": judgement.ambiguous,
            "source_status": snapshot.status if snapshot else None,
            "matches": [item.to_json() for item in judgement.matches],
            "changes": [change.to_json() for change in judgement.changes],
            "text_complete": snapshot.complete if snapshot else False,
            "location": self.location,
            "warnings": [notice.to_json() for notice in judgement.warnings],
        }
        if snapshot is not None and snapshot.origin is not None and snapshot.origin.memento is not None:
            value["origin"] = snapshot.origin.to_json()
        if self.holds is not judgement.holds:
            value["tolerated"] = "minor"
        if self.speaker is not None:
            value |= {"speaker": self.speaker, "speaker_checked": False}
        if self.input:
            value["input"] = self.input
        return value


def settle(judgement: Judgement, snapshot: Snapshot) -> Judgement:
    """``undecided`` where the snapshot cannot carry a verdict: no such page, a wall, a body or text that was not read whole.

    What the readable part has is kept as matches and said in the warning, so that a person sees how far it goes. A page that was not
    fetched is said to be so, whatever the verdict.
    """
    if snapshot.origin is not None:
        notice = snapshot.origin.notice(snapshot.url, snapshot.captured_at)
        judgement = replace(judgement, warnings=(notice, *judgement.warnings))
    doubts = tuple(notice for notice in snapshot.warnings if notice.code in _DOUBTFUL and snapshot.texts)
    judgement = replace(judgement, warnings=(*judgement.warnings, *doubts))
    reason = _reason(snapshot) or _unread_pages(judgement, snapshot)
    if reason is None:
        return judgement
    if judgement.verdict is not Verdict.ABSENT:
        reason = replace(reason, detail=f"{reason.detail}; what could be read would make it {judgement.verdict.value}")
    return Judgement(
        Verdict.UNDECIDED,
        judgement.layer,
        judgement.matches if judgement.holds else (),
        (),
        (reason, *judgement.warnings),
        judgement.ambiguous,
    )


def _reason(snapshot: Snapshot) -> Notice | None:
    if snapshot.status not in WHOLE_PAGE:
        return Notice("source-status", f"the server answered with status {snapshot.status}, so this is not the page")
    if snapshot.wall is not None:
        return Notice(snapshot.wall.code, snapshot.wall.detail or "the page is not the content that was asked for")
    if snapshot.truncated is not None:
        return Notice("text-incomplete", f"the response was cut short ({snapshot.truncated})")
    if not snapshot.texts:
        return _without_text(snapshot)
    if not snapshot.complete:
        why = next((text.why for text in snapshot.texts if text.why), "the text could not be read whole")
        return Notice("text-incomplete", why)
    return None


def _unread_pages(judgement: Judgement, snapshot: Snapshot) -> Notice | None:
    """What is found on a page that was read stands there, whatever the others show; what is not found may stand on one of those."""
    if judgement.holds:
        return None
    return next((notice for notice in snapshot.warnings if notice.code == _UNREAD_PAGES), None)


def _without_text(snapshot: Snapshot) -> Notice:
    told = (n for n in snapshot.warnings if n.code == UNREADABLE_DOCUMENT or n.code.startswith(_TOLD))
    own = next(told, None)
    if own is not None:
        return own
    media = snapshot.media_type
    if all(notice.code != UNREADABLE_MEDIA for notice in snapshot.warnings):
        return Notice("no-text", f"no text could be drawn from this page ({media})")
    if media.startswith("text/"):
        return Notice(UNREADABLE_MEDIA, f"the server calls it {media}, but its bytes are no text")
    from archiver.texts import readers  # 80 ms that only such a page pays

    name = _NAMES.get(media) or _FAMILIES.get(media.partition("/")[0])
    called = f"{name} ({media})" if name else media
    if readers.reads(media):
        return Notice(
            UNREADABLE_MEDIA, f"{called} could not be read when it was recorded; record it again to have it read"
        )
    return Notice(UNREADABLE_MEDIA, f"{called} is not read by this version")


def undecided(code: str, detail: str) -> Judgement:
    """The verdict where there is no snapshot to judge against."""
    return Judgement(Verdict.UNDECIDED, warnings=(Notice(code, detail),))
