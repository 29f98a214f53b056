"""Capturing lists of pages, beside wget (which only saves) and beside bare trafilatura (which only extracts).

    python benchmarks/capture.py [a] [b] [d]      all parts where none is named

(a) wall time against `wget --warc-file` over the same list: 400 pages with a delay of 0.05 s, 100 pages with 0.5 s
(b) CPU against `trafilatura.bare_extraction` + gzip of the same pages, no delay; memory; what texts add to the gzipped pages
(d) `archiver --help`, and `quote` on a page that is captured already
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
from pathlib import Path

from bench import ARCHIVER, corpus_site, need_corpus, page_files, page_ids, row, run

BARE = """
import gzip, json, sys
from pathlib import Path
import trafilatura
for line in open(sys.argv[1]):
    page = gzip.decompress(Path(line.strip()).read_bytes())
    trafilatura.bare_extraction(page)
    gzip.compress(page)
"""


def capture(folder: Path, base: str, count: int, *options: str):
    """Captures the first pages of the corpus into a new archive."""
    urls = folder / "urls.txt"
    urls.write_text("\n".join(f"{base}/pages/{name}" for name in page_ids()[:count]))
    archive = folder / "archive"
    made = run([*ARCHIVER, "init", str(archive)], ARCHIVER_CONFIG=str(folder / "keys"))
    assert made.code == 0, made.err
    common = ["--archive", str(archive), "--allow-net", "127.0.0.0/8"]
    done = run([*ARCHIVER, *common, "snapshot", "--input", str(urls), *options], ARCHIVER_CONFIG=str(folder / "keys"))
    assert done.code == 0, done.err
    assert f"{count} of {count} pages recorded" in done.err, done.err
    return done, archive, urls


def part_a() -> None:
    row("(a) pages  delay  wget s  archiver s  ratio (wanted)")
    for count, delay, wanted in ((400, 0.05, 3), (100, 0.5, 12)):
        with corpus_site(delay) as base, tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            ours, _, urls = capture(folder, base, count, "--per-host", "64")
            peer = run(["wget", "-q", "--warc-file", str(folder / "peer"), "-O", "/dev/null", "-i", str(urls)])
            row("   ", count, delay, peer.wall, ours.wall, f"{peer.wall / ours.wall:.1f} (>= {wanted})")


def part_b() -> None:
    with corpus_site() as base, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, archive, _ = capture(folder, base, 400, "--per-host", "64")
        files = folder / "files.txt"
        files.write_text("\n".join(str(path) for path in page_files()[:400]))
        script = folder / "bare.py"
        script.write_text(BARE)
        peer = run([sys.executable, str(script), str(files)])
        assert peer.code == 0, peer.err
        row(
            f"(b) CPU: ours {ours.cpu:.1f} s, bare extraction + gzip {peer.cpu:.1f} s, ratio {ours.cpu / peer.cpu:.2f} (<= 1.4)"
        )
        row(
            f"    wall {ours.wall:.1f} s, so {ours.cpu / ours.wall:.2f} cores used; parent's peak memory {ours.peak_mb:.0f} MB (< 300)"
        )
        sizes = member_sizes(archive)
        pages = sum(len(gzip.compress(gzip.decompress(path.read_bytes()))) for path in page_files()[:400])
        row(f"(f) texts add {sizes['text'] / pages:.1%} to the gzipped pages (<= 25 %)")
        row(f"    all records are {sum(sizes.values()) / pages:.2f} x the gzipped pages")


def member_sizes(archive: Path) -> dict[str, int]:
    from archiver.archive import Archive

    sizes: dict[str, int] = {}
    with Archive.open(archive, read_only=True) as opened:
        for leaf in opened.catalogue.leaves():
            sizes[leaf.kind] = sizes.get(leaf.kind, 0) + leaf.length
    return sizes


def part_d() -> None:
    with corpus_site() as base, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        capture(folder, base, 5)
        helps = [run([*ARCHIVER, "--help"]).wall for _ in range(9)]
        url = f"{base}/pages/{page_ids()[0]}"
        common = [*ARCHIVER, "--archive", str(folder / "archive"), "quote", url]
        quotes = [
            run([*common, f"words that nobody wrote {n}"], ARCHIVER_CONFIG=str(folder / "keys")).wall for n in range(9)
        ]
        row(
            f"(d) --help {statistics.median(helps) * 1000:.0f} ms (< 150); quote on a captured page {statistics.median(quotes):.2f} s (< 0.7)"
        )


if __name__ == "__main__":
    need_corpus()
    parts = sys.argv[1:] or ["a", "b", "d"]
    for part in parts:
        {"a": part_a, "b": part_b, "d": part_d}[part]()
