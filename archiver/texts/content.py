"""Content codings (RFC 9110, section 8.4) undone, within bounds.

What can be undone is: a cut or damaged stream gives the part that decoded, and a bomb its first bytes; both say so.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from archiver.model.notice import Notice

MAX_BYTES = 64 * 2**20
"""The most that one payload may become."""

MAX_RATIO = 1_000
"""The most that it may grow by, once it is larger than ``RATIO_FLOOR``. Deflate itself ends at 1,032; repetitive real
pages stay under 100."""

RATIO_FLOOR = 2**20
MAX_CODINGS = 5
MAX_MEMBERS = 10_000

_GZIP = 31  # zlib's window bits for a gzip wrapper
_ZLIB = 15
_BARE = -15
_CHUNK = 2**16


@dataclass(frozen=True, slots=True)
class Content:
    """``payload`` without its codings; ``why`` says what is missing from it, ``""`` where nothing is."""

    payload: bytes
    why: str = ""
    notices: tuple[Notice, ...] = ()


def decode(payload: bytes, content_encoding: str | None) -> Content:
    """Undo the codings that a ``Content-Encoding`` header names, last first.

    ``gzip``, ``x-gzip``, ``deflate`` (with and without the zlib wrapper) and ``identity`` are undone. Anything else,
    such as ``br`` or ``zstd``, gives an empty payload and a notice. A payload that is not coded as it says is taken
    as it is, which is what browsers' caches and archives at times hold, and said. Never raises."""
    codings = [name.strip().lower() for name in (content_encoding or "").split(",")]
    codings = [name for name in codings if name and name != "identity"]
    if len(codings) > MAX_CODINGS:
        return Content(b"", why := f"{len(codings)} content codings on one another", (Notice("too-many-codings", why),))
    notices: list[Notice] = []
    for name in reversed(codings):
        if name not in {"gzip", "x-gzip", "deflate"}:
            why = f"the content coding {name[:40]!r} is not one that can be undone here"
            return Content(b"", why, (*notices, Notice("unknown-coding", f"{why}: an extra is needed")))
        decoded, why = _inflate(payload, _GZIP if name != "deflate" else _wrapper(payload))
        if why and not payload.startswith(b"\x1f\x8b") and (not decoded or payload.lstrip()[:1] == b"<"):
            notices.append(Notice("not-as-coded", f"the payload is not {name}, though it says so; taken as it is"))
            continue
        payload = decoded
        if why:
            return Content(payload, why, (*notices, Notice("cut-coding", why)))
    return Content(payload, notices=tuple(notices))


def _wrapper(payload: bytes) -> int:
    """Window bits for ``deflate``, which is sent with the zlib wrapper (right) and without it (common)."""
    wrapped = len(payload) >= 2 and payload[0] & 0x0F == 8 and int.from_bytes(payload[:2], "big") % 31 == 0
    return _ZLIB if wrapped else _BARE


def _inflate(payload: bytes, window: int) -> tuple[bytes, str]:
    """The bytes that decode, and why there are no more; gzip may be several members on end."""
    limit = min(MAX_BYTES, max(RATIO_FLOOR, MAX_RATIO * len(payload)))
    view = memoryview(payload)
    pieces: list[bytes] = []
    size = at = members = 0
    while at < len(view):
        members += 1
        if members > MAX_MEMBERS:
            return b"".join(pieces), f"more than {MAX_MEMBERS} gzip members"
        inflater = zlib.decompressobj(window)
        member = at
        while at < len(view) and not inflater.eof:
            chunk = view[at : at + _CHUNK]
            before = inflater.copy()
            try:
                piece = inflater.decompress(chunk, limit + 1 - size)
            except zlib.error as error:
                if member and at == member:
                    return b"".join(pieces), ""  # padding after the last member
                pieces.append(_up_to_the_damage(before, chunk, limit - size))
                return b"".join(pieces), f"the compressed stream is damaged ({error})"
            at += len(chunk) - len(inflater.unconsumed_tail) - len(inflater.unused_data)
            size += len(piece)
            pieces.append(piece)
            if size > limit:
                return b"".join(pieces)[:limit], f"decoded to more than {limit} bytes; cut there"
        if not inflater.eof:
            return b"".join(pieces), f"the compressed stream is cut after {size} bytes"
        if window != _GZIP:
            break
    return b"".join(pieces), ""


def _up_to_the_damage(inflater: zlib._Decompress, chunk: memoryview, room: int) -> bytes:
    """What a chunk that ends in an error gives before it: zlib keeps the output of a call that fails to itself."""
    found = bytearray()
    for position in range(len(chunk)):
        try:
            found += inflater.decompress(chunk[position : position + 1])
        except zlib.error:
            break
    return bytes(found[: max(0, room)])
