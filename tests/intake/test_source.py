"""The bytes of somebody's file, with the place of each."""

from __future__ import annotations

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.intake import source as module
from archiver.intake.report import Place
from archiver.intake.source import Source


def source(data: bytes) -> Source:
    return Source(io.BytesIO(data))


def rest(stream: Source) -> bytes:
    pieces = []
    while piece := stream.take(70_000):
        pieces.append(piece)
    return b"".join(pieces)


@given(st.lists(st.binary(max_size=300), max_size=6), st.booleans())
def test_all_bytes_come_once_whatever_the_members(parts: list[bytes], compressed: bool) -> None:
    data = b"".join(gzip.compress(part) for part in parts) if compressed else b"".join([b".", *parts])
    stream = source(data)
    assert rest(stream) == (b"".join(parts) if compressed else data)
    assert stream.fault is None
    assert stream.consumed == len(data)


def test_a_place_is_a_byte_of_the_file_and_behind_gzip_one_of_what_it_holds() -> None:
    first, second = gzip.compress(b"abc"), gzip.compress(b"defg")
    stream = source(first + second)
    assert stream.here() == Place(0)
    stream.take(2)
    assert stream.here() == Place(0, 2)
    stream.take(2)
    assert stream.here() == Place(len(first), 1)
    plain = source(b"abcdef")
    plain.take(4)
    assert plain.here() == Place(4)
    assert str(Place(4, 2)) == "byte 4 (and 2 inflated)"


def test_within_looks_no_further_than_one_member() -> None:
    stream = source(gzip.compress(b"abc") + gzip.compress(b"def"))
    assert stream.within(3)
    assert not stream.within(4)
    assert not source(b"abc").within(4)


def test_the_next_member_is_found_be_it_read_already_or_not() -> None:
    members = gzip.compress(b"a" * 10) + gzip.compress(b"b" * 400_000) + gzip.compress(b"c")
    stream = source(members)
    stream.take(1)
    assert stream.to_next_member()
    assert stream.peek(1) == b"b"
    assert stream.to_next_member()
    assert rest(stream) == b"c"
    assert not stream.to_next_member()
    assert not source(b"plain").to_next_member()


def test_skipping_stops_where_a_member_does() -> None:
    stream = source(gzip.compress(b"abc") + gzip.compress(b"def"))
    assert stream.skip(2)
    assert not stream.skip(5)
    assert stream.peek(3) == b"def"


def test_find_and_blank() -> None:
    stream = source(b"\r\n\n\rhead\n\nbody")
    assert stream.skip_blank()
    assert not stream.skip_blank()
    assert stream.find(b"\r\n\r\n", b"\n\n", limit=100) == 6
    assert stream.find(b"\n\n", limit=5) is None
    assert stream.find(b"nothing", limit=100) is None


@pytest.mark.parametrize(
    ("edit", "code", "offset"),
    [
        (lambda first, second: first + second[:-3], "cut", 1),
        (lambda first, second: first + second[:-8] + bytes(4) + second[-4:], "gzip", 1),
        (lambda first, second: first + second + b"junk", "no-gzip", 2),
        (lambda first, second: first + bytes(9) + second, "no-gzip", 1),
        (lambda first, _: first[:4], "cut", 0),
    ],
)
def test_a_fault_names_where_its_member_begins(edit: object, code: str, offset: int) -> None:
    first, second = gzip.compress(b"abc"), gzip.compress(b"def" * 900)
    stream = source(edit(first, second))  # type: ignore[operator]
    rest(stream)
    assert stream.fault is not None
    assert stream.fault.code == code
    assert stream.fault.place.offset == (0, len(first), len(first) + len(second))[offset]


def test_what_grows_beyond_reason_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RATIO_FLOOR", 1 << 20)
    stream = source(gzip.compress(bytes(8 << 20)))
    taken = sum(len(piece) for piece in iter(lambda: stream.take(1 << 16), b""))
    assert taken < 2 << 20
    assert stream.fault is not None
    assert stream.fault.code == "ratio"


def test_a_file_that_cannot_be_read_further_is_a_fault() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError("the disk is gone")
            return super().read(min(10, size or 10))

    stream = Source(Failing(b"x" * 100))
    assert rest(stream) == b"x" * 10
    assert stream.fault is not None
    assert "the disk is gone" in stream.fault.detail
