"""``archive.toml`` as evidence: read anew at every commit, and recorded where it is not as it was last recorded."""

from __future__ import annotations

from pathlib import Path

from archiver import durable
from archiver.archive import config, handover
from archiver.archive.stored import stored_record
from archiver.catalogue import Catalogue
from archiver.errors import ArchiveError, DamagedArchive, ReadOnlyArchive
from archiver.model.kinds import SETTINGS
from archiver.warc import Locks

MARK = "settings"
"""Stands while the archive is being made read-only."""


class Settings:
    """What this process knows of the settings of an archive; another may change them at any time but during a commit.

    All methods are called under the log's lock.
    """

    def __init__(self, root: Path, settings: config.Config) -> None:
        self._root = root
        self.config = settings
        self._recorded: bytes | None = None
        self._seen = 0

    def refresh(self) -> bytes:
        """The file as it is now. Raises ReadOnlyArchive where it says so by now, ArchiveError where it is of no use."""
        handover.refuse_unsettled(self._root)
        settings, data = config.read(self._root)
        if settings.origin == self.config.origin and settings.key != self.config.key:
            raise ArchiveError(f"The key of {self._root} was exchanged while it was open; open the archive again.")
        if settings.origin != self.config.origin:
            raise DamagedArchive(f"{self._root / config.FILE} names another log than it did; open the archive again.")
        self.config = settings
        if settings.read_only:
            raise ReadOnlyArchive(
                f"The archive {self._root} has become read-only; nothing was recorded. Name another with --archive."
            )
        return data

    def recorded(self, catalogue: Catalogue) -> bytes | None:
        """The file as it was last recorded, by whomever; None before the first time, and where that record is damaged."""
        leaf = catalogue.newest_of(SETTINGS, self._seen)
        self._seen = catalogue.size()
        if leaf is not None:
            try:
                self._recorded = stored_record(self._root, leaf).block
            except DamagedArchive:
                self._recorded = None  # then it is recorded once more; `archiver verify` names the damage
        return self._recorded


def finish_read_only(root: Path, locks: Locks, catalogue: Catalogue) -> list[str]:
    """Does the second step of making an archive read-only where a crash came between; the caller holds the log's lock."""
    if not locks.mark(MARK).exists():
        return []
    settings, data = config.read(root)
    recorded = Settings(root, settings).recorded(catalogue)
    done = []
    if recorded is not None and config.only_read_only(data, recorded):
        durable.replace_file(root / config.FILE, recorded)
        done.append(f"Making {root} read-only was interrupted; it is read-only now.")
    locks.mark(MARK).unlink(missing_ok=True)
    return done
