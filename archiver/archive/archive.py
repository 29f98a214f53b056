"""The archive: a folder that is opened, recorded into and found in. It knows the writing order and nothing of the web."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from filelock import Timeout

from archiver import clock, durable
from archiver.archive import config, healing
from archiver.archive.config import Config
from archiver.archive.indexing import SETTINGS, Indexed, rows_of
from archiver.catalogue import Catalogue
from archiver.digests import Digest
from archiver.errors import ArchiveError, DamagedArchive, InputError, ReadOnlyArchive, UnknownId
from archiver.log import Checkpoint, Details, Log, make_leaf
from archiver.model import Quote, Snapshot, StoredLeaf, Text
from archiver.signing import KeyRing, SigningKey, VerifyingKey
from archiver.urls import surt
from archiver.version import TOOL
from archiver.warc import Locks, Member, Record, Segment, StoredRecord, acquire, inflate, open_record, read_span, seal

_LOCK_SECONDS = 120.0


@dataclass(slots=True)
class _Pending:
    """Members that one caller wants recorded, and what became of them."""

    members: Sequence[Member]
    done: bool = False
    error: BaseException | None = None
    leaves: list[StoredLeaf] = field(default_factory=list)


class Archive:
    """An open archive; use it as a context manager. Threads may share one; processes open their own.

    ``notices`` are sentences about what opening it had to mend.
    """

    def __init__(self, root: Path, settings: Config, settings_bytes: bytes, keys: KeyRing, *, read_only: bool) -> None:
        self.root = root
        self.settings = settings
        self.settings_bytes = settings_bytes
        self.keys = keys
        self.key = VerifyingKey.from_vkey(settings.key)
        self.log = Log(root / "log", self.key)
        self.locks = Locks(root)
        self.notices: list[str] = []
        self.writable = not (read_only or settings.read_only) and os.access(root, os.W_OK)
        self.catalogue = self._open_catalogue()
        self._queue: list[_Pending] = []
        self._queue_lock = threading.Lock()
        self._commit_lock = threading.Lock()
        self._segment: Segment | None = None
        self._signer: SigningKey | None = None
        self._settings_recorded: bool | None = None
        self._broken = ""

    @classmethod
    def create(cls, root: Path, keys: KeyRing | None = None, *, signer: SigningKey | None = None, **choices: object) -> Self:
        """Makes an archive in an empty or new folder, and its signing key; ``choices`` are keys of ``archive.toml``.

        ``signer`` is a key to sign with instead of a fresh one; it must be in the key ring already.

        Raises ArchiveError where there is one already or the folder cannot be written.
        """
        keys = keys or KeyRing()
        if (root / config.FILE).exists():
            raise ArchiveError(f"There is an archive in {root} already; it is left as it is.")
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise ArchiveError(f"{root} is not an empty folder; name a new or an empty one.")
        given = signer is not None
        if signer is None:
            signer = SigningKey.generate(f"archiver.invalid/{uuid.uuid4().hex}")
        settings = replace(Config(signer.public.name, signer.public.vkey), **choices)  # type: ignore[arg-type]
        settings = config.parse(settings.to_toml(), root / config.FILE)
        try:
            durable.make_folder(root.absolute())
            if not given:
                keys.store(signer)
            log = Log(root / "log", signer.public)
            log.create(signer)
            # last, so that a folder is an archive only once it is a whole one
            durable.write_file(root / config.FILE, settings.to_toml())
        except OSError as error:
            raise ArchiveError(f"An archive cannot be made in {root}: {error.strerror}.") from error
        archive = cls.open(root, keys)
        archive.record([])
        return archive

    @classmethod
    def open(cls, root: Path, keys: KeyRing | None = None, *, read_only: bool = False) -> Self:
        """Opens an archive, mending first what a dead writer left (where it may be written to)."""
        root = Path(root)
        settings, data = config.read(root)
        archive = cls(root.absolute(), settings, data, keys or KeyRing(), read_only=read_only)
        archive._mend()
        return archive

    def close(self) -> None:
        """Gives the WARC file back for others to write to."""
        with self._commit_lock:
            if self._segment is not None:
                self._segment.release(clean=not self._broken)
                self._segment = None
            self.catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def head(self) -> Checkpoint:
        """The signed head of the log."""
        return self.log.head()

    def make_read_only(self) -> None:
        """Marks the archive read-only for good; the mark is the last thing that is recorded."""
        self.settings = replace(self.settings, read_only=True)
        self.settings_bytes = self.settings.to_toml()
        self._settings_recorded = False
        self.record([])
        durable.replace_file(self.root / config.FILE, self.settings_bytes)
        self.writable = False

    # recording

    def record(self, members: Sequence[Member]) -> list[StoredLeaf]:
        """Records the members, all or none; on return they are durable, logged under a signed head and indexed.

        Calls of many threads share a commit: whoever gets the lock commits for all that wait. Raises ReadOnlyArchive,
        ArchiveError where disk or key fail; then nothing of it is recorded.
        """
        if not self.writable:
            raise ReadOnlyArchive(
                f"The archive {self.root} is read-only; nothing was recorded. Name another with --archive."
            )
        pending = _Pending(members)
        with self._queue_lock:
            self._queue.append(pending)
        with self._commit_lock:
            if not pending.done:
                with self._queue_lock:
                    batch, self._queue = self._queue, []
                self._commit(batch)
        if pending.error is not None:
            raise pending.error
        return pending.leaves

    def _commit(self, batch: list[_Pending]) -> None:
        try:
            if self._broken:
                raise ArchiveError(self._broken)
            with self.log_lock():
                self._commit_locked(batch)
        except OSError as error:
            self._fail(
                batch,
                ArchiveError(
                    f"Recording in {self.root} failed: {error.strerror or error}; what was acknowledged before is safe."
                ),
            )
        except ArchiveError as error:
            self._fail(batch, error)
        except BaseException as error:
            self._fail(batch, error)
            raise
        finally:
            for pending in batch:
                pending.done = True

    def _fail(self, batch: list[_Pending], error: BaseException) -> None:
        """After a failed write nothing more is tried in this process: the next open brings everything back to the signed head."""
        self._broken = str(error)
        for pending in batch:
            pending.error = error

    def _commit_locked(self, batch: list[_Pending]) -> None:
        head = self.log.head()
        if self.catalogue.size() != head.size:
            self.notices += healing.heal(self.root, self.locks, self.log, self.catalogue)
            if self.catalogue.size() != head.size:
                raise DamagedArchive(
                    f"The catalogue knows {self.catalogue.size()} leaves where the signed head has {head.size}: "
                    "the log was cut back, or the catalogue belongs to another archive; run `archiver verify`."
                )
        signer = self._signing_key()
        segment = self._held_segment()
        members = [*self._opening_members(segment), *(member for pending in batch for member in pending.members)]
        if not members:
            return
        placed = segment.append(members)
        mark = self.locks.mark(healing.LOG)
        mark.touch()
        self.log.append([make_leaf(_details(member)) for member in members], signer)
        mark.unlink(missing_ok=True)
        indexed = []
        for number, place in enumerate(placed):
            record = place.member.record
            leaf = StoredLeaf(
                head.size + number, record.kind, place.member.sha256.hex, record.record_id, record.type, record.uri, record.date,
                place.file, place.offset, place.member.size,
            )  # fmt: skip
            indexed.append(Indexed(leaf, record.block))
        self.catalogue.add(rows_of(indexed, self.catalogue.leaf_of_record))
        self._settings_recorded = True
        at = len(members) - sum(len(pending.members) for pending in batch)
        for pending in batch:
            pending.leaves = [item.leaf for item in indexed[at : at + len(pending.members)]]
            at += len(pending.members)

    def _held_segment(self) -> Segment:
        if self._segment is not None and self._segment.size >= 1 << 30:
            self._segment.release(clean=True)
            self._segment = None
        if self._segment is None:
            self._segment = acquire(self.root, self.locks, clock.now(), self.catalogue.ends())
        return self._segment

    def _opening_members(self, segment: Segment) -> list[Member]:
        """What must stand before the first record: a warcinfo in a new file, and the settings where they changed."""
        members = []
        if segment.size == 0:
            fields = f"software: {TOOL}\r\nformat: WARC File Format 1.1\r\nisPartOf: {self.key.name}\r\n"
            members.append(
                seal(
                    Record(
                        "warcinfo", "warcinfo", "", clock.stamp(), "application/warc-fields", fields.encode(),
                        extra=(("WARC-Filename", segment.path.name),),
                    )
                )
            )  # fmt: skip
        if self._settings_recorded is None:
            self._settings_recorded = self.recorded_settings() == self.settings_bytes
        if not self._settings_recorded:
            uri = f"urn:archiver:settings:{uuid.uuid4()}"
            members.append(
                seal(
                    Record(
                        SETTINGS,
                        "resource",
                        uri,
                        clock.stamp(),
                        "application/toml",
                        self.settings_bytes,
                        Digest.of(self.settings_bytes),
                    )
                )
            )
        return members

    def _signing_key(self) -> SigningKey:
        if self._signer is None:
            self._signer = self.keys.signing_key(self.key.name)
        if self._signer is None:
            raise ReadOnlyArchive(
                f"The signing key of {self.root} is not on this machine ({self.keys.signing_path(self.key.name)}); "
                "it can be read and verified here, but not recorded into."
            )
        if self._signer.public != self.key:
            raise DamagedArchive(
                f"The signing key on this machine is not the one that {config.FILE} of {self.root} names."
            )
        return self._signer

    @contextmanager
    def log_lock(self) -> Iterator[None]:
        """Holds the log against every other process; raises ArchiveError after two minutes."""
        try:
            self.locks.folder.mkdir(exist_ok=True)
            lock = self.locks.lock(healing.LOG)
            lock.acquire(timeout=_LOCK_SECONDS)
        except Timeout as error:
            raise ArchiveError(
                f"Another process has held the log of {self.root} for {_LOCK_SECONDS:.0f} s; try again."
            ) from error
        try:
            yield
        finally:
            lock.release()

    # finding

    def recorded_settings(self) -> bytes | None:
        """``archive.toml`` as it was last recorded, None before the first time."""
        leaves = list(self.catalogue.leaves(SETTINGS))
        return self.stored_record(leaves[-1]).block if leaves else None

    def stored_record(self, leaf: StoredLeaf) -> StoredRecord:
        """The record of a leaf, read back; raises DamagedArchive where its bytes are not those that were recorded."""
        if not leaf.file:
            raise DamagedArchive(f"The record {leaf.record_id or leaf.index} is not in the WARC files any more.")
        member = read_span(self.root / leaf.file, leaf.offset, leaf.length)
        if Digest.of(member).hex != leaf.sha256:
            raise DamagedArchive(
                f"{leaf.file} was changed at byte {leaf.offset}: a record there is not what was recorded. Run `archiver verify`."
            )
        return open_record(inflate(member))

    def find_snapshot(self, id_or_url: str) -> Snapshot:
        """By id (short or whole, with ``s-``), else the newest good snapshot of a URL, else its newest. Raises UnknownId."""
        if is_id(id_or_url, "s-"):
            return self.catalogue.snapshot(id_or_url)
        found = self.latest_snapshot(id_or_url)
        if found is None:
            raise UnknownId(f"There is no snapshot of {id_or_url} in {self.root}; `archiver snapshot` takes one.")
        return found

    def latest_snapshot(self, url: str) -> Snapshot | None:
        """The newest snapshot that shows the page; a wall or an error never stands in for a good older one."""
        key = surt(url)
        return self.catalogue.latest_good(key) or self.catalogue.latest(key)

    def texts(self, snapshot: Snapshot) -> tuple[Text, ...]:
        """The recorded texts of a snapshot, each checked against the digest in its capture record."""
        texts = []
        for stored in snapshot.texts:
            block = self.stored_record(self.catalogue.leaf(stored.leaf)).block
            if Digest.of(block).hex != stored.sha256:
                raise DamagedArchive(
                    f"The {stored.layer} text of {snapshot.short_id} is not the one that its capture lists."
                )
            texts.append(
                Text(
                    stored.layer,
                    block.decode(),
                    stored.extractor,
                    stored.version,
                    stored.complete,
                    stored.why,
                    stored.unseen,
                )
            )
        return tuple(texts)

    def capture_record(self, snapshot: Snapshot) -> bytes:
        """The JSON of the capture record of a snapshot."""
        return self.stored_record(self.catalogue.leaf(snapshot.capture_leaf)).block

    def find_quote(self, prefix: str) -> Quote:
        """By id, short or whole, with ``q-``. Raises UnknownId or AmbiguousId."""
        if not is_id(prefix, "q-"):
            raise InputError(f"{prefix!r} is no id of a quote; such an id is q- and hex digits.")
        return self.catalogue.quote(prefix)

    # opening

    def _open_catalogue(self) -> Catalogue:
        path = self.root / "catalogue.db"
        if self.writable:
            return Catalogue(path)
        if path.is_file():
            catalogue = Catalogue(path, read_only=True)
            if catalogue.size() == self.log.head().size:
                return catalogue
            catalogue.close()
        return Catalogue(None)

    def _mend(self) -> None:
        head = self.log.head()
        if not self.writable:
            if self.catalogue.size() < head.size:
                healing.catch_up(self.root, self.log, self.catalogue)
            return
        if self.catalogue.size() >= head.size and not self.locks.marked():
            return
        with self.log_lock():
            self.notices += healing.heal(self.root, self.locks, self.log, self.catalogue)

    def rebuild(self) -> int:
        """Throws the catalogue away and makes it again from WARC files and log; returns how many leaves it holds then."""
        if not self.writable:
            raise ReadOnlyArchive(
                f"The archive {self.root} is read-only; its catalogue is made in memory at each opening."
            )
        with self.log_lock():
            self.catalogue.close()
            for suffix in ("", "-wal", "-shm"):
                (self.root / f"catalogue.db{suffix}").unlink(missing_ok=True)
            self.catalogue = Catalogue(self.root / "catalogue.db")
            healing.catch_up(self.root, self.log, self.catalogue)
            return self.catalogue.size()


def is_id(text: str, prefix: str) -> bool:
    """True for ``s-`` or ``q-`` and at least four hex digits."""
    rest = text.removeprefix(prefix)
    return text.startswith(prefix) and 4 <= len(rest) <= 64 and all(digit in "0123456789abcdef" for digit in rest)


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
