"""Damage of what is on record of one source, which says nothing of the others."""

from __future__ import annotations

from archiver.archive import Archive
from archiver.errors import DamagedArchive


def own_damage(archive: Archive, error: DamagedArchive) -> DamagedArchive:
    """The damage that was met at one source, where the rest of a run can go on. Each text that is judged is held against its own signed record,
    so what is found of the others stands. Raises ArchiveError where the damage is of the log or the disk: then nothing can be recorded any more.
    """
    if archive.records:
        archive.record([])
    return error
