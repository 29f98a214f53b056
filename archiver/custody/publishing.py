"""Publishing a log: its head and tiles, which show how much was recorded and when it changed, but nothing of what."""

from __future__ import annotations

from pathlib import Path

from archiver import durable
from archiver.archive import Archive
from archiver.custody.handing import handover_of
from archiver.custody.reading import Frozen, consistency, frozen
from archiver.errors import ArchiveError, DamagedArchive, ForkedLog, InputError
from archiver.log import Checkpoint, layout
from archiver.log.handing import NAME, SHORT_NAME
from archiver.log.merkle import TILE_WIDTH
from archiver.log.rotation import KIND


def publish(archive: Archive, folder: Path) -> tuple[Checkpoint, int]:
    """Copies checkpoint and tiles into a folder for a static web server, what is new only; returns the head and the count of files.

    The checkpoint is put in place last, so that a reader never meets a head whose tiles are missing. Raises InputError for a folder
    of something else, ForkedLog where the head that is published there is not a beginning of this log.
    """
    folder, root = folder.resolve(), archive.root.resolve()  # what a link or a `..` leads to is what is written into
    if folder == root or root in folder.parents or folder in root.parents:
        raise InputError(f"{folder} cannot hold the published log: name a folder outside the archive {archive.root}.")
    now = frozen(archive)
    log, head = now
    try:
        _compare_with_published(archive, folder, now)
        written = 0
        names = [layout.tile_path(level, index, width) for level, index, width in layout.tiles_of(head.size)]
        names += [layout.tile_path("entries", index, width) for index, width in layout.bundles_of(head.size)]
        for name in names:
            written += _copy(log.file(name), folder / name)
        if any(archive.catalogue.leaves(KIND)):
            handover = handover_of(archive, now)
            written += _copy(handover.to_json(), folder / NAME) + _copy(handover.short().to_json(), folder / SHORT_NAME)
        written += _copy(log.checkpoint(), folder / layout.CHECKPOINT)
        _drop_parts(folder, names)
    except OSError as error:
        raise ArchiveError(f"The log cannot be published in {folder}: {error.strerror}.") from error
    return head, written


def _compare_with_published(archive: Archive, folder: Path, now: Frozen) -> None:
    path = folder / layout.CHECKPOINT
    if not path.exists():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(
                f"{folder} holds something else; name an empty or a new folder, or one where this log is published."
            )
        return
    keys = [archive.key, *archive.keys.known_keys(archive.key.name)]
    try:
        older = Checkpoint.opened_by_any(path.read_bytes(), keys)
    except DamagedArchive as error:
        raise InputError(
            f"In {folder} another log is published, or this one under another key; name another folder."
        ) from error
    try:
        consistency(now, older)
    except ForkedLog as error:
        raise ForkedLog(f"{error} It was published in {folder}, which is left as it is.") from error


def _copy(data: bytes, target: Path) -> bool:
    if target.is_file() and target.read_bytes() == data:
        return False
    durable.make_folder(target.parent)
    durable.replace_file(target, data)
    return True


def _drop_parts(folder: Path, names: list[str]) -> None:
    """Parts of tiles that are whole by now; of others the older parts stay, for readers of an older head."""
    for name in names:
        if ".p/" in name:
            continue
        parts = folder / f"{name}.p"
        if parts.is_dir():
            for number in range(1, TILE_WIDTH):
                (parts / str(number)).unlink(missing_ok=True)
            parts.rmdir()
