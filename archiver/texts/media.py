"""Which medium a payload is: the one table of media types, their first bytes, and what is done where the two disagree.

The bytes go before the header wherever they are plain: a file that begins like a PDF is one, whatever a server calls it, and an error page
in HTML is no PDF. The header decides among texts, which look alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNREADABLE = "unreadable"
"""What no reader is there for: recorded with its bytes, and quotations from it are undecided."""

HTML, XML, PLAIN, CAPTIONS, JSON, PDF = "html", "xml", "plain", "captions", "json", "pdf"


@dataclass(frozen=True, slots=True)
class Medium:
    """``name`` is the key of its reader in `archiver.texts.readers`; ``types`` are the media types that mean it, in lower case;
    ``magic`` are first bytes that nothing else has."""

    name: str
    types: frozenset[str] = frozenset()
    magic: tuple[bytes, ...] = ()


def _types(words: str) -> frozenset[str]:
    return frozenset(words.split())


MEDIA = (
    Medium(HTML, _types("text/html")),
    Medium(XML, _types("application/xhtml+xml application/vnd.wap.xhtml+xml application/xml text/xml")),
    Medium(PDF, _types("application/pdf application/x-pdf"), (b"%PDF-",)),
    Medium(CAPTIONS, _types("text/vtt application/x-subrip text/srt")),
    Medium(
        PLAIN,
        _types("application/json application/ld+json application/javascript application/x-javascript"),
    ),
    Medium(
        UNREADABLE,
        magic=(
            b"PK\x03\x04", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"\xff\xd8\xff", b"\x1f\x8b\x08", b"\x7fELF",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf",
        ),
    ),
)  # fmt: skip
"""All media, in the order in which their first bytes are looked for."""

_BY_TYPE = {kind: medium.name for medium in MEDIA for kind in medium.types}
_COMPOSITE = ("multipart/", "message/")
_UNSAID = frozenset(
    {"application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown", "*/*"}
)
_TEXTUAL = frozenset({PLAIN, CAPTIONS, JSON})

_SNIFFED = 1445  # bytes, as the MIME Sniffing standard has it
_SEARCHED = 4096  # bytes, for tags
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|\?xml|html|head|body|script|iframe|style|title|meta)[\s>/?]",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"</?[a-z][^<>]*>", re.IGNORECASE)
_TAGS_OF_MARKUP = 3


def essence(content_type: str | None) -> str:
    """``text/html`` of ``Text/HTML; charset=x``; ``""`` where nothing is said."""
    return (content_type or "").partition(";")[0].strip().lower()


def medium_of(payload: bytes, content_type: str | None) -> str:
    """The name of the medium by which a payload is to be read.

    First bytes that only one medium has decide. Then the header counts, as far as it speaks of a text: HTML served as text/plain stays
    plain. Where it says nothing, or speaks of a medium that is no text, the first bytes are looked at for markup, since error pages
    often keep the type of what they stand for.
    """
    declared = essence(content_type)
    head = payload[:_SNIFFED]
    for medium in MEDIA:
        if medium.magic and head.startswith(medium.magic):
            return medium.name
    if declared.startswith(_COMPOSITE):
        return UNREADABLE  # several parts, each coded in its own way: its tags are not yet markup
    named = _BY_TYPE.get(declared) or (XML if declared.endswith("+xml") else PLAIN if _is_text(declared) else None)
    if named in (HTML, XML):
        return named
    if named not in _TEXTUAL and (_MARKUP.match(head) or len(_TAG.findall(payload[:_SEARCHED])) >= _TAGS_OF_MARKUP):
        return HTML
    wide = head.startswith(_BOMS) or "utf-16" in (content_type or "").lower()
    if _BINARY.search(head) and not wide:
        return UNREADABLE
    if named in _TEXTUAL:
        return named
    return PLAIN if declared in _UNSAID or "/" not in declared else UNREADABLE


def _is_text(declared: str) -> bool:
    return declared.startswith("text/") or declared.endswith("+json")
