"""A process killed, and a disk that fails, at every system call that recording makes (strace); a full disk; many processes at once.

    python benchmarks/fault_points.py [order] [points] [full] [crowd]      all parts where none is named

order   the writing order, read off a trace
points  KILL, EIO and ENOSPC at every openat, rename, unlink, mkdir, fsync, fdatasync, write, pwrite64, ftruncate and close in turn, in a run
        that opens an archive and records eight times; then the next command opens it, finds what was acknowledged, verifies, records
full    ten passes on a disk of two megabytes that runs full (needs root, for a tmpfs)
crowd   eight processes with a hundred captures each; how soon the lock of a killed one is free
`--every N` takes every N-th point only.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench import row
from samples import page_members

from archiver.archive import Archive
from archiver.catalogue import Catalogue
from archiver.errors import ArchiverError
from archiver.signing import KeyRing
from archiver.verification import Request, Verification
from archiver.warc import Member

CALLS = ("openat", "rename", "unlink", "mkdir", "fsync", "fdatasync", "write", "pwrite64", "ftruncate", "close")
FAULTS = {"KILL": "signal=KILL", "EIO": "error=EIO", "ENOSPC": "error=ENOSPC"}
_PATHS = re.compile(r"<([^>]+)>")


def captures(prefix: str, count: int) -> list[tuple[str, list[Member]]]:
    return [
        page_members(f"https://example.org/{prefix}/{number}", f"{prefix} {number}".encode()) for number in range(count)
    ]


@dataclass
class Child:
    """A forked process that waits, so that a tracer can be attached, and then runs ``work``; what it acknowledges is in ``said``."""

    pid: int
    reader: int
    starter: int
    said: list[str] = field(default_factory=list)

    @classmethod
    def start(cls, work) -> Child:
        reader, writer = os.pipe()
        waiting, starter = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            os.close(starter)
            code = 3
            try:
                os.read(waiting, 1)
                work(lambda word: _say(writer, word))
                code = 0
            except ArchiverError:
                code = 1
            except BaseException as error:  # noqa: BLE001  # a traceback is what a person must never see
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            finally:
                os._exit(code)
        os.close(writer)
        os.close(waiting)
        return cls(pid, reader, starter)

    def go(self) -> int:
        """Lets it run; returns its exit code, negative for a signal."""
        os.write(self.starter, b"g")
        os.close(self.starter)
        with os.fdopen(self.reader, "rb") as pipe:
            said = pipe.read().decode(errors="replace")
        self.said = said.split("\n")[:-1]
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


def _say(pipe: int, word: str) -> None:
    try:
        os.write(pipe, f"{word}\n".encode())
    except OSError:  # the fault hit this script's own pipe: then nothing was acknowledged
        os._exit(4)


@contextlib.contextmanager
def traced(child: Child, *options: str, output: str = os.devnull) -> Iterator[None]:
    tracer = subprocess.Popen(
        ["strace", "-f", "-q", "-o", output, *options, "-p", str(child.pid)], stderr=subprocess.PIPE, text=True
    )
    status = Path(f"/proc/{child.pid}/status")
    end = time.monotonic() + 10
    while "TracerPid:\t0\n" in status.read_text():
        if time.monotonic() > end or tracer.poll() is not None:
            sys.exit(f"strace could not be attached: {tracer.stderr.read() if tracer.stderr else ''}")
        time.sleep(0.001)
    yield
    tracer.wait(10)


def recording(root: Path, keys: KeyRing, batches: list[tuple[str, list[Member]]]):
    def work(say) -> None:
        with Archive.open(root, keys) as archive:
            for snapshot, members in batches:
                archive.record(members)
                say(snapshot)

    return work


def fault(root: Path, keys: KeyRing, wanted: set[str]) -> str:
    """What is wrong after the next command: empty where nothing is."""
    try:
        with Archive.open(root, keys) as archive:
            there = {snapshot.id for snapshot in archive.catalogue.snapshots()}
            if wanted - there:
                return f"{len(wanted - there)} acknowledged captures lost"
            snapshot, members = page_members("https://example.org/after", b"after")
            archive.record(members)
            if archive.find_snapshot(snapshot).id != snapshot:
                return "what is recorded afterwards is not found"
        bad = [finding for finding in Verification(root, Request(), keys).findings() if finding.ok is False]
    except ArchiverError as error:
        return f"{type(error).__name__}: {error}"
    return f"{bad[0].subject}: {bad[0].detail}" if bad else ""


def template(folder: Path, keys: KeyRing) -> tuple[Path, str]:
    root = folder / "template"
    with Archive.create(root, keys) as archive:
        snapshot, members = captures("before", 1)[0]
        archive.record(members)
    return root, snapshot


def part_order(folder: Path, keys: KeyRing) -> int:
    root, _ = template(folder, keys)
    trace = folder / "trace"
    child = Child.start(recording(root, keys, captures("order", 1)))
    with traced(child, "-y", "-e", "trace=write,pwrite64,fsync,fdatasync,rename", output=str(trace)):
        assert child.go() == 0
    steps: list[str] = []
    for line in trace.read_text().splitlines():
        step = _step(line, root)
        if step and (not steps or steps[-1] != step):
            steps.append(step)
    row("order:", " → ".join(steps))
    wanted = [
        "write warc",
        "sync warc",
        "write log",
        "sync log",
        "write head",
        "sync head",
        "rename head",
        "sync log",
        "write catalogue",
        "sync catalogue",
    ]
    at = -1
    for step in wanted:
        try:
            at = steps.index(step, at + 1)
        except ValueError:
            row(f"  {step} does not come where it must")
            return 1
    acknowledged = next(i for i, step in enumerate(steps) if step == "acknowledge")
    late = [step for step in steps[acknowledged:] if step.startswith("write") and "catalogue" not in step]
    row(f"  as it must be; acknowledged after step {at + 1}, written after that: {', '.join(late) or 'nothing'}")
    return int(acknowledged < at or bool(late))


def _step(line: str, root: Path) -> str:
    call = re.search(r"\b(write|pwrite64|fsync|fdatasync|rename)\(", line)
    if call is None or "= -1" in line:
        return ""
    name = {"pwrite64": "write", "fsync": "sync", "fdatasync": "sync"}.get(call[1], call[1])
    path = _PATHS.search(line)
    where = path[1] if path else line
    if "pipe:" in where:
        return "acknowledge"
    if str(root) not in where:
        return ""
    if "checkpoint" in where:
        return f"{name} head"
    for part in ("/warc", "/log", "/catalogue"):
        if part in where.removeprefix(str(root)):
            return f"{name} {part[1:]}"
    return ""


def part_points(folder: Path, keys: KeyRing, every: int) -> int:
    root, before = template(folder, keys)
    batches = captures("point", 8)
    points = bad = 0
    tracebacks = 0
    for call in CALLS:
        for name, inject in FAULTS.items():
            if name != "KILL" and call in ("close", "unlink") and name == "ENOSPC":
                continue  # no system gives these
            at = 0
            while True:
                at += every
                copy = folder / "copy"
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(root, copy)
                child = Child.start(recording(copy, keys, batches))
                trace = folder / "trace"
                with traced(child, "-e", f"trace={call}", "-e", f"inject={call}:{inject}:when={at}", output=str(trace)):
                    code = child.go()
                if "INJECTED" not in trace.read_text(errors="replace") and code != -signal.SIGKILL:
                    break
                points += 1
                tracebacks += code == 3
                wrong = fault(copy, keys, {before, *child.said})
                if wrong:
                    bad += 1
                    row(f"  {name} at {call} {at}: {wrong}")
        print(f"{call}: {points} points so far, {bad} bad", file=sys.stderr, flush=True)
    row(
        f"points: {points} faults at {', '.join(CALLS)}: {bad} with something lost, broken or in need of repair; {tracebacks} tracebacks"
    )
    return int(bool(bad or tracebacks))


def part_full(folder: Path, keys: KeyRing) -> int:
    disk = folder / "disk"
    disk.mkdir()
    bad = errors = total = 0
    for number in range(10):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=True)
        try:
            (disk / "filler").write_bytes(os.urandom(64 * 1024 + number * 4096))
            acknowledged: set[str] = set()
            root = disk / "archive"
            archive = Archive.create(root, keys)
            try:
                for at in range(10_000):
                    body = os.urandom(6000).hex().encode()
                    snapshot, members = page_members(
                        f"https://example.org/{number}/{at}", body, text=os.urandom(2000 + 97 * number).hex()
                    )
                    archive.record(members)
                    acknowledged.add(snapshot)
            except ArchiverError as error:
                errors += os.strerror(errno.ENOSPC) in str(error) or "full" in str(error)
            with contextlib.suppress(ArchiverError):
                archive.close()
            total += len(acknowledged)
            (disk / "filler").unlink()
            wrong = fault(root, keys, acknowledged)
            if wrong:
                bad += 1
                row(f"  pass {number}: {wrong}")
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    row(
        f"full: 10 passes to a full disk, {errors} said so, {total} captures acknowledged; "
        f"{bad} passes with something lost, broken or in need of repair"
    )
    return int(bool(bad) or errors != 10)


def part_crowd(folder: Path, keys: KeyRing) -> int:
    root, _ = template(folder, keys)

    def work_of(number: int):
        def work(say) -> None:
            with Archive.open(root, keys) as archive:
                for snapshot, members in captures(f"crowd{number}", 100):
                    archive.record(members)
                    say(snapshot)

        return work

    children = [Child.start(work_of(number)) for number in range(8)]
    for child in children:
        os.write(child.starter, b"g")
    codes = []
    said: set[str] = set()
    for child in children:
        with os.fdopen(child.reader, "rb") as pipe:
            said.update(pipe.read().decode().split())
        codes.append(os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1]))
    with contextlib.closing(Catalogue(root / "catalogue.db")) as catalogue:
        there = len(catalogue.snapshots()) - 1
    wrong = fault(root, keys, said)
    row(
        f"crowd: 8 processes, 100 captures each: {there} there, {len(said)} acknowledged, exit codes {sorted(set(codes))}; {wrong or 'verifies'}"
    )
    holder = Child.start(lambda say: _hold(root, keys, say))
    os.write(holder.starter, b"g")
    os.read(holder.reader, 100)
    os.kill(holder.pid, signal.SIGKILL)
    start = time.perf_counter()
    os.waitpid(holder.pid, 0)
    with Archive.open(root, keys) as archive:
        archive.record(captures("next", 1)[0][1])
    free = time.perf_counter() - start
    row(f"  a killed holder's locks: the next one has opened the archive and recorded after {free:.2f} s")
    return int(there != 800 or len(said) != 800 or bool(wrong) or any(codes) or free > 1)


def _hold(root: Path, keys: KeyRing, say) -> None:
    with Archive.open(root, keys) as archive:
        archive.record(captures("held", 1)[0][1])
        with archive.locks.holding_log():
            say("held")
            time.sleep(60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=["order", "points", "full", "crowd", []])
    parser.add_argument("--every", type=int, default=1)
    chosen = parser.parse_args()
    parts = chosen.parts or ["order", "points", "full", "crowd"]
    code = 0
    for part in parts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            keys = KeyRing(folder / "keys")
            if part == "order":
                code |= part_order(folder, keys)
            elif part == "points":
                code |= part_points(folder, keys, chosen.every)
            elif part == "full":
                code |= part_full(folder, keys)
            else:
                code |= part_crowd(folder, keys)
    sys.exit(code)


if __name__ == "__main__":
    main()
