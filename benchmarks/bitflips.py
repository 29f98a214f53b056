"""Flips bits of archives, and asks whether `Verification` finds each and names where it is.

    python benchmarks/bitflips.py every [--sample 2000] [--processes 2]
    python benchmarks/bitflips.py large [--megabytes 100] [--flips 10000] [--together 50]
    python benchmarks/bitflips.py clean [--runs 1000]

``every``: every bit of every evidence file of a small archive in turn (two snapshots, a revisit and two quotes, some 16 kB in
archive.toml, log/ and warc/). Each flip is made in place, verified in process and undone; at last the archive must be whole again.

``large``: bits drawn at random from an archive of many megabytes. Those that fall into records are made some at a time, each in a
record of its own, and each must have its finding with file and offset; those in the log or the settings are made one at a time.

``clean``: archives of random contents, each verified as it is: anything but ``ok`` is a false alarm.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from samples import page_members, quote_member, sealed_archive

from archiver.archive import Archive
from archiver.signing import KeyRing
from archiver.verification import Finding, Request, Verification

Flip = tuple[str, int]
"""A file, relative to the archive, and the number of a bit in it."""

_MEMBER_CHECKS = ("member", "record", "capture", "anchor")


@dataclass(frozen=True, slots=True)
class Result:
    """``missed`` were not found at all, ``misnamed`` without their place; ``whole`` says whether all was well before and after."""

    flips: int
    missed: tuple[Flip, ...]
    misnamed: tuple[Flip, ...]
    whole: bool


def evidence(root: Path) -> list[str]:
    """Every file of the archive that is evidence."""
    files = [path for part in ("log", "warc") for path in (root / part).rglob("*") if path.is_file()]
    return sorted(path.relative_to(root).as_posix() for path in (root / "archive.toml", *files))


def faults(root: Path, keys: KeyRing) -> Iterator[Finding]:
    return (finding for finding in Verification(root, Request(), keys).findings() if finding.ok is False)


def look(root: Path, keys: KeyRing, name: str) -> tuple[bool, bool]:
    """Whether something is found, and whether a finding names the file; no further than to the first that does."""
    found = False
    for finding in faults(root, keys):
        found = True
        if finding.subject.startswith(name):
            return True, True
    return found, False


@contextmanager
def flipped(root: Path, flips: Sequence[Flip]) -> Iterator[None]:
    """The bits are other than they were, for a while."""
    for name, bit in flips:
        _flip(root / name, bit)
    try:
        yield
    finally:
        for name, bit in flips:
            _flip(root / name, bit)


def _flip(path: Path, bit: int) -> None:
    with path.open("r+b", buffering=0) as file:
        file.seek(bit // 8)
        byte = file.read(1)[0]
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


def try_each(root: Path, keys: KeyRing, flips: Sequence[Flip]) -> tuple[list[Flip], list[Flip]]:
    """The flips that were missed, and those that were found without the file's name."""
    missed, misnamed = [], []
    for flip in flips:
        with flipped(root, [flip]):
            found, named = look(root, keys, flip[0])
        if not found:
            missed.append(flip)
        elif not named:
            misnamed.append(flip)
    return missed, misnamed


def _share(task: tuple[Path, Path, Sequence[Flip]]) -> tuple[list[Flip], list[Flip], bool]:
    """One process's share, in a copy of its own."""
    root, config, flips = task
    with tempfile.TemporaryDirectory(prefix="archiver-bitflips-") as folder:
        copy = Path(folder) / "archive"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("locks"))
        missed, misnamed = try_each(copy, KeyRing(config), flips)
        return missed, misnamed, not look(copy, KeyRing(config), "")[0]


def run(sample: int | None, processes: int, seed: int = 1) -> Result:
    """``every``: ``sample`` is how many flips are drawn at random, None for every one."""
    with tempfile.TemporaryDirectory(prefix="archiver-bitflips-") as folder:
        base = Path(folder)
        sealed_archive(base / "archive", KeyRing(base / "config"))
        root = base / "archive"
        flips = [(name, bit) for name in evidence(root) for bit in range((root / name).stat().st_size * 8)]
        draw = random.Random(seed)
        draw.shuffle(flips)  # the dear ones and the cheap ones fall to every process alike
        flips = flips[:sample]
        shares = [(root, base / "config", flips[number::processes]) for number in range(processes)]
        if processes == 1:
            results = [_share(shares[0])]
        else:
            with multiprocessing.get_context("spawn").Pool(processes) as pool:
                results = pool.map(_share, shares)
        return Result(
            len(flips),
            tuple(flip for missed, _, _ in results for flip in missed),
            tuple(flip for _, misnamed, _ in results for flip in misnamed),
            all(whole for *_, whole in results),
        )


def run_large(megabytes: float, count: int, together: int, seed: int = 1) -> Result:
    """``large``: an archive of about that size, ``count`` flips, at most ``together`` of them at a time."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="archiver-bitflips-") as folder:
        root, keys = Path(folder) / "archive", KeyRing(Path(folder) / "config")
        with Archive.create(root, keys) as archive:
            size = 0
            while size < megabytes * 1e6:
                snapshot, members = page_members(
                    f"https://example.org/{size}", draw.randbytes(draw.randrange(1, 400_000)), f"{size} is a number."
                )
                size += sum(
                    leaf.length
                    for leaf in archive.record(
                        [*members, quote_member(snapshot, members, "is a", f"{size} is a number.")]
                    )
                )
            places: dict[str, list[int]] = {}
            for _, file, offset in archive.catalogue.places():
                places.setdefault(file, []).append(offset)
        whole = not look(root, keys, "")[0]
        names = evidence(root)
        sizes = [(root / name).stat().st_size for name in names]
        drawn = draw.choices(range(len(names)), sizes, k=count)
        flips = [(names[number], draw.randrange(sizes[number] * 8)) for number in drawn]
        missed, misnamed = try_each(root, keys, [flip for flip in flips if flip[0] not in places])
        waiting = [flip for flip in flips if flip[0] in places]
        while waiting:
            batch: dict[tuple[str, int], Flip] = {}
            rest = []
            for name, bit in waiting:
                member = (name, places[name][bisect_right(places[name], bit // 8) - 1])
                if member in batch or len(batch) == together:
                    rest.append((name, bit))
                else:
                    batch[member] = (name, bit)
            with flipped(root, list(batch.values())):
                found = {finding.subject for finding in faults(root, keys) if finding.check in _MEMBER_CHECKS}
            gone = [flip for (name, at), flip in batch.items() if f"{name} at byte {at}" not in found]
            (misnamed if found else missed).extend(gone)
            waiting = rest
        return Result(len(flips), tuple(missed), tuple(misnamed), whole and not look(root, keys, "")[0])


def run_clean(runs: int, seed: int = 1) -> list[Finding]:
    """``clean``: what was not ``ok`` in so many archives of random contents."""
    draw = random.Random(seed)
    alarms: list[Finding] = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory(prefix="archiver-bitflips-") as folder:
            root, keys = Path(folder) / "archive", KeyRing(Path(folder) / "config")
            with Archive.create(root, keys) as archive:
                for number in range(draw.randrange(0, 8)):
                    page = page_members(
                        f"https://example.org/{number}",
                        draw.randbytes(draw.choice((0, 1, 100, 70_000))),
                        chunked=draw.random() < 0.3,
                    )
                    archive.record(page[1])
                    quotes = [quote_member(*page) for _ in range(draw.randrange(0, 3))]
                    archive.record(quotes)
                    if draw.random() < 0.3:
                        archive.record(quotes)  # the same again
                    if draw.random() < 0.3:
                        again = page_members(f"https://example.org/{number}", b"", revisit_of=page)
                        archive.record(again[1])
                if draw.random() < 0.1:
                    archive.rebuild()
                if draw.random() < 0.1:
                    archive.make_read_only()
            alarms += [finding for finding in Verification(root, Request(), keys).findings() if finding.ok is not True]
    return alarms


def say(result: Result, seconds: float) -> None:
    found = result.flips - len(result.missed)
    print(f"{result.flips} single bits flipped: {found} found ({100 * found / result.flips:.3f} %), {seconds:.0f} s")
    print(f"the place was named in {found - len(result.misnamed)} of them; whole before and afterwards: {result.whole}")
    for name, bit in (*result.missed, *result.misnamed)[:20]:
        print(f"  {name} bit {bit % 8} of byte {bit // 8}")
    sys.exit(bool(result.missed or result.misnamed or not result.whole))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    commands = parser.add_subparsers(dest="command", required=True)
    every = commands.add_parser("every")
    every.add_argument("--sample", type=int)
    every.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    large = commands.add_parser("large")
    large.add_argument("--megabytes", type=float, default=100)
    large.add_argument("--flips", type=int, default=10_000)
    large.add_argument("--together", type=int, default=50)
    commands.add_parser("clean").add_argument("--runs", type=int, default=1000)
    options = parser.parse_args()
    start = time.perf_counter()
    if options.command == "clean":
        alarms = run_clean(options.runs, options.seed)
        print(
            f"{options.runs} clean archives verified: {len(alarms)} false alarms, {time.perf_counter() - start:.0f} s"
        )
        for finding in alarms[:20]:
            print(f"  {finding}")
        sys.exit(bool(alarms))
    if options.command == "every":
        result = run(options.sample, options.processes, options.seed)
    else:
        result = run_large(options.megabytes, options.flips, options.together, options.seed)
    say(result, time.perf_counter() - start)


if __name__ == "__main__":
    main()
