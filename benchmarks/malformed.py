"""Malformed WARC, HTTP and zip files: the same ones for the same seed, for the tests and for `benchmarks/intake.py`."""

# ruff: noqa: E501  # lists of odd values are read as they stand

from __future__ import annotations

import gzip
import io
import random
import struct
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

PAGE = b"<!DOCTYPE html><html><head><title>Pier</title></head><body><p>The pier was closed on the 3rd of May.</p></body></html>"


@dataclass(frozen=True)
class Case:
    """A file as somebody might hand it in; ``kind`` says what was done to it."""

    kind: str
    name: str
    data: bytes


_IDS = random.Random()  # `cases` seeds it: where a damage falls in a compressed file depends on every byte before it


def _record_id() -> uuid.UUID:
    return uuid.UUID(int=_IDS.getrandbits(128), version=4)


def record(
    kind: str,
    uri: str,
    block: bytes,
    *extra: str,
    date: str = "2024-05-03T10:00:00Z",
    length: str | None = None,
    version: str = "WARC/1.0",
    record_id: str = "",
    content_type: str = "application/http; msgtype=response",
    end: bytes = b"\r\n",
) -> bytes:
    """One record; every part of its header can be given otherwise than it should be."""
    lines = [
        version,
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: {record_id or f'<urn:uuid:{_record_id()}>'}",
        f"WARC-Date: {date}",
        f"WARC-Target-URI: {uri}",
        f"Content-Type: {content_type}",
        *extra,
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return end.join(line.encode("utf-8", "surrogateescape") for line in lines) + end * 2 + block + b"\r\n\r\n"


def answer(body: bytes = PAGE, *headers: bytes, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    """An HTTP response as a block."""
    return b"\r\n".join([status, b"Content-Type: text/html; charset=utf-8", *headers]) + b"\r\n\r\n" + body


def sound(number: int) -> list[bytes]:
    """The records of a small file in order: a request, a page, a chunked one, a revisit, a resource."""
    site = f"https://example.org/{number}"
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    first = f"<urn:uuid:{_record_id()}>"
    return [
        record("warcinfo", "", b"software: other\r\n", content_type="application/warc-fields"),
        record("request", f"{site}/a", b"GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n", f"WARC-Concurrent-To: {first}"),
        record("response", f"{site}/a", answer(), record_id=first),
        record("response", f"{site}/b", answer(chunked, b"Transfer-Encoding: chunked")),
        record("revisit", f"{site}/c", answer(b""), f"WARC-Refers-To: {first}"),
        record("resource", f"{site}/d", PAGE, content_type="text/html"),
    ]


def members(records: list[bytes]) -> bytes:
    return b"".join(gzip.compress(item, mtime=0) for item in records)


LENGTHS = [
    "",
    "-1",
    "0",
    "1",
    "99999999",
    "9" * 17,
    "9" * 19,
    "9" * 400,
    "0x10",
    "1e3",
    "+5",
    "5 5",
    "5,5",
    "\u0665",
    "None",
    "12.0",
    "\x00",
]
DATES = ["", "2024", "2024-13-45T00:00:00Z", "yesterday", "9999-12-31T23:59:59Z", "0000-00-00T00:00:00Z", "2024-05-03T10:00:00+99:99",
         "2024-05-03T10:00:00.123456789Z", "2024-05-03 10:00:00", "\x00", "2024-05-03T24:61:61Z", "1" * 5000, "0001-01-01T00:00:00+14:00"]  # fmt: skip
URIS = ["", "<https://example.org/x>", "https://example.org/a b", "javascript:alert(1)", "https://", "https://[::1", "\x00\x01", "x" * 60_000,
        "https://example.org/" + "a/" * 20_000, "https://user:secret@example.org/", "https://ex\u202eample.org/", "file:///etc/passwd", "dns:x",
        "https://example.org/\udcff\udcfe", "urn:archiver:capture:s-00", "https://%00/", "https://example.org:99999/", "HTTPS://EXAMPLE.ORG/#" + "f" * 999]  # fmt: skip
IDS = [
    "",
    "x",
    "<>",
    "<<x>>",
    "<urn:uuid:1>\t",
    "<urn uuid>",
    "<\x7f>",
    "<" + "i" * 9000 + ">",
    "<urn:archiver:capture:x>",
    "<\udcff>",
]
TYPES = [
    "",
    "Response",
    "response response",
    "capture",
    "quote",
    "continuation",
    "\x00",
    "r" * 9999,
    "metadata",
    "conversion",
    "revisit",
]
VERSIONS = [
    "WARC/0.17",
    "WARC/0.18",
    "WARC/0.16",
    "WARC/1.2",
    "WARC/2.0",
    "WARC/",
    "warc/1.0",
    "WARC/1.0 x",
    "WARC/1.1\x00",
    "WARC /1.0",
    "WARC/1.0\t",
]
EXTRAS = ["No colon here", ": no name", "A\x00B: c", "WARC-Block-Digest: sha1:AAAA", "WARC-Block-Digest: nothing:1", "WARC-Payload-Digest: sha256",
          "WARC-Block-Digest: sha512:" + "0" * 128, "WARC-Truncated: length", "WARC-Segment-Number: 1", "X: " + "y" * 60_000, "Folded: a\r\n b\r\n\tc",
          "WARC-Type: request", "WARC-Date: 1999-01-01T00:00:00Z", "WARC-Refers-To: <>", "Archiver-Original-Header: eA==",
          "archiver-imported-from: nowhere", "WARC-Concurrent-To: <urn:x>", "WARC-Payload-Digest: sha1:" + "=" * 90, "\u202eName: x", "Content-Length: 3"]  # fmt: skip
STATUS = [b"HTTP/1.1 200", b"HTTP/1.1", b"HTTP/1.1 99999 X", b"HTTP/2 200", b"ICY 200 OK", b"http/1.1 200 ok", b"HTTP/1.1 200 \x00\xff", b"", b"\r\n",
          b"HTTP/1.1 000 X", b"HTTP/1.1 -20 X", b"HTTP/9.9 200 OK", b"HTTP/1.1 103 Early Hints", b"HTTP/1.1 304 Not Modified", b"HTTP/1.1 204 No"]  # fmt: skip
HEADERS = [b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked", b"Transfer-Encoding: chunked\r\nContent-Length: 5", b"Content-Length: 9",
           b"Content-Length: 99999999999999999999", b"Content-Length: 5\r\nContent-Length: 6", b"Content-Encoding: gzip", b"Content-Encoding: br",
           b"Content-Encoding: " + b"gzip," * 400, b"Content-Type: text/html; charset=utf-7", b"Content-Type: text/html; charset=\xff\x00", b"Content-Type:",
           b"X: " + b"y" * 200_000, b"\x00: \x00", b"no colon", b" folded", b"Content-Type: application/pdf", b"Content-Type: multipart/related"]  # fmt: skip
BODIES = [b"", b"\x00" * 4000, b"<" * 60_000, b"<div>" * 20_000, b"&amp;" * 50_000, b"\xff\xfe" + b"<\x00p\x00" * 9000, gzip.compress(PAGE)[:40],
          gzip.compress(b"\x00" * (8 << 20)), b"5\r\nhello\r\n0\r\n\r\n", b"5\r\nhel", b"ZZ\r\nhello\r\n", b"FFFFFFFFFFFFFFFF\r\nx", b"1\r\nx\r\n" * 20_000,
          b"<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c '" + b"&a;" * 1000 + b"'>]><p>&c;</p>", b"<script>" + b"{" * 50_000, b"a" * (2 << 20),
          b"<table>" + b"<tr><td>x" * 9000, zlib.compress(PAGE), b"<p>" + "\u202e\u0000\ufffe".encode() * 3000, b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" * 50]  # fmt: skip


def cases(seed: int = 1) -> Iterator[Case]:
    """More than a thousand files; each is another, and the same for the same seed."""
    _IDS.seed(seed)
    chance = random.Random(seed)
    number = 0

    for field, values in (("length", LENGTHS), ("date", DATES), ("record_id", IDS), ("version", VERSIONS)):
        for at, value in enumerate(values):
            number += 1
            records = sound(number)
            records.insert(2, record("response", f"https://example.org/{number}", answer(), **{field: value or " "}))
            yield from _both("header", f"{field}-{at}", records)
    for at, uri in enumerate(URIS):
        yield from _both("header", f"uri-{at}", [record("response", uri, answer()), *sound(at)])
    for at, kind in enumerate(TYPES):
        yield from _both("header", f"type-{at}", [record(kind, f"https://example.org/t{at}", answer()), *sound(at)])
    for at, extra in enumerate(EXTRAS):
        yield from _both(
            "header", f"extra-{at}", [record("response", f"https://example.org/x{at}", answer(), extra), *sound(at)]
        )
    for at, end in enumerate((b"\n", b"\r", b"\r\r\n", b"\n\r", b"\x00\r\n", b"\x0b\r\n", b" \r\n")):
        yield from _both(
            "header", f"end-{at}", [record("response", f"https://example.org/e{at}", answer(), end=end), *sound(at)]
        )
    yield from _http()
    yield from _compressed()
    yield from _edited(chance)


def _both(kind: str, name: str, records: list[bytes]) -> Iterator[Case]:
    yield Case(kind, f"{name}.warc", b"".join(records))
    yield Case(kind, f"{name}.warc.gz", members(records))


def _http() -> Iterator[Case]:
    """Answers that are not as HTTP wants them, in sound records."""
    for at, status in enumerate(STATUS):
        yield from _both(
            "http",
            f"status-{at}",
            [record("response", f"https://example.org/s{at}", answer(status=status)), *sound(at)],
        )
    for at, header in enumerate(HEADERS):
        for to, body in enumerate(BODIES):
            block = answer(body, header)
            yield Case(
                "http",
                f"head-{at}-{to}.warc.gz",
                members([record("response", f"https://example.org/h{at}/{to}", block)]),
            )


def _edited(chance: random.Random) -> Iterator[Case]:
    """Sound files, cut and damaged by chance."""
    for at in range(240):
        yield Case("cut", f"cut-{at}.warc", _cut(b"".join(sound(at)), chance))
        yield Case("cut", f"cut-{at}.warc.gz", _cut(members(sound(at)), chance))
    for at in range(240):
        yield Case("damaged", f"damaged-{at}.warc", _damaged(b"".join(sound(at)), chance))
        yield Case("damaged", f"damaged-{at}.warc.gz", _damaged(members(sound(at)), chance))


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """Bits flipped, bytes put in, taken out, copied elsewhere."""
    edited = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, to = chance.randrange(len(edited)), chance.randrange(len(edited))
        how = chance.randrange(4)
        if how == 0:
            edited[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            edited[at:at] = chance.randbytes(chance.randint(1, 40))
        elif how == 2:
            del edited[at : at + chance.randint(1, 40)]
        else:
            edited[at:at] = edited[to : to + chance.randint(1, 400)]
    return bytes(edited)


def _compressed() -> Iterator[Case]:
    """What can be wrong with the gzip members around sound records, and with what stands between records."""
    zeros = gzip.compress(b"\x00" * (64 << 20))

    def bomb(size: int) -> bytes:
        head = record(
            "resource", "https://example.org/bomb", b"", length=str(size), content_type="text/plain"
        ).removesuffix(b"\r\n\r\n")
        return gzip.compress(head) + zeros

    whole = sound(0)
    variants: dict[str, bytes] = {
        "one-member": gzip.compress(b"".join(whole)),
        "empty-members": gzip.compress(b"") * 20_000 + members(whole),
        "junk-between": b"junk".join(gzip.compress(item) for item in whole),
        "zeros-behind": members(whole) + bytes(4096),
        "bad-checksum": members(whole)[:-8] + b"\x00\x00\x00\x00" + members(whole)[-4:],
        "bad-size": members(whole)[:-4] + b"\x00\x00\x00\x00",
        "no-trailer": members(whole)[:-8],
        "nested": gzip.compress(members(whole)),
        "named": b"".join(b"\x1f\x8b\x08\x1e" + gzip.compress(item)[4:10] + b"\x02\x00xy" + b"name\x00" + b"note\x00\x00\x00" + gzip.compress(item)[10:] for item in whole),
        "bad-method": b"\x1f\x8b\x07" + members(whole)[3:],
        "two-bytes": b"\x1f\x8b", "one-byte": b"\x1f", "magic-only": b"\x1f\x8b\x08" * 3,
        "zeros": zeros, "bomb-taken": bomb(40 << 20), "bomb-too-large": bomb(64 << 20), "bombs": b"".join(bomb(40 << 20) for _ in range(8)),
        "blank": b"\r\n" * 2_000_000, "blank-in-gzip": gzip.compress(b"\r\n" * 2_000_000), "text": b"WARC/1.0\r\n" * 100_000,
        "long-header": b"WARC/1.0\r\n" + b"X: y\r\n" * 400_000, "no-header-end": b"WARC/1.0" + b"\x00" * (4 << 20), "utf-16": "WARC/1.0\r\n".encode("utf-16") * 99,
        "many-small": b"".join(record("metadata", "", b"", content_type="x/y") for _ in range(3000)),
        "same-id": b"".join(record("response", f"https://example.org/same/{at}", answer(PAGE + b"%d" % at), record_id="<urn:x:same>") for at in range(40)),
        "revisit-loop": b"".join(record("revisit", "https://example.org/loop", answer(b""), "WARC-Refers-To: <urn:x:loop>", record_id="<urn:x:loop>") for _ in range(9)),
        "arc": b"filedesc://x 0.0.0.0 20240503100000 text/plain 9\n1 0 other\nhttp://example.org/ 0.0.0.0 20240503100000 text/html 99999\nx",
        "arc-negative": b"filedesc://x 0.0.0.0 20240503100000 text/plain -9\n1 0 other\n", "arc-line": b"filedesc://" + b"x" * 300_000,
        "arc-v2": b"filedesc://x 0.0.0.0 20240503100000 text/plain 200 - - 0 x 9\n2 0 other\nhttp://example.org/ 0.0.0.0 x text/html 200 - - 0 x 2\nhi\n",
    }  # fmt: skip
    for name, data in variants.items():
        yield Case("compressed", f"{name}.warc.gz", data)


def plain_zip(**files: bytes) -> bytes:
    """A zip file with these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


def _entry(name: str, data: bytes = b"x", **fields: int) -> bytes:
    """A WACZ with one more entry of this name, written as it is; ``fields`` are set in its ZipInfo."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("archive/data.warc.gz", members(sound(1)), zipfile.ZIP_STORED)
        info = zipfile.ZipInfo("placeholder")
        info.filename = info.orig_filename = name
        for field, value in fields.items():
            setattr(info, field, value)
        made.writestr(info, data)
    return buffer.getvalue()


def _patched(data: bytes, edit: Callable[[bytearray], None]) -> bytes:
    edited = bytearray(data)
    edit(edited)
    return bytes(edited)


def evil_zips() -> Iterator[Case]:
    """Forty WACZ files that must be refused as a whole: their names lead elsewhere, they are no plain files, or they grow."""
    names = [
        "../up.txt", "archive/../../up.txt", "..", "archive/..", "./here", "archive/./x", "/etc/absolute", "//server/share", "C:/drive", "c:drive",
        "C:\\drive\\x", "archive\\..\\up.txt", "\\\\server\\share", "a//b", "tab\tname", "new\nline", "escape\x1b[0m", "del\x7fete", "x" * 2000, "archive/a/../../../b",
    ]  # fmt: skip
    for at, name in enumerate(names):
        yield Case("name", f"name-{at}.wacz", _entry(name))
    nul = _entry("archive/nulXhidden")
    yield Case("name", "nul.wacz", nul.replace(b"nulXhidden", b"nul\x00hidden"))
    for at, mode in enumerate((0o120777, 0o020666, 0o060666, 0o010666, 0o140777)):  # link, devices, pipe, socket
        yield Case(
            "special",
            f"special-{at}.wacz",
            _entry("archive/link", b"/etc/passwd", external_attr=mode << 16, create_system=3),
        )
    yield Case(
        "ratio", "ratio-zeros.wacz", _entry("archive/zeros.warc", bytes(64 << 20), compress_type=zipfile.ZIP_DEFLATED)
    )
    yield Case(
        "ratio", "ratio-small.wacz", _entry("pages/pages.jsonl", bytes(256 << 10), compress_type=zipfile.ZIP_DEFLATED)
    )
    yield Case(
        "ratio",
        "ratio-stated.wacz",
        _patched(_entry("archive/y", b"y" * 99), lambda data: _set_sizes(data, b"archive/y", 99, 1 << 31)),
    )
    yield Case(
        "encrypted", "encrypted.wacz", _patched(_entry("archive/y"), lambda data: _set_flag(data, b"archive/y", 1))
    )
    yield Case(
        "encrypted", "strong.wacz", _patched(_entry("archive/y"), lambda data: _set_flag(data, b"archive/y", 0x40))
    )
    yield Case("method", "bzip2.wacz", _entry("archive/y", b"y" * 9, compress_type=zipfile.ZIP_BZIP2))
    yield Case("method", "lzma.wacz", _entry("archive/y", b"y" * 9, compress_type=zipfile.ZIP_LZMA))
    yield Case(
        "twice",
        "same-name.wacz",
        _renamed(_entry("archive/data.warc.xx"), b"archive/data.warc.xx", b"archive/data.warc.gz"),
    )
    yield Case("twice", "same-but-for-case.wacz", _entry("archive/DATA.warc.gz"))
    yield from _overlapping()


def _renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    return data.replace(old, new)


def _central(data: bytearray, name: bytes) -> int:
    """Where the entry of this name begins in the list of entries."""
    return data.rindex(name) - 46


def _set_flag(data: bytearray, name: bytes, flag: int) -> None:
    at = _central(data, name)
    struct.pack_into("<H", data, at + 8, flag)
    struct.pack_into("<H", data, data.index(name) - 30 + 6, flag)


def _set_sizes(data: bytearray, name: bytes, packed: int, size: int) -> None:
    struct.pack_into("<LL", data, _central(data, name) + 20, packed, size)


def _overlapping() -> Iterator[Case]:
    """Entries that share bytes, lie outside the file or under the list of entries, or have another name there."""

    def same_place(data: bytearray) -> None:
        struct.pack_into("<L", data, _central(data, b"archive/y") + 42, 0)

    def outside(data: bytearray) -> None:
        struct.pack_into("<L", data, _central(data, b"archive/y") + 42, len(data) + 10)

    def too_long(data: bytearray) -> None:
        _set_sizes(data, b"archive/y", 60_000, 60_000)

    def into_next(data: bytearray) -> None:
        at = data.rindex(b"archive/data.warc.gz") - 46
        packed = struct.unpack_from("<L", data, at + 20)[0]
        struct.pack_into("<LL", data, at + 20, packed + 20, packed + 20)

    def other_name(data: bytearray) -> None:
        at = data.index(b"archive/y")
        data[at : at + 9] = b"archive/z"

    for name, edit in (
        ("same-place", same_place),
        ("outside", outside),
        ("too-long", too_long),
        ("into-next", into_next),
        ("other-name", other_name),
    ):
        yield Case("overlap", f"{name}.wacz", _patched(_entry("archive/y"), edit))
