"""All of an archive in a store as a folder: what `archiver verify` looks at, and what somebody takes home."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archiver import durable
from archiver.log import Checkpoint
from archiver.sequencing import names
from archiver.sequencing.copy import WorkingCopy, cut
from archiver.sequencing.publishing import at_once
from archiver.sequencing.tidying import unannounced
from archiver.store import Absent


@contextmanager
def whole_copy(copy: WorkingCopy) -> Iterator[Path]:
    """Every byte that the published head accounts for, fetched anew, as an archive in a folder that is gone afterwards.

    Nothing of the working copy goes into it, but its head must have grown out of the one that was seen here before. What is not in the
    store is not in the folder. Segments that wait for the sequencer are left out; those that nobody announced within a day are not.
    Raises StoreFailed, ForkedLog, ArchiveError.
    """
    with copy.held():
        copy.bring_up()
        strays = unannounced(copy)  # which brings the copy up once more
        with copy.catalogue() as catalogue:
            segments = sorted({file for _, file, _ in catalogue.places() if file})
        head = copy.head()
        note = copy.log.checkpoint()
        settings = (copy.root / names.SETTINGS).read_bytes()
    with tempfile.TemporaryDirectory(dir=copy.root, prefix="whole-") as folder:
        root = Path(folder) / "archive"
        _fetch_log(copy, root, head)
        durable.make_folder(root / "warc")
        at_once(lambda name: _fetch(copy, name, root / names.segment(name)), [*segments, *strays])
        durable.make_folder(root / "log")
        (root / "log" / "checkpoint").write_bytes(note)
        (root / names.SETTINGS).write_bytes(settings)
        yield root


def _fetch(copy: WorkingCopy, name: str, path: Path) -> None:
    durable.make_folder(path.parent)
    try:
        copy.store.fetch(name, path)
    except Absent:
        path.unlink(missing_ok=True)


def _fetch_log(copy: WorkingCopy, root: Path, head: Checkpoint) -> None:
    def take(name: str) -> None:
        path = root / "log" / name
        durable.make_folder(path.parent)
        try:
            data, _ = copy.store.get(f"log/{name}")
        except Absent:
            later, _ = copy.store.get(names.CHECKPOINT)
            if Checkpoint.opened(later, copy.log.key).size == head.size:
                return
            data = copy.log.file(name)  # an unfinished tile that a later head has replaced
        path.write_bytes(cut(name, data, head.size))

    at_once(take, sorted(copy.log.files() - {"checkpoint"}))
