"""Recording: members of many threads become one commit, written in the order that a crash cannot hurt.

Members to the segment → details, entries and tiles to the log → the signed head by rename → the catalogue → acknowledged. Each step
is durable before the next begins; all of it happens under the lock of the log. What can be refused is refused before the first
byte is written; once something is written and fails, this process records no more, and the next open brings everything back to
the signed head.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archiver import clock
from archiver.archive import healing
from archiver.archive.indexing import SETTINGS, Indexed, joined, rows_of, stored_leaf
from archiver.catalogue import Catalogue, Rows
from archiver.digests import Digest
from archiver.errors import ArchiveError, ArchiverError, DamagedArchive, InputError, ReadOnlyArchive
from archiver.log import Details, Leaf, Log, make_leaf
from archiver.model import StoredLeaf
from archiver.signing import KeyRing, SigningKey
from archiver.version import TOOL
from archiver.warc import LOG, Locks, Member, Record, Segment, acquire, seal


@dataclass(slots=True)
class _Pending:
    """Members that one caller wants recorded, and what became of them."""

    members: Sequence[Member]
    done: bool = False
    error: ArchiverError | None = None
    leaves: tuple[StoredLeaf, ...] = ()


@dataclass(slots=True)
class _Commit:
    """What one commit writes: members in order, a log leaf for each, the catalogue's rows.

    ``at`` is where the next member would lie in ``file``, ``head`` how many leaves the log had before.
    """

    file: str
    at: int
    head: int
    members: list[Member] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)


@dataclass(slots=True)
class Settings:
    """``archive.toml`` as it is now, and as it was last recorded (looked up at the first commit)."""

    current: bytes
    look_up: Callable[[], bytes | None]
    recorded: bytes | None = None

    def due(self) -> bytes | None:
        """What has to be recorded before anything else, None where it is recorded already."""
        if self.recorded is None:
            try:
                self.recorded = self.look_up()
            except DamagedArchive:
                self.recorded = None  # then it is recorded once more; `archiver verify` names the damage
        return None if self.recorded == self.current else self.current


class Recorder:
    """Writes to one archive for the threads of a process. ``notices`` takes a sentence for each thing that had to be mended."""

    def __init__(
        self,
        root: Path,
        log: Log,
        keys: KeyRing,
        catalogue: Callable[[], Catalogue],
        notices: list[str],
        settings: Settings,
    ) -> None:
        self._root = root
        self._settings = settings
        self._log = log
        self._keys = keys
        self._locks = Locks(root)
        self._catalogue = catalogue
        self._notices = notices
        self._queue: list[_Pending] = []
        self._queue_lock = threading.Lock()
        self._commit_lock = threading.Lock()
        self._segment: Segment | None = None
        self._signer: SigningKey | None = None
        self._broken = ""

    def record(self, members: Sequence[Member]) -> list[StoredLeaf]:
        """Records the members, all or none; whoever gets the lock commits for all that wait.

        What cannot be recorded (a record of a wrong shape) fails for its own caller only.
        """
        pending = _Pending(tuple(members))
        with self._queue_lock:
            self._queue.append(pending)
        with self._commit_lock:
            if not pending.done:
                with self._queue_lock:
                    batch, self._queue = self._queue, []
                self._commit(batch)
        if not pending.done:
            raise ArchiveError("Recording was interrupted before anything of it was written.")
        if pending.error is not None:
            raise pending.error
        return list(pending.leaves)

    def close(self) -> None:
        """Gives the segment back; nothing is recorded any more."""
        with self._commit_lock:
            if self._segment is not None:
                self._segment.release(clean=not self._broken)
                self._segment = None
            self._broken = self._broken or f"The archive {self._root} was closed."

    def _commit(self, batch: list[_Pending]) -> None:
        failure: ArchiverError = ArchiveError("Recording broke off; what was acknowledged before is safe.")
        try:
            if self._broken:
                failure = ArchiveError(self._broken)
                return
            with self._locks.holding_log():
                self._write(batch)
            failure = ArchiveError("Recording did not come to its end.")  # for whom it left undone: that cannot be
        except OSError as error:
            failure = ArchiveError(
                f"Recording in {self._root} failed: {error.strerror or error}; what was acknowledged before is safe."
            )
        except ArchiverError as error:
            failure = error
        finally:
            for pending in batch:
                if not pending.done:
                    # one value for each: an exception that several threads raise collects all their tracebacks
                    pending.error = pending.error or type(failure)(str(failure))
                    pending.done = True

    def _write(self, batch: list[_Pending]) -> None:
        head = self._log.head()
        catalogue = self._catalogue()
        if catalogue.size() != head.size:
            self._notices += healing.heal(self._root, self._locks, self._log, catalogue)
            if catalogue.size() != head.size:
                raise DamagedArchive(healing.cut_back(catalogue, head.size))
        signer = self._signing_key()
        segment = self._held_segment(catalogue)
        settings = self._settings.due()
        commit = _Commit(segment.name, segment.size, head.size)
        self._add(commit, self._opening_members(segment, settings))
        accepted: list[tuple[_Pending, int]] = []
        for pending in batch:
            start = len(commit.members)
            try:
                self._add(commit, pending.members)
            except (ArchiverError, ValueError, TypeError, AttributeError) as error:
                pending.error = (
                    error if isinstance(error, ArchiverError) else InputError(f"It cannot be recorded: {error}")
                )
            else:
                accepted.append((pending, start))
        if commit.members:
            self._broken = f"An earlier write to {self._root} failed; open the archive again to go on."
            segment.append(commit.members)
            mark = self._locks.mark(LOG)
            mark.touch()
            self._log.append(commit.leaves, signer)
            mark.unlink(missing_ok=True)
            catalogue.add(joined(commit.rows))
            self._settings.recorded = self._settings.recorded if settings is None else settings
            self._broken = ""
        leaves = [leaf for rows in commit.rows for leaf in rows.leaves]
        for pending, start in accepted:
            pending.leaves = tuple(leaves[start : start + len(pending.members)])
            pending.done = True

    def _add(self, commit: _Commit, members: Sequence[Member]) -> None:
        """Puts members at the end of a commit; raises, and leaves the commit as it is, where one cannot be recorded."""
        leaves, indexed, at = [], [], commit.at
        for number, member in enumerate(members, commit.head + len(commit.members)):
            details = _details(member)
            leaves.append(make_leaf(details))
            indexed.append(Indexed(stored_leaf(number, details, commit.file, at), member.record.block))
            at += member.size
        rows = rows_of(indexed, self._catalogue().leaf_of_record)
        commit.members += members
        commit.leaves += leaves
        commit.rows.append(rows)
        commit.at = at

    def _held_segment(self, catalogue: Catalogue) -> Segment:
        if self._segment is not None and self._segment.full:
            self._segment.release(clean=True)
            self._segment = None
        if self._segment is None:
            self._segment = acquire(self._root, self._locks, clock.now(), catalogue.end_of)
        return self._segment

    def _opening_members(self, segment: Segment, settings: bytes | None) -> list[Member]:
        """What must stand before the first record: a warcinfo in a new file, and the settings where they changed."""
        members = []
        now = clock.stamp()
        if segment.size == 0:
            fields = f"software: {TOOL}\r\nformat: WARC File Format 1.1\r\nisPartOf: {self._log.key.name}\r\n"
            extra = (("WARC-Filename", segment.path.name),)
            members.append(
                seal(Record("warcinfo", "warcinfo", "", now, "application/warc-fields", fields.encode(), extra=extra))
            )
        if settings is not None:
            uri = f"urn:archiver:settings:{uuid.uuid4()}"
            digest = Digest.of(settings)
            members.append(seal(Record(SETTINGS, "resource", uri, now, "application/toml", settings, digest)))
        return members

    def _signing_key(self) -> SigningKey:
        name = self._log.key.name
        if self._signer is None:
            self._signer = self._keys.signing_key(name)
        if self._signer is None:
            raise ReadOnlyArchive(
                f"The signing key of {self._root} is not on this machine ({self._keys.signing_path(name)}); "
                "it can be read and verified here, but not recorded into."
            )
        if self._signer.public != self._log.key:
            raise DamagedArchive(f"The signing key on this machine is not the one that {self._root} names.")
        return self._signer


def _details(member: Member) -> Details:
    record = member.record
    return Details(
        kind=record.kind,
        sha256=member.sha256.hex,
        size=member.size,
        record_id=record.record_id,
        warc_type=record.type,
        uri=record.uri,
        time=record.date,
        tool=TOOL,
        payload_sha256=record.payload.hex if record.payload else "",
        server_date=record.server_date,
    )
