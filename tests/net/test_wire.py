"""Odd responses, as bytes: what is recorded is what was sent, and what is made of it is as told."""

from __future__ import annotations

from dataclasses import dataclass

import h11
import hypothesis
import pytest
from growth import assert_linear
from hypothesis import strategies as st

from archiver.errors import BadAnswer, Unreachable
from archiver.net import fetch
from archiver.net.chunks import MAX_LINE
from archiver.net.deadline import Deadline
from archiver.net.head import frame, parse_head
from archiver.net.wire import converse

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True)
class Odd:
    """``sent`` by the server, which then does ``then``; ``response`` is None where it is all of ``sent``."""

    name: str
    sent: bytes
    body: bytes
    status: int = 200
    truncated: str | None = None
    then: str = "close"
    interim: bytes = b""
    response: bytes | None = None
    notices: tuple[str, ...] = ()


BIG = bytes(range(256)) * 1200
BAD = ("malformed-head",)

ODD = (
    # plain framing
    Odd("length", OK + b"Content-Length: 2\r\n\r\nhi", b"hi"),
    Odd("length, held open", OK + b"Content-Length: 2\r\n\r\nhi", b"hi", then="hold"),
    Odd("length 0, held open", OK + b"Content-Length: 0\r\n\r\n", b"", then="hold"),
    Odd("to the close", OK + b"\r\nhello", b"hello"),
    Odd("no headers, no body", OK + b"\r\n", b""),
    Odd("http/1.0", b"HTTP/1.0 200 OK\r\n\r\nold", b"old"),
    Odd("http/1.0 with length", b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nold", b"old", then="hold"),
    Odd("big, length", OK + b"Content-Length: %d\r\n\r\n" % len(BIG) + BIG, BIG),
    Odd("big, to the close", OK + b"\r\n" + BIG, BIG),
    Odd("gzip is not undone", OK + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08", b"\x1f\x8b\x08"),
    Odd("no reason", b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", b"hi"),
    Odd("empty reason", b"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nhi", b"hi"),
    Odd("long reason", b"HTTP/1.1 404 Not here, \xe4nywhere: never\r\nContent-Length: 1\r\n\r\nx", b"x", 404),
    Odd("status 999", b"HTTP/1.1 999 No\r\nContent-Length: 1\r\n\r\nx", b"x", 999),
    Odd("status 299", b"HTTP/1.1 299 Hm\r\nContent-Length: 1\r\n\r\nx", b"x", 299),
    Odd("utf-8 header", OK + "X-Name: Zoë\r\nContent-Length: 1\r\n\r\nx".encode(), b"x"),
    Odd("latin-1 header", OK + b"X-Name: Zo\xeb\xff\r\nContent-Length: 1\r\n\r\nx", b"x"),
    Odd("repeated header", OK + b"Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 1\r\n\r\nx", b"x"),
    Odd("empty value", OK + b"X-Empty:\r\nX-Blank:  \t \r\nContent-Length: 1\r\n\r\nx", b"x"),
    Odd("no space after colon", OK + b"Content-Length:1\r\n\r\nx", b"x"),
    Odd("space around value", OK + b"Content-Length: \t 1 \t \r\n\r\nx", b"x"),
    Odd("colon in value", OK + b"X-Time: 12:30:01\r\nContent-Length: 1\r\n\r\nx", b"x"),
    Odd("name in odd case", OK + b"cOnTeNt-LeNgTh: 1\r\n\r\nxSURPLUS", b"x",
        response=OK + b"cOnTeNt-LeNgTh: 1\r\n\r\nx", then="hold"),
    Odd("many headers", OK + b"".join(b"X-%d: y\r\n" % n for n in range(500)) + b"Content-Length: 1\r\n\r\nx", b"x"),
    Odd("long header", OK + b"X-Long: " + b"y" * 60000 + b"\r\nContent-Length: 1\r\n\r\nx", b"x"),
    # no body
    Odd("204", b"HTTP/1.1 204 No Content\r\n\r\n", b"", 204, then="hold"),
    Odd("204 with length", b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", b"", 204, then="hold"),
    Odd("304 with length", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5000\r\nETag: \"x\"\r\n\r\n", b"", 304,
        then="hold"),
    Odd("304 chunked", b"HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", b"", 304, then="hold"),
    Odd("205", b"HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n", b"", 205, then="hold"),
    Odd("101 unasked", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", b"", 101,
        notices=("unasked-upgrade",)),
    # interim responses
    Odd("100 before", b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\nhi", b"hi",
        interim=b"HTTP/1.1 100 Continue\r\n\r\n", then="hold"),
    Odd("103 before", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + OK + b"\r\nhi", b"hi",
        interim=b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"),
    Odd("103, 102, 103 before", b"HTTP/1.1 103 A\r\n\r\nHTTP/1.1 102 B\r\n\r\nHTTP/1.1 103 C\r\n\r\n" + OK + b"\r\nhi",
        b"hi",
        interim=b"HTTP/1.1 103 A\r\n\r\nHTTP/1.1 102 B\r\n\r\nHTTP/1.1 103 C\r\n\r\n"),
    Odd("103 that names a length", b"HTTP/1.1 103 A\r\nContent-Length: 9\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\nhi",
        b"hi", interim=b"HTTP/1.1 103 A\r\nContent-Length: 9\r\n\r\n", then="hold"),
    Odd("malformed 103", b"HTTP/1.1 103 A\r\nLink : x\r\n\r\n" + OK + b"\r\nhi", b"hi",
        interim=b"HTTP/1.1 103 A\r\nLink : x\r\n\r\n"),
    # chunked
    Odd("chunked", CHUNKED + b"2\r\nhi\r\n0\r\n\r\n", b"hi", then="hold"),
    Odd("chunked, empty", CHUNKED + b"0\r\n\r\n", b"", then="hold"),
    Odd("chunked, many", CHUNKED + b"1\r\na\r\n" * 300 + b"0\r\n\r\n", b"a" * 300),
    Odd("chunked, big", CHUNKED + b"%x\r\n" % len(BIG) + BIG + b"\r\n0\r\n\r\n", BIG),
    Odd("chunked, extensions", CHUNKED + b"2;a=b;c=\"d\"\r\nhi\r\n0;x\r\n\r\n", b"hi"),
    Odd("chunked, trailers", CHUNKED + b"2\r\nhi\r\n0\r\nX-Sum: 1\r\nX-B: 2\r\n\r\n", b"hi", then="hold"),
    Odd("chunked, bad trailer", CHUNKED + b"2\r\nhi\r\n0\r\nno colon\r\n\r\n", b"hi", then="hold"),
    Odd("chunked, zeros before size", CHUNKED + b"0002\r\nhi\r\n000\r\n\r\n", b"hi"),
    Odd("chunked, upper-case size", CHUNKED + b"A\r\n0123456789\r\n0\r\n\r\n", b"0123456789"),
    Odd("chunked, upper-case coding", OK + b"Transfer-Encoding: CHUNKED\r\n\r\n2\r\nhi\r\n0\r\n\r\n", b"hi"),
    Odd("chunked, space after size", CHUNKED + b"2  \r\nhi\r\n0\r\n\r\n", b"hi"),
    Odd("chunked, bare LF", CHUNKED + b"2\nhi\n0\n\n", b"hi", then="hold"),
    Odd("chunked, CR and LF in data", CHUNKED + b"6\r\n\r\n0\r\n\r\r\n0\r\n\r\n", b"\r\n0\r\n\r"),
    Odd("chunked, cut in data", CHUNKED + b"5\r\nhi", b"hi", truncated="disconnect"),
    Odd("chunked, cut in size", CHUNKED + b"2\r\nhi\r\n1", b"hi", truncated="disconnect"),
    Odd("chunked, no last chunk", CHUNKED + b"2\r\nhi\r\n", b"hi", truncated="disconnect"),
    Odd("chunked, cut before end of trailers", CHUNKED + b"2\r\nhi\r\n0\r\n", b"hi",
        truncated="disconnect"),
    Odd("chunked, size is no number", CHUNKED + b"2\r\nhi\r\nzz\r\nrest", b"hi",
        truncated="disconnect", notices=("broken-chunks",)),
    Odd("chunked, negative size", CHUNKED + b"-2\r\nhi\r\n0\r\n\r\n", b"",
        truncated="disconnect", notices=("broken-chunks",)),
    Odd("chunked, 0x size", CHUNKED + b"0x2\r\nhi\r\n0\r\n\r\n", b"",
        truncated="disconnect", notices=("broken-chunks",)),
    Odd("chunked, huge size", CHUNKED + b"ffffffffffffffff\r\nhi", b"hi", truncated="disconnect"),
    Odd("chunked, size too long", CHUNKED + b"0" * 30 + b"2\r\nhi\r\n0\r\n\r\n", b"",
        truncated="disconnect", notices=("broken-chunks",)),
    Odd("chunked, data too long", CHUNKED + b"2\r\nhiya\r\n0\r\n\r\n", b"hi",
        truncated="disconnect", notices=("broken-chunks",)),
    Odd("chunked, not chunked at all", CHUNKED + b"<html>hi", b"",
        truncated="disconnect"),
    Odd("chunked, endless size line", CHUNKED + b"1;" + b"x" * 20000, b"",
        truncated="disconnect", notices=("broken-chunks",)),
    Odd("chunked, size line too long and ended", CHUNKED + b"2\r\nhi\r\n1;" + b"x" * 17000 + b"\r\na\r\n0\r\n\r\n", b"hi",
        truncated="disconnect", notices=("broken-chunks",)),
    Odd("chunked, trailer too long and ended", CHUNKED + b"2\r\nhi\r\n0\r\nX: " + b"x" * 17000 + b"\r\n\r\n", b"hi",
        truncated="disconnect", notices=("broken-chunks",)),
    Odd("chunked in http/1.0", b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", b"hi",
        notices=("coding-in-http10",)),
    Odd("chunked and length", OK + b"Content-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        b"hi",
        notices=("length-with-coding",)),
    Odd("gzip, chunked", OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n\x1f\x8b\r\n0\r\n\r\n", b"\x1f\x8b",
        then="hold",
        notices=("transfer-coding-kept",)),
    Odd("gzip alone", OK + b"Transfer-Encoding: gzip\r\n\r\n\x1f\x8b", b"\x1f\x8b", notices=("transfer-coding-kept",)),
    Odd("identity", OK + b"Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nhi", b"hi", then="hold"),
    Odd("chunked twice", OK + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        b"hi",
        notices=("transfer-coding-kept",)),
    Odd("unknown coding", OK + b"Transfer-Encoding: xchunked\r\n\r\n2\r\nhi\r\n", b"2\r\nhi\r\n",
        notices=("transfer-coding-kept",)),
    # lengths
    Odd("short", OK + b"Content-Length: 9\r\n\r\nhi", b"hi", truncated="disconnect"),
    Odd("short, nothing at all", OK + b"Content-Length: 9\r\n\r\n", b"", truncated="disconnect"),
    Odd("same length twice", OK + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi", b"hi", then="hold"),
    Odd("same length in a list", OK + b"Content-Length: 2, 2\r\n\r\nhi", b"hi", then="hold"),
    Odd("two lengths", OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nhiya", b"hiya",
        notices=("conflicting-length",)),
    Odd("two lengths in a list", OK + b"Content-Length: 2, 3\r\n\r\nhiya", b"hiya", notices=("conflicting-length",)),
    Odd("length is a word", OK + b"Content-Length: two\r\n\r\nhi", b"hi", notices=("bad-length",)),
    Odd("length is negative", OK + b"Content-Length: -2\r\n\r\nhi", b"hi", notices=("bad-length",)),
    Odd("length with plus", OK + b"Content-Length: +2\r\n\r\nhi", b"hi", notices=("bad-length",)),
    Odd("length is empty", OK + b"Content-Length:\r\n\r\nhi", b"hi", notices=("bad-length",)),
    Odd("length of 5000 digits", OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nhi", b"hi",
        notices=("bad-length",)),
    Odd("length of 20 digits", OK + b"Content-Length: " + b"9" * 20 + b"\r\n\r\nhi", b"hi", truncated="disconnect"),
    Odd("length with zeros", OK + b"Content-Length: 0002\r\n\r\nhi", b"hi", then="hold"),
    Odd("superscript length", OK + b"Content-Length: \xb2\r\n\r\nhi", b"hi", notices=("bad-length",)),
    Odd("surplus", OK + b"Content-Length: 2\r\n\r\nhiSURPLUS", b"hi", response=OK + b"Content-Length: 2\r\n\r\nhi"),
    Odd("surplus after chunks", CHUNKED + b"2\r\nhi\r\n0\r\n\r\nMORE", b"hi",
        response=CHUNKED + b"2\r\nhi\r\n0\r\n\r\n"),
    Odd("surplus after 204", b"HTTP/1.1 204 No\r\n\r\nMORE", b"", 204, response=b"HTTP/1.1 204 No\r\n\r\n"),
    Odd("a second response", (OK + b"Content-Length: 2\r\n\r\nhi") * 2,
        b"hi", response=OK + b"Content-Length: 2\r\n\r\nhi"),
    # malformed heads
    Odd("bare LF", b"HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", b"hi", notices=BAD, then="hold"),
    Odd("LF and CRLF mixed", b"HTTP/1.1 200 OK\r\nX: 1\nContent-Length: 2\r\n\nhi", b"hi", notices=BAD),
    Odd("space before colon", OK + b"Content-Length : 2\r\n\r\nhi", b"hi", notices=BAD, then="hold"),
    Odd("space before colon, chunked", OK + b"Transfer-Encoding : chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", b"hi",
        notices=BAD),
    Odd("space in name", OK + b"X Y: 1\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("no colon", OK + b"nonsense\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("empty name", OK + b": x\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("NUL in value", OK + b"X: a\0b\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("NUL in name", OK + b"X\0: a\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("control in value", OK + b"X: a\x07\x1b[0mb\r\nContent-Length: 2\r\n\r\nhi", b"hi"),
    Odd("stray CR in value", OK + b"X: a\rb\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("non-ASCII name", OK + b"X-\xc3\xa4: a\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("folded", OK + b"X: a\r\n  b\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("folded first line", OK + b" X: a\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("folded length", OK + b"Content-Length:\r\n 2\r\n\r\nhi", b"hi", notices=BAD, then="hold"),
    Odd("lower-case http", b"http/1.1 200 ok\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("http/2.0 in words", b"HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("http/2 in words", b"HTTP/2 200\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("http/1.10", b"HTTP/1.10 200 OK\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("two spaces", b"HTTP/1.1  200  OK\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("tab", b"HTTP/1.1\t200\tOK\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("NUL in reason", b"HTTP/1.1 200 O\0K\r\nContent-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("empty line first", b"\r\n\n" + OK + b"Content-Length: 2\r\n\r\nhi", b"hi", interim=b"\r\n\n",
        notices=("bytes-before-status-line",)),
    Odd("status line after status line", OK + OK + b"Content-Length: 2\r\n\r\nhi", b"hi", notices=BAD),
    Odd("next-line character in value", OK + b"X: a\x85b\x0bc\x0cd\x1ce\r\nContent-Length: 2\r\n\r\nhi", b"hi"),
)  # fmt: skip

RESET = (
    Odd("reset in the body", OK + b"Content-Length: 9\r\n\r\nhi", b"hi", truncated="disconnect"),
    Odd("reset in chunks", CHUNKED + b"9\r\nhi", b"hi", truncated="disconnect"),
    Odd("reset where only a close ends it", OK + b"\r\nhi", b"hi", truncated="disconnect"),
    Odd("reset after the end", OK + b"Content-Length: 2\r\n\r\nhi", b"hi"),
)

SLOW = (
    Odd("held in the body", OK + b"Content-Length: 9\r\n\r\nhi", b"hi", truncated="time", then="hold"),
    Odd("held, to the close", OK + b"\r\nhi", b"hi", truncated="time", then="hold"),
    Odd("held in a chunk", CHUNKED + b"9\r\nhi", b"hi", truncated="time", then="hold"),
    Odd("held in the trailers", CHUNKED + b"2\r\nhi\r\n0\r\nX: y\r\n", b"hi",
        truncated="time", then="hold"),
)  # fmt: skip

NO_ANSWER = (
    ("nothing", b"", Unreachable),
    ("half a status line", b"HTTP/1.1 2", Unreachable),
    ("half a head", OK + b"Content-Length: 2\r\n", Unreachable),
    ("only interim", b"HTTP/1.1 103 Early Hints\r\n\r\n", Unreachable),
    ("ssh", b"SSH-2.0-OpenSSH_9.2\r\n", BadAnswer),
    ("smtp", b"220 mail.example.org ESMTP\r\n", BadAnswer),
    ("ftp", b"220 ready\r\n", BadAnswer),
    ("http/0.9", b"<html>hello</html>", BadAnswer),
    ("tls alert", b"\x15\x03\x01\x00\x02\x02\x46", BadAnswer),
    ("icy", b"ICY 200 OK\r\n\r\n", BadAnswer),
    ("http/2 settings frame", b"\x00\x00\x12\x04\x00\x00\x00\x00\x00", BadAnswer),
    ("NULs", b"\0" * 100, BadAnswer),
    ("space first", b" HTTP/1.1 200 OK\r\n\r\n", BadAnswer),
    ("no status", b"HTTP/1.1\r\n\r\n", BadAnswer),
    ("status of two digits", b"HTTP/1.1 20 OK\r\n\r\n", BadAnswer),
    ("status of four digits", b"HTTP/1.1 2000 OK\r\n\r\n", BadAnswer),
    ("status of letters", b"HTTP/1.1 abc OK\r\n\r\n", BadAnswer),
    ("status 000", b"HTTP/1.1 000 OK\r\n\r\n", BadAnswer),
    ("superscript status", b"HTTP/1.1 \xb2\xb2\xb2 OK\r\n\r\n", BadAnswer),
    ("no version", b"HTTP 200 OK\r\n\r\n", BadAnswer),
    ("only empty lines", b"\r\n" * 50, Unreachable),
    ("head without end", OK + b"X: " + b"y" * 300_000, BadAnswer),
    ("head too long", OK + b"X: " + b"y" * 300_000 + b"\r\n\r\n", BadAnswer),
    ("endless interim", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 20_000, BadAnswer),
    ("empty lines without end", b"\r\n" * 200_000, BadAnswer),
)


def names(cases):
    return [case.name if isinstance(case, Odd) else case[0] for case in cases]


def hold_against(case: Odd, answer) -> None:
    """``answer`` is an Exchange or an Answer: both have these fields."""
    response = case.response if case.response is not None else case.sent[len(case.interim) :]
    assert answer.response == response
    assert answer.interim == case.interim
    assert answer.body == case.body
    assert answer.truncated == case.truncated
    assert answer.response[: answer.head_length].endswith((b"\n\r\n", b"\n\n"))
    codes = {notice.code for notice in answer.notices} - {"surplus-bytes"}
    assert set(case.notices) <= codes
    if not case.notices:
        assert codes <= {"broken-chunks"}


class Script:
    """Stands in for a socket: each recv gives at most ``size`` bytes, then what ``then`` says."""

    def __init__(self, data: bytes, size: int, then: str) -> None:
        self.data, self.size, self.then = data, size, then
        self.sent = b""
        self.position = 0

    def settimeout(self, seconds: float) -> None:
        assert seconds > 0

    def send(self, data) -> int:
        self.sent += bytes(data[:7])
        return min(7, len(data))

    def recv(self, at_most: int) -> bytes:
        assert at_most > 0
        piece = self.data[self.position : self.position + min(self.size, at_most)]
        self.position += len(piece)
        if piece:
            return piece
        if self.then == "hold":
            raise TimeoutError
        if self.then == "reset":
            raise ConnectionResetError
        return b""


def play(data: bytes, size: int = 1 << 20, then: str = "close", **limits):
    script = Script(data, size, then)
    timeout = limits.pop("timeout", 5.0)
    limits = {"max_head": 256 * 1024, "max_body": 1 << 26} | limits
    answer = converse(script, b"GET / HTTP/1.1\r\n\r\n", host="h", deadline=Deadline(timeout), **limits)
    assert script.sent == b"GET / HTTP/1.1\r\n\r\n"
    return answer


@pytest.mark.parametrize("pieces", [None, 1], ids=["whole", "bytewise"])
@pytest.mark.parametrize("case", ODD, ids=names(ODD))
def test_odd_response_over_tcp(case: Odd, pieces: int | None, serve, settings) -> None:
    server = serve(case.sent, pieces=pieces if len(case.sent) < 2000 else 4096, then=case.then)
    (exchange,) = fetch(server.url, settings())
    hold_against(case, exchange)
    assert exchange.status == case.status
    assert server.requests == [exchange.request]
    assert exchange.address == "127.0.0.1"
    assert exchange.port == server.port


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 20])
@pytest.mark.parametrize("case", [*ODD, *RESET], ids=names([*ODD, *RESET]))
def test_odd_response_in_pieces_of(size: int, case: Odd) -> None:
    if len(case.sent) > 100_000 and size < 1000:
        size *= 1000
    then = "reset" if case in RESET else case.then
    answer = play(case.sent, size, then)
    hold_against(case, answer)
    assert answer.head.status == case.status


@pytest.mark.parametrize("case", RESET, ids=names(RESET))
def test_reset_over_tcp(case: Odd, serve, settings) -> None:
    (exchange,) = fetch(serve(case.sent, then="reset").url, settings())
    hold_against(case, exchange)


@pytest.mark.parametrize("case", SLOW, ids=names(SLOW))
def test_time_runs_out(case: Odd, serve, settings) -> None:
    (exchange,) = fetch(serve(case.sent, then="hold").url, settings(timeout=0.3))
    hold_against(case, exchange)


@pytest.mark.parametrize("pieces", [None, 1])
@pytest.mark.parametrize(("sent", "error"), [case[1:] for case in NO_ANSWER], ids=names(NO_ANSWER))
def test_no_answer(sent: bytes, error: type[Exception], pieces: int | None, serve, settings) -> None:
    server = serve(sent, pieces=pieces if len(sent) < 2000 else None)
    with pytest.raises(error) as raised:
        fetch(server.url, settings())
    assert "127.0.0.1" in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\nX: "])
def test_slow_head_is_unreachable(sent: bytes, serve, settings) -> None:
    with pytest.raises(Unreachable, match="in time"):
        fetch(serve(sent, then="hold").url, settings(timeout=0.3))


def test_what_is_not_http_is_known_at_once(serve, settings) -> None:
    with pytest.raises(BadAnswer):
        fetch(serve(b"S", then="hold").url, settings(timeout=60))


@pytest.mark.parametrize("size", [1, 5, 1 << 20])
@pytest.mark.parametrize(
    ("sent", "cap", "wire", "body", "truncated"),
    [
        (b"Content-Length: 10\r\n\r\n0123456789", 4, b"0123", b"0123", "length"),
        (b"Content-Length: 4\r\n\r\n0123", 4, b"0123", b"0123", None),
        (b"\r\n0123456789", 4, b"0123", b"0123", "length"),
        (b"\r\n0123", 4, b"0123", b"0123", None),
        (b"Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n", 7, b"a\r\n0123", b"0123", "length"),
        (b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", 12, b"2\r\nhi\r\n0\r\n\r\n", b"hi", None),
        (b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", 11, b"2\r\nhi\r\n0\r\n\r", b"hi", "length"),
        (b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nMORE", 12, b"2\r\nhi\r\n0\r\n\r\n", b"hi", None),
        (b"Transfer-Encoding: chunked\r\n\r\nzzzzzzzz\r\nx", 5, b"zzzzz", b"", "length"),
        (b"Transfer-Encoding: chunked\r\n\r\nzzz\r\nx", 5, b"zzz\r\n", b"", "length"),
        (b"Content-Length: 4\r\n\r\n0123", 0, b"", b"", "length"),
    ],
)
def test_cap(sent: bytes, cap: int, wire: bytes, body: bytes, truncated: str | None, size: int) -> None:
    answer = play(OK + sent, size, max_body=cap)
    assert answer.response[answer.head_length :] == wire
    assert (answer.body, answer.truncated) == (body, truncated)


def test_endless_body_is_cut_at_the_cap(serve, settings) -> None:
    (exchange,) = fetch(serve(OK + b"\r\n" + b"x" * 3_000_000, then="hold").url, settings(max_body=1_000_000))
    assert exchange.truncated == "length"
    assert exchange.body == b"x" * 1_000_000


@pytest.mark.parametrize("status", [b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_head_request_has_no_body(status: bytes) -> None:
    answer = play(status, then="hold", method="HEAD")
    assert (answer.body, answer.truncated, answer.response) == (b"", None, status)


def test_surplus_in_the_same_segment_is_noted() -> None:
    answer = play(OK + b"Content-Length: 2\r\n\r\nhiSURPLUS")
    assert [notice.code for notice in answer.notices] == ["surplus-bytes"]


def test_headers_keep_case_order_and_repetition() -> None:
    head = parse_head(
        OK + b"set-cookie: a\r\nSet-Cookie: b\r\nX: \xe9\r\nContent-Length: 0\r\ncontent-length: 0\r\n\r\n"
    )
    assert head is not None
    names_and_values = (
        ("set-cookie", "a"),
        ("Set-Cookie", "b"),
        ("X", "é"),
        ("Content-Length", "0"),
        ("content-length", "0"),
    )
    assert head.headers == names_and_values
    assert (head.version, head.status, head.reason) == ("1.1", 200, "OK")


def h11_reads(data: bytes, closes: bool):
    """What h11 makes of a response: (status, headers, body, complete), or None where it refuses it."""
    peer = h11.Connection(h11.CLIENT, max_incomplete_event_size=1 << 20)
    peer.send(h11.Request(method="GET", target="/", headers=[("Host", "h")]))
    peer.send(h11.EndOfMessage())
    peer.receive_data(data)
    status, headers, body = 0, [], b""
    try:
        while True:
            event = peer.next_event()
            if event is h11.NEED_DATA:
                if not closes or peer.trailing_data[1]:
                    return status, headers, body, False
                peer.receive_data(b"")
            elif isinstance(event, h11.Response):
                status, headers = (
                    event.status_code,
                    [(n.decode("latin-1"), v.decode("latin-1")) for n, v in event.headers],
                )
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                return status, headers, body, True
    except h11.RemoteProtocolError:
        return None


def test_agrees_with_h11_wherever_h11_accepts() -> None:
    """The framing rules are our own, so another implementation has to come to the same."""
    compared = 0
    for case in (*ODD, *SLOW, *RESET):
        theirs = h11_reads(case.sent, case.then == "close" and case not in RESET)
        if theirs is None or not theirs[0]:
            continue
        if "broken-chunks" in case.notices and max(map(len, case.sent.split(b"\n"))) > MAX_LINE:
            continue  # how long a line may be is each one's own choice
        status, headers, body, complete = theirs
        if not complete and case.truncated is None:
            continue  # it waits for more: a bare LF ends no chunk line for h11
        assert (status, body) == (case.status, case.body), case.name
        assert complete == (case.truncated is None), case.name
        head = parse_head(case.sent[len(case.interim) :].partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
        assert head is not None
        ours = [(name.lower(), value) for name, value in head.headers]
        framing = ("transfer-encoding", "content-length")  # these it rewrites
        assert [pair for pair in headers if pair[0] not in framing] == [pair for pair in ours if pair[0] not in framing]
        compared += 1
    assert compared > 45


FRAGMENTS = (
    b"Content-Length: 5\r\n", b"content-length:2\r\n", b"Content-Length: 2, 2\r\n", b"Content-Length: x\r\n",
    b"X: y\r\n",
    b"Transfer-Encoding: chunked\r\n", b"transfer-encoding:\tChunked \r\n", b"Transfer-Encoding: gzip, chunked\r\n",
    b"X : y\r\n", b" folded\r\n", b"X: a\0\r\n", b"Y:\n", b"no colon\r\n", b"\r\n", b"\n", b"\r", b"hi", b"2\r\nhi\r\n",
    b"2;x\r\nhi\r\n", b"2\nhi\n", b"3 \r\nab", b"0\r\n", b"0\r\n\r\n", b"T: u\r\n", b"-1\r\n", b"\xff", OK,
    b"HTTP/1.1 100 Continue\r\n\r\n",
)  # fmt: skip
STATUS_LINES = (
    OK,
    b"HTTP/1.0 200 OK\r\n",
    b"HTTP/1.1 204\r\n",
    b"HTTP/1.1 304 N\n",
    b"HTTP/1.1 103 E\r\n",
    b"http/1.1 200 OK\r\n",
)


@hypothesis.settings(max_examples=600)
@hypothesis.given(
    st.sampled_from(STATUS_LINES),
    st.lists(st.sampled_from(FRAGMENTS), max_size=4),
    st.lists(st.sampled_from(FRAGMENTS)),
    st.integers(1, 40),
)
def test_shuffled_responses(first: bytes, head: list[bytes], rest: list[bytes], size: int) -> None:
    """Pieces do not matter, every byte is accounted for, and what h11 reads to its end we read alike."""
    data = first + b"".join(head) + b"\r\n" + b"".join(rest)
    theirs = h11_reads(data, True)
    try:
        answer = play(data, size)
    except (BadAnswer, Unreachable):
        assert theirs is None or not theirs[3]
        return
    assert data.startswith(answer.interim + answer.response)
    again = play(data)
    assert (again.response, again.body, again.truncated) == (answer.response, answer.body, answer.truncated)
    if theirs is not None and theirs[3]:
        assert (theirs[0], theirs[2], None) == (answer.head.status, answer.body, answer.truncated)


def test_framing_of_a_trivial_head() -> None:
    head = parse_head(b"HTTP/1.1 200 OK\r\n\r\n")
    assert head is not None
    assert frame(head).kind == "close"


def test_a_head_of_folded_lines_takes_no_longer_than_its_length() -> None:
    """Twenty redirects with such heads kept a capture busy for a quarter of a minute, whatever its time limit."""

    def head(lines: int) -> bytes:
        return b"HTTP/1.1 200 OK\r\nX: a\r\n" + b" b\r\n" * lines + b"\r\n"

    parsed = parse_head(head(1000))
    assert parsed is not None
    assert parsed.headers == (("X", "a" + " b" * 1000),)
    assert_linear(parse_head, head, size=1_600_000, seconds=10)
