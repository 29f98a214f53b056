"""A worker reads the very file that is meant, or none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from archiver.carried import IN_PLACE, NotHere, brought, seen


def test_the_file_that_was_seen_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    files = seen([(str(path), 0, 4), (str(path), 4, 4)])
    assert files.read(str(path), 4, 4) == b"4567"


@pytest.mark.parametrize("how", ["copied", "grown", "gone", "written anew"])
def test_another_file_under_the_same_path_is_not_it(tmp_path: Path, how: str) -> None:
    path, other = tmp_path / "file", tmp_path / "other"
    path.write_bytes(b"0123456789")
    os.utime(path, ns=(10**18, 10**18))
    files = seen([(str(path), 0, 4)])
    if how == "copied":  # with its time, as rsync does
        shutil.copy2(path, other)
        other.replace(path)
    elif how == "grown":
        with path.open("ab") as file:
            file.write(b"x")
    elif how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"012345678x")
        os.utime(path, ns=(10**18, 10**18))
    with pytest.raises(NotHere):
        files.read(str(path), 0, 4)


def test_what_was_brought_needs_no_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    files = brought([(str(path), 8, 4), (str(path), 2, -1)])
    path.unlink()
    assert files.read(str(path), 8, 4) == b"89"
    assert files.read(str(path), 2, -1) == b"23456789"
    with pytest.raises(NotHere):
        files.read(str(path), 0, 4)


def test_a_file_that_is_read_where_it_lies_is_never_brought(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    files = seen([(str(path), 0, IN_PLACE)])
    assert files.read(str(path), 0, IN_PLACE) == b""
    with pytest.raises(OSError, match="in place"):
        brought([(str(path), 0, IN_PLACE)])
    path.write_bytes(b"0123456789x")
    with pytest.raises(NotHere):
        files.read(str(path), 0, IN_PLACE)
