"""Files made durable together."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from archiver.log.writes import Writes


def test_every_file_and_folder_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().relative_to(tmp_path).as_posix())
        real(descriptor)

    with Writes() as writes:
        monkeypatch.setattr(os, "fsync", fsync)
        for number in range(100):
            writes.put(tmp_path / f"f{number % 3}" / str(number), b"%d" % number)
        writes.settle()
    assert set(synced) >= {f"f{number % 3}/{number}" for number in range(100)} | {"f0", "f1", "f2"}
    assert (tmp_path / "f1" / "40").read_bytes() == b"40"


def test_what_lay_behind_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"kept and not")
    with Writes() as writes:
        writes.put(path, b"!", 4)
        writes.settle()
    assert path.read_bytes() == b"kept!"


def test_one_failing_sync_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = os.fsync, []

    def fsync(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 3:
            raise OSError(5, "Input/output error")
        real(descriptor)

    with Writes() as writes:
        for number in range(6):
            writes.put(tmp_path / str(number), b"x")
        monkeypatch.setattr(os, "fsync", fsync)
        with pytest.raises(OSError, match="Input/output"):
            writes.settle()
    assert len(calls) == 7, "the others were synced all the same: six files and their folder"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_a_fork_of_a_process_that_wrote_writes_too(tmp_path: Path) -> None:
    """The threads that sync are not there in a fork: a program that recorded, and recorded in a forked worker, waited for ever."""
    write(tmp_path / "a")
    fork = multiprocessing.get_context("fork").Process(target=write, args=(tmp_path / "b",))
    fork.start()
    fork.join(60)
    fork.kill()
    assert fork.exitcode == 0
    assert (tmp_path / "b").read_bytes() == b"x"


def write(path: Path) -> None:
    with Writes() as writes:
        writes.put(path, b"x")
        writes.settle()
