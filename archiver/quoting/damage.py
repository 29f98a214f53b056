"""Damage of what is on record of one source, which says nothing of the others."""

from __future__ import annotations

from archiver.archive import Archive
from archiver.errors import ArchiveError, DamagedArchive
from archiver.quoting.choosing import Choice
from archiver.quoting.judge import Judge, Quotation
from archiver.quoting.judged import Judged, undecided

SNAPSHOT_DAMAGED = "snapshot-damaged"
"""The notice that what is on record of a source is not what was recorded."""


def own_damage(archive: Archive, error: DamagedArchive) -> DamagedArchive:
    """The damage that was met at one source, where the rest of a run can go on. Each text that is judged is held against its own signed record,
    so what is found of the others stands. Raises ArchiveError where the damage is of the log or the disk: then nothing can be recorded any more.
    """
    if archive.records:
        archive.record([])
    return error


def judged_or_undecided(archive: Archive, judge: Judge, quotation: Quotation, choice: Choice, url: str) -> Judged:
    """The verdict by the snapshot that was chosen for ``url``; undecided, with the reason, where what is on record of it is damaged or cannot be
    read. Raises ArchiveError as `own_damage` does."""
    try:
        return judge.judge(quotation, choice.snapshot, url, choice.notices())
    except DamagedArchive as error:
        why = str(own_damage(archive, error))
        return Judged(quotation.text, url, None, undecided(SNAPSHOT_DAMAGED, why))
    except ArchiveError as error:
        return Judged(quotation.text, url, choice.snapshot, undecided("unreadable", str(error)))


def is_damaged(judged: Judged) -> bool:
    """Whether what is on record of its source is damaged: that is amiss whatever its verdict is."""
    return any(notice.code == SNAPSHOT_DAMAGED for notice in judged.judgement.warnings)
