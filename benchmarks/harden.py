"""The hostile-input table at full length, then every fuzz target: one command, for a night.

    python benchmarks/harden.py                    C1 to C3, then every target for five minutes (over an hour in all)
    python benchmarks/harden.py --seconds 0        C1 and C3 alone, some minutes
    python benchmarks/harden.py --seed 7 --each 400

Hands 1,000 and more HTTP answers made from the seed (`hostile`) to what reads the wire, seals, opens and draws texts; 1,060 malformed WARC
files and 40 evil zip files (`malformed`) to the import, whose archive must verify; then runs the targets of `fuzz`. Prints a line for each row;
ends with 1 where something is not as the table says, an answer takes over 10 s of processor time, or memory goes over 512 MB.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import fuzz
import hostile
import intake

SECONDS = 10.0
"""Processor time that one answer may take (C1)."""


def answers(seed: int, each: int) -> list[str]:
    """What is wrong with the answers of all rows, a line each; prints how many there were."""
    counts: Counter[str] = Counter()
    longest: dict[str, float] = {}
    faults = []
    for number, stream in enumerate(hostile.streams(seed, each)):
        began = time.process_time()
        try:
            wrong = hostile.fault(stream)
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            wrong = f"{type(error).__name__}: {error}"
        took = time.process_time() - began
        counts[stream.row] += 1
        longest[stream.row] = max(longest.get(stream.row, 0.0), took)
        if took > SECONDS:
            wrong = wrong or f"takes {took:.1f} s"
        if wrong:
            faults.append(f"{stream.row}, number {number} of seed {seed}: {wrong}")
    for row, count in counts.items():
        print(f"  {row:<16} {count:>5}  longest {longest[row]:.2f} s")
    print(f"{counts.total()} HTTP answers, {len(faults)} faults; at most {intake.peak():.0f} MB")
    if intake.peak() > intake.MEGABYTES:
        faults.append(f"memory: {intake.peak():.0f} MB, {intake.MEGABYTES} wanted")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=100, help="HTTP answers of each row")
    parser.add_argument("--seconds", type=float, default=300, help="for each fuzz target; 0: none")
    parser.add_argument("--crashers", type=Path, default=Path("crashers"))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="harden-") as folder:
        os.environ["ARCHIVER_CONFIG"] = str(Path(folder) / "config")
        held = intake.malformed(Path(folder), chosen.seed)  # first, so that the memory is that of these files
        faults = answers(chosen.seed, chosen.each)
        if not held:
            faults.append("malformed WARC and WACZ files: see above")
        if chosen.seconds:
            corpus = fuzz.CORPUS if fuzz.CORPUS.is_dir() else None
            for name, target in fuzz.targets(corpus).items():
                if fuzz.run(target, chosen.seed, chosen.seconds, chosen.crashers):
                    faults.append(f"fuzzing {name}: see {chosen.crashers / name}")
    print("\n".join(faults) or "all as the table says")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
