"""A writer: members of many threads become a segment of its own, whole in the store, and announced; only then they are acknowledged.

It needs no key, and no other writer. What it brings gets its number when the sequencer takes it.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archiver import clock
from archiver.archive.commit import Commit, file_member, settings_member
from archiver.archive.group import GroupCommit, Pending, fail_undone
from archiver.archive.indexing import joined
from archiver.archive.recorder import add_all
from archiver.catalogue import Catalogue, Rows
from archiver.errors import ArchiveError, ArchiverError
from archiver.log import Details
from archiver.model.kinds import TIMESTAMP
from archiver.sequencing.pending import Announced
from archiver.sequencing.timeliness import check_fresh
from archiver.store import ObjectStore, StoreFailed
from archiver.warc import SUFFIX, Member

PACE = 2.0
"""Seconds from one segment to the next while a list is captured: each costs some requests, whatever it holds."""


class StoreRecorder:
    """Writes to one archive for the threads of a process. ``catalogue`` is the writer's own view, in which what waits has provisional numbers.

    ``waiting`` takes the details of what it wrote, by these numbers; ``settings`` are those of the archive where they are not recorded
    yet, empty otherwise.
    """

    def __init__(
        self,
        store: ObjectStore,
        origin: str,
        catalogue: Catalogue,
        spool: Path,
        waiting: dict[int, Details],
        settings: bytes = b"",
    ) -> None:
        self._store = store
        self._origin = origin
        self._catalogue = catalogue
        self._spool = spool
        self._waiting = waiting
        self._settings = settings
        self._latest = datetime.min.replace(tzinfo=UTC)
        self.group = GroupCommit(self._commit, PACE)
        self.written = 0

    def record(self, members: Sequence[Member]) -> Rows:
        """Records the members, all or none, and gives their rows; on return segment and announcement are in the store.

        Raises ArchiveError, InputError.
        """
        return self.group.submit(Pending(tuple(members)))

    def _commit(self, batch: list[Pending]) -> None:
        failure: ArchiverError = ArchiveError("Recording broke off; what was acknowledged before is safe.")
        try:
            self._write(batch)
        except OSError as error:
            failure = ArchiveError(
                f"Recording failed: {error.strerror or error}; what was acknowledged before is safe."
            )
        except StoreFailed as error:
            failure = StoreFailed(f"{error} Nothing of it was acknowledged; what was before is safe.")
        except ArchiverError as error:
            failure = error
        finally:
            fail_undone(batch, failure)

    def _write(self, batch: list[Pending]) -> None:
        # what waits is taken in the order of its names: what stands on a segment of this writer has a later one, however fast
        # they follow each other and whatever is done to the clock meanwhile
        self._latest = max(clock.now(), self._latest + timedelta(milliseconds=1))
        commit = begun(self._catalogue, self._origin, self._latest)
        if self._settings:
            commit.add([settings_member(self._settings)])
        taken = list(add_all(batch, commit))
        if taken:
            self._put(commit)
        for pending, rows in taken:
            pending.rows = rows
            pending.done = True

    def _put(self, commit: Commit) -> None:
        announced = put_segment(self._store, commit, self._spool)
        check_fresh(leaf for rows in commit.rows for leaf in rows.leaves)
        self._store.create(announced.name, announced.to_bytes())
        self.written += 1
        self._settings = b""
        self._catalogue.add(joined(commit.rows))
        self._waiting |= dict(enumerate(announced.details(), commit.head))


def begun(catalogue: Catalogue, origin: str, moment: datetime) -> Commit:
    """What a segment of this moment begins with. ``catalogue`` numbers its leaves provisionally, ``origin`` is the name of the log."""
    name = f"{moment.strftime('%Y%m%d%H%M%S%f')[:17]}-{secrets.token_hex(12)}{SUFFIX}"
    commit = Commit(catalogue, f"warc/{moment.strftime('%Y/%m')}/{name}", 0, catalogue.size())
    commit.add([file_member(name, origin, catalogue.newest_of(TIMESTAMP))])
    return commit


def put_segment(store: ObjectStore, commit: Commit, spool: Path) -> Announced:
    """Puts a segment where it belongs, and announces it to nobody yet; what is to be announced."""
    announced = Announced(commit.file, commit.at, tuple(leaf.line for leaf in commit.leaves))
    with tempfile.TemporaryDirectory(dir=spool, prefix="writing-") as folder:
        path = Path(folder) / "segment"
        with path.open("wb") as file:
            for member in commit.members:
                file.write(member.data)
        store.create_file(announced.segment, path)
    return announced
