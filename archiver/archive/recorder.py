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

from archiver import clock, durable
from archiver.archive import config, handover, healing, removal
from archiver.archive.indexing import SETTINGS, TIMESTAMP, Indexed, joined, refuse_erased, rows_of, stored_leaf
from archiver.archive.settings import MARK, Settings
from archiver.catalogue import Catalogue, Rows
from archiver.digests import Digest
from archiver.errors import ArchiveError, ArchiverError, DamagedArchive, InputError, ReadOnlyArchive
from archiver.log import Details, Leaf, Log, make_leaf
from archiver.model import StoredLeaf, Tombstone
from archiver.signing import KeyRing, SigningKey
from archiver.version import TOOL
from archiver.warc import LOG, Locks, Member, Record, Segment, acquire, limit_of, seal


_HEADERS = 1 << 20  # room that a record's size leaves for its WARC header


@dataclass(slots=True)
class _Pending:
    """Members that one caller wants recorded, and what became of them; ``read_only`` asks for no more to be recorded after.

    ``leads`` says that this caller has to commit for all that wait, ``woken`` that it has to wait no longer.
    """

    members: Sequence[Member]
    read_only: bool = False
    done: bool = False
    error: ArchiverError | None = None
    leaves: tuple[StoredLeaf, ...] = ()
    leads: bool = False
    woken: threading.Event = field(default_factory=threading.Event)


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


class Recorder:
    """Writes to one archive for the threads of a process.

    ``notices`` takes a sentence for each thing that had to be mended, or that a person should know.
    """

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
        self._led = False
        self._segment: Segment | None = None
        self._signer: SigningKey | None = None
        self._broken = ""

    def record(self, members: Sequence[Member], *, read_only: bool = False) -> list[StoredLeaf]:
        """Records the members, all or none; whoever gets the lock commits for all that wait.

        What cannot be recorded (a record of a wrong shape) fails for its own caller only. With ``read_only`` the last thing that is
        recorded are the settings that make the archive read-only, and ``archive.toml`` is replaced before anybody else may write.
        """
        pending = _Pending(tuple(members), read_only)
        with self._queue_lock:
            self._queue.append(pending)
            pending.leads, self._led = not self._led, True
        try:
            if not pending.leads:
                pending.woken.wait()
            if pending.leads:
                self._lead()
        except BaseException:
            self._withdraw(pending)
            raise
        if not pending.done:
            raise ArchiveError("Recording was interrupted before anything of it was written.")
        if pending.error is not None:
            raise pending.error
        return list(pending.leaves)

    def _lead(self) -> None:
        """Commits for all that wait, and appoints the first of those that came meanwhile: nobody else has to wake up for that."""
        batch: list[_Pending] = []
        try:
            with self._commit_lock:
                with self._queue_lock:
                    batch, self._queue = self._queue, []
                self._commit(batch)
        finally:
            self._appoint()
            for pending in batch:
                pending.woken.set()

    def _appoint(self) -> None:
        with self._queue_lock:
            following = self._queue[0] if self._queue else None
            self._led = following is not None
            if following is not None:
                following.leads = True
                following.woken.set()

    def _withdraw(self, pending: _Pending) -> None:
        """Takes back what a caller who was interrupted had queued; whoever waits behind it goes on."""
        with self._queue_lock:
            self._queue = [other for other in self._queue if other is not pending]
        if pending.leads:
            self._appoint()

    def exchange_key(self, new: SigningKey, statement: Callable[[bytes, SigningKey | None], Member]) -> StoredLeaf:
        """Lets another key, which is in the key ring already, head the log from here on; this object records no more then.

        ``statement`` makes the record of it from the head as it is and the old key (None where that is not on this machine).
        """
        with self._commit_lock:
            if self._broken:
                raise ArchiveError(self._broken)
            try:
                with self._locks.holding_log():
                    self._settings.refresh()
                    old = self._keys.signing_key_of(self._log.key)
                    pending = _Pending((statement(self._log.checkpoint(), old),))
                    self._write([pending], new)
            except OSError as error:
                raise ArchiveError(
                    f"The key of {self._root} was not exchanged: {error.strerror or error}; open the archive again to go on."
                ) from error
            if pending.error is not None:
                raise pending.error
            return pending.leaves[0]

    def take_out(self, prepare: Callable[[], tuple[Member, Tombstone]]) -> tuple[StoredLeaf, list[str]]:
        """Records a tombstone and takes out what it names; returns the tombstone's leaf, and sentences about what is left to do.

        ``prepare`` is called under the log's lock, when nobody else records. Raises ArchiveError where another process writes to a
        file that is concerned (nothing is changed then), or where disk or key fail: then the tombstone may be recorded, and the next
        open goes on with it.
        """
        with self._commit_lock:
            if self._broken:
                raise ArchiveError(self._broken)
            try:
                with self._locks.holding_log():
                    return self._take_out(prepare)
            except OSError as error:
                raise ArchiveError(
                    f"Erasing in {self._root} failed: {error.strerror or error}. Where the erasure is recorded already, the next "
                    "command that may write to this archive goes on with it."
                ) from error

    def take_out_again(self) -> list[str]:
        """Goes through all recorded erasures once more; returns sentences about it, none where there is no erasure."""
        with self._commit_lock, self._locks.holding_log():
            catalogue = self._bring_up()
            own = [self._segment] if self._segment is not None else []
            return removal.again(self._root, self._locks, self._log, catalogue, own)

    def _take_out(self, prepare: Callable[[], tuple[Member, Tombstone]]) -> tuple[StoredLeaf, list[str]]:
        self._settings.refresh()
        catalogue = self._bring_up()
        self._signing_key()
        removal.refuse_beside_readers(self._locks)
        member, stone = prepare()
        own = self._held_segment(catalogue)
        with removal.holding(self._root, self._locks, self._log, catalogue, dict(stone.leaves), [own]) as work:
            pending = _Pending((member,))
            self._write([pending])
            if pending.error is not None:
                raise pending.error
            self._broken = f"An erasure in {self._root} failed; open the archive again to go on."
            notices = work.run()
            self._broken = ""
        return pending.leaves[0], notices

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

    def _write(self, batch: list[_Pending], new_key: SigningKey | None = None) -> None:
        settings = self._settings.refresh()
        head = self._log.head()
        catalogue = self._bring_up()
        signers = (self._signing_key(),) if new_key is None else self._exchanging(new_key)
        segment = self._held_segment(catalogue)
        recorded = self._settings.recorded(catalogue)
        commit = _Commit(segment.name, segment.size, head.size)
        self._add(commit, self._opening_members(segment, settings if settings != recorded else None))
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
        if new_key is not None and not accepted:
            return  # nothing without the statement
        closing = config.with_read_only(settings) if any(pending.read_only for pending in batch) else None
        if new_key is not None:
            closing = handover.with_key(settings, new_key.public)
        if closing is not None:
            self._add(commit, [_settings_member(closing)])
        if commit.members:
            self._broken = f"An earlier write to {self._root} failed; open the archive again to go on."
            if new_key is not None and closing is not None:
                handover.prepare(self._root, closing)
            elif closing is not None:
                self._locks.mark(MARK).touch()
                durable.sync_folder(self._locks.folder)
            segment.append(commit.members)
            mark = self._locks.mark(LOG)
            mark.touch()
            self._log.append(commit.leaves, *signers)
            mark.unlink(missing_ok=True)
            catalogue.add(joined(commit.rows))
            if new_key is not None:
                handover.settle(self._root, self._keys)
            elif closing is not None:
                durable.replace_file(self._root / config.FILE, closing)
                self._locks.mark(MARK).unlink(missing_ok=True)
            self._broken = ""
        if recorded is not None and settings != recorded:
            self._notices.append(
                f"{config.FILE} was changed since it was last recorded ({'; '.join(config.changes(recorded, settings))}); the change is "
                "recorded now."
            )
        leaves = [leaf for rows in commit.rows for leaf in rows.leaves]
        for pending, start in accepted:
            pending.leaves = tuple(leaves[start : start + len(pending.members)])
            pending.done = True

    def _bring_up(self) -> Catalogue:
        """The catalogue, holding all that the log has."""
        head = self._log.head()
        catalogue = self._catalogue()
        if catalogue.size() != head.size:
            self._notices += healing.heal(self._root, self._locks, self._log, catalogue)
            if catalogue.size() != head.size:
                raise DamagedArchive(healing.cut_back(catalogue, head.size))
        return catalogue

    def _add(self, commit: _Commit, members: Sequence[Member]) -> None:
        """Puts members at the end of a commit; raises, and leaves the commit as it is, where one cannot be recorded."""
        leaves, indexed, at = [], [], commit.at
        for number, member in enumerate(members, commit.head + len(commit.members)):
            _check_size(member.record)
            details = _details(member)
            leaves.append(make_leaf(details))
            indexed.append(Indexed(stored_leaf(number, details, commit.file, at), member.record.block))
            at += member.size
        catalogue = self._catalogue()
        try:
            rows = rows_of(indexed, catalogue.leaf_of_record)
        except DamagedArchive:
            refuse_erased(indexed, catalogue.erasures.refuse)  # then that is why its record is not known
            raise
        refuse_erased(indexed, catalogue.erasures.refuse, rows)
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
            token = self._catalogue().newest_of(TIMESTAMP)
            if token is not None:  # what follows in this file was written no earlier than that
                fields += f"notBefore: {token.time} {token.uri}\r\n"
            extra = (("WARC-Filename", segment.path.name),)
            members.append(
                seal(Record("warcinfo", "warcinfo", "", now, "application/warc-fields", fields.encode(), extra=extra))
            )
        if settings is not None:
            members.append(_settings_member(settings))
        return members

    def _signing_key(self) -> SigningKey:
        if self._signer is None:
            self._signer = self._keys.signing_key_of(self._log.key)
        if self._signer is None:
            path = self._keys.signing_path(self._log.key.name)
            if path.exists():
                raise DamagedArchive(f"The signing key on this machine is not the one that {self._root} names.")
            raise ReadOnlyArchive(
                f"The signing key of {self._root} is not on this machine ({path}); it can be read and verified here, but not "
                "recorded into. `archiver log key restore` brings it back from a backup."
            )
        return self._signer

    def _exchanging(self, new_key: SigningKey) -> tuple[SigningKey, ...]:
        """Who signs the head at which the key changes: the new key, and the old one where it is not lost."""
        old = self._keys.signing_key_of(self._log.key)
        return (new_key,) if old is None else (old, new_key)


def _settings_member(settings: bytes) -> Member:
    uri = f"urn:archiver:settings:{uuid.uuid4()}"
    return seal(Record(SETTINGS, "resource", uri, clock.stamp(), "application/toml", settings, Digest.of(settings)))


def _check_size(record: Record) -> None:
    """What `archiver verify` would call damaged is not recorded."""
    limit = limit_of(record.type)
    if len(record.block) > limit - _HEADERS:
        raise InputError(
            f"The {record.kind} record of {record.uri} has {len(record.block) >> 20} MiB; no more than {limit >> 20} can be recorded."
        )


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
