"""Writing the hand-over of a log whose key was exchanged, for those who have what an older key signed."""

from __future__ import annotations

from archiver.archive import Archive
from archiver.custody.reading import Frozen, frozen, root_at
from archiver.errors import DamagedArchive, InputError
from archiver.log.handing import HandoverFile
from archiver.log.merkle import HASH_SIZE, TILE_WIDTH
from archiver.log.rotation import KIND, Rotation


def handover_of(archive: Archive, now: Frozen | None = None) -> HandoverFile:
    """The hand-over of a log. Raises InputError where its key was never exchanged, DamagedArchive where the log is not what was signed."""
    leaves = list(archive.catalogue.leaves(KIND))
    if not leaves:
        raise InputError(f"The key of {archive.root} was never exchanged, so there is nothing to hand over.")
    rotations = tuple(Rotation.parse(archive.stored_record(leaf).block) for leaf in leaves)
    log, head = now or frozen(archive)
    last = max((rotation.last for rotation in rotations), key=lambda item: item.size)
    if root_at((log, head), last.size) != last.root:
        raise DamagedArchive("The last head of the old key is not a beginning of this log; run `archiver verify`.")
    tiles = [
        log.tile(0, index, min(TILE_WIDTH, head.size - index * TILE_WIDTH))
        for index in range(-(-last.size // TILE_WIDTH))
    ]
    return HandoverFile(rotations, b"".join(tiles)[: last.size * HASH_SIZE])
