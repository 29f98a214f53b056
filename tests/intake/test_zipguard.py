"""Zip files of strangers: forty that must be refused, each for its own reason, and nothing written anywhere."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from malformed import Case, evil_zips, plain_zip

from archiver.archive import Archive
from archiver.errors import InputError
from archiver.intake import import_file, zipguard
from archiver.intake.zipguard import GuardedZip

REASONS = {
    "name": ("leads elsewhere", "control characters", "more than 1024 bytes"),
    "special": ("is a link or a device",),
    "ratio": ("grows to more than 200 times",),
    "encrypted": ("is encrypted",),
    "method": ("method other than deflate",),
    "twice": ("is there twice",),
    "overlap": (
        "overlaps another",
        "overlaps the list",
        "lies outside",
        "another name where it lies",
        "not what the list",
    ),
}


def everything(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*")}


@pytest.mark.parametrize("case", list(evil_zips()), ids=lambda case: case.name)
def test_it_is_refused_for_the_right_reason_and_nothing_is_written(
    case: Case, tmp_path: Path, archive: Archive
) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.data)
    before, head = everything(tmp_path), archive.head()
    with pytest.raises(InputError) as refusal:
        import_file(archive, path)
    assert any(reason in str(refusal.value) for reason in REASONS[case.kind]), refusal.value
    assert everything(tmp_path) == before
    assert archive.head() == head


def test_there_are_forty() -> None:
    assert len(list(evil_zips())) == 40


def test_a_plain_one_is_read() -> None:
    zipped = GuardedZip(io.BytesIO(plain_zip(**{"archive/a.warc": b"x" * 999, "b.json": b"{}"})), "a.wacz")
    assert sorted(zipped.entries) == ["archive/a.warc", "b.json"]
    assert zipped.read("b.json", 100) == b"{}"
    assert zipped.read("c.json", 100) is None
    with pytest.raises(InputError, match="larger than 100"):
        zipped.read("archive/a.warc", 100)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + bytes(50), b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_file_is_one_sentence(data: bytes) -> None:
    with pytest.raises(InputError, match=r"is no zip file|is refused"):
        GuardedZip(io.BytesIO(data), "a.wacz")


def test_too_many_entries_and_too_much_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    data = plain_zip(a=b"1", b=b"2", c=b"3")
    monkeypatch.setattr(zipguard, "MAX_ENTRIES", 2)
    with pytest.raises(InputError, match="3 entries"):
        GuardedZip(io.BytesIO(data), "a.wacz")
    monkeypatch.setattr(zipguard, "MAX_ENTRIES", 9)
    monkeypatch.setattr(zipguard, "MAX_TOTAL", 2)
    with pytest.raises(InputError, match="inflate to more"):
        GuardedZip(io.BytesIO(data), "a.wacz")
    monkeypatch.setattr(zipguard, "MAX_DIRECTORY", 10)
    with pytest.raises(InputError, match="list of entries takes"):
        GuardedZip(io.BytesIO(data), "a.wacz")


def test_an_entry_whose_bytes_are_damaged_is_said_when_it_is_read() -> None:
    data = bytearray(plain_zip(**{"datapackage.json": b"{}" * 500}))
    data[48] ^= 0xFF
    zipped = GuardedZip(io.BytesIO(bytes(data)), "a.wacz")
    with pytest.raises(InputError, match="cannot be read"):
        zipped.read("datapackage.json", 10_000)


def test_a_zip64_file_is_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made, made.open("archive/a.warc", "w", force_zip64=True) as entry:
        entry.write(b"abc")
    assert GuardedZip(buffer, "a.wacz").read("archive/a.warc", 10) == b"abc"


def test_a_large_list_behind_a_small_statement_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two forms of the end, readers take the larger one, whatever the other states."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for number in range(40):
            made.writestr(f"archive/{number}.warc", b"x")
    data = buffer.getvalue()
    at = data.rfind(b"PK\x05\x06")
    count, size, start = struct.unpack_from("<H2L", data, at + 10)
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    small = data[at : at + 8] + struct.pack("<2H2LH", 1, 1, 60, start, 0)
    two_forms = data[:at] + large + locator + small
    assert len(zipfile.ZipFile(io.BytesIO(two_forms)).namelist()) == 40
    assert len(GuardedZip(io.BytesIO(two_forms), "x.wacz").entries) == 40
    with pytest.raises(InputError, match="larger is not where it belongs"):
        GuardedZip(io.BytesIO(data[:at] + large + b"\0" * 4 + locator + small), "x.wacz")
    monkeypatch.setattr(zipguard, "MAX_DIRECTORY", 500)
    with pytest.raises(InputError, match="list of entries takes"):
        GuardedZip(io.BytesIO(two_forms), "x.wacz")
