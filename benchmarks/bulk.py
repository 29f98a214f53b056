"""What the commands for many items cost on one processor and on two: time, processor time with children, peak memory.

    python benchmarks/bulk.py [--items 100 1000] [--rounds 2] [--commands verify rebuild ...]

The archive is made without a network, of pages with four kilobytes of text in bodies of twenty, one quotation each; `snapshot` and `recheck`
ask the light site of `watchsite.py` on loopback, each page on a host of its own. ``real`` are pages of the corpus as they were served, from the site
of `verify_speed.py`: captured, and the archive of it verified. "One processor" is the same command kept to one (as `taskset` does);
rounds are interleaved, and the best of each is told, since other work may go on beside it. Memory is the largest of any one process.

The clock is worth something on a quiet machine only. What does not hang on it stands beside: ``main`` is the share of the processor time on two that
the process of the command took itself, and ``at most`` what follows from processor time alone: that on one by the half of that on two, or by what the
main process takes where that is more. With ``--watch`` one more round on two is looked at a hundred times a second: ``alone`` is the processor
time that was spent while no more than one process had something to do, and ``at most`` takes that in.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import verify_speed
import watchsite
from bench import ARCHIVER, compiled
from samples import page_members, quote_member

from archiver.archive import Archive
from archiver.fulltext import FILE
from archiver.signing import KeyRing

WORDS = [
    f"{first}{second}"
    for first in ("mar", "ton", "vel", "sur", "kan", "pil")
    for second in "abcdefghijklmnopqrstuvwxyz"
]
BATCH = 200


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processor time with children and of the process itself, seconds of it in which nothing else had
    something to do (None where it was not watched), and MB."""

    wall: float
    cpu: float
    main: float
    alone: float | None
    peak_mb: float

    def better(self, other: Cost | None) -> Cost:
        if other is None:
            return self
        least = min(self, other, key=lambda cost: cost.cpu)
        return replace(least, wall=min(self.wall, other.wall), peak_mb=max(self.peak_mb, other.peak_mb))


def make(root: Path, keys: KeyRing, items: int) -> Path:
    """An archive of so many snapshots with a quotation each; the table of the quotations lies beside it."""
    picker, table = random.Random(items), root.with_suffix(".jsonl")
    with Archive.create(root, keys) as archive, table.open("w") as rows:
        members = []
        for number in range(items):
            text = "\n".join(" ".join(picker.choices(WORDS, k=90)) + "." for _ in range(10))
            url = f"https://example.org/{number % 97}/{number}"
            snapshot, made = page_members(url, (text * 5).encode(), text)
            exact = " ".join(text.split()[20:32])
            members += [*made, quote_member(snapshot, made, exact, text)]
            rows.write(json.dumps({"url": url, "quote": exact}) + "\n")
            if len(members) >= BATCH:
                archive.record(members)
                members = []
        archive.record(members)
    return table


def run(arguments: list[str], folder: Path, processors: int) -> Cost:
    """A command in its own process; ends the script where it fails. With 0 processors it gets two and is watched."""
    allowed = sorted(os.sched_getaffinity(0))[-(processors or 2) :]
    environment = {**os.environ, "ARCHIVER_CONFIG": str(folder / "config"), "XDG_CACHE_HOME": str(folder / "cache")}
    start = time.perf_counter()
    with (folder / "errors").open("wb") as errors:
        process = subprocess.Popen(
            [*ARCHIVER, *arguments],
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=environment,
            preexec_fn=lambda: os.sched_setaffinity(0, allowed),
        )
        alone = None if processors else spent_alone(process.pid)
        os.waitid(
            os.P_PID, process.pid, os.WEXITED | os.WNOWAIT
        )  # what it took itself is told as long as nobody took note of its end
        wall, main = time.perf_counter() - start, own_time(process.pid)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"archiver {' '.join(arguments)}: {process.returncode}\n{(folder / 'errors').read_text()[-500:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, main, alone, used.ru_maxrss / 1024)


def own_time(pid: int) -> float:
    """Processor seconds of a process without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def spent_alone(pid: int) -> float:
    """Looks at a process and its children until it ends: the processor seconds spent while no more than one of them had something to do."""
    alone, before = 0.0, dict[int, float]()
    while True:
        busy, now = 0, dict[int, float]()
        for each in (pid, *_children(pid)):
            threads = _threads(each)
            now[each] = sum(used for _, used in threads)
            busy += any(state == "R" for state, _ in threads)
        if not now[pid]:
            return alone
        if busy <= 1:
            alone += sum(max(0.0, used - before.get(each, 0.0)) for each, used in now.items())
        before = now
        time.sleep(0.01)


def _children(pid: int) -> list[int]:
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def _threads(pid: int) -> list[tuple[str, float]]:
    """State and processor seconds of each thread of a process; none once it has ended."""
    found = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            state = (task / "stat").read_text().rpartition(")")[2].split()[0]
            if state != "Z":
                found.append((state, int((task / "schedstat").read_text().split()[0]) / 1e9))
    except (OSError, ValueError, IndexError):
        return found
    return found


class Case:
    """The archive of one size, and how each command is given it."""

    def __init__(self, folder: Path, items: int, port: int) -> None:
        self.folder, self.items = folder, items
        self.root = folder / "archive"
        self._table = make(self.root, KeyRing(folder / "config"), items)
        self._quoted = folder / "quoted.jsonl"
        quoted = ({"url": watchsite.url(port, n), "quote": watchsite.quotation(n)} for n in range(items))
        self._quoted.write_text("".join(json.dumps(row) + "\n" for row in quoted))
        self._list = folder / "list.txt"
        self._list.write_text("".join(f"{watchsite.url(port, number)}\n" for number in range(items)))

    def _at(self, root: Path) -> list[str]:
        return ["--archive", str(root), "--allow-net", "127.0.0.0/8"]

    def _anew(self) -> Path:
        root = self.folder / "other"
        shutil.rmtree(root, ignore_errors=True)
        return self._empty(root)

    def _empty(self, root: Path) -> Path:
        with Archive.create(root, KeyRing(self.folder / "config")):
            return root

    def verify(self, processors: int) -> Cost:
        return run(["verify", *self._at(self.root)], self.folder, processors)

    def rebuild(self, processors: int) -> Cost:
        (self.root / FILE).unlink(missing_ok=True)
        return run(["rebuild", *self._at(self.root)], self.folder, processors)

    def index(self, processors: int) -> Cost:
        (self.root / FILE).unlink(missing_ok=True)
        return run(["search", "mara", *self._at(self.root)], self.folder, processors)

    def check(self, processors: int) -> Cost:
        return run(
            ["check", str(self._table), "--offline", "--no-record", *self._at(self.root)], self.folder, processors
        )

    def take_in(self, processors: int) -> Cost:
        files = [str(path) for path in sorted((self.root / "warc").rglob("*.warc.gz"))]
        return run(["import", *files, *self._at(self._anew())], self.folder, processors)

    def snapshot(self, processors: int) -> Cost:
        return run(["snapshot", "--input", str(self._list), *self._at(self._anew())], self.folder, processors)

    def snapshot_real(self, processors: int) -> Cost:
        served, root = verify_speed.pages("real"), self.folder / "real"
        shutil.rmtree(root, ignore_errors=True)
        self._empty(root)
        with verify_speed.site(served) as base:
            (self.folder / "real.txt").write_text("".join(f"{base}/{number}\n" for number in range(self.items)))
            command = ["snapshot", "--input", str(self.folder / "real.txt"), "--per-host", "64"]
            return run([*command, *self._at(root)], self.folder, processors)

    def verify_real(self, processors: int) -> Cost:
        if not (self.folder / "real").exists():
            self.snapshot_real(2)
        return run(["verify", *self._at(self.folder / "real")], self.folder, processors)

    def recheck(self, processors: int) -> Cost:
        root = self.folder / "looked"
        command = ["recheck", str(self._quoted), "--fresh", "--confirm-after", "0", *self._at(root)]
        if not root.exists():
            self._empty(root)
            run(command, self.folder, 2)  # captures what is not there yet
        return run(command, self.folder, processors)


COMMANDS: dict[str, Callable[[Case, int], Cost]] = {
    "verify": Case.verify,
    "rebuild": Case.rebuild,
    "search (index)": Case.index,
    "check --offline": Case.check,
    "import": Case.take_in,
    "snapshot --input": Case.snapshot,
    "recheck": Case.recheck,
    "snapshot --input (real)": Case.snapshot_real,
    "verify (real)": Case.verify_real,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--commands", nargs="+", choices=[*COMMANDS], default=[*COMMANDS])
    parser.add_argument("--watch", action="store_true", help="one more round, to see how long one process works alone")
    options = parser.parse_args()
    compiled()
    print(
        "| command | items | wall, one processor | wall, two | times | processor time, one | two | main | alone | at most | "
        "items/s of processor time | peak MB | load |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    with watchsite.running() as port:
        for items in options.items:
            folder = Path(tempfile.mkdtemp(prefix="archiver-bulk-"))
            try:
                case = Case(folder, items, port)
                for name in options.commands:
                    tell(name, case, options.rounds, watch=options.watch)
            finally:
                shutil.rmtree(folder)


def tell(name: str, case: Case, rounds: int, *, watch: bool) -> None:
    best: dict[int, Cost] = {}
    for _ in range(rounds):
        for processors in (1, 2):
            best[processors] = COMMANDS[name](case, processors).better(best.get(processors))
    one, two = best[1], best[2]
    watched = COMMANDS[name](case, 0) if watch else None
    print(
        f"| {name} | {case.items:,} | {one.wall:.1f} s | {two.wall:.1f} s | {one.wall / two.wall:.2f} | {one.cpu:.1f} s | {two.cpu:.1f} s | "
        f"{two.main / two.cpu:.0%} | {f'{watched.alone / watched.cpu:.0%}' if watched and watched.alone is not None else ''} | "
        f"{at_most(one, two, watched):.2f} | {case.items / two.cpu:,.0f} | {max(one.peak_mb, two.peak_mb):.0f} | {os.getloadavg()[0]:.0f} |",
        flush=True,
    )


def at_most(one: Cost, two: Cost, watched: Cost | None) -> float:
    """How many times as fast it can be on two processors that have nothing else to do, by processor time alone."""
    alone = two.cpu * watched.alone / watched.cpu if watched and watched.alone is not None else 0.0
    return one.cpu / max(alone + (two.cpu - alone) / 2, two.main)


if __name__ == "__main__":
    main()
