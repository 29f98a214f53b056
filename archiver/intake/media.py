"""What sort of file a person hands in: by its name, held against its first bytes."""

from __future__ import annotations

import re

_BY_NAME = {
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".xml": "application/xml",
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/plain", ".vtt": "text/vtt", ".srt": "application/x-subrip",
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
_MHT = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,20}", re.DOTALL)
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+(?:; *[a-z0-9-]+=[\w\"./:+-]+)*", re.IGNORECASE)


def media_type(name: str, head: bytes) -> str:
    """The media type of a file, out of the ending of its name and its first bytes; ``application/octet-stream`` where neither tells."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    for magic, found in _BY_BYTES:
        if head.startswith(magic):
            return found
    if head.startswith(b"PK\x03\x04"):
        return _BY_NAME[ending] if ending in _ZIPPED else "application/zip"
    if _is_mht(head):
        return "multipart/related"
    if ending in _BY_NAME and ending not in _ZIPPED:
        return _BY_NAME[ending]
    return "text/html" if _MARKUP.match(head) else "application/octet-stream"


def _is_mht(head: bytes) -> bool:
    """A page that a browser saved as one MIME message, whatever the file is called."""
    found = _MHT.match(head[:4096])
    return found is not None and b"multipart/related" in found[0].lower()
