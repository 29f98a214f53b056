"""Makes the committed sample archive from the demo's own pages, signed with the published throw-away key.

    python tools/make_archive.py [FOLDER]       (archive/ where none is named; it must not exist)

The pages are served under a fixed port so that the recorded addresses stay the same; times and salts differ at every making.
"""

from __future__ import annotations

import ipaddress
import shutil
import sys
import tempfile
from pathlib import Path

from archiver.api import Archive
from archiver.archive.config import FILE
from archiver.demo import DemoSite
from archiver.settings import FetchSettings
from archiver.signing import KeyRing, SigningKey
from archiver.version import __version__

ROOT = Path(__file__).resolve().parent.parent
KEY_FILE = ROOT / "tests" / "data" / "throw-away-key.pem"
ORIGIN = "archiver.invalid/sample"


def make(folder: Path) -> None:
    """Snapshots, quotes true and false, an edit; then the archive is marked read-only, which is recorded too."""
    with tempfile.TemporaryDirectory() as keys, DemoSite() as site:
        ring = KeyRing(Path(keys))
        signer = SigningKey.from_pem(ORIGIN, KEY_FILE.read_bytes())
        ring.store(signer)
        settings = FetchSettings(f"archiver/{__version__}", allow_net=(ipaddress.ip_network("127.0.0.0/8"),))
        with Archive.create(folder, ring, signer=signer) as archive:
            wire, council = f"{site.url}/wire/ferry-crossing", f"{site.url}/council/timetable"
            for url in (wire, f"{site.url}/gazette/ferry-crossing", council):
                archive.snapshot(url, settings)
            archive.quote(wire, "It is a wall, not a miracle", speaker="Ines Okafor", settings=settings)
            archive.quote(wire, "We have rebuilt 410 metres of wall", settings=settings)
            archive.quote(council, "The first boat leaves Port Anna at 6.40 on the 13th of April.", settings=settings)
            site.edit()
            archive.snapshot(council, settings)
            archive.quote(council, "The first boat leaves Port Anna at 6.40 on the 13th of April.", settings=settings)
            archive.make_read_only()
        for name in ("catalogue.db", "catalogue.db-wal", "catalogue.db-shm", "state.db"):
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / "locks")
    print(f"{folder / FILE} and its log are signed with {signer.public.vkey}")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "archive")
