"""Content codings: what is undone, what is cut, what is refused."""

from __future__ import annotations

import gzip
import itertools
import zlib

import pytest

from archiver.texts import content

PAGE = b"<p>The bridge was closed for eleven days, the council said.</p>" * 40


def bare_deflate(payload: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-15)
    return deflater.compress(payload) + deflater.flush()


@pytest.mark.parametrize(
    ("header", "payload"),
    [
        (None, PAGE),
        ("", PAGE),
        ("identity", PAGE),
        ("gzip", gzip.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", bare_deflate(PAGE)),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE))),
        ("gzip, identity, gzip", gzip.compress(gzip.compress(PAGE))),
        ("gzip", gzip.compress(PAGE[:500]) + gzip.compress(PAGE[500:])),
        ("gzip", gzip.compress(PAGE) + b"\x00" * 512),
    ],
    ids=itertools.count(),  # the time in a gzip header is no name for a test
)
def test_undone(header: str | None, payload: bytes) -> None:
    assert content.decode(payload, header) == content.Content(PAGE)


def test_gzip_that_is_not_gzip_is_taken_as_it_is_and_said() -> None:
    found = content.decode(PAGE, "gzip")
    assert (found.payload, found.why) == (PAGE, "")
    assert [notice.code for notice in found.notices] == ["not-as-coded"]


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "made-up"])
def test_unknown_codings_give_nothing_and_say_so(coding: str) -> None:
    found = content.decode(PAGE, coding)
    assert found.payload == b""
    assert coding in found.why
    assert [notice.code for notice in found.notices] == ["unknown-coding"]


@pytest.mark.parametrize("keep", [30, 60, 100])
def test_a_cut_stream_gives_the_part_that_decoded(keep: int) -> None:
    page = bytes(range(256)) * 40
    found = content.decode(gzip.compress(page)[:-keep], "gzip")
    assert page.startswith(found.payload)
    assert found.payload
    assert "cut" in found.why


def test_a_damaged_stream_gives_the_part_before_the_damage() -> None:
    page = bytes((i * i) % 251 for i in range(300_000))
    coded = bytearray(gzip.compress(page))
    coded[len(coded) // 2] ^= 0xFF
    found = content.decode(bytes(coded), "gzip")
    assert found.why
    assert found.payload[:1000] == page[:1000]


def test_a_bomb_is_cut_at_the_ratio() -> None:
    bomb = gzip.compress(b"\x00" * (40 * 2**20))
    found = content.decode(gzip.compress(bomb), "gzip, gzip")
    assert len(found.payload) <= content.MAX_BYTES
    assert found.payload == b"\x00" * len(found.payload)


def test_a_large_bomb_is_cut_at_the_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MAX_BYTES", 2**20)
    found = content.decode(gzip.compress(b"a" * (4 * 2**20)), "gzip")
    assert len(found.payload) == 2**20
    assert "more than" in found.why
    assert [notice.code for notice in found.notices] == ["cut-coding"]


def test_too_many_codings_are_refused() -> None:
    found = content.decode(PAGE, ", ".join(["gzip"] * 50))
    assert found.payload == b""
    assert [notice.code for notice in found.notices] == ["too-many-codings"]
