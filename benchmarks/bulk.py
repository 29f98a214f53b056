"""What the commands for many items cost on one processor and on two: time, processor time with children, peak memory.

    python benchmarks/bulk.py [--items 100 1000] [--rounds 2] [--commands verify rebuild ...]

The archive is made without a network, of pages with four kilobytes of text in bodies of twenty, one quotation each; `snapshot` and `recheck`
ask the light site of `watchsite.py` on loopback, each page on a host of its own. "One processor" is the same command kept to one (as `taskset` does);
rounds are interleaved, and the best of each is told, since other work may go on beside it. Memory is the largest of any one process.
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
from dataclasses import dataclass
from pathlib import Path

import watchsite
from bench import ARCHIVER
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
    wall: float
    cpu: float
    peak_mb: float

    def better(self, other: Cost | None) -> Cost:
        if other is None:
            return self
        return Cost(min(self.wall, other.wall), min(self.cpu, other.cpu), max(self.peak_mb, other.peak_mb))


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
    """A command in its own process; ends the script where it fails."""
    allowed = sorted(os.sched_getaffinity(0))[-processors:]
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
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"archiver {' '.join(arguments)}: {process.returncode}\n{(folder / 'errors').read_text()[-500:]}")
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


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
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--commands", nargs="+", choices=[*COMMANDS], default=[*COMMANDS])
    options = parser.parse_args()
    print(
        "| command | items | wall, one processor | wall, two | times | processor time, one | two | items/s of processor time | peak MB | load |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    with watchsite.running() as port:
        for items in options.items:
            folder = Path(tempfile.mkdtemp(prefix="archiver-bulk-"))
            try:
                case = Case(folder, items, port)
                for name in options.commands:
                    tell(name, case, options.rounds)
            finally:
                shutil.rmtree(folder)


def tell(name: str, case: Case, rounds: int) -> None:
    best: dict[int, Cost] = {}
    for _ in range(rounds):
        for processors in (1, 2):
            best[processors] = COMMANDS[name](case, processors).better(best.get(processors))
    one, two = best[1], best[2]
    print(
        f"| {name} | {case.items:,} | {one.wall:.1f} s | {two.wall:.1f} s | {one.wall / two.wall:.2f} | {one.cpu:.1f} s | {two.cpu:.1f} s | "
        f"{case.items / two.cpu:,.0f} | {max(one.peak_mb, two.peak_mb):.0f} | {os.getloadavg()[0]:.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
