"""What `verify` adds to name the pages and quotes that stand on damaged records: processor time and memory, beside all else it does.

    python benchmarks/touched.py FOLDER [RECORDS]

FOLDER is of `largearchive.py`, and only read: RECORDS of its records (3,000), drawn at random, are taken for damaged where they lie.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import time
from pathlib import Path

from archiver.archive import handover
from archiver.log import Log
from archiver.verification.committed import Committed
from archiver.verification.log_checks import TreeCheck
from archiver.verification.placing import WarcFile, place_in_order
from archiver.verification.touched import Touched
from archiver.verification.worker import Crew
from archiver.warc import file_name, segment_files

SEED = 3


def main(root: Path, records: int) -> None:
    """Says it of the archive in a folder."""
    log = Log(root / "log", handover.read(root)[0].verifier)
    committed = Committed(log)
    with Crew(2) as crew:
        for _ in TreeCheck(log, log.hold_edge(), committed, crew, broken_off=False).findings():
            pass
        files = [WarcFile(path, file_name(root, path), path.stat().st_size) for path in segment_files(root)]
        if place_in_order(committed, files) is None:
            sys.exit("Its records do not lie in the order of the log: it is none of largearchive.py's.")
        leaves = sorted(random.Random(SEED).sample(range(len(committed)), records))
        before, children, memory = time.process_time(), _children(crew), _peak()
        touched = Touched(committed, crew, leaves)
        pages = sum(len(touched.pages([leaf])) for leaf in leaves)
        quotes = sum(len(touched.quotes([leaf])) for leaf in leaves)
        spent, children = time.process_time() - before, _children(crew) - children
    print(
        f"{len(committed):,} leaves, {records:,} damaged: {pages:,} times a page, {quotes:,} times a quote; processor time "
        f"{spent:.2f} s here and {children:.2f} s in the children; memory {memory:.0f} MB before, {_peak():.0f} MB at most"
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _children(crew: Crew) -> float:
    """The processor time of the children so far, in seconds."""
    ticks = 0
    for child in crew._children:
        values = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(values[11]) + int(values[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or not all(value.isdigit() for value in sys.argv[2:]):
        sys.exit("Usage: touched.py FOLDER [RECORDS]")
    main(Path(sys.argv[1]) / "archive", int(sys.argv[2]) if len(sys.argv) == 3 else 3000)
