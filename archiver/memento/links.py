"""Link headers (RFC 8288) and TimeMaps in link format (RFC 6690, RFC 7089 section 5), from whoever wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from archiver.errors import InputError
from archiver.urls import parse

MAX_LINKS = 100_000
_EARLIEST = 1970

# every repetition is bounded or ends at the first character that is not its own, so that reading is linear whatever comes
_LINK = re.compile(
    r"<([^<>\r\n]{0,65536}+)>"
    r'((?:\s{0,100}+;\s{0,100}+[^\s=;,"<>]{1,100}+(?:\s{0,100}+=\s{0,100}+(?:"(?:[^"\\]|\\.|(?!)){0,4096}+"|[^\s;,"<>]{0,4096}+)|(?!))?+|(?!)){0,50}+)'
    r"\s{0,100}+(?=,|;|\Z)"
)
_PARAMETER = re.compile(r';\s*+([^\s=;,"<>]++)\s*+(?:=\s*+(?:"((?:[^"\\]|\\.|(?!))*+)"|([^\s;,"<>]*+))|(?!))?+')
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Link:
    """``target`` is an absolute address, ``relations`` lower case; ``datetime`` is UTC, None where there is none that can be read."""

    target: str
    relations: frozenset[str]
    datetime: datetime | None = None


def read_links(text: str, base: str) -> Iterator[Link]:
    """The links of a header's value or of a TimeMap, targets relative to ``base``; what is no link is passed over, MAX_LINKS at most."""
    at = text.find("<")
    for _ in range(MAX_LINKS):
        if at < 0:
            return
        found = _LINK.match(text, at)
        if found is None:
            at = text.find("<", at + 1)
            continue
        at = text.find("<", found.end())
        link = _link(found[1], found[2], base)
        if link is not None:
            yield link


def _link(target: str, parameters: str, base: str) -> Link | None:
    values: dict[str, str] = {}
    for name, quoted, plain in _PARAMETER.findall(parameters):
        values.setdefault(name.lower(), _ESCAPED.sub(r"\1", quoted) or plain)  # the first counts (RFC 8288 section 3.3)
    try:
        address = parse(target.strip(), base=base)
    except InputError:
        return None
    if address.scheme not in ("http", "https"):
        return None
    return Link(address.href, frozenset(values.get("rel", "").lower().split()), read_date(values.get("datetime")))


def read_date(value: str | None) -> datetime | None:
    """A date of HTTP (``Sun, 26 Jan 2014 20:06:24 GMT``) in UTC, None where it is none."""
    if not value or len(value) > 100:
        return None
    try:
        read = parsedate_to_datetime(value)
        moment = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.year >= _EARLIEST else None


def write_date(moment: datetime) -> str:
    """A date as HTTP writes it, whatever the machine's language."""
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    day, month = days[moment.weekday()], months[moment.month - 1]
    return f"{day}, {moment:%d} {month} {moment.year:04} {moment:%H:%M:%S} GMT"
