"""The main job on real input: all corpus pages and seeds captured from the corpus site, verified, and checked by others' tools.

    python benchmarks/chain.py [--others FOLDER]

FOLDER holds a virtual environment for each foreign checker (`warcio`, `fastwarc`, `warcat`, `pywb`); it is made where it is missing, which needs
a package index. Without it only our own checks run.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench import ARCHIVER, SHARED, corpus_site, need_corpus, page_files, page_ids, row, run

from archiver.archive import Archive

PACKAGES = {"warcio": ["warcio"], "fastwarc": ["fastwarc"], "warcat": ["warcat"], "pywb": ["setuptools<80", "pywb"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--others", type=Path)
    others = parser.parse_args().others
    need_corpus()
    with corpus_site() as base, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        served = {
            f"{base}/pages/{page}": gzip.decompress(path.read_bytes())
            for page, path in zip(page_ids(), page_files(), strict=True)
        }
        seeds = [f"{base}/seeds/{number}.{ending}" for number in range(5) for ending in ("html", "txt")]
        served |= {url: urllib.request.urlopen(url).read() for url in seeds}
        urls = folder / "urls.txt"
        urls.write_text("\n".join(served))
        keys = {"ARCHIVER_CONFIG": str(folder / "keys")}
        command = [*ARCHIVER, "--archive", str(folder / "archive"), "--allow-net", "127.0.0.0/8"]
        assert run([*ARCHIVER, "init", str(folder / "archive")], **keys).code == 0
        done = run([*command, "snapshot", "--input", str(urls)], **keys)
        row(
            "snapshot:",
            done.err.strip().splitlines()[0],
            f"exit {done.code}, {done.wall:.1f} s, traceback: {'Traceback' in done.err}",
        )
        with Archive.open(folder / "archive", read_only=True) as archive:
            by_url = {snapshot.url: snapshot for snapshot in archive.catalogue.snapshots()}
            same = 0
            for url, body in served.items():
                record = archive.stored_record(archive.catalogue.leaf(by_url[url].response_leaf))
                same += (
                    record.block.endswith(b"\r\n\r\n" + body)
                    and by_url[url].payload_sha256 == hashlib.sha256(body).hexdigest()
                )
            row(f"payloads equal to what the site served: {same} of {len(served)}")
        checked = run([*command, "verify"], **keys)
        row(f"verify: exit {checked.code}, {checked.wall:.1f} s; {checked.out.strip().splitlines()[-1]}")
        quotations(command, base, folder, keys)
        if others:
            foreign(others, folder, list(served))


def quotations(command: list[str], base: str, folder: Path, keys: dict[str, str]) -> None:
    """The quotations of the seeds against their own pages, as HTML and as plain text."""
    for ending in ("html", "txt"):
        rows = [json.loads(line) for line in (SHARED / "seeds/quotations.jsonl").read_text().splitlines()]
        table = folder / f"seeds-{ending}.jsonl"
        table.write_text(
            "\n".join(
                json.dumps({"url": f"{base}/seeds/{item['seed']}.{ending}", "quote": item["quote"]}) for item in rows
            )
        )
        done = run([*command, "--json", "check", str(table)], **keys)
        judged = [json.loads(line) for line in done.out.splitlines()]
        bad = [item["quote"][:60] for item in judged if not item.get("holds")]
        row(
            f"seed quotations that hold against their seed as {ending}: {len(judged) - len(bad)} of {len(judged)}", *bad
        )


def foreign(others: Path, folder: Path, urls: list[str]) -> None:
    """What others' tools say of our WARC files."""
    for name, packages in PACKAGES.items():
        if not (others / name).is_dir():
            subprocess.run([sys.executable, "-m", "venv", str(others / name)], check=True)
            subprocess.run([str(others / name / "bin/pip"), "install", "-q", *packages], check=True)
    files = sorted(str(path) for path in (folder / "archive/warc").rglob("*.warc.gz"))
    for name, command in {
        "warcio check": [str(others / "warcio/bin/warcio"), "check", *files],
        "fastwarc check": [str(others / "fastwarc/bin/fastwarc"), "check", *files],
        "warcat verify": [str(others / "warcat/bin/python"), "-m", "warcat", "verify", *files],
        "gzip -t": ["gzip", "-t", *files],
    }.items():
        done = run(command)
        problems = sum(
            "failed validation" in line or "digest failed" in line for line in (done.out + done.err).splitlines()
        )
        row(f"{name}: exit {done.code}, {problems} problems")
    replay(others / "pywb/bin", folder, files, urls)


def replay(tools: Path, folder: Path, files: list[str], urls: list[str]) -> None:
    """pywb indexes the files and serves every page with the bytes that were recorded."""
    place = folder / "pywb"
    place.mkdir()
    subprocess.run([str(tools / "wb-manager"), "init", "c"], cwd=place, check=True, capture_output=True)
    subprocess.run([str(tools / "wb-manager"), "add", "c", *files], cwd=place, check=True, capture_output=True)
    port = "18473"
    with subprocess.Popen(
        [str(tools / "pywb"), "-p", port], cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            served = 0
            for url in urls:
                body = fetch(f"http://127.0.0.1:{port}/c/2026id_/{url}")
                original = urllib.request.urlopen(url).read()
                served += body == original
            row(f"pywb serves with equal bytes: {served} of {len(urls)}")
        finally:
            server.terminate()


def fetch(url: str) -> bytes:
    for _ in range(100):
        try:
            return urllib.request.urlopen(url).read()
        except ConnectionError:
            time.sleep(0.1)  # it is starting
        except OSError as error:
            if "refused" not in str(error):
                return b""
            time.sleep(0.1)
    return b""


if __name__ == "__main__":
    main()
