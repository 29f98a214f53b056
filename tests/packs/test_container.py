"""Zip files that are no packs, or worse."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from forgery import Victim
from hostile_packs import HOSTILE, bad_zip

from archiver.errors import DamagedArchive, InputError
from archiver.packs import container
from archiver.packs.container import Container
from archiver.packs.packing import zipped


def opened(path: Path, data: bytes) -> dict[str, bytes]:
    path.write_bytes(data)
    with Container(path) as found:
        return found.files()


def test_a_pack_comes_out_as_it_was_put_in(victim: Victim, tmp_path: Path) -> None:
    assert opened(tmp_path / "x.wacz", zipped(victim.files)) == victim.files


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_strange_files_in_it_are_refused(name: str, victim: Victim, tmp_path: Path) -> None:
    with pytest.raises(DamagedArchive):
        opened(tmp_path / "x.wacz", bad_zip(victim.files, HOSTILE[name]))


def edited(data: bytes, at: int, value: bytes) -> bytes:
    return data[:at] + value + data[at + len(value) :]


def test_edited_zip_files_are_refused(victim: Victim, tmp_path: Path) -> None:
    data = zipped({"log/checkpoint": b"one", "log/leaves.txt": b"two"})
    directory = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", directory + 1)
    bad = {
        "encrypted": edited(data, directory + 8, b"\x01\x00"),
        "method": edited(data, directory + 10, b"\x08\x00"),
        "local name": edited(data, 30, b"log/checkpoinx"),
        "overlap": edited(data, second + 42, data[directory + 42 : directory + 46]),
        "size": edited(data, directory + 20, struct.pack("<II", 9, 9)),
        "checksum": edited(data, 30 + len("log/checkpoint"), b"onx"),
        "before": b"before" + data,
        "behind": data + b"behind",
        "comment": edited(data, len(data) - 2, b"\x04\x00") + b"note",
        "cut": data[:-5],
        "empty": b"",
        "no zip": b"%PDF-1.7 and nothing more",
        "no files": b"PK\x05\x06" + bytes(18),
        "NUL": data.replace(b"log/checkpoint", b"log/check\x00oint"),
        "elsewhere": edited(data, len(data) - 6, struct.pack("<I", len(data) + 100)),
        "large form": data[:-22] + b"PK\x06\x07" + bytes(16) + data[-22:],
        "many": edited(data, len(data) - 14, b"\xff\xff\xff\xff"),
    }
    for name, content in bad.items():
        with pytest.raises(DamagedArchive):
            print(name, opened(tmp_path / "x.wacz", content).keys())
    assert opened(tmp_path / "x.wacz", data).keys() == {"log/checkpoint", "log/leaves.txt"}


def test_bounds(victim: Victim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_FILES", 2)
    with pytest.raises(DamagedArchive, match="a pack holds 1 to 2"):
        opened(tmp_path / "x.wacz", zipped(victim.files))
    monkeypatch.setattr(container, "MAX_SIZE", 100)
    with pytest.raises(DamagedArchive, match="more than a pack may have"):
        opened(tmp_path / "x.wacz", zipped(victim.files))


def test_a_list_without_end_is_not_read(victim: Victim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each entry of it would become an object of ten times its bytes."""
    data = zipped(victim.files)
    monkeypatch.setattr(zipfile, "ZipFile", pytest.fail)
    with pytest.raises(DamagedArchive, match="list of files takes"):
        opened(tmp_path / "x.wacz", edited(data, len(data) - 10, struct.pack("<I", 1 << 31)))
    with pytest.raises(DamagedArchive, match="does not end as a pack does"):
        opened(tmp_path / "x.wacz", edited(data, len(data) - 2, b"\x04\x00") + b"note")


def test_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.wacz"):
        with pytest.raises(InputError, match="cannot be read"):
            Container(path)


def test_a_zip_file_of_other_tools_is_said_to_be_compressed(victim: Victim, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.wacz", "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in victim.files.items():
            file.writestr(name, data)
    with pytest.raises(DamagedArchive, match="compressed"):
        Container(tmp_path / "x.wacz")
