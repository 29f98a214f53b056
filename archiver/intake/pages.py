"""Which of the imported records are pages that somebody may cite, and what is recorded of these beside their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archiver import urls
from archiver.capture.records import CaptureContext, Earlier, described, media_type
from archiver.intake.payload import Answer
from archiver.intake.records import ForeignRecord
from archiver.model import WHOLE_PAGE, Exchange, Notice, Origin, Reading
from archiver.texts.media import medium_of
from archiver.warc import Member

_PAGES = frozenset(
    {
        "text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/epub+zip", "text/vtt", "application/x-subrip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.oasis.opendocument.text",
        "application/rss+xml", "application/atom+xml", "application/feed+json",
    }
)  # fmt: skip
_UNSAID = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Page:
    """A record that is a page: its address as it stands there (normalised), when it says it was captured, its sealed member."""

    record: ForeignRecord
    member: Member
    address: urls.Url
    date: datetime
    answer: Answer | None
    origin: Origin
    warnings: tuple[Notice, ...] = ()

    @property
    def is_revisit(self) -> bool:
        return self.record.type == "revisit"


def is_page(record: ForeignRecord, answer: Answer | None, *, listed: bool) -> bool:
    """Whether a response or resource is a page: a whole answer that people read. ``listed`` is one that its WACZ names as a page."""
    if record.type == "resource":
        body, declared = record.block, record.get("content-type")
    elif record.type == "response" and answer is not None:
        if answer.head.status not in WHOLE_PAGE and not listed:
            return False
        body, declared = answer.body, answer.header("content-type") or ""
    else:
        return False
    if listed:
        return True
    kind = media_type(declared)
    if kind == _UNSAID:
        return bool(body) and medium_of(body, declared) == "html"
    return bool(body) and kind in _PAGES


def exchange_of(page: Page) -> Exchange:
    """The page in the form in which texts are drawn from it."""
    answer = page.answer
    if page.record.type == "resource":
        kind = page.record.get("content-type")
        headers = (("content-type", kind),) if kind else ()
        truncated = page.record.get("warc-truncated") or None
        return _exchange(page, page.record.block, 0, 200, headers, page.record.block, truncated)
    if answer is None:  # a revisit that says nothing of its answer
        return _exchange(page, page.record.block, 0, 200, (), b"", None)
    return _exchange(
        page, page.record.block, answer.head_length, answer.head.status, answer.head.headers, answer.body, answer.truncated
    )  # fmt: skip


def _exchange(
    page: Page, block: bytes, head: int, status: int, headers: tuple[tuple[str, str], ...], body: bytes, cut: str | None
) -> Exchange:
    return Exchange(
        url=page.address.href, request=b"", response=block, interim=b"", head_length=head, http_version="1.1", status=status,
        reason="", headers=headers, body=body, truncated=None if page.is_revisit else cut,
        address=page.record.get("warc-ip-address"), port=0, protocols=(), cipher=None, certificates=(), started=page.date,
        ended=page.date, notices=page.answer.notices if page.answer else (),
    )  # fmt: skip


def page_members(
    page: Page, exchange: Exchange, reading: Reading | None, earlier: Earlier | None, request: str | None
) -> list[Member]:
    """The member of the page, its texts and its capture record; ``request`` is the id of its request where that is recorded."""
    fragment = f"#{page.address.fragment}" if page.address.fragment else ""
    date = page.member.record.date
    notice = page.origin.notice(page.address.href, date)
    context = CaptureContext(page.address.href + fragment, warnings=(notice, *page.warnings), origin=page.origin)
    hops = [_hop(page, exchange, request)]
    return [page.member, *described(context, exchange, reading, earlier, page.member, hops)]


def _hop(page: Page, exchange: Exchange, request: str | None) -> dict[str, Any]:
    hop: dict[str, Any] = {"url": exchange.url, "status": exchange.status}
    if request is not None:
        hop["request"] = request
    return hop | {
        "response": page.member.record.record_id,
        "address": exchange.address,
        "port": exchange.port,
        "protocols": [value for name, value in page.record.fields if name.lower() == "warc-protocol"],
        "head_length": exchange.head_length,
        "chunked": page.answer is not None and page.answer.chunked,
        "started": page.member.record.date,
        "ended": page.member.record.date,
    }


def are_concurrent(response: ForeignRecord, request: ForeignRecord) -> bool:
    """Whether a response and a request belong together: one of the two names the other, by the ids that they had in their file."""
    for one, other in ((response, request), (request, response)):
        own = other.get("warc-record-id")
        if own and any(name.lower() == "warc-concurrent-to" and value == own for name, value in one.fields):
            return True
    return False
