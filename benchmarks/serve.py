"""How fast `archiver serve` answers over a large archive: eight clients at once, at every kind of page; and the memory that it takes.

    python benchmarks/serve.py --folder DIR [--snapshots 2000 20000 100000] [--requests 25] [--only KIND ...]

The archives are made where DIR does not have them yet (`largearchive`; 100,000 snapshots take some ten minutes and 2 GB) and kept there.
The server is a process of its own with its own cache folder. First the search index is made, while overview and snapshots are asked for;
then one client asks for each kind in turn, for the processor time of an answer; then eight ask for all kinds mixed, without a pause: that
is harder than eight people. Since other work may go on beside it, the processor time of an answer times eight is given beside the time by
the clock: what an idle machine would make eight wait. Wanted: the 95th percentile of overview and search within 200 ms, memory under 400 MB.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from bench import ARCHIVER, awake, need_corpus
from largearchive import WATCHED, Made, large_archive
from search import changed

from archiver.urls import page_key

CLIENTS = 8
WANTED_MS, WANTED_MB = 200.0, 400.0
MEASURED = ("overview", "sources", "search", "api")
"""What has to keep to the wanted time; the rest is told."""

_COMMON = ["people", "government", "year AND people", "water", "new AND one", "Jahr", "vie", "para", "with OR without"]


@dataclass
class Server:
    """A running server: its process, port and token."""

    pid: int
    port: int
    token: str

    def cpu(self) -> float:
        """Processor seconds so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_mb(self) -> float:
        """The most memory that it had at once."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024

    @contextmanager
    def client(self) -> Iterator[http.client.HTTPConnection]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            yield connection
        finally:
            connection.close()

    def get(self, client: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
        client.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
        answer = client.getresponse()
        return answer.status, answer.read()


@contextmanager
def serving(made: Made) -> Iterator[Server]:
    environment = {"ARCHIVER_CONFIG": str(made.keys), "XDG_CACHE_HOME": str(made.root.parent / "cache")}
    command = [*ARCHIVER, "--json", "--offline", "--archive", str(made.root), "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}) as process:
        assert process.stdout is not None
        try:
            told = json.loads(process.stdout.readline())
            yield Server(process.pid, told["port"], told["token"])
        finally:
            process.terminate()


def kinds(made: Made, server: Server, requests: int, seed: int) -> dict[str, list[str]]:
    """The addresses of each kind, in an order that repeats itself in every run; others for another seed, where there are many."""
    picker, pages = random.Random(seed), made.count // 2 // 25
    with server.client() as client:
        cursors = {kind: walked(server, client, kind) for kind in ("quotes", "snapshots", "sources")}
    picked = [picker.choice(made.snapshots) for _ in range(requests)]
    rare = [picker.choice(made.rare) for _ in range(requests)]

    def search(words: Sequence[str], as_: str = "") -> list[str]:
        return [f"/search?q={quote(text)}{as_}" for text in words]

    return {
        "overview, first page": ["/"] * requests,
        "overview, a state": [f"/?state={picker.choice(['holds', 'fails'])}" for _ in range(requests)],
        "overview, deep": [f"/?page={picker.randint(pages // 2, pages)}" for _ in range(requests)],
        "sources, first page": ["/sources"] * requests,
        "sources, deep": [f"/sources?after={quote(page_key(picker.choice(made.urls)))}" for _ in range(requests)],
        "source": [f"/sources/{quote(picker.choice(made.urls), safe='')}" for _ in range(requests)],
        "source, watched": [f"/sources/{quote(WATCHED, safe='')}"] * requests,
        "snapshot": [f"/snapshots/{name}" for name in picked],
        "quotation": [f"/quotes/{picker.choice(made.quotes)}" for _ in range(requests)],
        "search, common words": search([picker.choice(_COMMON) for _ in range(requests)], "&as=words"),
        "search, rare phrase": search(rare),
        "search, nearly": search([changed(text, picker) for text in rare]),
        **{f"api, {kind}": [picker.choice(cursors[kind]) for _ in range(requests)] for kind in cursors},
        "log": [f"/log?page={picker.randint(1, pages)}" for _ in range(requests)],
        "timemap, watched": [f"/timemap/link/{WATCHED}"] * requests,
    }


def walked(server: Server, client: http.client.HTTPConnection, kind: str) -> list[str]:
    """A few pages of a list, by its cursor."""
    paths, cursor = [f"/api/v1/{kind}"], None
    for _ in range(10):
        cursor = json.loads(server.get(client, paths[-1])[1])["next"]
        if cursor is None:
            break
        paths.append(f"/api/v1/{kind}?cursor={quote(cursor)}")
    return paths


@dataclass
class Figures:
    """Milliseconds by the clock of each answer to eight, and of processor time of one answer to one."""

    clock: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def at(self, share: float) -> float:
        ordered = sorted(self.clock)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def alone(server: Server, asked: dict[str, list[str]], found: dict[str, Figures]) -> None:
    """One client; the first answer of a kind, which may fill caches, is not counted."""
    with server.client() as client:
        for kind, paths in asked.items():
            check(kind, *server.get(client, paths[0]))
            before = server.cpu()
            for path in paths:
                server.get(client, path)
            found[kind].cpu = (server.cpu() - before) * 1000 / len(paths)


def together(server: Server, asked: dict[str, list[str]], found: dict[str, Figures]) -> None:
    """Eight clients at all kinds, mixed."""
    jobs = [(kind, path) for kind, paths in asked.items() for path in paths]
    random.Random(5).shuffle(jobs)
    lock = threading.Lock()

    def work() -> None:
        with server.client() as client:
            while True:
                with lock:
                    if not jobs:
                        return
                    kind, path = jobs.pop()
                began = time.perf_counter()
                answer = server.get(client, path)
                spent = (time.perf_counter() - began) * 1000
                check(kind, *answer)
                with lock:
                    found[kind].clock.append(spent)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def check(kind: str, status: int, body: bytes) -> None:
    if status != 200:
        print(f"{kind}: status {status}, {body[:300]!r}", flush=True)
        os._exit(2)


def index_made(made: Made, server: Server) -> None:
    """Searches until the index is whole, and asks for other pages meanwhile."""
    began, cpu, answers = time.perf_counter(), server.cpu(), []
    with server.client() as client:
        while True:
            start = time.perf_counter()
            status, body = server.get(client, f"/api/v1/search?q={quote(made.rare[0])}")
            first = time.perf_counter() - start
            if status == 200:
                break
            for path in ("/", f"/snapshots/{made.snapshots[0]}"):
                start = time.perf_counter()
                check("while the index is made", *server.get(client, path))
                answers.append((time.perf_counter() - start) * 1000)
            time.sleep(0.5)
    beside = (
        f"; other pages meanwhile: {sorted(answers)[len(answers) * 95 // 100]:.0f} ms (95th percentile)"
        if answers
        else ""
    )
    print(
        f"  search index there after {time.perf_counter() - began:.1f} s ({server.cpu() - cpu:.0f} s of processor time; the last search took "
        f"{first:.1f} s){beside}; {server.peak_mb():.0f} MB at most"
    )
    assert json.loads(body)["hits"], "what was planted must be found"


def measure(made: Made, requests: int, only: Sequence[str]) -> list[str]:
    """Prints the figures; gives what is missed."""
    with serving(made) as server:
        if not only or any("search".startswith(each) or each.startswith("search") for each in only):
            index_made(made, server)
        # two sets: lists that were asked for are kept by the server
        asked, others = (
            {
                kind: paths
                for kind, paths in kinds(made, server, requests, seed).items()
                if not only or kind.startswith(tuple(only))
            }
            for seed in (3, 4)
        )
        found = {kind: Figures() for kind in asked}
        alone(server, asked, found)
        load = os.getloadavg()[0]
        began, cpu = time.perf_counter(), server.cpu()
        together(server, others, found)
        wall, cpu = time.perf_counter() - began, server.cpu() - cpu
        print(
            f"  {'':22} processor  x8     | by the clock, eight at once: median, 95 %, most (ms); load {load:.1f} before"
        )
        for kind, figures in found.items():
            at = figures.at
            print(
                f"  {kind:22} {figures.cpu:7.1f} {figures.cpu * CLIENTS:7.0f}    | {at(0.5):7.0f} {at(0.95):7.0f} {at(1):7.0f}"
            )
        answers, peak = sum(len(figures.clock) for figures in found.values()), server.peak_mb()
        print(
            f"  {answers} answers in {wall:.1f} s, {cpu:.1f} s of processor time ({cpu * 1000 / answers:.1f} ms each); {peak:.0f} MB at most"
        )
        missed = [
            f"{kind}: {figures.at(0.95):.0f} ms"
            for kind, figures in found.items()
            if kind.startswith(MEASURED) and figures.at(0.95) > WANTED_MS
        ]
        return [*missed, *([f"memory: {peak:.0f} MB"] if peak >= WANTED_MB else [])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="where the archives are kept")
    parser.add_argument("--snapshots", type=int, nargs="+", default=[2_000, 20_000, 100_000])
    parser.add_argument("--requests", type=int, default=25, help="of each kind")
    parser.add_argument("--only", nargs="*", default=[], help="kinds, by how they begin")
    parser.add_argument("--awake", action="store_true", help="keep idle processors from sleeping (see `bench.awake`)")
    parser.add_argument("--anew", action="store_true", help="throw the search index away first")
    options = parser.parse_args()
    need_corpus()
    missed: list[str] = []
    for count in options.snapshots:
        made = large_archive(options.folder / f"a{count}", count)
        if options.anew:
            (made.root / "fulltext.db").unlink(missing_ok=True)
        files = [path for path in made.root.rglob("*") if path.is_file()]
        print(
            f"\n{count:,} snapshots, {sum(path.stat().st_size for path in files) / 1e6:.0f} MB, made in {made.seconds:.0f} s",
            flush=True,
        )
        with awake() if options.awake else nullcontext():
            missed = measure(made, options.requests, options.only)
    print(
        f"\nMISSED at {options.snapshots[-1]:,}: {'; '.join(missed)}" if missed else "\nAll that is wanted is kept to."
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
