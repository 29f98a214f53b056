"""A page of markup read: its document, its article, what is embedded in it, what it says of itself, and whether it is a wall."""

from __future__ import annotations

from archiver.model import extractors
from archiver.model.reference import References
from archiver.model.text import Layer, Reading, Text
from archiver.texts import article, assets, decode, document, embedded, pageinfo, saved, walls
from archiver.texts import payload as payload_
from archiver.texts.payload import Payload, incomplete, too_long

EXTRACTOR = extractors.DOCUMENT


def read_html(payload: Payload) -> Reading:
    """The layers of a page of HTML. Never raises."""
    return _read(payload, xml=False)


def read_xml(payload: Payload) -> Reading:
    """The same of XHTML and other XML, where CDATA sections are text."""
    return _read(payload, xml=True)


def _read(payload: Payload, *, xml: bool) -> Reading:
    decoded = decode.decode(payload.data, payload.content_type)
    page = document.read(decoded.text[: payload_.MAX_CHARACTERS], xml=xml, address=payload.url)
    in_article, article_notices = article.extract(page.shown)
    in_scripts, script_notices = embedded.extract(page)
    whole = (
        Text(Layer.DOCUMENT, page.text, EXTRACTOR, document.VERSION, unseen=page.unseen) if page.text.strip() else None
    )
    texts = tuple(text for text in (in_article, whole, in_scripts) if text is not None)
    if len(decoded.text) > payload_.MAX_CHARACTERS:
        texts = tuple(incomplete(text, too_long()) for text in texts)
    sight = walls.Sight(page, payload.status, payload.url, _length(in_article), _length(in_scripts))
    notices = (*decoded.notices, *article_notices, *script_notices, *saved.find(decoded.text))
    named = _named(page, payload, decoded.decoding.used) if payload.references else None
    return Reading(texts, pageinfo.find(page, payload.url), decoded.decoding, walls.find(sight), notices, named)


def references_of(payload: Payload, *, xml: bool) -> References:
    """What a page names of what belongs to its looks, without its texts. Never raises."""
    decoded = decode.decode(payload.data, payload.content_type)
    page = document.read(decoded.text[: payload_.MAX_CHARACTERS], xml=xml)
    return _named(page, payload, decoded.decoding.used)


def _named(page: document.Document, payload: Payload, charset: str | None) -> References:
    return assets.find(page.referring, page.styles, payload.url, charset)


def _length(text: Text | None) -> int:
    return len(text.content) if text is not None else 0
