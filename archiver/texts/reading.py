"""One payload read: content codings, charset, layers, what the page says of itself, and whether it is a wall."""

from __future__ import annotations

import re
from dataclasses import replace

from archiver.model.notice import Notice
from archiver.model.text import Decoding, Layer, PageInfo, Reading, Text
from archiver.texts import article, captions, content, decode, document, embedded, pageinfo, plain, walls

EXTRACTOR = "archiver-document"

MAX_CHARACTERS = 16_000_000
"""Beyond this, the rest of a page is not read, and its layers are incomplete."""

_HTML = frozenset({"text/html"})
_XML = frozenset({"application/xhtml+xml", "application/vnd.wap.xhtml+xml", "application/xml", "text/xml"})
_TEXT = frozenset({"application/json", "application/ld+json", "application/javascript", "application/x-javascript"})
_COMPOSITE = ("multipart/", "message/")
_UNSAID = frozenset(
    {"application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown", "*/*"}
)

_SNIFFED = 1445  # bytes, as the MIME Sniffing standard has it
_SEARCHED = 4096  # bytes, for tags
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"\xff\xd8\xff", b"\x1f\x8b\x08", b"\x7fELF")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|\?xml|html|head|body|script|iframe|style|title|meta)[\s>/?]",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"</?[a-z][^<>]*>", re.IGNORECASE)
_TAGS_OF_MARKUP = 3


_NOTHING = Decoding(None, None, None)


def read(
    payload: bytes,
    *,
    content_type: str | None,
    content_encoding: str | None = None,
    url: str | None = None,
    status: int = 200,
    truncated: str | None = None,
) -> Reading:
    """Draw every text layer from the payload of one HTTP answer, as it was sent (transfer codings undone).

    ``content_type`` and ``content_encoding`` are the header values, ``url`` the address that answered, ``truncated``
    the reason where the payload is not whole. Texts are in the order of `Layer`. Whatever the payload is, a Reading
    comes back and nothing is raised: what could not be read is said in ``notices``, and in ``complete`` and ``why``
    of each text."""
    decoded = content.decode(payload, content_encoding)
    missing = "; ".join(filter(None, [f"the payload was cut ({truncated})" if truncated else "", decoded.why]))
    media = media_type(decoded.payload, content_type)
    if media == "unreadable":
        reading = _unreadable(decoded.payload, content_type, status)
    elif media == "plain":
        reading = _plain(decoded.payload, content_type, status)
    else:
        reading = _markup(decoded.payload, content_type, url or "", status, xml=media == "xml")
    texts = tuple(_incomplete(text, missing) for text in reading.texts) if missing else reading.texts
    return replace(reading, texts=texts, notices=(*decoded.notices, *reading.notices))


def media_type(payload: bytes, content_type: str | None) -> str:
    """How a payload is to be read: ``html``, ``xml``, ``plain`` or ``unreadable``.

    The header counts, as far as it says something: HTML served as text/plain stays plain. Where it says nothing, or
    speaks of a medium that is no text, the first bytes are looked at, since error pages often keep the type of what
    they stand for."""
    declared = (content_type or "").partition(";")[0].strip().lower()
    head = payload[:_SNIFFED]
    if head.startswith(_MAGIC):
        return "unreadable"
    if declared.startswith(_COMPOSITE):
        return "unreadable"  # several parts, each coded in its own way: its tags are not yet markup
    if declared in _HTML:
        return "html"
    if declared in _XML or declared.endswith("+xml"):
        return "xml"
    is_text = declared.startswith("text/") or declared in _TEXT | captions.TYPES or declared.endswith("+json")
    if not is_text and (_MARKUP.match(head) or len(_TAG.findall(payload[:_SEARCHED])) >= _TAGS_OF_MARKUP):
        return "html"
    wide = head.startswith(_BOMS) or "utf-16" in (content_type or "").lower()
    if _BINARY.search(head) and not wide:
        return "unreadable"
    return "plain" if is_text or declared in _UNSAID or "/" not in declared else "unreadable"


def _unreadable(payload: bytes, content_type: str | None, status: int) -> Reading:
    kind = (content_type or "").partition(";")[0].strip()[:80] or "no media type"
    notice = Notice("unreadable-media", f"{kind}, {len(payload)} bytes: not a text that is read here")
    return Reading((), PageInfo(), _NOTHING, walls.status_wall(status), (notice,))


def _plain(payload: bytes, content_type: str | None, status: int) -> Reading:
    decoded = decode.decode(payload, content_type, markup=False)
    cut = decoded.text[:MAX_CHARACTERS]
    declared = (content_type or "").partition(";")[0].strip().lower()
    text = captions.read(cut) if declared in captions.TYPES else plain.read(cut)
    texts: tuple[Text, ...] = (text,) if text else ()
    if len(cut) < len(decoded.text):
        texts = tuple(_incomplete(text, _too_long()) for text in texts)
    wall = walls.status_wall(status) or (None if texts else Notice("empty", "the answer holds no text"))
    return Reading(texts, PageInfo(), decoded.decoding, wall, decoded.notices)


def _markup(payload: bytes, content_type: str | None, url: str, status: int, *, xml: bool) -> Reading:
    decoded = decode.decode(payload, content_type)
    page = document.read(decoded.text[:MAX_CHARACTERS], xml=xml)
    in_article, article_notices = article.extract(page.shown)
    in_scripts, script_notices = embedded.extract(page)
    whole = (
        Text(Layer.DOCUMENT, page.text, EXTRACTOR, document.VERSION, unseen=page.unseen) if page.text.strip() else None
    )
    texts = tuple(text for text in (in_article, whole, in_scripts) if text is not None)
    if len(decoded.text) > MAX_CHARACTERS:
        texts = tuple(_incomplete(text, _too_long()) for text in texts)
    sight = walls.Sight(page, status, url, _length(in_article), _length(in_scripts))
    notices = (*decoded.notices, *article_notices, *script_notices)
    return Reading(texts, pageinfo.find(page), decoded.decoding, walls.find(sight), notices)


def _length(text: Text | None) -> int:
    return len(text.content) if text is not None else 0


def _too_long() -> str:
    return f"only the first {MAX_CHARACTERS} characters were read"


def _incomplete(text: Text, why: str) -> Text:
    return replace(text, complete=False, why="; ".join(filter(None, [text.why, why])))
