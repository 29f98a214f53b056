"""How fast `Verification` goes over a large archive, beside `fastwarc check` on the same WARC files.

    python benchmarks/verify_speed.py --pages FOLDER [--captures 5000] [--keep ARCHIVE]

FOLDER holds pages (``*.html``, ``*.html.gz``); they are joined to bodies of some 200 kB, each with a line of its own. Every capture
has five small members beside its response. The archive is made once where ``--keep`` names it, and read into the page cache before
either is timed. `fastwarc check` looks at the records' digests only; ours looks at the log, every stored byte and the contents too.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from samples import page_members, quote_member

from archiver.archive import Archive
from archiver.signing import KeyRing
from archiver.verification import Request, Verification
from archiver.warc import Member, segment_files

BODY = 200_000
BATCH = 25


def bodies(folder: Path) -> list[bytes]:
    """Bodies of about BODY bytes out of the pages of a folder."""
    found, joined = [], b""
    for path in sorted(folder.rglob("*.html*")):
        data = path.read_bytes()
        joined += gzip.decompress(data) if path.suffix == ".gz" else data
        if len(joined) >= BODY:
            found.append(joined[:BODY])
            joined = b""
    if not found:
        sys.exit(f"{folder} holds too few pages.")
    return found


def capture(task: tuple[int, bytes]) -> list[Member]:
    number, body = task
    text = "".join(f"{number} {line} The harbour wall has stood for a hundred years. " for line in range(60))
    snapshot, members = page_members(
        f"https://example.org/{number % 100}/{number}", body + b"<!-- %d -->" % number, text, chunked=number % 3 == 0
    )
    return [*members, *(quote_member(snapshot, members, f"{number} {line} The harbour", text) for line in (7, 21))]


def make(root: Path, keys: KeyRing, pages: Path, captures: int) -> None:
    sources = bodies(pages)
    tasks = [(number, sources[number % len(sources)]) for number in range(captures)]
    with Archive.create(root, keys) as archive, ProcessPoolExecutor() as pool:
        for start in range(0, captures, BATCH):
            groups = pool.map(capture, tasks[start : start + BATCH])
            archive.record([member for group in groups for member in group])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--captures", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    base = options.keep or Path(tempfile.mkdtemp(prefix="archiver-verify-speed-"))
    root, keys = base / "archive", KeyRing(base / "config")
    if not root.exists():
        make(root, keys, options.pages, options.captures)
    files = segment_files(root)
    size = sum(path.stat().st_size for path in files)
    for path in files:
        path.read_bytes()
    ours, theirs, payloads = [], [], []
    tool = Path(sys.executable).with_name("fastwarc")
    for _ in range(options.rounds):
        start = time.perf_counter()
        verification = Verification(root, Request(), keys)
        bad = [finding for finding in verification.findings() if finding.ok is not True]
        ours.append(time.perf_counter() - start)
        if bad:
            sys.exit(f"The archive does not verify: {bad[0]}")
        for times, extra in ((theirs, []), (payloads, ["-p"])):
            start = time.perf_counter()
            for path in files:
                # with -p it takes the chunks for a part of the payload, which WARC 1.1 does not; its time counts, not its word
                subprocess.run([tool, "check", "-q", *extra, path], check=not extra, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - start)
    leaves = Archive.open(root, keys, read_only=True).head().size
    print(f"{leaves} records, {size / 1e6:.0f} MB as stored, {len(files)} file(s); best of {options.rounds}")
    print(f"archiver verification    {min(ours):7.2f} s")
    print(f"fastwarc check           {min(theirs):7.2f} s   ratio {min(theirs) / min(ours):.2f}")
    print(f"fastwarc check -p        {min(payloads):7.2f} s   ratio {min(payloads) / min(ours):.2f}")
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if not options.keep:
        shutil.rmtree(base)


if __name__ == "__main__":
    main()
