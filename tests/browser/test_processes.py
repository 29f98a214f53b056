"""What a tree of processes takes, and its end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archiver.browser.processes import disk, kill_below, kill_tree, memory, remove, tree

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what it reads is Linux's")

# a parent, a child in a process group of its own, and what that starts
PROGRAM = (
    "import subprocess, sys, time\n"
    "depth = int(sys.argv[1])\n"
    "kept = bytearray(40_000_000)\n"
    "if depth: subprocess.Popen([sys.executable, '-c', sys.argv[2], str(depth - 1), sys.argv[2]], start_new_session=depth == 2)\n"
    "print(depth, flush=True); time.sleep(60)"
)


@contextmanager
def started() -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    root = subprocess.Popen([sys.executable, "-c", PROGRAM, "2", PROGRAM], stdout=subprocess.PIPE)
    assert root.stdout is not None
    for _ in range(3):
        root.stdout.readline()
    found = tree(root.pid)
    assert len(found) == 3
    yield root, found
    kill_tree(root.pid)
    root.wait()
    root.stdout.close()


def alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def ended(processes: list[int]) -> bool:
    end = time.monotonic() + 10
    while any(map(alive, processes)) and time.monotonic() < end:
        time.sleep(0.01)
    return not any(map(alive, processes))


def test_all_of_a_tree_is_counted_and_ended() -> None:
    with started() as (root, found):
        assert 3 * 40_000_000 < memory(root.pid) < 3 * 40_000_000 + 300_000_000
        kill_tree(root.pid)
        root.wait()
        assert ended(found)
        kill_tree(root.pid)  # what is gone is gone
        assert memory(root.pid) == 0


def test_what_is_below_is_ended_and_the_process_stays() -> None:
    with started() as (root, found):
        kill_below(root.pid)
        assert ended(found[1:])
        assert alive(root.pid)


def test_a_folder_is_measured_and_goes(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "file").write_bytes(bytes(1000))
    (folder / "link").symlink_to("/etc")  # what it leads to is not counted, and not removed
    assert 1000 <= disk(str(folder)) < 1100
    remove(str(folder), 1.0)
    assert not folder.exists()
    assert os.path.isdir("/etc")  # noqa: PTH112
    assert disk(str(folder)) == 0
