"""The archive: a folder that is opened, recorded into and found in. It knows the writing order and nothing of the web."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Self

from archiver import durable
from archiver.archive import config, handover, healing, making, opening, removal, unfinished
from archiver.archive.attested import attested
from archiver.archive.config import Config
from archiver.archive.founding import found
from archiver.archive.recorder import Recorder
from archiver.archive.settings import Settings
from archiver.archive.stored import stored_record
from archiver.catalogue import Rows, UnusableCatalogue
from archiver.digests import Digest
from archiver.errors import ArchiveError, DamagedArchive, InputError, ReadOnlyArchive, UnknownId
from archiver.log import Checkpoint, Log
from archiver.model import Quote, Snapshot, StoredLeaf, Text, Tombstone
from archiver.model.kinds import SETTINGS
from archiver.signing import KeyRing, SigningKey
from archiver.urls import page_key
from archiver.warc import Locks, Member, StoredRecord, read_span

_PROVED = 128
"""Snapshots that are kept as their signed records have them: a capture asks for the same one several times."""


class Archive:
    """An open archive; use it as a context manager. Threads may share one; processes open their own.

    ``notices`` are sentences about what opening it, or recording, had to mend. ``closed`` says why it can only be read where that is the
    disk's doing.
    """

    takes_stamps: ClassVar[bool] = True
    """Whether time stamps are recorded into it by whoever records anything."""

    def __init__(self, root: Path, settings: Config, keys: KeyRing, *, read_only: bool) -> None:
        self.closed: str | None = None
        self.root = root
        self.settings = settings
        self.keys = keys
        self.key = settings.verifier
        self.log = Log(root / "log", self.key)
        self.locks = Locks(root)
        self.notices: list[str] = []
        self.writable = not (read_only or settings.read_only) and os.access(root, os.W_OK)
        self.catalogue = opening.open_catalogue(root, self.log, self.locks, self.notices, writable=self.writable)
        self._settings = Settings(root, settings)
        self._recorder = Recorder(root, self.log, keys, lambda: self.catalogue, self.notices, self._settings)
        self._proved: OrderedDict[Snapshot, tuple[Snapshot, dict[str, Any]]] = OrderedDict()
        self._proved_lock = threading.Lock()

    @classmethod
    def create(
        cls, root: Path | str, keys: KeyRing | None = None, *, signer: SigningKey | None = None, **choices: object
    ) -> Self:
        """Makes an archive in an empty or new folder, and its signing key; ``choices`` are keys of ``archive.toml``.

        ``signer`` is a key to sign with instead of a fresh one; it must be in the key ring already. What an interrupted call
        left is taken over. Raises ArchiveError where there is an archive already or the folder cannot be written, InputError for
        a choice that cannot be.
        """
        keys, root = keys or KeyRing(), Path(root)
        found(root, keys, signer, choices)
        archive = cls.open(root, keys)
        try:
            archive.record([])
        except ArchiveError:
            archive.close()
            raise
        return archive

    @classmethod
    def open(cls, root: Path | str, keys: KeyRing | None = None, *, read_only: bool = False) -> Self:
        """Opens an archive, mending first what a dead writer left (where it may be written to).

        Raises ArchiveError where there is none or it cannot be opened, DamagedArchive where its log is not what was signed.
        """
        root = Path(root)
        for _ in range(opening.TRIES):  # once, but where its key is exchanged meanwhile
            settings, _ = handover.read(root)
            try:
                archive = cls._opened(root.absolute(), settings, keys or KeyRing(), read_only=read_only)
            except OSError as error:
                raise opening.not_opened(root, error) from error
            except DamagedArchive:
                if handover.read(root)[0].key == settings.key:
                    raise
                continue
            if handover.read(root)[0].key == settings.key:
                return archive
            archive.close()
        raise ArchiveError(f"The key of {root} is exchanged again and again; it cannot be opened meanwhile.")

    @classmethod
    def _opened(cls, root: Path, settings: Config, keys: KeyRing, *, read_only: bool) -> Self:
        """Opened and mended; where its disk is full, it is opened for reading, and that is said."""
        try:
            archive = cls(root, settings, keys, read_only=read_only)
            try:
                archive._mend()
            except BaseException:
                archive.close()
                raise
        except (ArchiveError, OSError) as error:
            closed = None if read_only else opening.full_disk(root, error)
            if closed is None:
                raise
            archive = cls._opened(root, settings, keys, read_only=True)
            archive.closed = closed
            archive.notices.append(closed)
        return archive

    def close(self) -> None:
        """Gives the WARC file back for others to write to."""
        self._recorder.close()
        self.catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def head(self) -> Checkpoint:
        """The signed head of the log. Raises ArchiveError where another process has exchanged its key."""
        try:
            return self.log.head()
        except DamagedArchive:
            if handover.read(self.root)[0].key != self.settings.key:
                raise ArchiveError(
                    f"The key of {self.root} was exchanged while it was open; open the archive again."
                ) from None
            raise

    # recording

    def record(self, members: Sequence[Member]) -> list[StoredLeaf]:
        """Records the members, all or none; on return they are durable, logged under a signed head and indexed.

        Calls of many threads share a commit. Raises ReadOnlyArchive, and ArchiveError where disk or key fail; after a write that
        failed this object records no more, and what was acknowledged before is safe.
        """
        return list(self._record(members).leaves)

    def record_capture(self, members: Sequence[Member]) -> Snapshot:
        """Records the members of one capture, as `record` does, and what goes along with it; gives the snapshot as the catalogue has it now."""
        ((snapshot, _),) = self._record(members).snapshots
        return snapshot

    def recording_many(self) -> AbstractContextManager[None]:
        """Within it many threads record, one after another: commits keep a distance of 50 ms, so that more of them share one."""
        return self._recorder.group.crowd()

    def make_read_only(self) -> None:
        """Marks the archive read-only, for other processes too; the mark is the last thing that is recorded."""
        self._record([], read_only=True)
        self.writable = False

    def change_settings(self, **choices: object) -> None:
        """Changes keys of ``archive.toml``, for other processes too; the change is recorded.

        Raises ReadOnlyArchive, and ArchiveError for a value that cannot be: then nothing is changed.
        """
        if self.writable:
            with self.locks.holding_log():
                _, data = config.read(self.root)
                durable.replace_file(
                    self.root / config.FILE, config.with_choices(data, choices, self.root / config.FILE)
                )
        self._record([])

    def take_out(
        self, prepare: Callable[[], tuple[Member, Tombstone]], spare: Callable[[Path], bool] | None = None
    ) -> tuple[StoredLeaf, list[str]]:
        """Records the tombstone that ``prepare`` gives and takes out what it names, for good; see `Recorder.take_out`."""
        self.need_writable("erased")
        return self._recorder.take_out(prepare, spare)

    def take_out_again(self) -> list[str]:
        """Goes through all recorded erasures once more, for files that were put back from a copy; returns sentences about it."""
        self.need_writable("erased")
        return self._recorder.take_out_again()

    def need_writable(self, done: str) -> None:
        """Raises ReadOnlyArchive, saying that nothing was ``done``."""
        if self.closed is not None:
            raise ReadOnlyArchive(f"{self.closed} Nothing was {done}.")
        if not self.writable:
            raise ReadOnlyArchive(
                f"The archive {self.root} is read-only; nothing was {done}. Name another with --archive."
            )

    @property
    def numbered(self) -> int:
        """How many of the leaves that the catalogue has will keep their numbers: all, but where some wait to be signed."""
        return self.catalogue.size()

    @property
    def records(self) -> bool:
        """Whether anything can be recorded here: it may be written to, and its signing key is on this machine."""
        return self.writable and (self._recorder.has_key or self.keys.signing_key_of(self.key) is not None)

    def ready(self, done: str = "fetched or recorded") -> None:
        """Raises, before anything is ``done`` in vain, what recording would: ReadOnlyArchive (without the signing key too), WrongClock."""
        self.need_writable(done)
        self._recorder.ready()

    def _record(self, members: Sequence[Member], *, read_only: bool = False) -> Rows:
        self.need_writable("recorded")
        try:
            return self._recorder.record(members, read_only=read_only)
        finally:
            self.settings = self._settings.config
            if self.settings.read_only:
                self.writable = False

    def exchange_key(self, new: SigningKey, statement: Callable[[bytes, SigningKey | None], Member]) -> StoredLeaf:
        """Lets another key, which is in the key ring already, head the log from here on, and records that it does.

        ``statement`` makes that record from the head as it is and the old key (None where it is not on this machine). Raises
        ReadOnlyArchive and ArchiveError; where it breaks off, the next opening ends it or takes it back.
        """
        if not self.writable:
            raise ReadOnlyArchive(f"The archive {self.root} is read-only; its key stays as it is.")
        leaf = self._recorder.exchange_key(new, statement)
        self._recorder.close()
        self.settings, _ = config.read(self.root)
        self.key = self.settings.verifier
        self.log = Log(self.root / "log", self.key)
        self._settings = Settings(self.root, self.settings)
        self._recorder = Recorder(self.root, self.log, self.keys, lambda: self.catalogue, self.notices, self._settings)
        return leaf

    # finding

    def recorded_settings(self) -> bytes | None:
        """``archive.toml`` as it was last recorded, None before the first time."""
        leaf = self.catalogue.newest_of(SETTINGS)
        return self.stored_record(leaf).block if leaf else None

    def stored_record(self, leaf: StoredLeaf) -> StoredRecord:
        """The record of a leaf, read back; raises DamagedArchive where its bytes are not those that were recorded."""
        try:
            return stored_record(self.root, leaf)
        except DamagedArchive:
            moved = removal.moved(self.locks, self.catalogue, leaf) if self.writable else None
            if moved is None:
                raise
            return self.stored_record(moved)

    def members(self, leaves: Iterable[StoredLeaf]) -> dict[int, bytes]:
        """The bytes that lie where the gzip members of the leaves should, by their numbers; the caller holds them against the log. Raises
        DamagedArchive where a file ends before."""
        return {leaf.index: self._member(leaf) for leaf in leaves}

    def _member(self, leaf: StoredLeaf) -> bytes:
        if self.writable:
            with suppress(DamagedArchive):  # the file may be shorter than it was
                data = read_span(self.root / leaf.file, leaf.offset, leaf.length)
                if Digest.of(data).hex == leaf.sha256:
                    return data
            moved = removal.moved(self.locks, self.catalogue, leaf)
            if moved is not None and moved.file:  # an erasure has just written that file anew
                return self._member(moved)
        return read_span(self.root / leaf.file, leaf.offset, leaf.length)

    def find_snapshot(self, id_or_url: str) -> Snapshot:
        """By id (short or whole, with ``s-``), else the newest good snapshot of a URL, else its newest. Raises UnknownId."""
        if is_id(id_or_url, "s-"):
            return self.catalogue.snapshot(id_or_url)
        found = self.latest_snapshot(id_or_url)
        if found is None:
            gone = (
                " (or it was erased: what was erased leaves no address)" if self.catalogue.erasures.tombstones() else ""
            )
            raise UnknownId(f"There is no snapshot of {id_or_url} in {self.root}{gone}; `archiver snapshot` takes one.")
        return found

    def latest_snapshot(self, url: str) -> Snapshot | None:
        """The newest snapshot that shows the page; a wall or an error never stands in for a good older one."""
        key = page_key(url)
        return self.catalogue.latest_good(key) or self.catalogue.latest(key)

    def texts(self, snapshot: Snapshot, known: Mapping[int, StoredLeaf] = MappingProxyType({})) -> tuple[Text, ...]:
        """The recorded texts of a snapshot, each checked against the digest in its capture record. ``known`` are leaves that the catalogue gave
        already, by their numbers."""
        texts = []
        for stored in snapshot.texts:
            block = self.stored_record(known.get(stored.leaf) or self.catalogue.leaf(stored.leaf)).block
            if Digest.of(block).hex != stored.sha256:
                raise DamagedArchive(
                    f"The {stored.layer} text of {snapshot.short_id} is not the one that its capture lists."
                )
            texts.append(stored.with_content(block.decode()))
        return tuple(texts)

    def capture_record(self, snapshot: Snapshot) -> bytes:
        """The JSON of the capture record of a snapshot."""
        return self.stored_record(self.catalogue.leaf(snapshot.capture_leaf)).block

    def attested(self, snapshot: Snapshot) -> tuple[Snapshot, dict[str, Any]]:
        """A snapshot that the catalogue gave, as its signed capture record has it, and that record's JSON; see `attested`.

        What is signed again, or copied into a new record, must stand on this. Raises DamagedArchive where the catalogue differs. What the
        catalogue says a moment later in the same words is not proved again.
        """
        with self._proved_lock:
            proved = self._proved.get(snapshot)
        if proved is None:
            proved = attested(self.log, self.catalogue, self.stored_record, snapshot)
            with self._proved_lock:
                self._proved[snapshot] = proved
                if len(self._proved) > _PROVED:
                    self._proved.popitem(last=False)
        return proved

    def find_quote(self, prefix: str) -> Quote:
        """By id, short or whole, with ``q-``. Raises UnknownId or AmbiguousId."""
        if not is_id(prefix, "q-"):
            raise InputError(f"{prefix!r} is no id of a quote; such an id is q- and hex digits.")
        return self.catalogue.quote(prefix)

    # opening

    def _mend(self) -> None:
        head = self.log.head()
        if not self.writable:
            self.catalogue = opening.brought_up(self.root, self.log, self.catalogue)
            return
        if (self.root / handover.NEXT).exists():
            with self.locks.holding_log():
                self.notices += handover.settle(self.root, self.keys)
        try:
            sound = self.catalogue.size() == head.size and not self.locks.marked()
            if sound and not self.catalogue.erasures.unfinished():
                if unfinished.is_unswept(self.root):
                    unfinished.sweep_unless_busy(self.root, self.locks)
                return
            with self.locks.holding_log():
                self._heal()
        except UnusableCatalogue as error:
            with self.locks.holding_log():
                self.catalogue.close()
                self.catalogue = opening.fresh_catalogue(self.root, self.log, error, self.notices)
                self._heal()

    def _heal(self) -> None:
        unfinished.sweep(self.root)
        self.notices += healing.heal(self.root, self.locks, self.log, self.catalogue)
        self.settings, _ = config.read(self.root)
        self.writable = not self.settings.read_only

    def rebuild(self, progress: healing.Progress | None = None) -> int:
        """Makes the catalogue again from WARC files and log; returns how many leaves it holds then. ``progress`` is told of leaves; when it is
        told of all, the indices are still to be made.

        Until the new one is whole the old one stays. Raises ReadOnlyArchive, and ArchiveError where the disk is full.
        """
        if self.closed is not None:
            self.need_writable("rebuilt; the catalogue is what it was")
        if not self.writable:
            raise ReadOnlyArchive(
                f"The archive {self.root} is read-only; its catalogue is made by each reader for itself."
            )
        try:
            with self.locks.holding_log():
                try:
                    self.notices += making.make_again(self.root, self.log, self.catalogue, progress)
                except UnusableCatalogue:
                    self.catalogue.close()
                    self.catalogue, more = making.make_anew(self.root, self.log, progress)
                    self.notices += more
                return self.catalogue.size()
        except OSError as error:
            raise ArchiveError(
                f"The catalogue of {self.root} cannot be made again: {error.strerror or error}."
            ) from error


def is_id(text: str, prefix: str) -> bool:
    """True for ``s-`` or ``q-`` and at least four hex digits."""
    rest = text.removeprefix(prefix)
    return text.startswith(prefix) and 4 <= len(rest) <= 64 and all(digit in "0123456789abcdef" for digit in rest)
