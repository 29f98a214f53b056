"""The head of a response as it came, however badly it is written (RFC 9112 sections 2 to 6).

The recorder must keep what strict parsers refuse or mend: h11 gives up on a space before a colon and drops a repeated
Content-Length. So the rules are our own, and tests hold them against h11's wherever h11 accepts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from archiver.model.exchange import Headers
from archiver.model.notice import Notice

_STATUS_LINE = re.compile(
    r"HTTP/(\d+(?:\.\d+)?)[ \t]+([1-9]\d\d)(?:[ \t]+(.*))?[ \t]*", re.ASCII | re.IGNORECASE | re.DOTALL
)
_STRICT_STATUS_LINE = re.compile(r"HTTP/1\.[01] \d{3}(?: [^\x00]*)?", re.ASCII)
_TOKEN = re.compile(r"[-!#$%&'*+.^_`|~0-9A-Za-z]+")
_LENGTH = re.compile(r"[0-9]{1,20}")
_HEAD_END = re.compile(rb"\n\r?\n")


@dataclass(frozen=True, slots=True)
class Head:
    """A parsed head. ``version`` is ``1.1``, names and values are Latin-1 without space around them, in order.

    Folded lines are joined by one space; lines without a colon are left out (they stay in the raw bytes). ``oddities``
    says in words what is not as RFC 9112 wants it, each thing once.
    """

    version: str
    status: int
    reason: str
    headers: Headers
    oddities: tuple[str, ...]

    def values(self, name: str) -> tuple[str, ...]:
        """All values of a header; ``name`` in lower case."""
        return tuple(value for key, value in self.headers if key.lower() == name)


@dataclass(frozen=True, slots=True)
class Framing:
    """Where the body ends: there is none, after ``length`` bytes, after the last chunk, or when the server closes."""

    kind: Literal["none", "length", "chunked", "close"]
    length: int = 0
    notices: tuple[Notice, ...] = ()


def find_end(buffer: bytearray, start: int) -> int | None:
    """The offset just after the first blank line at or after ``start``, or None: it has not come yet."""
    found = _HEAD_END.search(buffer, start)
    return found.end() if found else None


def could_be_http(beginning: bytes) -> bool:
    """Whether the first bytes of an answer, however few, may grow into a status line."""
    return beginning[:5].upper() == b"HTTP/"[: len(beginning)]


def parse_head(raw: bytes) -> Head | None:
    """Read a head, status line to blank line; None if its first line is no status line."""
    text = raw.decode("latin-1")
    lines = text.split("\n")
    first = lines[0].removesuffix("\r")
    found = _STATUS_LINE.fullmatch(first)
    if found is None:
        return None
    odd: dict[str, None] = {}
    if _STRICT_STATUS_LINE.fullmatch(first) is None:
        odd["unusual status line"] = None
    endings = text.count("\r\n")
    if endings != len(lines) - 1:
        odd["line ends without CR"] = None
    if text.count("\r") != endings:
        odd["stray CR"] = None
    if "\0" in text:
        odd["NUL"] = None
    fields: list[tuple[str, list[str]]] = []
    for line in lines[1:]:
        line = line.removesuffix("\r")
        if line:
            oddity = _take_line(line, fields)
            if oddity:
                odd[oddity] = None
    headers = tuple((name, " ".join(value)) for name, value in fields)
    return Head(found[1], int(found[2]), (found[3] or "").rstrip(" \t"), headers, tuple(odd))


def frame(head: Head, method: str = "GET") -> Framing:
    """Decide where the body ends (RFC 9112 section 6.3), doubtful cases in favour of keeping more bytes."""
    if head.status in (101, 204, 304) or method == "HEAD":
        return Framing("none")
    lengths = {part.strip(" \t") for value in head.values("content-length") for part in value.split(",")}
    codings = [part.strip(" \t").lower() for value in head.values("transfer-encoding") for part in value.split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    if codings:
        return _frame_coded(codings, bool(lengths), head.version)
    if not lengths:
        return Framing("close")
    if len(lengths) > 1:
        return Framing(
            "close", notices=(Notice("conflicting-length", "several different Content-Length; read to the end"),)
        )
    (length,) = lengths
    if not _LENGTH.fullmatch(length):
        return Framing("close", notices=(Notice("bad-length", "Content-Length is no number; read to the end"),))
    return Framing("length", int(length))


def _frame_coded(codings: list[str], has_length: bool, version: str) -> Framing:
    notices = []
    if has_length:
        notices.append(Notice("length-with-coding", "Content-Length beside Transfer-Encoding; the length was not used"))
    if version == "1.0":
        notices.append(Notice("coding-in-http10", "Transfer-Encoding in an HTTP/1.0 response"))
    if codings != ["chunked"]:
        notices.append(Notice("transfer-coding-kept", "a transfer coding beside chunked was not undone"))
    return Framing("chunked" if codings[-1] == "chunked" else "close", notices=tuple(notices))


def _take_line(line: str, fields: list[tuple[str, list[str]]]) -> str | None:
    """Add one header line to the list, whose values are in pieces; gives the oddity it has, if any."""
    if line[0] in " \t":
        if not fields:
            return "a header line that begins with a space"
        # in pieces: joined at once, a head of folded lines only would take seconds
        fields[-1][1].extend(filter(None, [line.strip(" \t")]))
        return "folded header"
    name, colon, value = line.partition(":")
    if not colon:
        return "a header line without a colon"
    fields.append((name.rstrip(" \t"), [*filter(None, [value.strip(" \t")])]))
    if _TOKEN.fullmatch(name):
        return None
    return "a space before a colon" if _TOKEN.fullmatch(name.rstrip(" \t")) else "an illegal header name"
