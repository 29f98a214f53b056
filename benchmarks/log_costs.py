"""What the log and its signature cost: recording with and without them, a proof, and a log of a million leaves.

    python benchmarks/log_costs.py [a] [b] [c] [--snapshots 10000] [--leaves 1000000] [--batch 96] [--folder DIR]      all parts where none is named

(a) recording snapshots as `archiver snapshot --input` does, but for the network: 16 threads, texts drawn in a pool, records sealed, commits
    shared. Half of the rounds go to an archive whose log neither hashes, writes nor signs, in turns with the other half. Once with the drawing
    of texts, which is the time that a person waits, once with readings made before: the store alone.
(b) an inclusion proof out of a log of a million leaves, its tiles read from the disk each time
(c) appending to that log in batches of the size that (a)'s commits have, signed each; and the memory that it takes

Wall time on a machine with other work says little: the CPU time of this process and its children stands beside it, and how long the disk
takes for one fsync. ``--folder`` puts the archives elsewhere, such as on a RAM disk, where an fsync costs nothing.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench import need_corpus, page_files, row

from archiver.archive import Archive, commit
from archiver.capture.reading import ReadingPool, read_here
from archiver.capture.records import CaptureContext, capture_members
from archiver.log import Checkpoint, Details, Leaf, Log, make_leaf
from archiver.log.merkle import leaf_hash
from archiver.log.proofs import Prover, included
from archiver.model import Exchange, Reading
from archiver.signing import KeyRing, SigningKey

THREADS = 16
PAGES = 200
ROUNDS = 20


@dataclass
class NoLog:
    """Stands in for a log that only counts: no hashing, no files, no signature."""

    key: object
    size: int
    commits: list[int] = field(default_factory=list)

    def head(self) -> Checkpoint:
        return Checkpoint("off", self.size, b"")

    def append(self, leaves: list[Leaf], signer: SigningKey) -> Checkpoint:
        del signer
        self.size += len(leaves)
        self.commits.append(len(leaves))
        return self.head()


@dataclass
class Clock:
    """Wall and CPU seconds, summed over rounds."""

    wall: float = 0.0
    cpu: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), cpu_seconds()
        yield
        self.wall += time.perf_counter() - wall
        self.cpu += cpu_seconds() - cpu


def cpu_seconds() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    pool = pool_cpu()
    return own.ru_utime + own.ru_stime + pool


def pool_cpu() -> float:
    """CPU seconds of the children that are alive, which the system counts for us only once they have ended (Linux)."""
    total = 0.0
    for path in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        for child in path.read_text().split():
            try:
                fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def exchanges() -> list[Exchange]:
    """The pages of the corpus as answers of a server."""
    made = []
    for number, path in enumerate(page_files()[:PAGES]):
        body = gzip.decompress(path.read_bytes())
        url = f"https://example.org/{number}"
        headers = (("Content-Type", "text/html; charset=utf-8"), ("Date", "Fri, 20 Nov 2026 21:49:00 GMT"))
        head = b"HTTP/1.1 200 OK\r\n" + b"".join(f"{name}: {value}\r\n".encode() for name, value in headers) + b"\r\n"
        now = datetime.now(UTC)
        request = f"GET /{number} HTTP/1.1\r\nHost: example.org\r\n\r\n".encode()
        made.append(
            Exchange(
                url, request, head + body, b"", len(head), "HTTP/1.1", 200, "OK", headers, body, None, "192.0.2.1", 443,
                ("http/1.1",), None, (), now, now,
            )
        )  # fmt: skip
    return made


def record_round(archive: Archive, items: list[Exchange], read: Callable[[Exchange], Reading]) -> None:
    """One list of snapshots through THREADS threads."""

    def one(exchange: Exchange) -> None:
        group = capture_members(CaptureContext(exchange.url), [exchange], read(exchange), None, lambda _: True)
        archive.record(group.members)

    with ThreadPoolExecutor(THREADS) as pool:
        for _ in pool.map(one, items):
            pass


def part_a(snapshots: int, place: str | None) -> None:
    pages = exchanges()
    ready = {exchange.url: read_here(exchange) for exchange in pages}
    for name, pooled in (("with the drawing of texts", True), ("the store alone", False)):
        with tempfile.TemporaryDirectory(dir=place) as folder:
            if pooled:
                with ReadingPool() as pool:
                    compare(Path(folder), name, pages, snapshots, pool)
            else:
                compare(Path(folder), name, pages, snapshots, lambda exchange: ready[exchange.url])


def compare(
    folder: Path, name: str, pages: list[Exchange], snapshots: int, read: Callable[[Exchange], Reading]
) -> None:
    keys = KeyRing(folder / "keys")
    clocks = {"on": Clock(), "off": Clock()}
    batches: list[int] = []
    real_append = Log.append

    def counting(log: Log, leaves: list[Leaf], signer: SigningKey) -> Checkpoint:
        batches.append(len(leaves))
        return real_append(log, leaves, signer)

    Log.append = counting
    with Archive.create(folder / "on", keys) as on, Archive.create(folder / "off", keys) as off:
        off._recorder._log = NoLog(off.log.key, off.head().size)
        for archive in (on, off):
            record_round(archive, pages[:THREADS], read)  # imports, caches, the first segment
        for number in range(ROUNDS):
            chosen = [pages[(number * 31 + at) % len(pages)] for at in range(-(-snapshots // ROUNDS))]
            for which in ("on", "off") if number % 2 else ("off", "on"):
                commit.make_leaf = make_leaf if which == "on" else no_leaf
                with clocks[which].running():
                    record_round(on if which == "on" else off, chosen, read)
        commit.make_leaf = make_leaf
        off.catalogue.close()
    Log.append = real_append
    for what in ("wall", "cpu"):
        with_log, without = getattr(clocks["on"], what), getattr(clocks["off"], what)
        row(
            f"(a) {name}: {snapshots} snapshots, {what} {with_log:.1f} s with log and signature, {without:.1f} s without:",
            f"{with_log / without - 1:+.1%} (<= 5 %)",
        )
    row(f"    {statistics.mean(batches):.0f} leaves a commit")


def no_leaf(details: Details) -> Leaf:
    del details
    return Leaf(b"", b"")


def details(number: int) -> Details:
    return Details(
        "text", f"{number:064x}", 1234, f"<urn:uuid:{number:032x}>", "conversion", f"urn:archiver:text:s-{number:064x}:article",
        "2026-11-20T21:49:00Z", "archiver/0", f"{number:064x}",
    )  # fmt: skip


def memory_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def fsync_ms(folder: str | None) -> float:
    """The median time of an fsync of a new file."""
    times = []
    with tempfile.TemporaryDirectory(dir=folder) as name:
        for number in range(50):
            with (Path(name) / str(number)).open("wb") as file:
                file.write(bytes(4096))
                file.flush()
                start = time.perf_counter()
                os.fsync(file.fileno())
                times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def parts_b_and_c(leaves: int, batch: int, folder: str | None, *, proofs: bool) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as name:
        signer = SigningKey.generate("example.org/log-costs")
        log = Log(Path(name) / "log", signer.public)
        log.create(signer)
        clock, seen, made = Clock(), [], 0
        while made < leaves:
            count = min(batch, leaves - made)
            with clock.running():
                log.append([make_leaf(details(made + at)) for at in range(count)], signer)
            made += count
            if made * 10 // leaves > len(seen):
                seen.append(memory_mb())
        row(
            f"(c) {leaves} leaves in batches of {batch}: {clock.wall / leaves * 1e6:.0f} us a leaf (<= 100),",
            f"{clock.cpu / leaves * 1e6:.0f} us of it CPU",
        )
        row(f"    memory after each tenth: {' '.join(f'{mb:.0f}' for mb in seen)} MB (flat)")
        if proofs:
            prove(log, leaves)


def prove(log: Log, size: int) -> None:
    head = log.head()
    times, cpu = [], []
    chance = random.Random(4)
    for _ in range(1000):
        index = chance.randrange(size)
        start, used = time.perf_counter(), time.thread_time()
        proof = Prover(log.tile, size).inclusion(index)
        times.append(time.perf_counter() - start)
        cpu.append(time.thread_time() - used)
        entry = log.bundle(index // 256, min(256, size - index // 256 * 256), size)[index % 256]
        assert included(leaf_hash(entry), index, size, proof, head.root)
    times.sort()
    cpu.sort()
    row(
        f"(b) inclusion proof in {size} leaves, of 1000: median {times[500] * 1e3:.2f} ms, 99 % {times[990] * 1e3:.2f} ms (<= 5 ms);",
        f"CPU {cpu[500] * 1e3:.2f} and {cpu[990] * 1e3:.2f} ms",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=["a", "b", "c", []])
    parser.add_argument("--snapshots", type=int, default=10_000)
    parser.add_argument("--leaves", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--folder")
    options = parser.parse_args()
    row(f"an fsync takes {fsync_ms(options.folder):.2f} ms here")
    parts = options.parts or ["a", "b", "c"]
    if "a" in parts:
        need_corpus()
        part_a(options.snapshots, options.folder)
    if "b" in parts or "c" in parts:
        parts_b_and_c(options.leaves, options.batch, options.folder, proofs="b" in parts)


if __name__ == "__main__":
    main()
