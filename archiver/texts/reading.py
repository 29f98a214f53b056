"""One payload read: content codings undone, its medium found, and handed to the reader of that medium."""

from __future__ import annotations

from dataclasses import replace

from archiver.model.reference import References
from archiver.model.text import Reading
from archiver.texts import assets, content, media, readers, webpage
from archiver.texts.payload import Payload, incomplete


def read(
    payload: bytes,
    *,
    content_type: str | None,
    content_encoding: str | None = None,
    url: str | None = None,
    status: int = 200,
    truncated: str | None = None,
    references: bool = False,
) -> Reading:
    """Draw every text layer from the payload of one HTTP answer, as it was sent (transfer codings undone).

    ``content_type`` and ``content_encoding`` are the header values, ``url`` the address that answered, ``truncated``
    the reason where the payload is not whole; ``references`` asks for what the page names as well. Texts are in the order
    of `Layer`. Whatever the payload is, a Reading comes back and nothing is raised: what could not be read is said in
    ``notices``, and in ``complete`` and ``why`` of each text."""
    decoded = content.decode(payload, content_encoding)
    missing = "; ".join(filter(None, [f"the payload was cut ({truncated})" if truncated else "", decoded.why]))
    medium = media.medium_of(decoded.payload, content_type)
    reading = readers.reader_of(medium)(Payload(decoded.payload, content_type, url or "", status, references))
    texts = tuple(incomplete(text, missing) for text in reading.texts) if missing else reading.texts
    return replace(reading, texts=texts, notices=(*decoded.notices, *reading.notices))


def references_of(
    payload: bytes, *, content_type: str | None, content_encoding: str | None, url: str
) -> References | None:
    """What the page in a payload names of what belongs to its looks, without its texts; None where it is no markup. Never raises."""
    decoded = content.decode(payload, content_encoding)
    medium = media.medium_of(decoded.payload, content_type)
    if medium not in (media.HTML, media.XML):
        return None
    return webpage.references_of(Payload(decoded.payload, content_type, url), xml=medium == media.XML)


def references_of_sheet(
    payload: bytes, *, content_type: str | None, content_encoding: str | None, url: str, page_charset: str | None
) -> References:
    """The same of a style sheet that a page in ``page_charset`` names. Never raises."""
    decoded = content.decode(payload, content_encoding)
    return assets.in_sheet(decoded.payload, content_type, url, page_charset)
