"""Hostile answers of servers, row by row of the hostile-input table of the design, made from a seed; each with what must become of it.

`streams` are bytes as they come over a connection. What holds for all: the bytes are recorded as they came, as one record that opens to them
again, and the text that is drawn from them is whole or says that it is not.
"""

# lists of odd values are read as they stand

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from malformed import PAGE

from archiver import texts
from archiver.errors import ArchiverError, NetworkError
from archiver.model import Reading
from archiver.net import Answer, converse, open_response
from archiver.net.deadline import Deadline
from archiver.warc import Record, inflate, open_record, seal

MOST = 1 << 20
"""Bytes of a body that are taken here."""

_OK = b"HTTP/1.1 200 OK\r\n"
_HTML = b"Content-Type: text/html; charset=utf-8\r\n"
_LAST = "The very last words of this page."
_WHOLE = PAGE.replace(b"</body>", b"<p>" + _LAST.encode() + b"</p></body>")
Check = Callable[[Answer, Reading], bool]


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes that a server sends before it closes; ``row`` of the table, ``holds`` what the table says of them."""

    row: str
    data: bytes
    holds: Check


def streams(seed: int, each: int = 100) -> Iterator[Stream]:
    """So many of each row; the same ones for the same seed."""
    for row, make in ROWS.items():
        for number in range(each):
            data, holds = make(random.Random(f"{row}/{seed}/{number}"))
            yield Stream(row, data, holds)


def fault(stream: Stream) -> str | None:
    """What is not as it must be; None where all is."""
    try:
        answer = converse(
            Wire(stream.data),
            b"GET / HTTP/1.1\r\n\r\n",
            host="h",
            deadline=Deadline(60),
            max_head=1 << 18,
            max_body=MOST,
        )
    except NetworkError:
        return None  # no answer, told as a kind of the error tree
    except ArchiverError as error:
        return f"{type(error).__name__}: {error}"
    if answer.interim + answer.response != stream.data[: len(answer.interim + answer.response)]:
        return "what is recorded is not what came"
    record = Record(
        "response",
        "response",
        "https://example.org/",
        "2024-05-03T10:00:00Z",
        "application/http; msgtype=response",
        answer.response,
    )
    if open_record(inflate(seal(record).data)).block != answer.response:
        return "the record does not open to the bytes that came"
    opened = open_response(answer.response)
    if opened is None or (answer.truncated is None and opened[1] != answer.body):
        return "the recorded answer opens to another body"
    reading = texts.read(
        answer.body,
        content_type=", ".join(answer.head.values("content-type")) or None,
        content_encoding=", ".join(answer.head.values("content-encoding")) or None,
        url="https://example.org/",
        truncated=answer.truncated,
    )
    if answer.truncated and reading.complete:
        return "an answer that was cut gives a text that is called whole"
    return None if stream.holds(answer, reading) else "not as the table says"


class Wire:
    """Stands in for a socket whose other side sends ``data`` in pieces of ``size`` and closes."""

    def __init__(self, data: bytes, size: int = 1 << 20) -> None:
        self._data, self._size, self._at = data, size, 0

    def settimeout(self, value: float | None, /) -> None:
        """Nobody waits."""

    def send(self, data: bytes | memoryview, /) -> int:
        return len(data)

    def recv(self, bufsize: int, /) -> bytes:
        piece = self._data[self._at : self._at + min(self._size, bufsize)]
        self._at += len(piece)
        return piece


def _says_so(answer: Answer, reading: Reading) -> bool:
    return answer.truncated is not None and not reading.complete


def _cut(chance: random.Random) -> tuple[bytes, Check]:
    """A body that ends before its end: by its length, by its chunks, in its gzip."""
    body = b"".join(_WHOLE for _ in range(chance.randint(1, 20)))
    at = chance.randrange(len(body))
    how = chance.randrange(3)
    if how == 0:
        return _OK + _HTML + b"Content-Length: %d\r\n\r\n" % len(body) + body[:at], _says_so
    if how == 1:
        chunks = (
            b"".join(b"%x\r\n%b\r\n" % (len(body[k : k + 700]), body[k : k + 700]) for k in range(0, len(body), 700))
            + b"0\r\n\r\n"
        )
        return _OK + _HTML + b"Transfer-Encoding: chunked\r\n\r\n" + chunks[: chance.randrange(len(chunks))], _says_so
    packed = gzip.compress(body, mtime=0)
    return _OK + _HTML + b"Content-Encoding: gzip\r\n\r\n" + packed[
        : chance.randrange(3, len(packed))
    ], lambda _, reading: not reading.complete


def _broken_chunks(chance: random.Random) -> tuple[bytes, Check]:
    good = b"%x\r\n%b\r\n" % (len(_WHOLE), _WHOLE)
    bad = chance.choice(
        (
            b"zz\r\n",
            b"-5\r\nhello\r\n",
            b"0x5\r\nhello\r\n",
            b"1" * 21 + b"\r\n",
            b"5\r\nhelloworld\r\n",
            b"5;" + b"x" * 20_000 + b"\r\nhello\r\n",
            b"\x00\r\n",
        )
    )
    sent = _OK + _HTML + b"Transfer-Encoding: chunked\r\n\r\n" + good * chance.randint(0, 3) + bad + good
    return (
        sent,
        lambda answer, reading: (
            _says_so(answer, reading) and any(notice.code == "broken-chunks" for notice in answer.notices)
        ),
    )


def _two_lengths(chance: random.Random) -> tuple[bytes, Check]:
    """A length beside a coding, or other lengths: flagged, and what follows is never a second answer."""
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(_WHOLE), _WHOLE)
    second = _OK + b"Content-Length: 9\r\n\r\nsmuggled!"
    if chance.random() < 0.5:
        lines = [b"Content-Length: %d\r\n" % chance.randint(0, 99), b"Transfer-Encoding: chunked\r\n"]
        chance.shuffle(lines)
        sent, code = _OK + _HTML + b"".join(lines) + b"\r\n" + chunked + second, "length-with-coding"
    else:
        one = chance.randint(1, len(_WHOLE))
        sent, code = (
            _OK
            + _HTML
            + b"Content-Length: %d\r\nContent-Length: %d\r\n\r\n" % (one, one + chance.randint(1, 50))
            + _WHOLE,
            "conflicting-length",
        )
    return sent, lambda answer, _: any(notice.code == code for notice in answer.notices)


def _odd_headers(chance: random.Random) -> tuple[bytes, Check]:
    """Bytes that no header has, header lines without form, thousands of them: kept as they came."""
    odd = [
        b"X: a\x00b",
        b"X: \xff\xfe",
        b"X\x00: a",
        "Ä: ö".encode(),
        b"no colon",
        b": no name",
        b" folded",
        b"X : a",
        b"X: " + b"y" * 60_000,
        b"Set-Cookie: a=b\rX: c",
    ]
    lines = [chance.choice(odd) for _ in range(chance.choice((1, 2, 3, 500) if chance.random() < 0.9 else (2000,)))]
    head = b"\r\n".join(lines[: 1 + 200_000 // max(map(len, lines))])
    sent = _OK + _HTML + head + b"\r\nContent-Length: %d\r\n\r\n" % len(_WHOLE) + _WHOLE
    return sent, lambda answer, _: head in answer.response and answer.body.startswith(_WHOLE[:20])


def _early_hints(chance: random.Random) -> tuple[bytes, Check]:
    hints = b"".join(
        b"HTTP/1.1 %d Hint\r\nLink: </%d.css>; rel=preload\r\n\r\n" % (chance.choice((100, 102, 103, 110)), at)
        for at in range(chance.randint(1, 40))
    )
    sent = hints + b"HTTP/1.1 404 Gone\r\n" + _HTML + b"\r\n" + _WHOLE
    return sent, lambda answer, _: (answer.head.status, answer.interim, answer.body) == (404, hints, _WHOLE)


def _endless(chance: random.Random) -> tuple[bytes, Check]:
    body = chance.choice((b"x", b"<p>word ", b"\x00", b"<div>"))
    body *= MOST // len(body) + 5000
    framing = chance.choice((b"\r\n", b"Content-Length: 4294967296\r\n\r\n"))
    return _OK + _HTML + framing + body[
        : MOST + chance.randint(1, 4096)
    ], lambda answer, reading: len(answer.body) <= MOST and answer.truncated is not None and not reading.complete


def _bomb(chance: random.Random) -> tuple[bytes, Check]:
    """What grows a thousandfold: stored as it is, decoded within bounds."""
    data = chance.choice((b"\x00", b"<p>a ", b"<b>")) * chance.choice((1 << 18, 2 << 20))
    packed = gzip.compress(data, 9, mtime=0)
    name = b"gzip"
    how = chance.randrange(4)
    if how == 1:
        packed, name = gzip.compress(packed, 9, mtime=0), b"gzip, gzip"
    elif how == 2:
        packed, name = zlib.compress(data, 9), b"deflate"
    elif how == 3:
        packed, name = packed[:99], chance.choice((b"br", b"zstd", b"gzip," * 40))
    return (
        _OK + _HTML + b"Content-Encoding: " + name + b"\r\n\r\n" + packed,
        lambda answer, reading: answer.body == packed and sum(len(text.content) for text in reading.texts) <= 40 << 20,
    )


def _charset(chance: random.Random) -> tuple[bytes, Check]:
    """A charset that is declared and not used, declared twice, unknown, or changed in the middle."""
    words = chance.choice(("Größe der Brücke", "Мост через реку", "東京の大橋は閉鎖", "L’été, déjà"))
    used = chance.choice(("utf-8", "utf-16", "windows-1251", "shift_jis", "iso-8859-1"))
    body = f"<html><meta charset={chance.choice(('utf-8', 'utf-7', 'x-unknown', 'iso-2022-jp', 'utf-16'))}><p>{words * 9}</p>".encode(
        used, "replace"
    )
    if chance.random() < 0.3:
        body += "<p>später — после".encode() + b"\xff\xfe\x80"
    kind = (
        b"Content-Type: text/html; charset="
        + chance.choice((b"utf-8", b"utf-7", b"\xff\x00", b"x" * 999, b"'utf-8", b"hz-gb-2312", b""))
        + b"\r\n"
    )
    return _OK + kind + b"\r\n" + body, lambda _, reading: bool(reading.texts) and reading.decoding.used is not None


def _deep(chance: random.Random) -> tuple[bytes, Check]:
    """Nesting, long lines, entities: the last words are there, or the text says that it is not whole."""
    count = chance.choice((300, 3_000, 40_000))
    opening = chance.choice(
        (
            b"<div>",
            b"<b>",
            b"<table><tr><td>",
            b"<ul><li>",
            b"<svg><g>",
            b"<a href=x>",
            b"<font><i>",
            b"<select>",
            b"<ruby><rt>",
            b"<blockquote>",
        )
    )
    middle = chance.choice(
        (
            b"",
            b"&amp;" * count,
            b"<p>" + b"word" * count,
            b"<!--" * 99 + b"-->",
            b"<x y='" + b"z" * count + b"'>",
            b"&" * count,
        )
    )
    doctype = (
        b"<!DOCTYPE x [<!ENTITY a 'lol'><!ENTITY b '"
        + b"&a;" * 99
        + b"'><!ENTITY c SYSTEM 'file:///etc/passwd'>]><p>&b;&c;"
    )
    body = (
        (doctype if chance.random() < 0.3 else b"<!DOCTYPE html>")
        + (opening * count)[:400_000]
        + middle
        + b"<p>"
        + _LAST.encode()
    )
    return (
        _OK + _HTML + b"\r\n" + body,
        lambda _, reading: (
            "root:x" not in str(reading.texts)
            and (not reading.complete or any(_LAST in text.content for text in reading.texts))
        ),
    )


def _cut_off_pdf(chance: random.Random) -> tuple[bytes, Check]:
    """What calls itself a PDF and is none: told at once, without a text (real ones are for the target ``pdf`` of `fuzz`)."""
    body = chance.choice((b"", b"%PDF-1.7", b"%PDF-" + chance.randbytes(2000), b"<html><p>" + _LAST.encode()))
    kind = (
        b"Content-Type: "
        + chance.choice((b"text/html", b"application/json", b"text/plain", b"image/png", b"application/epub+zip"))
        + b"\r\n"
    )
    return _OK + kind + b"\r\n" + body.replace(b"%PDF", b"%PdF"), lambda answer, _: answer.truncated is None


ROWS: dict[str, Callable[[random.Random], tuple[bytes, Check]]] = {
    "cut body": _cut,
    "broken chunk": _broken_chunks,
    "two lengths": _two_lengths,
    "odd headers": _odd_headers,
    "early hints": _early_hints,
    "endless": _endless,
    "bomb": _bomb,
    "charset": _charset,
    "deep or long": _deep,
    "another medium": _cut_off_pdf,
}
"""The rows that are bytes of one connection. Redirect loops, slow servers, walls, IDN and PDFs have tests with servers and files of their own."""
