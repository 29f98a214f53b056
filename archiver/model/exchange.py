"""What went over the wire, as it went."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from archiver.clock import Begun
from archiver.model.notice import Notice

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and its final response.

    ``request`` and ``response`` are the bytes of the wire, secrets already cut out of the request. ``response`` starts at the
    final status line; 1xx responses that came before it are in ``interim``. ``body`` is the payload of WARC 1.1: after
    transfer-decoding, before content-decoding. ``truncated`` is a reason of WARC 1.1 (``length``, ``time``, ``disconnect``,
    ``unspecified``) or None. ``via`` is the proxy that it went through (``socks5h://127.0.0.1:9050``), and ``address`` is then empty: which
    address the proxy talked to is not seen. Header names and values are Latin-1, in order, repeated ones kept. ``timing`` is what ``started``
    and ``ended`` were read off, for what is done next on the same reckoning; None where it was not timed here.
    """

    url: str
    request: bytes
    response: bytes
    interim: bytes
    head_length: int
    http_version: str
    status: int
    reason: str
    headers: Headers
    body: bytes
    truncated: str | None
    address: str
    port: int
    protocols: tuple[str, ...]
    cipher: str | None
    certificates: tuple[bytes, ...]
    started: datetime
    ended: datetime
    notices: tuple[Notice, ...] = ()
    via: str | None = None
    timing: Begun | None = field(default=None, repr=False, compare=False)

    def header(self, name: str) -> str | None:
        """The first value of a header, compared without case; None where it is missing."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
