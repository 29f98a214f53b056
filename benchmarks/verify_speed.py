"""What `verify` costs beside fastwarc and SHA-256 over the same WARC files, for real pages and for pages of 30, 100 and 300 kB.

    python benchmarks/verify_speed.py [--kinds real 30 100 300 plain] [--captures 3000] [--rounds 3] [--folder DIR] [--peers VENV]

The pages are those of the corpus as they were served (``real`` all 463, else the forty whose size is nearest to so many kB), each several
times at another address and with a line of its own at its end, fetched from a site on loopback by `archiver snapshot --input`, so that an
archive has the records that a capture has: request, response, text layers, capture. One sentence of each is quoted (`archiver check`). ``plain``
is the archive of `largearchive.py`, of small synthetic pages. With ``--folder`` archives are kept and used again.

Whole commands take turns, the start of the process included; figures are processor time with all children, the median of the rounds. By the
clock `verify` has every processor of the machine and the peer, which knows one only, has one: that ratio is worth nothing beside other work. The peer
reads every record through fastwarc and hashes its block: it looks at no log, signature or catalogue, and at nothing that a record says.
``re-extract`` draws the texts and judges the quotations again on top, which has no peer.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench import ARCHIVER, CORPUS, compiled, need_corpus
from growthsteps import FAST, Cost, spent
from largearchive import large_archive
from layers import sentences

from archiver.warc import segment_files

NEAREST = 40
KINDS = ("real", "30", "100", "300", "plain")


@dataclass(frozen=True)
class Page:
    """A page of the corpus as it was served, and a sentence out of the middle of its article (empty where it has none)."""

    body: bytes
    sentence: str

    def copy(self, number: int) -> bytes:
        """The same page with a line of its own, so that no two have the same bytes or texts."""
        return self.body + b"\n<p>Copy %d of this page.</p>\n" % number


def pages(kind: str) -> list[Page]:
    with (CORPUS / "pages/pages.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    if kind != "real":
        rows = sorted(rows, key=lambda row: abs(row["bytes"] - 1000 * int(kind)))[:NEAREST]
    found = []
    for row in rows:
        gold = sentences((CORPUS / row["gold"]).read_text("utf-8"), row["lang"])
        found.append(Page(gzip.decompress((CORPUS / row["html"]).read_bytes()), gold[len(gold) // 2] if gold else ""))
    return found


@contextmanager
def site(served: list[Page]) -> Iterator[str]:
    """The base URL of a site on loopback that has copy N of the pages at ``/N``; no charset is added, as in the corpus."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            body = served[int(name) % len(served)].copy(int(name)) if name.isdecimal() else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def make(folder: Path, kind: str, captures: int) -> None:
    """The archive in a folder, if it is not there yet."""
    if (folder / "made").exists():
        return
    if kind == "plain":
        large_archive(folder, captures)
        (folder / "made").touch()
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    served, keys = pages(kind), str(folder / "config")
    spent([*ARCHIVER, "init", str(folder / "archive")], ARCHIVER_CONFIG=keys)
    command = [*ARCHIVER, "--archive", str(folder / "archive"), "--allow-net", "127.0.0.0/8", "--per-host", "64"]
    with site(served) as base:
        urls, table = folder / "urls.txt", folder / "quotations.jsonl"
        urls.write_text("".join(f"{base}/{number}\n" for number in range(captures)), "utf-8")
        quoted = ((f"{base}/{number}", served[number % len(served)].sentence) for number in range(captures))
        rows = [json.dumps({"url": url, "quote": sentence}) for url, sentence in quoted if sentence]
        table.write_text("\n".join(rows) + "\n", "utf-8")
        spent([*command, "snapshot", "--input", str(urls)], ARCHIVER_CONFIG=keys)
        spent([*command, "--offline", "check", str(table)], codes=(0, 1, 3), ARCHIVER_CONFIG=keys)
    (folder / "made").touch()


def verified(folder: Path, *options: str) -> Cost:
    return spent(
        [*ARCHIVER, "--offline", "--archive", str(folder / "archive"), "verify", *options],
        ARCHIVER_CONFIG=str(folder / "config"),
    )


def measure(folder: Path, kind: str, options: argparse.Namespace) -> None:
    files = [str(path) for path in segment_files(folder / "archive")]
    stored = sum(Path(path).stat().st_size for path in files)
    python = str(options.peers / "bin" / "python") if options.peers else sys.executable
    ours, peer = [], []
    for _ in range(options.rounds):
        ours.append(verified(folder))
        peer.append(spent([python, "-c", FAST, *files]))
    again = verified(folder, "--re-extract").cpu if options.re_extract else None
    captures = options.captures
    mine, theirs = statistics.median(cost.cpu for cost in ours), statistics.median(cost.cpu for cost in peer)
    by_clock = statistics.median(cost.wall for cost in ours) / statistics.median(cost.wall for cost in peer)
    cells = [
        kind, f"{captures:,}", f"{stored / captures / 1000:.0f} kB", f"{mine:.1f} s", f"{1000 * mine / captures:.2f} ms", f"{theirs:.1f} s",
        f"{1000 * theirs / captures:.2f} ms", f"{mine / theirs:.2f}", f"{by_clock:.2f}", f"{again:.0f} s" if again is not None else "",
    ]  # fmt: skip
    print(f"| {' | '.join(cells)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=[*KINDS[:4]])
    parser.add_argument("--captures", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--re-extract", action="store_true", help="`verify --re-extract` too, once")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--peers", type=Path, metavar="VENV", help="where fastwarc is, if not beside this interpreter")
    parser.add_argument("--make", action="store_true", help="make the archives in the folder, and measure nothing")
    options = parser.parse_args()
    need_corpus()
    compiled()
    print(
        "| pages | snapshots | stored, each | `verify` | each | fastwarc + SHA-256 | each | ratio | by the clock | `--re-extract` |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    with tempfile.TemporaryDirectory(prefix="archiver-verify-speed-") as temporary:
        for kind in options.kinds:
            folder = (options.folder or Path(temporary)) / f"{kind}-{options.captures}"
            make(folder, kind, options.captures)
            if not options.make:
                measure(folder, kind, options)


if __name__ == "__main__":
    main()
