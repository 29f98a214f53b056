"""A process with all that it started: how much memory and disk they take together, and their end."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

_PROC = Path("/proc")


def kill_tree(root: int) -> None:
    """Ends a process and everything below it, at once. Never raises for what is gone already."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/PID", str(root), "/T", "/F"], capture_output=True, check=False)
        return
    _kill(tree(root))


def kill_below(root: int) -> None:
    """Ends everything below a process, and leaves that."""
    for child in _children().get(root, ()):
        kill_tree(child)


def _kill(processes: list[int]) -> None:
    """Ends them with the process groups that they lead: a group ends as one, with whatever it starts in this moment."""
    for process in reversed(processes):  # listed before, since the children of one that is gone are nobody's any more
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.getpgid(process) == process != os.getpgrp():
                os.killpg(process, signal.SIGKILL)
            os.kill(process, signal.SIGKILL)


def tree(root: int) -> list[int]:
    """The ids of a process and everything below it, parents first."""
    below = _children()
    found = [root]
    for process in found:
        found += below.get(process, ())
    return found


def memory(root: int) -> int:
    """Bytes of memory that a process and everything below it take, what they share counted once; 0 where the system does not tell."""
    return sum(_memory_of(process) for process in tree(root))


def _memory_of(process: int) -> int:
    try:
        for line in (_PROC / str(process) / "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    try:
        fields = (_PROC / str(process) / "statm").read_text("ascii").split()
        # what is shared, as the program itself is, would count many times
        return (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0


def disk(folder: str) -> int:
    """Bytes of all files below a folder, as far as they can be seen."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += (Path(path) / name).lstat().st_size
    return total


def remove(folder: str, seconds: float) -> None:
    """Takes a folder away with all in it; processes that were killed may be writing their last, so for so long it is tried again."""
    end = time.monotonic() + seconds
    while Path(folder).exists() and time.monotonic() < end:
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.01)


def limit_files(size: int) -> None:
    """No file that this process or one below it writes grows beyond so many bytes from here on, where the system can hold them to it."""
    if sys.platform != "win32":
        import resource  # there is none on Windows

        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        if most == resource.RLIM_INFINITY or most > size:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _children() -> dict[int, list[int]]:
    """The children of every process."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for process, parent in _pairs():
        found[parent].append(process)
    return found


def _pairs() -> list[tuple[int, int]]:
    if not (_PROC / "self" / "stat").exists():
        said = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, check=False).stdout.decode(
            "ascii", "replace"
        )
        return [(int(line.split()[0]), int(line.split()[1])) for line in said.splitlines() if len(line.split()) == 2]
    pairs = []
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text("utf-8", "replace")
            except OSError:
                continue
            pairs.append((int(folder.name), int(stat.rpartition(")")[2].split()[1])))
    return pairs
