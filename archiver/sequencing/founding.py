"""Making an archive in a store: one is made in a folder, and its files are put where they belong, the settings last."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from archiver.archive import Archive
from archiver.errors import ArchiveError
from archiver.sequencing import names
from archiver.signing import KeyRing
from archiver.store import Address, ObjectStore, Taken
from archiver.warc import file_name, segment_files


def found_in_store(
    store: ObjectStore, address: Address, keys: KeyRing | None = None, authorities: tuple[str, ...] = ()
) -> Archive:
    """Makes an archive and its signing key; returns the founding archive, closed, for what is to be said of it. ``authorities`` are
    those that are asked for time stamps.

    Of two who make one at the same place one wins, and the other leaves everything as it is. Raises ArchiveError where there is
    something already, StoreFailed.
    """
    for prefix in ("sequencer/", "log/", "warc/"):
        if next(iter(store.list(prefix)), None) is not None:
            raise ArchiveError(
                f"There is something below {address}/{prefix} already; it is left as it is: name another place."
            )
    with tempfile.TemporaryDirectory(prefix="archiver-") as folder:
        root = Path(folder) / "archive"
        made = Archive.create(root, keys, timestamp_authorities=authorities)
        made.close()
        _put(store, address, root, made)
    return made


def _put(store: ObjectStore, address: Address, root: Path, made: Archive) -> None:
    note = made.log.checkpoint()
    try:
        store.create(names.HEAD, note)
    except Taken as error:
        raise ArchiveError(f"Somebody else is just making an archive at {address}; theirs stands.") from error
    (segment,) = segment_files(root)
    name = file_name(root, segment)
    store.create_file(name, segment)
    for file in sorted(made.log.files() - {"checkpoint"}):
        store.create(f"log/{file}", made.log.file(file))
    size = made.log.head().size
    store.create(names.index_of(0), json.dumps({"v": 1, "first": 0, "segments": [[name, size]]}).encode())
    store.create(names.CHECKPOINT, note)
    store.create(names.SETTINGS, (root / names.SETTINGS).read_bytes())
