"""Which medium a payload is: the one table of media types, their first bytes, and what is done where the two disagree.

The bytes go before the header wherever they are plain: a file that begins like a PDF is one, whatever a server calls it, and an error page
in HTML is no PDF. The header decides among texts, which look alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.texts import package

UNREADABLE = "unreadable"
"""What no reader is there for: recorded with its bytes, and quotations from it are undecided."""

HTML, XML, PLAIN, CAPTIONS, JSON, FEED, PDF = "html", "xml", "plain", "captions", "json", "feed", "pdf"
DOCX, ODT, EPUB, MHTML = "docx", "odt", "epub", "mhtml"


@dataclass(frozen=True, slots=True)
class Medium:
    """``name`` is the key of its reader in `archiver.texts.readers`; ``types`` are the media types that mean it, in lower case;
    ``magic`` are first bytes that nothing else has; ``zipped`` media are zip files that say inside what they are."""

    name: str
    types: frozenset[str] = frozenset()
    magic: tuple[bytes, ...] = ()
    zipped: bool = False


def _types(words: str) -> frozenset[str]:
    return frozenset(words.split())


MEDIA = (
    Medium(HTML, _types("text/html")),
    Medium(XML, _types("application/xhtml+xml application/vnd.wap.xhtml+xml application/xml text/xml")),
    Medium(PDF, _types("application/pdf application/x-pdf"), (b"%PDF-",)),
    Medium(DOCX, _types(
        """application/vnd.openxmlformats-officedocument.wordprocessingml.document
        application/vnd.openxmlformats-officedocument.wordprocessingml.template
        application/vnd.ms-word.document.macroenabled.12 application/vnd.ms-word.template.macroenabled.12
        application/vnd.ms-word.document.macroenabled application/vnd.ms-word.template.macroenabledtemplate"""
    ), zipped=True),
    Medium(ODT, _types(
        "application/vnd.oasis.opendocument.text application/vnd.oasis.opendocument.text-template"
    ), zipped=True),
    Medium(EPUB, _types("application/epub+zip"), zipped=True),
    Medium(MHTML, _types("multipart/related application/x-mimearchive message/rfc822")),
    Medium(CAPTIONS, _types("text/vtt application/x-subrip text/srt"), (b"WEBVTT", b"\xef\xbb\xbfWEBVTT")),
    Medium(FEED, _types("application/rss+xml application/atom+xml application/rdf+xml")),
    Medium(JSON, _types(
        "application/json application/ld+json application/feed+json text/json application/x-ndjson application/jsonl"
    )),
    Medium(PLAIN, _types("application/javascript application/x-javascript")),
    Medium(
        UNREADABLE,
        magic=(
            b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"\xff\xd8\xff", b"\x1f\x8b\x08", b"\x7fELF",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf",
        ),
    ),
)  # fmt: skip
"""All media, in the order in which their first bytes are looked for."""

_BY_TYPE = {kind: medium.name for medium in MEDIA for kind in medium.types}
_ZIPPED = frozenset(medium.name for medium in MEDIA if medium.zipped)
_COMPOSITE = ("multipart/", "message/")
_UNSAID = frozenset(
    {"application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown", "*/*"}
)
_TEXTUAL = frozenset({PLAIN, CAPTIONS, JSON})

_SNIFFED = 1445  # bytes, as the MIME Sniffing standard has it
_SEARCHED = 4096  # bytes, for tags
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BEGINNING = rb"(?:\xef\xbb\xbf)?\s*+(?:<!--.*?-->\s*+|(?!))*+"
_MARKUP = re.compile(
    _BEGINNING + rb"<(?:!doctype\s+html|\?xml|html|head|body|script|iframe|style|title|meta)[\s>/?]",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(
    _BEGINNING
    + rb"(?:<\?[^>]*+>\s*+|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?>\s*+|<!--.*?-->\s*+|(?!))*+<(?:rss[\s>]|(?:\w+:)?feed\s[^>]*?w3\.org/2005/Atom"
    rb"|rdf:RDF\s[^>]*?purl\.org/rss/1\.0/)",
    re.DOTALL,
)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:\{\s*+\"|\[\s*+[\[{\"])")
_TAG = re.compile(rb"</?[a-z][^<>]*>", re.IGNORECASE)
_TAGS_OF_MARKUP = 3
_MHTML = re.compile(rb"(?:[!-9;-~]++:[^\n]*+\n(?:[ \t][^\n]*+\n|(?!))*+|(?!)){1,20}+")
_CUE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:\d{1,6}[ \t]*+\r?\n)?(?:\d{1,4}:)?\d\d:\d\d[.,]\d{1,3}[ \t]++-->[ \t]++(?:\d{1,4}:)?\d\d:\d\d[.,]"
)


def essence(content_type: str | None) -> str:
    """``text/html`` of ``Text/HTML; charset=x``; ``""`` where nothing is said."""
    return (content_type or "").partition(";")[0].strip().lower()


def named(declared: str) -> str | None:
    """The medium that a media type (lower case, without parameters) stands for; None where that is none that is told here."""
    return _BY_TYPE.get(declared) or (XML if declared.endswith("+xml") else _text_of(declared))


def medium_of(payload: bytes, content_type: str | None) -> str:
    """The name of the medium by which a payload is to be read.

    First bytes that only one medium has decide, and a zip file says inside what it is. Then the header counts, as far as it speaks of a
    text: HTML served as text/plain stays plain. Where it says nothing, or speaks of a medium that the bytes are not, these are looked at
    for markup, since error pages often keep the type of what they stand for.
    """
    declared = essence(content_type)
    head = payload[:_SNIFFED]
    for medium in MEDIA:
        if medium.magic and head.startswith(medium.magic):
            return medium.name
    found = named(declared)
    if head.startswith(package.MAGIC):
        return zipped_medium(payload, found)
    if found in (MHTML, None) and is_mhtml(head):
        return MHTML
    if declared.startswith(_COMPOSITE):
        return UNREADABLE  # several parts, each coded in its own way: its tags are not yet markup
    if found in (XML, FEED) or (found is None and _FEED.match(payload[:_SEARCHED])):
        return FEED if _FEED.match(payload[:_SEARCHED]) else XML
    if found == HTML:
        return HTML
    return _text_or_not(payload, declared, found, wide="utf-16" in (content_type or "").lower())


def _text_or_not(payload: bytes, declared: str, named: str | None, *, wide: bool) -> str:
    """What bytes are that do not say it in their beginning, under a header that does not speak of markup."""
    head = payload[:_SNIFFED]
    unsaid = declared in _UNSAID or "/" not in declared
    if unsaid and _JSON.match(head):
        return JSON  # with markup in it, at times
    if named != PLAIN and _MARKUP.match(head):
        return HTML
    if named not in _TEXTUAL and len(_TAG.findall(payload[:_SEARCHED])) >= _TAGS_OF_MARKUP:
        return HTML
    if _BINARY.search(head) and not wide and not head.startswith(_BOMS):
        return UNREADABLE
    if (named == PLAIN or unsaid) and _CUE.match(head):
        return CAPTIONS
    if named in _TEXTUAL:
        return named
    return PLAIN if unsaid else UNREADABLE


def zipped_medium(payload: bytes, named: str | None = None) -> str:
    """The medium of a zip file, by what it says inside; ``named`` counts for one that says nothing or is damaged."""
    inside = package.type_inside(payload)
    if not inside:
        return named if named in _ZIPPED else UNREADABLE
    medium = _BY_TYPE.get(inside.lower(), UNREADABLE)
    return medium if medium in _ZIPPED else UNREADABLE


def is_mhtml(head: bytes) -> bool:
    """Whether first bytes are those of a page that a browser saved as one MIME message."""
    found = _MHTML.match(head)
    return found is not None and b"multipart/related" in found[0].lower()


def canonical_type(medium: str) -> str | None:
    """The media type by which files of a zipped medium are called; None for any other."""
    return _CANONICAL.get(medium)


_CANONICAL = {
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ODT: "application/vnd.oasis.opendocument.text",
    EPUB: "application/epub+zip",
}


def _text_of(declared: str) -> str | None:
    if declared.endswith("+json"):
        return JSON
    return PLAIN if declared.startswith("text/") else None
