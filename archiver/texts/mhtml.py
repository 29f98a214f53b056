"""Pages that a browser saved as one MIME message (MHTML, RFC 2557): the page itself, read like any other.

The parts beside it (images, styles, frames) are not read. Where and when it was saved is in its head, and told as what the file claims.
"""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from archiver.model.notice import UNREADABLE_DOCUMENT, Notice
from archiver.model.text import PageInfo, Reading
from archiver.texts import office, saved, walls, webpage
from archiver.texts.payload import Payload
from archiver.texts.scalars import join_surrogates

MAX_PARTS = 20_000
_MARKUP = {"text/html": webpage.read_html, "application/xhtml+xml": webpage.read_xml}
_ODDITIES = (MessageError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def read(payload: Payload) -> Reading:
    """The layers of the page in a message. Never raises."""
    try:
        if payload.data.count(b"\nContent-") > 4 * MAX_PARTS:
            raise ValueError("too many parts")
        message = email.message_from_bytes(payload.data, policy=email.policy.compat32)
        part = _page(message)
        if part is None:
            return _unread(payload, "it holds no page of HTML")
        body = part.get_payload(decode=True)
        location = _header(part, "Content-Location") or _header(message, "Snapshot-Content-Location")
        where, date = _header(message, "Snapshot-Content-Location") or location, _date(message)
        title = _header(message, "Subject")
        data = body if isinstance(body, bytes) else b""
        content_type = _header(part, "Content-Type")
    except _ODDITIES as error:
        return _unread(payload, f"its parts cannot be told apart ({type(error).__name__})")
    url = location if location.startswith(("http://", "https://")) else payload.url
    reading = _MARKUP[part.get_content_type()](Payload(data, content_type or None, url, payload.status))
    notices = (*reading.notices, *saved.notice(where, date))
    if part.defects or message.defects:
        notices = (*notices, Notice("mime-defects", "the message has faults; a browser may read more in it"))
    info = replace(reading.info, title=reading.info.title or title or None)
    return replace(reading, info=info, notices=notices)


def _page(message: Message) -> Message | None:
    """The part that is the page: the one that the message begins with or names, else the first of HTML."""
    wanted = str(message.get_param("start") or "").strip("<> ")
    first = None
    waiting: list[Message] = [message]
    for _ in range(MAX_PARTS):
        if not waiting:
            break
        part = waiting.pop()
        if part.is_multipart():
            parts = part.get_payload()
            waiting += (
                [inner for inner in reversed(parts) if isinstance(inner, Message)] if isinstance(parts, list) else []
            )
        elif part.get_content_type() in _MARKUP:
            if not wanted or _header(part, "Content-ID").strip("<> ") == wanted:
                return part
            first = first or part
    return first


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    text = str(make_header(decode_header(str(value)[:10_000])))
    return join_surrogates(" ".join(text.split()))[:2_000]


def _date(message: Message) -> str:
    try:
        return parsedate_to_datetime(_header(message, "Date")).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _unread(payload: Payload, why: str) -> Reading:
    notice = Notice(UNREADABLE_DOCUMENT, f"the saved page (MHTML) cannot be read: {why}")
    return Reading((), PageInfo(), office.NO_DECODING, walls.status_wall(payload.status), (notice,))
