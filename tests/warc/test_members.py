"""Gzip members: found one after another, and again behind damage; no damaged one is ever taken for whole."""

from __future__ import annotations

import gzip
import hashlib
import random
import tracemalloc
import zlib
from pathlib import Path

import pytest

from archiver.errors import DamagedArchive
from archiver.warc import inflate, read_span, search
from archiver.warc.members import TooLarge, pieces, scan


def member(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


MEMBERS = [member(b"one"), member(b""), member(bytes(300_000)), member(random.Random(1).randbytes(600_000))]


def offsets(members: list[bytes]) -> list[tuple[int, int]]:
    found, at = [], 0
    for item in members:
        found.append((at, len(item)))
        at += len(item)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"".join(MEMBERS))
    return path


def test_members_are_found_with_their_digests(path: Path) -> None:
    found = list(scan(path))
    assert [(item.offset, item.length) for item in found] == offsets(MEMBERS)
    assert [item.sha256.raw for item in found] == [hashlib.sha256(item).digest() for item in MEMBERS]
    assert list(scan(path, found[1].offset)) == found[1:]
    assert list(search(path)) == found


def test_scanning_ends_before_a_torn_member(path: Path) -> None:
    whole = path.read_bytes()
    for cut in (1, 7, 8, 9, 1000, len(MEMBERS[3]) - 1):
        path.write_bytes(whole[:-cut])
        assert [item.offset for item in scan(path)] == [start for start, _ in offsets(MEMBERS)[:3]]
    path.write_bytes(b"")
    assert list(scan(path)) == list(search(path)) == []


def test_searching_goes_on_behind_damage(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[offsets(MEMBERS)[2][0] + 40] ^= 1
    path.write_bytes(b"\x1f\x8b\x08junk" + whole + b"tail")
    starts = [start + 7 for start, _ in offsets(MEMBERS)]
    assert [item.offset for item in search(path)] == [starts[0], starts[1], starts[3]]


def test_a_bomb_costs_time_not_memory(tmp_path: Path) -> None:
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = b"".join(compressor.compress(bytes(1 << 20)) for _ in range(64)) + compressor.flush()
    path = tmp_path / "bomb.gz"
    path.write_bytes(data)
    tracemalloc.start()
    assert [item.length for item in scan(path)] == [len(data)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20


def test_inflating_takes_exactly_one_whole_member() -> None:
    data = MEMBERS[0]
    assert inflate(data) == b"one"
    assert inflate(memoryview(data)) == b"one"
    for wrong in (data + b"x", data + data, data[:-1], data[1:], b"", bytes(40), zlib.compress(b"one")):
        with pytest.raises(DamagedArchive):
            inflate(wrong)


def test_more_than_a_record_may_have_is_not_inflated() -> None:
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(compressor.compress(bytes(1 << 20)) for _ in range(64)) + compressor.flush()
    tracemalloc.start()
    for take in (lambda: inflate(bomb, 1 << 20), lambda: sum(map(len, pieces([bomb], 1 << 20)))):
        with pytest.raises(TooLarge, match="more than 1 MiB"):
            take()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20
    assert len(inflate(bomb, 64 << 20)) == 64 << 20


@pytest.mark.parametrize("size", [1, 7, 100, 1 << 20])
@pytest.mark.parametrize("content", [b"", b"one", bytes(3 << 20), random.Random(2).randbytes(2_500_000)])
def test_pieces_are_the_whole_in_any_pieces(content: bytes, size: int) -> None:
    data = member(content)
    if len(data) // size > 100_000:
        data, content = member(content[:200_000]), content[:200_000]
    split = [data[at : at + size] for at in range(0, len(data), size)]
    assert b"".join(pieces(split)) == content
    for wrong in (split[:-1], [*split, b"x"], [b"x", *split], []):
        with pytest.raises(DamagedArchive):
            list(pieces(wrong))


def test_what_an_index_says_is_not_read_before_it_can_be(path: Path) -> None:
    with pytest.raises(DamagedArchive, match="cut"):
        read_span(path, 0, 1 << 62)


def test_every_flipped_bit_of_the_packed_part_is_found() -> None:
    """What inflating lets pass is the gzip header's time and system and the padding before the trailer; the log covers those."""
    data = member(b"some content that is packed")
    passed = set()
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            inflate(bytes(flipped))
            passed.add(bit // 8)
        except DamagedArchive:
            continue
    assert passed <= {*range(3, 10), len(data) - 9}


def test_spans_are_read_whole_or_not_at_all(path: Path) -> None:
    assert read_span(path, 0, len(MEMBERS[0])) == MEMBERS[0]
    with pytest.raises(DamagedArchive, match="cut"):
        read_span(path, path.stat().st_size - 1, 2)
    with pytest.raises(DamagedArchive, match="cannot be read"):
        read_span(path.with_name("none"), 0, 1)
