"""Flips every bit of every evidence file of a small archive in turn, and asks whether `Verification` finds it and names the file.

    python benchmarks/bitflips.py [--sample 2000] [--processes 2]

The archive holds two snapshots, a revisit and two quotes, some 16 kB in archive.toml, log/ and warc/. Each flip is made in place,
verified in process and undone. At last the archive must be whole again.
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
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from samples import sealed_archive

from archiver.signing import KeyRing
from archiver.verification import Request, Verification

Flip = tuple[str, int]
"""A file, relative to the archive, and the number of a bit in it."""


@dataclass(frozen=True, slots=True)
class Result:
    flips: int
    missed: tuple[Flip, ...]
    misnamed: tuple[Flip, ...]
    whole: bool


def evidence(root: Path) -> list[str]:
    """Every file of the archive that is evidence."""
    files = [path for part in ("log", "warc") for path in (root / part).rglob("*") if path.is_file()]
    return sorted(path.relative_to(root).as_posix() for path in (root / "archive.toml", *files))


def look(root: Path, keys: KeyRing, name: str) -> tuple[bool, bool]:
    """Whether something is found, and whether a finding names the file."""
    found = False
    for finding in Verification(root, Request(), keys).findings():
        if finding.ok is False:
            found = True
            if finding.subject.startswith(name):
                return True, True
    return found, False


def try_flips(root: Path, keys: KeyRing, flips: Sequence[Flip]) -> tuple[list[Flip], list[Flip]]:
    """The flips that were missed, and those that were found without the file's name."""
    missed, misnamed = [], []
    for name, bit in flips:
        path = root / name
        descriptor = os.open(path, os.O_RDWR)
        try:
            at, mask = bit // 8, 1 << bit % 8
            byte = os.pread(descriptor, 1, at)
            os.pwrite(descriptor, bytes([byte[0] ^ mask]), at)
            found, named = look(root, keys, name)
            os.pwrite(descriptor, byte, at)
        finally:
            os.close(descriptor)
        if not found:
            missed.append((name, bit))
        elif not named:
            misnamed.append((name, bit))
    return missed, misnamed


def _share(task: tuple[Path, Path, Sequence[Flip]]) -> tuple[list[Flip], list[Flip], bool]:
    """One process's share, in a copy of its own."""
    root, config, flips = task
    with tempfile.TemporaryDirectory(prefix="archiver-bitflips-") as folder:
        copy = Path(folder) / "archive"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("locks"))
        missed, misnamed = try_flips(copy, KeyRing(config), flips)
        return missed, misnamed, not look(copy, KeyRing(config), "")[0]


def run(sample: int | None, processes: int, seed: int = 1) -> Result:
    """``sample`` is how many flips are drawn at random, None for every one."""
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.perf_counter()
    result = run(options.sample, options.processes, options.seed)
    seconds = time.perf_counter() - start
    found = result.flips - len(result.missed)
    print(f"{result.flips} single bits flipped: {found} found ({100 * found / result.flips:.3f} %), {seconds:.0f} s")
    print(f"the file was named in {found - len(result.misnamed)} of them; whole again afterwards: {result.whole}")
    for name, bit in (*result.missed, *result.misnamed)[:20]:
        print(f"  {name} bit {bit % 8} of byte {bit // 8}")
    sys.exit(bool(result.missed or result.misnamed or not result.whole))


if __name__ == "__main__":
    main()
