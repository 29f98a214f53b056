"""A working copy of an archive in a store: settings, log and catalogue of it in the person's cache folder, brought up by what is new.

It is what its reader has seen of the archive. So a store that shows an older head, or another history, is found out here.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

import platformdirs

from archiver import durable
from archiver.archive import config
from archiver.archive.config import Config
from archiver.archive.unfinished import BESIDE, CATALOGUE
from archiver.catalogue import Catalogue, UnusableCatalogue
from archiver.errors import ArchiveError, ForkedLog
from archiver.log import Checkpoint, Log, layout
from archiver.log.merkle import TILE_WIDTH
from archiver.log.proofs import Prover
from archiver.sequencing import names
from archiver.sequencing.bundle import Bundle
from archiver.sequencing.catching import catch_up
from archiver.sequencing.publishing import at_once
from archiver.store import Absent, Address, ObjectStore
from archiver.store.cloud import ENDPOINT
from archiver.warc import Locks

_TRIES = 20
_BATCH = 4096
_SETTINGS_LIMIT = 1 << 20
_NOTE_LIMIT = 1 << 16


class WorkingCopy:
    """``root`` is a folder like an archive's, but that its ``warc/`` is empty: records are read from the store."""

    def __init__(self, store: ObjectStore, address: Address, root: Path | None = None) -> None:
        self.store = store
        self.address = address
        self.root = root or place_of(address)
        self.locks = Locks(self.root)
        self.settings: Config
        self.log: Log
        self._indexed = -1

    @contextmanager
    def held(self) -> Iterator[None]:
        """Holds the copy against other processes of this machine."""
        try:
            _make_own(self.root)
            with self.locks.holding_log():
                yield
        except OSError as error:
            raise ArchiveError(f"The working copy {self.root} cannot be written: {error.strerror or error}.") from error

    def head(self) -> Checkpoint:
        return self.log.head()

    @contextmanager
    def catalogue(self) -> Iterator[Catalogue]:
        """The index over what is signed."""
        path = self.root / CATALOGUE
        catalogue = Catalogue(path, make=not path.exists())
        try:
            yield catalogue
        finally:
            catalogue.close()

    def bring_up(self, known: Bundle | None = None) -> None:
        """Makes the copy what the store publishes; the caller holds it. ``known`` has files that need not be asked for.

        Raises ForkedLog where the store shows another history than it did, or an older one; ArchiveError where there is no archive.
        """
        self._settle_settings()
        for number in range(_TRIES):
            note, _ = self.store.get(names.CHECKPOINT, _NOTE_LIMIT)
            try:
                head = Checkpoint.opened(note, self.log.key)
                known = known if known and known.size == head.size else None  # else others have signed more meanwhile
                self._follow(note, head, known.files if known else {})
                break
            except Absent:
                if number == _TRIES - 1 or self.store.get(names.CHECKPOINT, _NOTE_LIMIT)[0] == note:
                    raise
                time.sleep(0.01 * number)  # the head was replaced meanwhile, and its unfinished tiles with it
        if self._indexed == head.size:
            return
        try:
            self._index(known)
        except UnusableCatalogue:
            for suffix in ("", *BESIDE):
                (self.root / f"{CATALOGUE}{suffix}").unlink(missing_ok=True)
            self._index(known)
        self._indexed = head.size

    def _index(self, known: Bundle | None) -> None:
        with self.catalogue() as catalogue:
            catch_up(self.store, self.log, catalogue, known)

    def _settle_settings(self) -> None:
        try:
            data, _ = self.store.get(names.SETTINGS, _SETTINGS_LIMIT)
        except Absent:
            raise ArchiveError(
                f"There is no archive at {self.address} (no {names.SETTINGS}, or no such bucket); `archiver init {self.address}` makes one."
            ) from None
        path = self.root / names.SETTINGS
        self.settings = config.parse(data, Path(f"{self.address}/{names.SETTINGS}"))
        if path.exists():
            former, before = config.read(self.root)
            if former.key != self.settings.key:
                raise ForkedLog(
                    f"{self.address} has another key than when it was seen here before ({former.key}): it is another archive, or somebody "
                    f"has replaced it. If that is right, take {self.root} away and try again."
                )
            if before == data:
                self.log = Log(self.root / "log", self.settings.verifier)
                return
        durable.replace_file(path, data)
        self.log = Log(self.root / "log", self.settings.verifier)

    def _follow(self, note: bytes, head: Checkpoint, known: Mapping[str, bytes]) -> None:
        folder = self.log.folder
        path = folder / layout.CHECKPOINT
        old = self.log.head() if path.exists() else None
        if old is not None and (head.size < old.size or (head.size == old.size and head.root != old.root)):
            raise ForkedLog(
                f"{self.address} shows a head of {head.size} leaves where it showed one of {old.size} before: its log was cut back or "
                f"replaced. What was seen lies in {folder}; compare it with `archiver log --against`."
            )
        if old is not None and head.size == old.size:
            return
        start = old.size if old else 0

        def take(name: str) -> None:
            data = known[name] if name in known else self.store.get(f"log/{name}")[0]
            durable.make_folder((folder / name).parent)
            durable.replace_file(folder / name, cut(name, data, head.size))

        names_of_new = layout.new_files(start, head.size)
        while batch := list(islice(names_of_new, _BATCH)):  # a head may name any size: what is not there ends it soon
            at_once(take, batch)
        Log(folder, self.log.key).edge_at(head)  # DamagedArchive where the tiles are not those of the head
        if start and Prover(self.log.tile, head.size).root(start) != (old.root if old else b""):
            raise ForkedLog(
                f"The log of {self.address} is not the one that was seen here before: a part of it was replaced."
            )
        durable.make_folder(folder)
        durable.replace_file(path, note)
        for name in layout.partials_of(start) - layout.partials_of(head.size):
            (folder / name).unlink(missing_ok=True)
            with suppress(OSError):
                (folder / name).parent.rmdir()


def cut(name: str, data: bytes, size: int) -> bytes:
    """Details without the lines of leaves that a later head has."""
    index, kept = divmod(size, TILE_WIDTH)
    if name != layout.details_path(index):
        return data
    return b"".join(line + b"\n" for line in data.split(b"\n")[:-1][:kept])


def place_of(address: Address) -> Path:
    """Where the working copy of an archive is kept: in the person's cache folder."""
    named = f"{os.environ.get(ENDPOINT, '')}\n{address}"
    base = platformdirs.user_cache_path("archiver", appauthor=False) / "stores"
    return base / hashlib.sha256(named.encode()).hexdigest()[:32]


def _make_own(folder: Path) -> None:
    """Nobody else may look in: the details say what somebody researches."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = folder.stat()
    if hasattr(os, "geteuid") and (about.st_uid != os.geteuid() or stat.S_IMODE(about.st_mode) & 0o077):
        raise ArchiveError(f"{folder} is open to others; take it away, or make it yours alone (mode 0700).")
