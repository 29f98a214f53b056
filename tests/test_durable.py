"""Replacing a file: the old whole or the new whole, also where a reader is in the way."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

import pytest

from archiver import durable


def test_windows_waits_for_readers_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There a file that somebody has open cannot be replaced."""
    path = tmp_path / "checkpoint"
    path.write_bytes(b"old")
    real, calls = Path.replace, []

    def busy(source: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) < 4:
            raise PermissionError(13, "in use")
        return real(source, target)

    monkeypatch.setattr(Path, "replace", busy)
    with pytest.raises(PermissionError):
        durable.replace_file(path, b"new")
    assert (len(calls), path.read_bytes(), [item.name for item in tmp_path.iterdir()]) == (1, b"old", ["checkpoint"])
    monkeypatch.setattr(durable, "_WINDOWS", True)
    durable.replace_file(path, b"new")
    assert (len(calls), path.read_bytes(), [item.name for item in tmp_path.iterdir()]) == (4, b"new", ["checkpoint"])
    calls.clear()
    monkeypatch.setattr(durable, "_PATIENCE", 0.0)
    with pytest.raises(PermissionError):
        durable.replace_file(path, b"newer")
    assert path.read_bytes() == b"new"


def test_a_full_disk_names_the_file_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(durable, "put_bytes", full)
    with pytest.raises(OSError, match="No space left") as failed:
        durable.replace_file(tmp_path / "report.html", b"x")
    assert failed.value.filename == str(tmp_path / "report.html")
    assert list(tmp_path.iterdir()) == []


def test_a_link_where_it_is_written_first_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder for everybody, somebody else could have had a file of this person's overwritten so."""
    mine, path = tmp_path / "mine", tmp_path / "alerts.xml"
    mine.write_bytes(b"dear to me")
    monkeypatch.setattr(secrets, "token_hex", lambda _: "guessed")
    (tmp_path / ".alerts.xml.guessed.new").symlink_to(mine)
    with pytest.raises(FileExistsError):
        durable.replace_file(path, b"new")
    assert (mine.read_bytes(), path.exists()) == (b"dear to me", False)
    assert (tmp_path / ".alerts.xml.guessed.new").is_symlink(), "what is somebody else's is left"


def test_two_writers_in_one_process_show_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or in two containers with a folder in common, where each is process 1."""
    path, real = tmp_path / "alerts.xml", durable.put_bytes

    def slow(written: Path, data: bytes, mode: str) -> None:
        if data == b"second":
            real(written, data, mode)
            return
        with written.open(mode) as file:
            file.write(data[:2])
            file.flush()
            durable.replace_file(path, b"second")
            assert path.read_bytes() == b"second"
            file.write(data[2:])

    monkeypatch.setattr(durable, "put_bytes", slow)
    durable.replace_file(path, b"first")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"first", [path])
