"""Pages that a browser saved as one MIME message (MHTML, RFC 2557): the page itself, read like any other.

The parts beside it (images, styles, frames) are not read. Where and when it was saved is in its head, and told as what the file claims. The message
is cut at its boundaries here; only heads are given to Python's parser, whose time grows with the depth of a message times its lines.
"""

from __future__ import annotations

import binascii
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice

from archiver.model.notice import UNREADABLE_DOCUMENT, Notice
from archiver.model.text import PageInfo, Reading
from archiver.texts import office, saved, walls, webpage
from archiver.texts.payload import Payload
from archiver.texts.scalars import join_surrogates

MAX_PARTS = 20_000
MAX_DEPTH = 4
_MAX_HEAD = 1 << 16
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_MARKUP = {"text/html": webpage.read_html, "application/xhtml+xml": webpage.read_xml}
_ODDITIES = (MessageError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class _Part:
    """A head and the bytes behind it, as they came; ``whole`` says that its boundary was found behind them."""

    head: Message
    body: bytes
    whole: bool = True

    @property
    def kind(self) -> str:
        return self.head.get_content_type()


def read(payload: Payload) -> Reading:
    """The layers of the page in a message. Never raises."""
    try:
        message = _part(payload.data)
        start = str(message.head.get_param("start") or "").strip("<> ")
        page = _page(message, start, MAX_DEPTH)
        if page is None:
            return _unread(payload, "it holds no page of HTML")
        where = header(message.head, "Snapshot-Content-Location") or header(page.head, "Content-Location")
        location = header(page.head, "Content-Location") or where
        date, title = _date(message.head), header(message.head, "Subject")
        body = _decoded(page)
        content_type = header(page.head, "Content-Type") or None
    except _ODDITIES as error:
        return _unread(payload, f"its parts cannot be told apart ({type(error).__name__})")
    url = location if location.startswith(("http://", "https://")) else payload.url
    reading = _MARKUP[page.kind](Payload(body, content_type, url, payload.status))
    notices = (*reading.notices, *saved.notice(where, date))
    texts = reading.texts
    if not page.whole:
        texts = tuple(replace(text, complete=False, why="the saved page breaks off") for text in texts)
    return replace(
        reading, texts=texts, info=replace(reading.info, title=reading.info.title or title or None), notices=notices
    )


def _part(data: bytes, *, whole: bool = True) -> _Part:
    end = _END_OF_HEAD.search(data, 0, _MAX_HEAD)
    cut = end.end() if end else min(len(data), _MAX_HEAD)
    return _Part(email.message_from_bytes(data[:cut].lstrip(), policy=email.policy.compat32), data[cut:], whole)


def _parts(part: _Part) -> Iterator[_Part]:
    """The parts of a message of several."""
    boundary = str(part.head.get_param("boundary") or "")
    if not 0 < len(boundary) <= 200:
        return
    line = re.compile(rb"(?:\A|\n)--" + re.escape(boundary.encode("ascii", "replace")) + rb"(?:--)?[ \t]*+(?:\r?\n|\Z)")
    begin = None
    for found in islice(line.finditer(part.body), MAX_PARTS):
        if begin is not None:
            yield _part(part.body[begin : found.start()].removesuffix(b"\r"))
        begin = found.end() - found[0].endswith(b"\n")  # the end of this line may be that before the next boundary
    if begin is not None and part.body[begin:].strip():
        yield _part(part.body[begin:], whole=False)


def _page(message: _Part, start: str, depth: int) -> _Part | None:
    """The part that is the page: the one that the message names, else the first of HTML."""
    first = None
    for part in _parts(message):
        nested = part.kind.startswith("multipart/") and depth
        page = _page(part, "", depth - 1) if nested else part if part.kind in _MARKUP else None
        if page is not None and (not start or header(part.head, "Content-ID").strip("<> ") == start):
            return page
        first = page if first is None else first
    return first


def _decoded(part: _Part) -> bytes:
    coding = header(part.head, "Content-Transfer-Encoding").lower()
    if coding == "quoted-printable":
        return binascii.a2b_qp(part.body)
    if coding == "base64":
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", part.body)
        return binascii.a2b_base64(
            kept[: len(kept) // 4 * 4] + (kept[len(kept) // 4 * 4 :] + b"==")[:4] * (len(kept) % 4 > 1)
        )
    return part.body


def header(head: Message, name: str) -> str:
    """A field of a head, decoded and on one line; ``""`` where there is none."""
    value = head.get(name)
    if value is None:
        return ""
    text = str(make_header(decode_header(str(value)[:10_000])))
    return join_surrogates(" ".join(text.split()))[:2_000]


def _date(head: Message) -> str:
    try:
        return parsedate_to_datetime(header(head, "Date")).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _unread(payload: Payload, why: str) -> Reading:
    notice = Notice(UNREADABLE_DOCUMENT, f"the saved page (MHTML) cannot be read: {why}")
    return Reading((), PageInfo(), office.NO_DECODING, walls.status_wall(payload.status), (notice,))
