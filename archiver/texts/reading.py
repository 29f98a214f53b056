"""One payload read: content codings undone, its medium found, and handed to the reader of that medium."""

from __future__ import annotations

from dataclasses import replace

from archiver.model.text import Reading
from archiver.texts import content, media, readers
from archiver.texts.payload import Payload, incomplete


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
    medium = media.medium_of(decoded.payload, content_type)
    reading = readers.reader_of(medium)(Payload(decoded.payload, content_type, url or "", status))
    texts = tuple(incomplete(text, missing) for text in reading.texts) if missing else reading.texts
    return replace(reading, texts=texts, notices=(*decoded.notices, *reading.notices))
