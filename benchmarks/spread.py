"""Workers behind a Dask scheduler against children of the process, in turn: drawing texts, verifying, making the search index.

    python benchmarks/spread.py --archive DIR [--pages 300] [--rounds 3] [--only reading verify index]

As many workers as processors, on this machine, encrypted as ``--scheduler local`` starts them; the children are as many as there are without.
The start of either is not counted: workers stay, children start anew with each round, as they do with each command. Pages are those of the
corpus, as threads of a capture would hand them over. Prints each round's clock and processor time (of all processes), the load beside it,
and the best of each with the ratio (above 1: the workers are faster). Exits with 1 where results differ.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pickle
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from layers import pages

from archiver.archive import Archive
from archiver.capture import readers
from archiver.hands import Hands, lend
from archiver.model import Exchange
from archiver.searching import catching
from archiver.searching.places import forget_index, searching
from archiver.spreading import LOCAL, joined
from archiver.verification import Request, Verification

_THREADS = 16  # of a capture, as archive.toml has it


@dataclass(frozen=True)
class Took:
    """Seconds."""

    clock: float
    processor: float
    result: str


def processor_time() -> float:
    """Of this process and all that it started, those that ended and those that go on."""
    own = psutil.Process()
    times = own.cpu_times()
    total = times.user + times.system + times.children_user + times.children_system
    for child in own.children(recursive=True):
        try:
            times = child.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return float(total)


def exchanges(count: int) -> list[Exchange]:
    now = datetime.now(UTC)
    made = []
    for page, html, _ in pages():
        if len(made) == count:
            break
        made.append(Exchange(
            url=page.get("url") or "https://example.org/", request=b"", response=html, interim=b"", head_length=0, http_version="1.1",
            status=200, reason="OK", headers=(("Content-Type", "text/html"),), body=html, truncated=None, address="127.0.0.1", port=80,
            protocols=("http/1.1",), cipher=None, certificates=(), started=now, ended=now,
        ))  # fmt: skip
    return made


def read_all(found: list[Exchange]) -> str:
    with readers() as read, ThreadPoolExecutor(_THREADS) as pool:
        return _digest(list(pool.map(read, found)))


def verify(root: Path) -> str:
    return _digest([finding.to_json() for finding in Verification(root, Request()).findings()])


def index(root: Path) -> str:
    with Archive.open(root) as archive:
        forget_index(archive)
        with searching(archive) as found:
            return _digest([hit.to_json() for hit in found.words("water", limit=1000).hits])


def _digest(value: object) -> str:
    return hashlib.sha256(pickle.dumps(repr(value))).hexdigest()[:12]


def taken(work: Callable[[], str], hands: Hands | None) -> Took:
    clock, processor = time.perf_counter(), processor_time()
    with lend(hands) if hands is not None else nullcontext():
        result = work()
    return Took(time.perf_counter() - clock, processor_time() - processor, result)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--only", nargs="*", choices=["reading", "verify", "index"], default=["reading", "verify", "index"]
    )
    asked = parser.parse_args()
    same = True
    catching._MANY = 0  # children also where the archive is small: this is about them
    with ExitStack() as stack:
        copy = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "archive"
        if "index" in asked.only:
            shutil.copytree(asked.archive, copy)
        found = exchanges(asked.pages) if "reading" in asked.only else []
        works: dict[str, Callable[[], str]] = {
            "reading": lambda: read_all(found),
            "verify": lambda: verify(asked.archive),
            "index": lambda: index(copy),
        }
        began = time.perf_counter()
        hands = stack.enter_context(joined(LOCAL, print))
        print(f"workers started in {time.perf_counter() - began:.1f} s")
        for name in asked.only:
            rounds: dict[str, list[Took]] = {"children": [], "workers": []}
            for _ in range(asked.rounds):
                for who, lent in (("children", None), ("workers", hands)):
                    took = taken(works[name], lent)
                    rounds[who].append(took)
                    print(
                        f"{name:<8} {who:<9} {took.clock:7.2f} s, processor {took.processor:7.2f} s, load {os.getloadavg()[0]:.1f}",
                        flush=True,
                    )
            clock, processor = (
                [min(getattr(took, of) for took in rounds[who]) for who in rounds] for of in ("clock", "processor")
            )
            print(
                f"{name:<8} best clock {clock[0]:.2f} and {clock[1]:.2f} s: {clock[0] / clock[1]:.2f}; "
                f"best processor {processor[0]:.2f} and {processor[1]:.2f} s: {processor[0] / processor[1]:.2f}"
            )
            if len({took.result for of in rounds.values() for took in of}) != 1:
                print(f"{name}: the results differ")
                same = False
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
