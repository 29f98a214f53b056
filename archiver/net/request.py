"""The request as it is sent, byte for byte, and recorded so: it never holds a secret."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.errors import InputError
from archiver.model.exchange import Exchange
from archiver.urls import Url, without_fragment

_FIELD_VALUE = re.compile(
    r"[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?"
)  # RFC 9110 section 5.5

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

MARK = b"(cut out)"
"""What stands in a recorded request where a secret was sent."""


@dataclass(frozen=True, slots=True)
class Conditional:
    """Ask for ``url`` only if it changed since a capture: its ETag and Last-Modified as the server sent them.

    ``url`` is compared after normalisation, without its fragment; other hops of a redirect chain are asked for in full.
    The server answers 304 without a body where nothing changed (RFC 9110 section 13).
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None

    def is_mistaken_by(self, answer: Exchange) -> bool:
        """Whether a 304 names another version than the one asked about, by its ETag: what was kept is not what it speaks of (RFC 9111
        section 4.3.4).
        """
        named = answer.header("etag")
        if answer.status != 304 or not named or not self.etag or answer.url != without_fragment(self.url):
            return False
        return named.removeprefix("W/") != self.etag.removeprefix("W/")


@dataclass(frozen=True, slots=True)
class Request:
    """The bytes that are sent, and those that are recorded: the same but for secrets, in place of which a mark stands."""

    sent: bytes
    as_recorded: bytes | None = None
    method: str = "GET"

    @property
    def recorded(self) -> bytes:
        return self.sent if self.as_recorded is None else self.as_recorded


def build_post(
    url: Url, user_agent: str, content_type: str, body: bytes, more: tuple[tuple[str, str], ...] = ()
) -> bytes:
    """The bytes of a POST with a body, ``more`` header fields as they are; raises InputError as `build_request` does."""
    if not _FIELD_VALUE.fullmatch(user_agent):
        raise InputError(f"{user_agent!r} cannot be sent as User-Agent; use printable Latin letters on one line.")
    for name, value in more:
        if not _FIELD_VALUE.fullmatch(value):  # else one field could be made two, or another request
            raise InputError(f"{value[:40]!r} cannot be sent as {name}; use printable Latin letters on one line.")
    fields = [
        ("Host", url.authority),
        ("User-Agent", user_agent),
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
        *more,
    ]
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return f"POST {url.target or '/'} HTTP/1.1\r\n{lines}\r\n".encode("latin-1") + body


def build_other(
    url: Url, user_agent: str, method: str, body: bytes, secret: tuple[str, bytes] | None = None
) -> Request:
    """A request to a service that answers in JSON: a form that is handed in, or a question. ``secret`` is a header field whose value is sent
    and not recorded. Raises InputError as `build_request` does.
    """
    if not _FIELD_VALUE.fullmatch(user_agent):
        raise InputError(f"{user_agent!r} cannot be sent as User-Agent; use printable Latin letters on one line.")
    fields = [("Host", url.authority), ("User-Agent", user_agent), ("Accept", "application/json")]
    if body:
        fields += [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", str(len(body)))]
    fields += [("Accept-Encoding", "identity"), ("Connection", "close")]
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    start = f"{method} {url.target or '/'} HTTP/1.1\r\n{lines}".encode("latin-1")
    if secret is None:
        return Request(start + b"\r\n" + body, method=method)
    name = secret[0].encode() + b": "
    end = b"\r\n\r\n" + body
    return Request(start + name + secret[1] + end, start + name + MARK + end, method)


def build_request(
    url: Url, user_agent: str, conditional: Conditional | None = None, more: tuple[tuple[str, str], ...] = ()
) -> bytes:
    """The bytes of an HTTP/1.1 request. Raises InputError for a user agent that is no header value.

    No cookies, no Authorization, no Referer. One connection serves one request: a pool would save little for single
    pages of many hosts. A validator that is no legal header value, as odd servers send, is left out. ``more`` are written as they
    are, after the others.
    """
    if not _FIELD_VALUE.fullmatch(user_agent):
        raise InputError(f"{user_agent!r} cannot be sent as User-Agent; use printable Latin letters on one line.")
    fields = [
        ("Host", url.authority),
        ("User-Agent", user_agent),
        ("Accept", _ACCEPT),
        ("Accept-Language", "en,*;q=0.5"),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
    ]
    if conditional is not None:
        for name, value in (("If-None-Match", conditional.etag), ("If-Modified-Since", conditional.last_modified)):
            if value and _FIELD_VALUE.fullmatch(value):
                fields.append((name, value))
    fields += more
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return f"GET {url.target or '/'} HTTP/1.1\r\n{lines}\r\n".encode("latin-1")
