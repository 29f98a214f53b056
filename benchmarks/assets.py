"""Pages with their images, styles and fonts: what they take on the disk, and how long one takes.

    python benchmarks/assets.py [space] [time] [replay --pywb VENV [--chromium PROGRAM]]      space and time where none is named

space   100 pages of a site of our own (`assetsite`), captured with assets twice: bytes on the disk beside the gzipped unique bytes
time    a page with 40 assets, every answer 50 ms late, beside its slowest chain (page, style sheet, font)
replay  pywb, in a virtual environment of its own, serves the page out of an exported pack with its assets; a browser paints it
"""

from __future__ import annotations

import argparse
import gzip
import ipaddress
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import assetsite
from bench import ARCHIVER, row, run
from packs import Readers

from archiver import net
from archiver.archive import Archive
from archiver.capture import AssetRun, Options, capture
from archiver.model import Snapshot, assets_of
from archiver.packs.packing import export
from archiver.settings import FetchSettings
from archiver.verification import Request, Verification

PAGES = 100
ROUNDS = 21
LOOPBACK = ipaddress.ip_network("127.0.0.0/8")


def space() -> bool:
    unique = {file.body: len(gzip.compress(file.body, 6)) for file in assetsite.site(PAGES).values()}
    total = sum(unique.values())
    row(f"space: {PAGES} pages, {len(unique) - PAGES} assets, {total / 1e6:.1f} MB of gzipped unique bytes")
    ok = True
    for validators in (True, False):
        row(
            "  with ETags: the second time the server says 'not modified'"
            if validators
            else "  without: the second time it sends all again"
        )
        with assetsite.running(PAGES, validators=validators) as port, tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            archive = folder / "archive"
            keys = {"ARCHIVER_CONFIG": str(folder / "keys")}
            (folder / "urls").write_text("\n".join(f"http://127.0.0.1:{port}/page{n}" for n in range(PAGES)))
            assert run([*ARCHIVER, "init", str(archive)], **keys).code == 0
            common = [*ARCHIVER, "--archive", str(archive), "--allow-net", "127.0.0.0/8", "snapshot", "--assets"]
            before = 0
            for again in (False, True):
                done = run([*common, "--input", str(folder / "urls")], **keys)
                assert done.code == 0, done.err
                warc, everything = size(archive / "warc"), size(archive)
                counts = counted(archive, PAGES)
                row(
                    f"    {counts}; {done.wall:.1f} s wall, {done.cpu:.1f} s CPU; WARC {warc / total:.3f}, whole archive {everything / total:.3f}"
                )
                if again:
                    added = (everything - before) / before
                    row(f"    the second capture adds {added:.1%} of the archive (<= 8 %)")
                    ok &= added <= 0.08
                else:
                    row(f"    disk use {everything / total:.3f} x the gzipped unique bytes (<= 1.1)")
                    ok &= everything / total <= 1.1
                before = everything
            findings = list(Verification(archive, Request()).findings())
            bad = [finding for finding in findings if finding.ok is False]
            row(f"    verify: {bad or 'intact'}")
            ok &= not bad
    return ok


def counted(archive: Path, last: int) -> str:
    with Archive.open(archive, read_only=True) as opened:
        found = [snapshot.assets for snapshot in opened.catalogue.snapshots(last)]
        stored = sum(leaf.kind == "response" for leaf in opened.catalogue.leaves())
    recorded, failed = sum(item.recorded for item in found if item), sum(item.failed for item in found if item)
    return f"{recorded} assets listed, {failed} failed, {stored} responses stored"


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def options(run_: AssetRun | None) -> Options:
    return Options(FetchSettings("archiver/benchmark", allow_net=(LOOPBACK,)), conditional=False, assets=run_)


def timed() -> bool:
    """In process, after one page to warm up: the interpreter and its imports are no part of it."""
    rows: list[tuple[str, list[float]]] = []
    with assetsite.running(0, 0.05) as port, tempfile.TemporaryDirectory() as name:
        base = f"http://127.0.0.1:{port}"
        os.environ["ARCHIVER_CONFIG"] = str(Path(name) / "keys")
        with Archive.create(Path(name) / "archive") as archive:
            capture(archive, f"{base}/chain", options(None))
            chain = [
                took(
                    lambda: [
                        net.fetch(base + path, options(None).fetch) for path in ("/chain", "/chain.css", "/chain.woff2")
                    ]
                )
                for _ in range(ROUNDS)
            ]
            rows.append(("page, style sheet, font fetched one after another, nothing recorded", chain))
        for per_host in (24, 12, 6):
            times = []
            for at in range(ROUNDS):  # into a new archive each time: nothing of it is known
                with Archive.create(Path(name) / f"{per_host}-{at}") as archive:
                    times.append(took(lambda: one(archive, base, AssetRun(24, per_host, 24))))  # noqa: B023
            said = " (the default)" if per_host == 24 else ""
            rows.append((f"captured with 40 assets of one host, {per_host} at once{said}", times))
    slowest = statistics.median(rows[0][1])
    row(
        f"time: every answer 50 ms late, medians of {ROUNDS}; load {os.getloadavg()[0]:.0f} on {os.cpu_count()} processors"
    )
    for what, times in rows:
        best = min(times)
        row(
            f"  {statistics.median(times) * 1000:6.0f} ms  {statistics.median(times) / slowest:.2f} x  (best {best * 1000:.0f} ms)  {what}"
        )
    return statistics.median(rows[1][1]) <= 1.5 * slowest


def one(archive: Archive, base: str, run_: AssetRun) -> Snapshot:
    snapshot = capture(archive, f"{base}/chain", options(run_))
    assert snapshot.assets is not None
    assert (snapshot.assets.recorded, snapshot.assets.failed) == (40, 0), snapshot.assets
    return snapshot


def took(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


def replay(venv: Path, chromium: str | None) -> bool:
    """What is served comes out of the pack: the site is gone by then."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["ARCHIVER_CONFIG"] = str(folder / "keys")
        files, pack = assetsite.site(3), folder / "page.wacz"
        with assetsite.running(3) as port, Archive.create(folder / "archive") as archive:
            url = f"http://localhost:{port}/page1"  # the key of an IP address is written otherwise by others
            first = options(AssetRun.of_one_page())
            capture(archive, url, first)
            # the second time all of it is revisits, by 304
            snapshot = capture(archive, url, replace(first, conditional=True, assets=AssetRun.of_one_page()))
            export(archive, [snapshot.id], pack)
            listed = assets_of(json.loads(archive.capture_record(snapshot)))
        assert listed is not None
        readers = Readers(venv, folder)
        valid = readers.valid(pack)
        row(f"replay: wacz validate {'finds nothing' if valid else 'FAILS'}")
        with readers.serving([pack]) as base:
            stamp = "".join(sign for sign in snapshot.captured_at if sign.isdigit())
            whole = sum(
                fetched(f"{base}/c0/{stamp}id_/{asset.url}") == files[urlsplit(asset.url).path].sent
                for asset in listed.recorded
            )
            row(
                f"  pywb serves {whole} of {len(listed.recorded)} assets with the bytes that were sent (revisits by 304)"
            )
            styled = fetched(f"{base}/c0/{stamp}mp_/{url}").count(b"style0.css")
            row(f"  the page as pywb serves it names its style sheets: {'yes' if styled else 'NO'}")
            if chromium:
                painted = folder / "page.png"
                subprocess.run(
                    [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=8000", "--window-size=900,1400",
                     f"--screenshot={painted}", f"{base}/c0/{stamp}mp_/{url}"],
                    capture_output=True, check=True, timeout=120,
                )  # fmt: skip
                kept = Path("assets-replayed.png")
                kept.write_bytes(painted.read_bytes())
                row(f"  a browser painted it: {kept}")
    return valid and whole == len(listed.recorded) and styled > 0


def fetched(url: str) -> bytes:
    """The body, as it was sent."""
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": "gzip"}), timeout=20) as answer:
        return bytes(answer.read())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["space", "time"])
    parser.add_argument("--pywb", type=Path)
    parser.add_argument("--chromium")
    given = parser.parse_args()
    parts = {"space": space, "time": timed, "replay": lambda: replay(given.pywb, given.chromium)}
    results = [parts[part]() for part in given.parts]
    sys.exit(0 if all(results) else 1)
