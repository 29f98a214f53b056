"""One request and its answer on an open connection, every byte kept as it came (RFC 9112)."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Protocol

from archiver.errors import BadAnswer, TimedOut, Unreachable
from archiver.model.notice import Notice
from archiver.net.chunks import ChunkDecoder
from archiver.net.deadline import Deadline
from archiver.net.head import Framing, Head, could_be_http, find_end, frame, parse_head

_RECEIVE = 128 * 1024  # bytes asked of the socket at once


class Wire(Protocol):
    """What is asked of a connection: a socket, or one that hands on what is read from it."""

    def settimeout(self, value: float | None, /) -> None: ...
    def send(self, data: bytes | memoryview, /) -> int: ...
    def recv(self, bufsize: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A final response: ``response`` its wire bytes, ``interim`` what came before its status line.

    ``body`` is after transfer-decoding; ``truncated`` as in ``Exchange``.
    """

    response: bytes
    interim: bytes
    head_length: int
    head: Head
    body: bytes
    truncated: str | None
    notices: tuple[Notice, ...]


def converse(
    connection: Wire,
    request: bytes,
    *,
    host: str,
    deadline: Deadline,
    max_head: int,
    max_body: int,
    method: str = "GET",
) -> Answer:
    """Send a request and read the answer to its end, to a limit, or until it breaks off.

    ``max_body`` bounds the bytes of the body on the wire, ``max_head`` the head with all 1xx responses before it, in
    bytes; ``host`` is for messages. Once a whole head is there, whatever happens gives an Answer, flagged if need be.

    Raises Unreachable (no whole head came: closed, reset or time over), BadAnswer (not HTTP, or the head is too long),
    Stopped.
    """
    source = _Source(connection, host, deadline)
    source.send(request)
    begun = _receive_head(source, host, max_head)
    head, notices = begun.head, begun.notices
    framing = frame(head, method)
    notices.extend(framing.notices)
    if head.oddities:
        notices.append(Notice("malformed-head", "; ".join(head.oddities)))
    if head.status == 101:
        notices.append(Notice("unasked-upgrade", "the server changed the protocol without being asked to"))
    wire, body, truncated = _receive_body(source, framing, begun.early, max_body, notices)
    return Answer(
        response=begun.raw + wire,
        interim=begun.interim,
        head_length=len(begun.raw),
        head=head,
        body=body,
        truncated=truncated,
        notices=tuple(notices),
    )


class _Source:
    """Reads from a socket; ``end`` says how that ended: ``closed``, ``cut`` (TLS only), ``reset``, ``time``."""

    __slots__ = ("_connection", "_deadline", "_host", "end")

    def __init__(self, connection: Wire, host: str, deadline: Deadline) -> None:
        self._connection = connection
        self._host = host
        self._deadline = deadline
        self.end: str | None = None

    def send(self, data: bytes) -> None:
        """Send everything; a server that hangs up early may have answered already, so that only reading tells."""
        view = memoryview(data)
        while view:
            self._connection.settimeout(self._deadline.pause())
            try:
                view = view[self._connection.send(view) :]
            except TimeoutError:
                self._deadline.check(f"sending the request to {self._host}")
            except OSError:
                return

    def receive(self, at_most: int = _RECEIVE) -> bytes:
        """The next bytes, or none once ``end`` is set. Raises Stopped."""
        while self.end is None:
            if self._deadline.left() <= 0:
                self.end = "time"
                break
            self._connection.settimeout(self._deadline.pause())
            try:
                data = self._connection.recv(min(at_most, _RECEIVE))
            except TimeoutError:
                continue
            except ssl.SSLError as error:
                # Python before 3.11.3 has no class of its own for it
                cut = isinstance(error, ssl.SSLEOFError) or error.reason == "UNEXPECTED_EOF_WHILE_READING"
                self.end = "cut" if cut else "reset"
            except OSError:
                self.end = "reset"
            else:
                if data:
                    return data
                self.end = "closed"
        return b""


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What was read to have the final head whole: what came before its status line, the head (its bytes in ``raw``), what came behind it
    already, and what is to be said of all that.
    """

    interim: bytes
    raw: bytes
    head: Head
    early: bytes
    notices: list[Notice]


def _receive_head(source: _Source, host: str, max_head: int) -> _Beginning:
    """Read up to the end of the final head. Raises BadAnswer, Unreachable, Stopped."""
    buffer = bytearray()
    notices: list[Notice] = []
    begin = 0
    searched = 0
    while True:
        # empty lines before a status line are kept as part of ``interim``
        while bytes(buffer[begin : begin + 1]) in (b"\r", b"\n"):
            begin += 1
            if not notices:
                notices.append(Notice("bytes-before-status-line", "empty lines came before the response"))
        if not could_be_http(bytes(buffer[begin : begin + 5])):
            raise BadAnswer(f"What {host} answered is not HTTP; check the address and the port.")
        end = find_end(buffer, max(begin, searched))
        if (len(buffer) if end is None else end) > max_head:
            raise BadAnswer(
                f"The head of what {host} answered is longer than {max_head} bytes; the page cannot be recorded."
            )
        if end is None:
            searched = max(begin, len(buffer) - 2)
            data = source.receive()
            if not data:
                raise _no_head(source.end, host, bool(buffer))
            buffer += data
            continue
        head = parse_head(bytes(buffer[begin:end]))
        if head is None:
            raise BadAnswer(f"What {host} answered begins with no HTTP status line; check the address and the port.")
        if head.status >= 200 or head.status == 101:
            read = bytes(buffer)
            return _Beginning(read[:begin], read[begin:end], head, read[end:], notices)
        begin = searched = end


def _no_head(end: str | None, host: str, begun: bool) -> Unreachable:
    how = "began to answer but" if begun else "accepted the connection but"
    what = {
        "time": "sent no complete answer in time; try again, or raise --timeout.",
        "reset": "reset it before a complete answer; try again later.",
    }.get(end or "", "closed it before a complete answer; try again later.")
    return (TimedOut if end == "time" else Unreachable)(f"{host} {how} {what}")


def _receive_body(
    source: _Source, framing: Framing, early: bytes, max_body: int, notices: list[Notice]
) -> tuple[bytes, bytes, str | None]:
    """Read the body: (bytes of the wire, payload, why it is cut)."""
    if framing.kind in ("none", "length"):
        wire, truncated = _receive_counted(source, framing.length, early, max_body)
        if len(early) > framing.length:
            _note_surplus(notices)
        return wire, wire, truncated
    if framing.kind == "chunked":
        return _receive_chunked(source, early, max_body, notices)
    wire, truncated = _receive_to_end(source, [early], len(early), max_body, notices)
    return wire, wire, truncated


def _receive_counted(source: _Source, length: int, early: bytes, max_body: int) -> tuple[bytes, str | None]:
    wanted = min(length, max_body)
    pieces = [early[:wanted]]
    got = len(pieces[0])
    while got < wanted:
        data = source.receive(wanted - got)
        if not data:
            return b"".join(pieces), _broken_off(source)
        pieces.append(data)
        got += len(data)
    return b"".join(pieces), "length" if length > max_body else None


def _receive_to_end(
    source: _Source, pieces: list[bytes], got: int, max_body: int, notices: list[Notice]
) -> tuple[bytes, str | None]:
    # one byte more than the limit is asked for: only that tells a body of just this size from a longer one
    while got <= max_body:
        data = source.receive(max_body + 1 - got)
        if not data:
            break
        pieces.append(data)
        got += len(data)
    wire = b"".join(pieces)
    if got > max_body:
        return wire[:max_body], "length"
    if source.end == "cut":
        notices.append(Notice("tls-cut", "the secure connection ended without saying so; the end may be missing"))
    return wire, None if source.end == "closed" else _broken_off(source)


def _receive_chunked(
    source: _Source, early: bytes, max_body: int, notices: list[Notice]
) -> tuple[bytes, bytes, str | None]:
    decoder = ChunkDecoder()
    pieces: list[bytes] = []
    got = 0
    data = early
    while True:
        room = max_body - got
        pieces.append(data[:room])
        decoder.feed(data[:room])
        got += min(len(data), room)
        if decoder.done:
            wire = b"".join(pieces)
            if len(data) > room or decoder.consumed < len(wire):
                _note_surplus(notices)
            return wire[: decoder.consumed], decoder.body(), None
        if len(data) > room:
            return b"".join(pieces), decoder.body(), "length"
        if decoder.broken:
            notices.append(
                Notice("broken-chunks", "the chunked coding is broken; kept as it came, decoded up to there")
            )
            wire, truncated = _receive_to_end(source, pieces, got, max_body, notices)
            return wire, decoder.body(), truncated or "disconnect"
        data = source.receive(max_body + 1 - got)
        if not data:
            return b"".join(pieces), decoder.body(), _broken_off(source)


def _broken_off(source: _Source) -> str:
    return "time" if source.end == "time" else "disconnect"


def _note_surplus(notices: list[Notice]) -> None:
    notices.append(Notice("surplus-bytes", "bytes after the declared end of the response were left out"))
