"""What a snapshot lets a judgement mean: whoever judges, now or again later, settles it by this."""

from __future__ import annotations

from dataclasses import replace

from archiver.model import (
    REDIRECT_LOOP,
    UNREADABLE_DOCUMENT,
    UNREADABLE_MEDIA,
    WHOLE_PAGE,
    Judgement,
    Notice,
    Snapshot,
    Verdict,
)

_FAMILIES = {"image": "an image", "audio": "a sound recording", "video": "a video", "font": "a font"}
_TOLD = ("pdf-",)  # how the codes of notices begin that say why a medium gave no text
_MORE = frozenset({"pages-unread", "scroll-capped", "browser-limit", "browser-ended", "browser-failed", "not-rendered"})
"""There is more than was read: pages of a document, or what a browser would have loaded or drawn."""

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
    reason = _reason(snapshot) or _unread(judgement, snapshot)
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
        circle = next((notice for notice in snapshot.warnings if notice.code == REDIRECT_LOOP), None)
        if circle is not None:
            return Notice("source-status", f"the address {circle.detail.removesuffix('.')}")
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


def _unread(judgement: Judgement, snapshot: Snapshot) -> Notice | None:
    """What is found in what was read stands there, whatever the rest holds; what is not found may stand in that."""
    if judgement.holds:
        return None
    return next((notice for notice in snapshot.warnings if notice.code in _MORE), None)


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
