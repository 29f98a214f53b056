"""An archive in a store for who has its key: read as by anybody, and time stamps are recorded into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from archiver.catalogue import Rows
from archiver.errors import ReadOnlyArchive
from archiver.sequencing.archive import StoreArchive
from archiver.sequencing.copy import WorkingCopy
from archiver.sequencing.sequencer import Sequencer, sequence_all
from archiver.signing import KeyRing
from archiver.warc import Member


class KeeperArchive(StoreArchive):
    """Open it by `open_keeper`."""

    takes_stamps = True

    @classmethod
    def open_keeper(cls, copy: WorkingCopy, keys: KeyRing | None = None) -> Self:
        """Without the key it is an archive that can only be read, and says so. Raises as `open_store` does."""
        archive = cls.open_store(copy, keys)
        if not archive.records:
            why = "is read-only" if archive.settings.read_only else "can be read here, but its signing key is elsewhere"
            archive.closed = f"The archive {copy.address} {why}: time stamps are asked for where the key is."
        return archive

    @property
    def records(self) -> bool:
        return not self.settings.read_only and self.keys.signing_key_of(self.settings.verifier) is not None

    def ready(self, done: str = "stamped") -> None:
        """Signs what waits, since what gets its number behind a stamp must not be much older than that."""
        self.need_writable(done)
        self._clock.check(self.catalogue)
        for _ in sequence_all(self._copy, self.keys):
            pass  # what cannot be taken is told by `archiver log sequence`

    def need_writable(self, done: str) -> None:
        if not self.records:
            raise ReadOnlyArchive(f"{self.closed} Nothing was {done}.")

    def _record(self, members: Sequence[Member], *, read_only: bool = False) -> Rows:
        self.need_writable("recorded")
        if read_only:
            self._refuse("made read-only")
        Sequencer(self._copy, self.keys).record(members)
        return Rows()
