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

    def values(self, name: str) -> list[str]:
        """All that a header says, in order: repeated ones, and what commas part."""
        wanted = name.lower()
        listed = (
            part.strip(" \t") for key, value in self.headers if key.lower() == wanted for part in value.split(",")
        )
        return [value for value in listed if value]

    @property
    def content_type(self) -> str | None:
        """The media type that counts: of several the last that is one, with the charset of an earlier that names the same type (WHATWG Fetch,
        "extract a MIME type"). None where nothing is said.
        """
        chosen = None
        for value in self.values("content-type"):
            kind = _essence(value)
            bare = chosen is not None and kind == _essence(chosen) and "charset" not in value.lower()
            if "/" in kind and kind != "*/*" and not bare:
                chosen = value
        return chosen or self.header("content-type")

    @property
    def content_encoding(self) -> str | None:
        """All content codings in the order in which they were put on; None where nothing is said."""
        return ", ".join(self.values("content-encoding")) or None


def _essence(content_type: str) -> str:
    return content_type.partition(";")[0].strip(" \t").lower()
