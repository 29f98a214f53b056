"""The readers, one for each medium of `archiver.texts.media`: functions from a payload to a Reading that never raise.

A new medium is a line in the table there, a module beside this one, and a line in the table below. A reader whose library is large or
an extra imports it when it is called. Texts that belong to a page or to a time say so in ``Text.places``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from archiver.model.notice import UNREADABLE_MEDIA, Notice
from archiver.model.text import Decoding, PageInfo, Reading
from archiver.texts import captions, docx, epub, feed, jsontext, media, mhtml, odt, pdf, plain, walls, webpage
from archiver.texts.payload import Payload

Reader = Callable[[Payload], Reading]


def unreadable(payload: Payload) -> Reading:
    """No text, and a notice that says of which medium."""
    kind = media.essence(payload.content_type)[:80] or "no media type"
    notice = Notice(UNREADABLE_MEDIA, f"{kind}, {len(payload.data)} bytes: not a text that is read here")
    return Reading((), PageInfo(), Decoding(None, None, None), walls.status_wall(payload.status), (notice,))


READERS: Mapping[str, Reader] = {
    media.HTML: webpage.read_html,
    media.XML: webpage.read_xml,
    media.PLAIN: plain.read_payload,
    media.CAPTIONS: captions.read_payload,
    media.JSON: jsontext.read,
    media.FEED: feed.read,
    media.DOCX: docx.read,
    media.ODT: odt.read,
    media.EPUB: epub.read,
    media.MHTML: mhtml.read,
    media.PDF: pdf.read_payload,
}


def reads(media_type: str) -> bool:
    """Whether payloads of a media type are read here, if they are what they are called."""
    return media.named(media_type) in READERS


def reader_of(medium: str) -> Reader:
    """The reader of a medium; `unreadable` where there is none."""
    return READERS.get(medium, unreadable)
