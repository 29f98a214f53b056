"""What `archiver import` does with the good and bad archives of the shared corpus, and with malformed ones.

    python benchmarks/intake.py [--seed N] [CORPUS]

Prints a table of the files of CORPUS (default: ../shared/corpus/warc) with what became of each and why, then how many malformed WARC, HTTP
and zip files were taken in without a traceback, the longest time for one and the most memory; ends with `verify` of the archive that
took them all, and with 1 where a limit is broken: 10 s for a file, 512 MB, a fault that no sentence was foreseen for.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from malformed import cases, evil_zips

from archiver.archive import Archive
from archiver.errors import InputError
from archiver.intake import import_file
from archiver.verification import Request, Verification

SECONDS, MEGABYTES = 10.0, 512
CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "warc"


def peak() -> float:
    """The most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def corpus(folder: Path, work: Path) -> None:
    """Each file into an archive of its own, so that none is known from another."""
    print(f"{'file':<88} {'recorded':>8} {'pages':>5}  result")
    for number, path in enumerate(
        sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "LICENSE")
    ):
        name = path.relative_to(folder).as_posix()
        with Archive.create(work / f"corpus-{number}") as archive:
            try:
                result = import_file(archive, path)
            except InputError as error:
                reason = str(error).replace(str(path), path.name)
                print(f"{name:<88} {'-':>8} {'-':>5}  refused: {reason}")
                continue
        codes = Counter(f"{'WRONG ' if item.wrong else ''}{item.code}" for item in result.problems)
        words = ", ".join(f"{code} ×{count}" if count > 1 else code for code, count in sorted(codes.items()))
        print(f"{name:<88} {result.records['recorded']:>8} {result.pages:>5}  {words or 'whole'}")


def malformed(work: Path, seed: int) -> bool:
    """All of them into one archive; True where every limit held."""
    done: Counter[str] = Counter()
    worst, slowest, faults, zips = 0.0, "", [], 0
    with Archive.create(work / "malformed") as archive:
        before = peak()
        for case in [*evil_zips(), *cases(seed)]:
            path = work / case.name
            path.write_bytes(case.data)
            begin = time.perf_counter()
            try:
                import_file(archive, path)
                outcome = "taken"
            except InputError:
                outcome = "refused"
                zips += case.name.endswith(".wacz")
            except Exception as error:  # noqa: BLE001  # that is what is counted
                outcome = "fault"
                faults.append(f"{case.name}: {type(error).__name__}: {error}")
            took = time.perf_counter() - begin
            path.unlink()
            done[f"{case.kind} {outcome}"] += 1
            if took > worst:
                worst, slowest = took, case.name
    findings = list(Verification(archive.root, Request()).findings())
    bad = [finding for finding in findings if finding.ok is not True]
    for what, count in sorted(done.items()):
        print(f"  {what:<24} {count:>5}")
    most = f"at most {peak():.0f} MB ({before:.0f} MB before)"
    print(f"{done.total()} malformed files, {len(faults)} faults; longest {worst:.2f} s ({slowest}); {most}")
    print(f"{zips} of 40 evil zip files refused")
    print(f"verify: {len(findings)} checks, {len(bad)} failed")
    for line in [*faults, *(f"{finding.subject}: {finding.detail}" for finding in bad)]:
        print(f"  {line}")
    return not faults and not bad and zips == 40 and worst <= SECONDS and peak() <= MEGABYTES and done.total() >= 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        os.environ["ARCHIVER_CONFIG"] = str(work / "config")
        held = malformed(work, chosen.seed)  # first, so that the memory is that of these files
        if chosen.corpus.is_dir():
            corpus(chosen.corpus, work)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
