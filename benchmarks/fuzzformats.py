"""Fuzz targets for everything that is read from strangers: WARC, HTTP, pages, notes and proofs, queries, WACZ, manuscripts, PDFs.

Each takes bytes, hands them to what reads them in the tool, and asks what must hold of the answer.
"""

# ruff: noqa: E501  # lists of odd values are read as they stand

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import struct
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import malformed
import media
from fuzzing import Broken, Target, changed, mutated
from hostile import Wire
from mediasamples import EVERY, zipped

from archiver import texts
from archiver.archive import Archive
from archiver.errors import ArchiverError, DamagedArchive
from archiver.intake import import_file
from archiver.model import Reading
from archiver.net import converse, open_response
from archiver.net.deadline import Deadline
from archiver.warc import inflate, limit_of, open_record, read_span, search


@cache
def folder() -> Path:
    """A folder of this process alone, on whose end it goes."""
    made = tempfile.TemporaryDirectory(prefix="fuzz-")
    _KEPT.append(made)
    os.environ.setdefault("ARCHIVER_CONFIG", str(Path(made.name) / "config"))
    return Path(made.name)


_KEPT: list[object] = []


@cache
def archive() -> Archive:
    """An archive that takes what it is given; nothing of it is kept."""
    return Archive.create(folder() / "archive")


# -- WARC: finding members again, and opening their records --


def _warcs() -> Sequence[bytes]:
    return [malformed.members(malformed.sound(number)) for number in range(4)]


def _make_warc(chance: random.Random) -> bytes:
    if chance.random() < 0.4:
        return mutated(malformed.members(malformed.sound(chance.randrange(9))), chance, _GZIP)
    records = [
        mutated(record, chance, _HEADERS) if chance.random() < 0.5 else record
        for record in malformed.sound(chance.randrange(9))
    ]
    return malformed.members(records)


_GZIP = (
    b"\x1f\x8b\x08",
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff",
    b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff\xff\xff",
    gzip.compress(b"x", mtime=0),
)
_HEADERS = (
    b"WARC/1.1\r\n", b"WARC-Type: response\r\n", b"Content-Length: 99999999999\r\n", b"\r\n\r\n", b"\r\n", b": ", b"\r\n ", b"WARC-Date: ", b"<urn:uuid:",
    b"HTTP/1.1 200 OK\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"WARC-Payload-Digest: sha1:",
)  # fmt: skip


def _read_warc(data: bytes) -> None:
    last = _LAST
    path = folder() / "members.warc.gz"
    path.write_bytes(data + last)
    end, found = 0, []
    for member in search(path):
        stored = read_span(path, member.offset, member.length)
        if member.offset < end or member.sha256.raw != hashlib.sha256(stored).digest():
            raise Broken("members overlap, or one has not the digest that is told of it")
        end = member.offset + member.length
        found.append(stored)
        try:
            record = open_record(inflate(stored, limit_of("response")))
        except DamagedArchive:
            continue
        str((record.type, record.record_id, record.uri, record.date)).encode()
        open_response(record.block)
    if b"\x1f\x8b\x08" not in data and last not in found:
        raise Broken("the sound member behind what is none was not found")


_LAST = gzip.compress(
    malformed.record("metadata", "", b"the end", content_type="text/plain", record_id="<urn:x:end>"), mtime=0
)


def _import(suffix: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        path = folder() / f"given{suffix}"
        path.write_bytes(data)
        import_file(archive(), path)

    return run


def _make_wacz(chance: random.Random) -> bytes:
    warc = malformed.members(malformed.sound(chance.randrange(99)))
    page = {"id": "1", "url": "https://example.org/1/a", "ts": "2024-05-03T10:00:00Z", "title": "Pier"}
    parts = {
        "archive/data.warc.gz": warc,
        "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages", "title": "All"}\n'
        + json.dumps(page).encode()
        + b"\n",
        "indexes/index.cdx": b'org,example)/1/a 20240503100000 {"url": "https://example.org/1/a", "offset": "0", "length": "9"}\n',
    }
    listed = [
        {
            "name": name.rsplit("/", 1)[-1],
            "path": name,
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
            "bytes": len(data),
        }
        for name, data in parts.items()
    ]
    package = {
        "profile": "data-package",
        "resources": listed,
        "wacz_version": "1.1.1",
        "title": "Pier",
        "created": "2024-05-03T10:00:00Z",
    }
    parts["datapackage.json"] = json.dumps(package).encode()
    digest = f"sha256:{hashlib.sha256(parts['datapackage.json']).hexdigest()}"
    signed = {
        "hash": digest,
        "created": "2024-05-03T10:00:00Z",
        "software": "x",
        "signature": "AAAA",
        "publicKey": "AAAA",
    }
    parts["datapackage-digest.json"] = json.dumps(
        {"path": "datapackage.json", "hash": digest, "signedData": signed}
    ).encode()
    if chance.random() < 0.7:
        name = chance.choice(sorted(parts))
        parts[name] = mutated(parts[name], chance, _JSON)
    made = zipped(parts, stored=["archive/data.warc.gz"])
    return mutated(made, chance, _ZIP) if chance.random() < 0.5 else made


_JSON = (
    b"null",
    b"[]",
    b"{}",
    b'"',
    b"1e999",
    b"-1",
    b"NaN",
    b'{"a":',
    b"[",
    b'"\\ud800"',
    b'"resources":',
    b"true",
    b'"path":null',
    b'"hash":7',
    b"\n",
    b'"../../x"',
)
_ZIP = (
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
    struct.pack("<L", 0xFFFFFFFF),
    b"\xff\xff",
    b"\x00\x00",
    b"../",
)


# -- HTTP --


def _http_seeds() -> Sequence[bytes]:
    page = malformed.PAGE
    chunked = b"%x;a=b\r\n%b\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n" % (len(page), page)
    return [
        malformed.answer(page, b"Content-Length: %d" % len(page)), malformed.answer(chunked, b"Transfer-Encoding: chunked"),
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + malformed.answer(page), malformed.answer(gzip.compress(page), b"Content-Encoding: gzip"),
        b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", b"HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
    ]  # fmt: skip


_HTTP = (
    b"\r\n", b"\n", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 103 x\r\n\r\n", b"Content-Length: 5\r\n", b"Content-Length: 9999999\r\n", b"0\r\n\r\n", b"5\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip, chunked\r\n", b"ffffffffffffffff\r\n", b"; x", b": ", b" ", b"\x00", b"\t", *malformed.STATUS, *malformed.HEADERS[:12],
)  # fmt: skip


def _read_http(data: bytes) -> None:
    answers = []
    for size in (1 << 20, max(1, len(data) // 7), 3 if len(data) < 3000 else 1000):
        try:
            found = converse(
                Wire(data, size),
                b"GET / HTTP/1.1\r\n\r\n",
                host="h",
                deadline=Deadline(60),
                max_head=1 << 18,
                max_body=1 << 22,
            )
        except ArchiverError as error:
            answers.append((type(error).__name__,))
            continue
        if found.interim + found.response != data[: len(found.interim + found.response)]:
            raise Broken("what is recorded is not what came over the wire")
        answers.append((found.interim, found.response, found.body, found.truncated))
        again = open_response(found.response)
        if again is None or (found.truncated is None and again[1] != found.body):
            raise Broken("the recorded answer does not open to the body that was read from the wire")
    if any(answer != answers[0] for answer in answers):
        raise Broken("it depends on how the bytes were cut on their way what is read")


# -- pages and documents --


def _pages() -> Sequence[bytes]:
    made = [make(media.SENTENCES * 2) for name, (make, _) in EVERY.items() if name not in _ZIPPED]
    return [_PAGE.encode(), _PAGE.encode("utf-16"), *made]


_ZIPPED = ("docx", "odt", "epub")
_PAGE = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Pier &amp; more</title><link rel=canonical href=/a><meta name=author content='A. Voss'>"
    "<meta http-equiv=refresh content='9; url=/b'><style>.x{display:none}@import url(a.css);p::before{content:'“'}</style>"
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Pier","datePublished":"2024-05-03","author":[{"name":"A"}],"articleBody":"The pier"}'
    '</script><script>window.__DATA__ = {"body": "The pier was closed on the 3rd of May, and nobody was told before the evening."}</script></head><body>'
    "<nav><ul><li><a href=/1>One</a></ul></nav><main><article><h1>Pier</h1><p class=x>Hidden</p><p>The pier was <b>clo</b>sed on the 3<sup>rd</sup> of May.<br>"
    "“Nobody was told,” said <q>Ada Voss</q>.<p>It&nbsp;had 2&#46;5 m &lt; 3; <del>never</del> <ins>always</ins> open.<table><tr><td>a<td>b</table>"
    "<ruby>橋<rp>(<rt>はし<rp>)</ruby><details><summary>More</summary>There is more of it in here, for those who look.</details><template><p>not yet</template>"
    "<svg><text>in a picture</text></svg><math><mi>x</mi></math><noscript>Switch it on</noscript><textarea>typed</textarea><select><option>o</select>"
    "<iframe srcdoc='&lt;p&gt;inner'></iframe><img src=a.png srcset='a.png 1x, b.png 2x' alt='a pier'></article></main><!-- a note --><footer>© 2024</footer></body></html>"
)
_TAGS = tuple(
    sign.encode()
    for sign in (
        "<p>", "</p>", "<div>", "</div>", "<b>", "<table>", "<tr>", "<td>", "</table>", "<svg>", "</svg>", "<math>", "<select>", "<option>", "<template>", "</template>", "<ruby>",
        "<rt>", "<noscript>", "<script>", "</script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#38;", "&lt", "&nbsp;", "<a href=x>",
        "<plaintext>", "<textarea>", "<title>", "<iframe>", "<br>", "<del>", "<q>", "<article>", "<form>", "<body>", "</body>", "<html>", "<frameset>", "<meta charset=utf-16>",
        "<meta charset=iso-2022-jp>", "\x1b$B", "<base href=//x>", "style='display:none'", "hidden", "{\"a\":", "[[", "\\u0022", "<", ">", "\"", "'", "=", "/>", "@import ", "url(", "{",
        "<i><b><a>", "<font>", "</font>", "<dl><dt><dd>", "<object>", "<nobr>", "<button>", "<h1>", "<li>", "<ul>", "<marquee>", "<slot>", "<image>", "<xmp>", "<?xml version='1.0'?>",
    )
)  # fmt: skip
_MEDIA = (
    "text/html", "text/html; charset=utf-8", "text/html; charset=x", "text/html", "application/xhtml+xml", "text/xml", "text/plain", "application/json", "text/markdown", None, "multipart/related",
)  # fmt: skip


def _make_page(chance: random.Random) -> bytes:
    """A byte that picks the media type, and the page."""
    return bytes([chance.randrange(len(_MEDIA))]) + _page_of(chance)


_page_of = changed(_pages, _TAGS)


def _read_page(data: bytes) -> None:
    if not data:
        return
    kind, payload = _MEDIA[data[0] % len(_MEDIA)], data[1:]
    _sound(texts.read(payload, content_type=kind, url="https://example.org/a/b", references=True))


def _sound(found: Reading) -> None:
    wrong = media.fault(found)
    if wrong:
        raise Broken(wrong)
    for text in found.texts:
        if any(not 0 <= span.start <= span.end <= len(text.content) for span in text.unseen):
            raise Broken("a span outside the text")
    repr(found).encode()


def targets() -> list[Target]:
    """All of this module."""
    return [
        Target("warc", _make_warc, _read_warc),
        Target("import", _make_warc, _import(".warc.gz")),
        Target("wacz", _make_wacz, _import(".wacz")),
        Target("http", changed(_http_seeds, _HTTP), _read_http),
        Target("page", _make_page, _read_page),
    ]
