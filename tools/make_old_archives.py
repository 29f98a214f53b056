"""Makes tests/data/format-1.tar.xz: an archive as each of several versions since the freeze wrote it.

    python tools/make_old_archives.py TREE...

Each TREE is a checkout of an old commit (`git worktree add TREE COMMIT`), whose folder's name names the archive. Its own code makes the
archive, in the interpreter that runs this script, from the demo's pages, signed with the published throw-away key; with catalogue.db and
state.db, which a later version has to bring up to itself. What a version cannot do yet (recheck, lists with a tag) is left out.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXTURE = ROOT / "tests" / "data" / "format-1.tar.xz"
KEY_FILE = ROOT / "tests" / "data" / "throw-away-key.pem"
ORIGIN = "archiver.invalid/sample"
INSIDE = "ARCHIVER_OLD_ARCHIVE"


def run(root: Path, *words: str) -> tuple[int, str]:
    """A command of the old version."""
    command = [
        sys.executable,
        "-m",
        "archiver.cli",
        "--allow-net",
        "127.0.0.0/8",
        "--json",
        "--archive",
        str(root),
        *words,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(" ".join(words[:2])[:60], "->", done.returncode, done.stderr.strip()[:300])
    return done.returncode, done.stdout


def make(root: Path) -> None:
    """One archive, by the code that PYTHONPATH names."""
    from archiver.api import Archive
    from archiver.demo import DemoSite
    from archiver.signing import KeyRing, SigningKey

    ring = KeyRing(Path(os.environ["ARCHIVER_CONFIG"]))
    signer = SigningKey.from_pem(ORIGIN, KEY_FILE.read_bytes())
    ring.store(signer)
    with Archive.create(root, ring, signer=signer):
        pass
    with DemoSite() as site:
        wire, gazette, council = (
            f"{site.url}/{name}" for name in ("wire/ferry-crossing", "gazette/ferry-crossing", "council/timetable")
        )
        listed = root.parent / "list.txt"
        listed.write_text(f"{wire}\n{site.url}/nowhere\n")
        for words in (
            ("snapshot", wire),
            ("snapshot", gazette),
            ("quote", wire, "It is a wall, not a miracle", "--speaker", "Ines Okafor"),
            ("quote", wire, "We have rebuilt 410 metres of wall"),
            ("quote", council, "The first boat leaves Port Anna at 6.40 on the 13th of April."),
        ):
            run(root, *words)
        site.edit()
        run(root, "recheck", "--confirm-after", "0", council)
        run(root, "snapshot", council)
        run(root, "snapshot", "--input", str(listed))  # which makes state.db
        run(root, "snapshot", "--input", str(listed), "--tag", "study")
        listing = [json.loads(line) for line in run(root, "list")[1].splitlines()]
        (gone,) = (line["snapshot"] for line in listing if line["url"] == gazette)
        run(root, "erase", "--yes", "--reason", "a privacy request", gone)
        quotes = [json.loads(line) for line in run(root, "list", "--quotes")[1].splitlines()]
        run(root, "export", quotes[-1]["id"], "--to", str(root.parent / "pack.wacz"))
        print(run(root, "verify")[0])


def packed(tree: Path, into: tarfile.TarFile) -> None:
    """Has a tree make its archive, and takes that and its pack into the fixture."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / tree.name
        made.mkdir()
        environ = {
            **os.environ,
            "PYTHONPATH": str(tree),
            "PYTHONDONTWRITEBYTECODE": "1",
            "ARCHIVER_CONFIG": str(Path(folder) / "config"),
        }
        environ[INSIDE] = str(made / "archive")
        subprocess.run([sys.executable, __file__], env=environ, cwd=folder, check=True)
        (made / "list.txt").unlink()
        shutil.rmtree(made / "archive" / "locks", ignore_errors=True)
        for path in sorted(made.rglob("*")):
            if path.is_file():
                entry = tarfile.TarInfo(path.relative_to(folder).as_posix())
                data = path.read_bytes()
                entry.size, entry.mode = len(data), 0o644
                into.addfile(entry, io.BytesIO(data))


if __name__ == "__main__":
    if INSIDE in os.environ:
        make(Path(os.environ[INSIDE]))
    else:
        with tarfile.open(FIXTURE, "w:xz") as tar:
            for name in sys.argv[1:]:
                packed(Path(name).resolve(), tar)
        print(f"{FIXTURE}: {FIXTURE.stat().st_size} bytes")
