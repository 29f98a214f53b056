"""An archive in a store as the rest of the program knows archives: found in through a working copy, recorded into as a writer."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn, Self

from archiver.archive import Archive, config
from archiver.archive.attested import attested
from archiver.archive.indexing import rows_of
from archiver.archive.stored import check_kept, record_in
from archiver.archive.timekeeping import Timekeeper
from archiver.archive.unfinished import CATALOGUE
from archiver.catalogue import Catalogue, Rows
from archiver.errors import ArchiveError, DamagedArchive, ReadOnlyArchive, UnknownId
from archiver.log import Checkpoint, Details, Log
from archiver.model import Snapshot, StoredLeaf, Tombstone
from archiver.sequencing import names
from archiver.sequencing.copy import WorkingCopy
from archiver.sequencing.pending import MOST_WAITING, TAKEN, Announced, blocks_in_store
from archiver.sequencing.recorder import StoreRecorder
from archiver.signing import KeyRing, SigningKey
from archiver.store import Absent, StoreFailed, Unlike
from archiver.warc import Member, StoredRecord

_STALE = 2 * 24 * 3600.0
_VIEW = "view-"


class StoreArchive(Archive):
    """Open it by `open_store`. What changes anything but by adding records is refused: it would have to be done for all writers at once.

    A writer sees what waits for the sequencer too, under provisional numbers, so that it does not capture twice what another has.
    """

    takes_stamps = False
    _copy: WorkingCopy
    _view: Catalogue | None = None
    _writer: StoreRecorder | None = None
    _waiting: dict[int, Details]
    _signed: int

    @classmethod
    def open_store(cls, copy: WorkingCopy, keys: KeyRing | None = None, *, record: bool = False) -> Self:
        """Brings the working copy up and opens it, with ``record`` for adding to it. Raises ArchiveError, StoreFailed, DamagedArchive."""
        with copy.held():
            copy.bring_up()
            archive = cls(copy.root, copy.settings, keys or KeyRing(), read_only=False)
            try:
                archive._attach(copy, record=record)
            except BaseException:
                archive.close()
                raise
        return archive

    def _attach(self, copy: WorkingCopy, *, record: bool) -> None:
        self._copy, self._waiting, self._signed = copy, {}, self.catalogue.size()
        self._spool = copy.root
        self.writable = record and not copy.settings.read_only
        self._clock = Timekeeper(Path(str(copy.address)))
        if not record:
            return
        self._spool = _private_folder(copy.root)
        signed = self.catalogue
        self._view = view = Catalogue(self._spool / CATALOGUE)
        view.take_over(signed)
        signed.close()
        self.catalogue = view
        waiting = list(islice(copy.store.list(names.PENDING), MOST_WAITING + 1))
        for found in waiting[:MOST_WAITING]:
            self._see(found.name)
        if len(waiting) > MOST_WAITING:
            self.notices.append(
                f"More than {MOST_WAITING:,} objects wait for the sequencer of {copy.address}: of the others, what they record is not seen here."
            )
        settings, data = config.read(copy.root)
        recorded = self.recorded_settings()
        changed = b"" if recorded == data else data
        self._writer = StoreRecorder(copy.store, settings.origin, view, self._spool, self._waiting, changed)

    def _see(self, name: str) -> None:
        """Adds what waits to the writer's view; what cannot be read is the sequencer's to tell."""
        store = self._copy.store
        with contextlib.suppress(DamagedArchive, StoreFailed):
            announced = Announced.parse(name, store.get(names.pending(name))[0])
            if not self.catalogue.end_of(announced.segment):
                members = list(announced.details())
                items = announced.indexed(self.catalogue.size(), blocks_in_store(store, announced.segment, members))
                self.catalogue.add(rows_of(items, self.catalogue.leaf_of_record))
                self._waiting |= {item.leaf.index: details for item, details in zip(items, members, strict=True)}

    def close(self) -> None:
        super().close()
        if self._view is not None:
            _take_away(self._spool)

    @property
    def numbered(self) -> int:
        return self._signed

    @property
    def waiting(self) -> int:
        """How many segments wait for the sequencer, as far as they are counted."""
        return sum(1 for _ in islice(self._copy.store.list(names.PENDING), MOST_WAITING + 1))

    @property
    def written(self) -> int:
        """How many segments this object wrote."""
        return self._writer.written if self._writer else 0

    def head(self) -> Checkpoint:
        """The signed head; of a writer its size counts what waits too, as its catalogue does."""
        head = super().head()
        return head if self._view is None else Checkpoint(head.origin, max(head.size, self.catalogue.size()), head.root)

    @property
    def records(self) -> bool:
        return self.writable

    def ready(self, done: str = "fetched or recorded") -> None:
        self.need_writable(done)
        self._clock.check(self.catalogue)

    def need_writable(self, done: str) -> None:
        if not self.writable:
            why = "is read-only" if self.settings.read_only else "was opened for reading"
            raise ReadOnlyArchive(f"The archive {self._copy.address} {why}; nothing was {done}.")

    def recording_many(self) -> AbstractContextManager[None]:
        return self._writer.group.crowd() if self._writer else contextlib.nullcontext()

    def _record(self, members: Sequence[Member], *, read_only: bool = False) -> Rows:
        self.need_writable("recorded")
        if read_only or self._writer is None:
            self._refuse("made read-only")
        for member in members:
            if member.record.kind not in TAKEN:
                self._refuse(
                    f"given a record of the kind {member.record.kind!r}"
                )  # it would be acknowledged, and never signed
        self._clock.check(self.catalogue)
        return self._writer.record(members)

    def stored_record(self, leaf: StoredLeaf) -> StoredRecord:
        check_kept(leaf)
        return record_in(self.members([leaf])[leaf.index], leaf)

    def members(self, leaves: Iterable[StoredLeaf]) -> dict[int, bytes]:
        """Those of a segment are asked for together. Raises StoreFailed where the store does not answer."""
        segments: dict[str, list[StoredLeaf]] = {}
        for leaf in leaves:
            segments.setdefault(leaf.file, []).append(leaf)
        found: dict[int, bytes] = {}
        for file, wanted in segments.items():
            spans = [(leaf.offset, leaf.offset + leaf.length) for leaf in wanted]
            try:
                parts = self._copy.store.ranges(names.segment(file), spans)
            except (Absent, Unlike) as error:
                raise DamagedArchive(
                    f"{file} is not in the store any more, or not all of it; run `archiver verify`."
                ) from error
            found |= {leaf.index: part for leaf, part in zip(wanted, parts, strict=True)}
        return found

    def find_snapshot(self, id_or_url: str) -> Snapshot:
        try:
            return super().find_snapshot(id_or_url)
        except UnknownId as error:
            raise type(error)(str(error).replace(str(self.root), str(self._copy.address))) from error

    def attested(self, snapshot: Snapshot) -> tuple[Snapshot, dict[str, Any]]:
        if snapshot.capture_leaf not in self._waiting:
            return super().attested(snapshot)
        view = _WithWaiting(self.log, self._waiting, self.catalogue.size())
        return attested(view, self.catalogue, self.stored_record, snapshot)

    def _mend(self) -> None:
        """The working copy is brought up before it is opened, and its ``warc/`` is empty: there is nothing to mend here."""

    def rebuild(self, _progress: Callable[[int, int], None] | None = None) -> NoReturn:
        self._refuse("rebuilt")

    def change_settings(self, **_choices: object) -> NoReturn:
        raise ArchiveError(
            f"{self._copy.address} lies in an object store: put another {names.SETTINGS} there (the next writer records the change); nothing was "
            "changed."
        )

    def exchange_key(self, _new: SigningKey, _statement: Callable[[bytes, SigningKey | None], Member]) -> NoReturn:
        self._refuse("given another key")

    def take_out(
        self, _prepare: Callable[[], tuple[Member, Tombstone]], _spare: Callable[[Path], bool] | None = None
    ) -> NoReturn:
        self._refuse("erased from")

    def take_out_again(self) -> NoReturn:
        self._refuse("erased from")

    def _refuse(self, done: str) -> NoReturn:
        raise ArchiveError(
            f"{self._copy.address} lies in an object store, where an archive cannot be {done} yet; nothing was changed."
        )


class _WithWaiting(Log):
    """A log with what waits behind its signed head: a writer believes of it what was announced, as the log will."""

    def __init__(self, log: Log, waiting: dict[int, Details], size: int) -> None:
        super().__init__(log.folder, log.key)
        self._waiting = waiting
        self._size = size

    def head(self) -> Checkpoint:
        head = super().head()
        return Checkpoint(head.origin, max(head.size, self._size), head.root)

    def proved_details(self, head: Checkpoint, index: int) -> Details | None:
        return self._waiting.get(index) or super().proved_details(head, index)


def _private_folder(root: Path) -> Path:
    """A folder for one writer; those of writers that died days ago are taken away."""
    for old in root.glob(f"{_VIEW}*"):
        with contextlib.suppress(OSError):
            if old.stat().st_mtime < time.time() - _STALE:
                _take_away(old)
    return Path(tempfile.mkdtemp(prefix=f"{_VIEW}{os.getpid()}-", dir=root))


def _take_away(folder: Path) -> None:
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            path.unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()
