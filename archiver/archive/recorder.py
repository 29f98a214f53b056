"""Recording: members of many threads become one commit, written in the order that a crash cannot hurt.

Members to the segment → details, entries and tiles to the log → the signed head by rename → the catalogue → acknowledged. Each step
is durable before the next begins; all of it happens under the lock of the log. What can be refused is refused before the first
byte is written; once something is written and fails, this process records no more, and the next open brings everything back to
the signed head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from archiver import clock
from archiver.archive import config, healing, removal
from archiver.archive.commit import Commit, file_member, settings_member
from archiver.archive.ending import Ending, KeyExchanged, MadeReadOnly
from archiver.archive.group import GroupCommit, Pending, fail_undone
from archiver.archive.indexing import joined
from archiver.archive.seen import refuse_older
from archiver.archive.settings import Settings
from archiver.archive.timekeeping import Timekeeper, notes_clock
from archiver.catalogue import Catalogue, Rows
from archiver.errors import ArchiveError, ArchiverError, DamagedArchive, InputError, ReadOnlyArchive
from archiver.log import Log
from archiver.model import StoredLeaf, Tombstone
from archiver.model.kinds import TIMESTAMP
from archiver.signing import KeyRing, SigningKey
from archiver.warc import LOG, Locks, Member, Segment, acquire


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
        self.group = GroupCommit(self._commit)
        self._segment: Segment | None = None
        self._signer: SigningKey | None = None
        self._broken = ""
        self._clock = Timekeeper(root)
        self._compared = False

    def ready(self) -> None:
        """Raises ReadOnlyArchive where the signing key is not here, DamagedArchive where an older copy was put back, and WrongClock: nothing
        that is fetched now could be recorded."""
        self._signing_key()
        self._refuse_older()
        self._clock.check(self._catalogue())

    @property
    def has_key(self) -> bool:
        """Whether the signing key was read already; without it nothing is said."""
        return self._signer is not None

    def record(self, members: Sequence[Member], *, read_only: bool = False) -> Rows:
        """Records the members, all or none; whoever gets the lock commits for all that wait. Gives what the catalogue holds of them then.

        What cannot be recorded (a record of a wrong shape) fails for its own caller only. With ``read_only`` the last thing that is
        recorded are the settings that make the archive read-only, and ``archive.toml`` is replaced before anybody else may write.
        """
        return self.group.submit(Pending(tuple(members), read_only))

    def exchange_key(self, new: SigningKey, statement: Callable[[bytes, SigningKey | None], Member]) -> StoredLeaf:
        """Lets another key, which is in the key ring already, head the log from here on; this object records no more then.

        ``statement`` makes the record of it from the head as it is and the old key (None where that is not on this machine).
        """
        with self.group.lock:
            if self._broken:
                raise ArchiveError(self._broken)
            try:
                with self._locks.holding_log():
                    self._settings.refresh()
                    old = self._keys.signing_key_of(self._log.key)
                    pending = Pending((statement(self._log.checkpoint(), old),))
                    self._write([pending], new)
            except OSError as error:
                raise ArchiveError(
                    f"The key of {self._root} was not exchanged: {error.strerror or error}; open the archive again to go on."
                ) from error
            if pending.error is not None:
                raise pending.error
            return pending.rows.leaves[0]

    def take_out(
        self, prepare: Callable[[], tuple[Member, Tombstone]], spare: Callable[[Path], bool] | None = None
    ) -> tuple[StoredLeaf, list[str]]:
        """Records a tombstone and takes out what it names; returns the tombstone's leaf, and sentences about what is left to do.

        ``prepare`` is called under the log's lock, when nobody else records; ``spare`` says of a file in ``quarantine/`` that it certainly
        holds nothing of it (without it all of them go). Raises ArchiveError where another process writes to a
        file that is concerned (nothing is changed then), or where disk or key fail: then the tombstone may be recorded, and the next
        open goes on with it.
        """
        with self.group.lock:
            if self._broken:
                raise ArchiveError(self._broken)
            try:
                with self._locks.holding_log():
                    return self._take_out(prepare, spare)
            except OSError as error:
                raise ArchiveError(
                    f"Erasing in {self._root} failed: {error.strerror or error}. Where the erasure is recorded already, the next "
                    "command that may write to this archive goes on with it."
                ) from error

    def take_out_again(self) -> list[str]:
        """Goes through all recorded erasures once more; returns sentences about it, none where there is no erasure."""
        with self.group.lock, self._locks.holding_log():
            catalogue = self._bring_up()
            own = [self._segment] if self._segment is not None else []
            return removal.again(self._root, self._locks, self._log, catalogue, own)

    def _take_out(
        self, prepare: Callable[[], tuple[Member, Tombstone]], spare: Callable[[Path], bool] | None
    ) -> tuple[StoredLeaf, list[str]]:
        self._settings.refresh()
        catalogue = self._bring_up()
        self._signing_key()
        removal.refuse_beside_readers(self._locks)
        member, stone = prepare()
        own = self._held_segment(catalogue)
        with removal.holding(self._root, self._locks, self._log, catalogue, dict(stone.leaves), [own]) as work:
            pending = Pending((member,))
            self._write([pending])
            if pending.error is not None:
                raise pending.error
            self._broken = f"An erasure in {self._root} failed; open the archive again to go on."
            notices = work.run(spare)
            self._broken = ""
        return pending.rows.leaves[0], notices

    def close(self) -> None:
        """Gives the segment back; nothing is recorded any more."""
        with self.group.lock:
            if self._segment is not None:
                self._segment.release(clean=not self._broken)
                self._segment = None
            self._broken = self._broken or f"The archive {self._root} was closed."

    def _commit(self, batch: list[Pending]) -> None:
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
            fail_undone(batch, failure)

    def _write(self, batch: list[Pending], new_key: SigningKey | None = None) -> None:
        settings = self._settings.refresh()
        self._refuse_older()
        head = self._log.head()
        catalogue = self._bring_up()
        self._clock.check(catalogue, noting=notes_clock(member for one in batch for member in one.members))
        signers = (self._signing_key(),) if new_key is None else self._exchanging(new_key)
        segment = self._held_segment(catalogue)
        recorded = self._settings.recorded(catalogue)
        commit = Commit(catalogue, segment.name, segment.size, head.size)
        if segment.size == 0:
            commit.add([file_member(segment.path.name, self._log.key.name, catalogue.newest_of(TIMESTAMP))])
        if settings != recorded:
            commit.add([settings_member(settings)])
        accepted = list(add_all(batch, commit, self._clock.check_age))
        if new_key is not None and not accepted:
            return  # nothing without the statement
        ending = self._ending(settings, batch, new_key)
        if ending is not None:
            commit.add([settings_member(ending.settings)])
        if commit.members:
            self._put(commit, segment, signers, ending)
        if recorded is not None and settings != recorded:
            self._notices.append(
                f"{config.FILE} was changed since it was last recorded ({'; '.join(config.changes(recorded, settings))}); the change is "
                "recorded now."
            )
        for pending, rows in accepted:
            pending.rows = rows
            pending.done = True

    def _ending(self, settings: bytes, batch: list[Pending], new_key: SigningKey | None) -> Ending | None:
        if new_key is not None:
            return KeyExchanged.of(self._root, self._keys, settings, new_key.public)
        if any(pending.read_only for pending in batch):
            return MadeReadOnly.of(self._root, self._locks, settings)
        return None

    def _put(self, commit: Commit, segment: Segment, signers: Sequence[SigningKey], ending: Ending | None) -> None:
        """Writes a commit, in the order that a crash cannot hurt."""
        self._broken = f"An earlier write to {self._root} failed; open the archive again to go on."
        if ending is not None:
            ending.prepare()
        segment.append(commit.members)
        mark = self._locks.mark(LOG)
        mark.touch()
        self._log.append(commit.leaves, *signers)
        mark.unlink(missing_ok=True)
        commit.catalogue.add(joined(commit.rows))
        if ending is not None:
            ending.settle()
        self._broken = ""

    def _refuse_older(self) -> None:
        if not self._compared:
            refuse_older(self._root, self._log, self._keys)
            self._compared = True

    def _bring_up(self) -> Catalogue:
        """The catalogue, holding all that the log has."""
        head = self._log.head()
        catalogue = self._catalogue()
        if catalogue.size() != head.size:
            self._notices += healing.heal(self._root, self._locks, self._log, catalogue)
            if catalogue.size() != head.size:
                raise DamagedArchive(healing.cut_back(catalogue, head.size))
        return catalogue

    def _held_segment(self, catalogue: Catalogue) -> Segment:
        if self._segment is not None and self._segment.full:
            self._segment.release(clean=True)
            self._segment = None
        if self._segment is None:
            self._segment = acquire(self._root, self._locks, clock.now(), catalogue.end_of)
        return self._segment

    def _signing_key(self) -> SigningKey:
        if self._signer is None:
            self._signer = self._keys.signing_key_of(self._log.key)
        if self._signer is None:
            path = self._keys.signing_path(self._log.key.name)
            if path.exists():
                raise ReadOnlyArchive(f"The signing key on this machine is not the one that {self._root} names.")
            raise ReadOnlyArchive(
                f"The signing key of {self._root} is not on this machine ({path}); it can be read and verified here, but not "
                "recorded into. `archiver log key restore` brings it back from a backup."
            )
        return self._signer

    def _exchanging(self, new_key: SigningKey) -> tuple[SigningKey, ...]:
        """Who signs the head at which the key changes: the new key, and the old one where it is not lost."""
        old = self._keys.signing_key_of(self._log.key)
        return (new_key,) if old is None else (old, new_key)


def add_all(
    batch: Sequence[Pending], commit: Commit, check: Callable[[Sequence[Member]], None] = lambda _: None
) -> Iterator[tuple[Pending, Rows]]:
    """Adds to the commit what can be recorded, each with its rows; what cannot, or does not pass the ``check``, has its own error."""
    for pending in batch:
        try:
            check(pending.members)
            rows = commit.add(pending.members)
        except (ArchiverError, ValueError, TypeError, AttributeError) as error:
            pending.error = error if isinstance(error, ArchiverError) else InputError(f"It cannot be recorded: {error}")
        else:
            yield pending, rows
