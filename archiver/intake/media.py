"""What sort of file a person hands in: by its name, held against its bytes."""

from __future__ import annotations

import re

_BY_NAME = {
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".xml": "application/xml",
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/plain", ".vtt": "text/vtt", ".srt": "application/x-subrip",
    ".rss": "application/rss+xml", ".atom": "application/atom+xml", ".jsonl": "application/jsonl", ".eml": "message/rfc822",
    ".pdf": "application/pdf", ".epub": "application/epub+zip", ".mht": "multipart/related", ".mhtml": "multipart/related",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text", ".doc": "application/msword", ".rtf": "application/rtf",
    ".json": "application/json", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
}  # fmt: skip
_BY_BYTES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"{\\rtf", "application/rtf"),
    (b"WEBVTT", "text/vtt"),
    (b"\xef\xbb\xbfWEBVTT", "text/vtt"),
)
_ZIPPED = frozenset({".epub", ".docx", ".odt"})
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_NOT_READ = ("image/", "audio/", "video/", "font/", "model/")
MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+(?:; *[a-z0-9-]+=[\w\"./:+-]+)*", re.IGNORECASE)


def media_type(name: str, data: bytes) -> str:
    """The media type of a file, out of the ending of its name and its bytes; ``application/octet-stream`` where neither tells."""
    from archiver.texts import media  # 80 ms that only an added file pays

    head = data[:8192]
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    for magic, found in _BY_BYTES:
        if head.startswith(magic):
            return found
    if head.startswith(b"PK\x03\x04"):
        by_name = _BY_NAME[ending] if ending in _ZIPPED else "application/zip"
        return media.canonical_type(media.zipped_medium(data)) or by_name
    if media.is_mhtml(head):
        return "multipart/related"
    if ending in _BY_NAME and ending not in _ZIPPED:
        return _BY_NAME[ending]
    return "text/html" if _MARKUP.match(head) else "application/octet-stream"


def contradiction(stated: str, name: str, data: bytes) -> str | None:
    """The media type that a file has, where what a person says of it cannot be: an image that is read as a page, a page that is a PDF.

    None where it can be, or nothing in the bytes speaks against it.
    """
    from archiver.texts import media

    declared, found = media.essence(stated), media.medium_of(data, stated)
    if declared in ("application/pdf", "application/octet-stream") or found == media.UNREADABLE:
        return None
    if found != media.PDF and (not declared.startswith(_NOT_READ) or media.named(declared) is not None):
        return None
    seen = media_type(name, data)
    return seen if seen != "application/octet-stream" else f"read as {found}"
