"""Being a witness: a head of somebody else's log is cosigned only if it grew out of the last one that was.

What was seen is kept before the cosignature is given out, so that after no crash two histories are ever cosigned.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from archiver import clock, durable
from archiver.custody.submissions import Shown
from archiver.errors import ArchiveError, DamagedArchive, ForkedLog, InputError
from archiver.log import Checkpoint
from archiver.log.merkle import EMPTY_ROOT
from archiver.log.proofs import consistent
from archiver.log.rotation import only_signed_by
from archiver.signing import CosignerKey, KeyRing, SigningKey, VerifyingKey, cosign, parse_note
from archiver.signing.witnesses import Witnesses

_LOCK_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A head that was found consistent, and the note with our line under it. ``previous`` is the size seen before, None for none."""

    head: Checkpoint
    previous: int | None
    note: bytes
    key: CosignerKey
    time: datetime


class Fork(ForkedLog):
    """A fork that this witness found; both heads are kept in the folder ``evidence``."""

    def __init__(self, sentence: str, origin: str = "", evidence: Path | None = None) -> None:
        super().__init__(sentence)
        self.origin = origin
        self.evidence = evidence


class Witness:
    """The witness that this person is; its key and what it has seen lie in the folder of the key ring."""

    def __init__(self, ring: KeyRing | None = None) -> None:
        self._ring = ring or KeyRing()
        self._witnesses = Witnesses(self._ring)
        self._folder = self._witnesses.folder

    def key(self, name: str | None = None) -> SigningKey:
        """The witness's key, made where there is none, under ``name`` or a name that means nothing.

        Raises InputError where there is one of another name.
        """
        key = self._witnesses.own()
        if key is None:
            with self._ring.held():
                key = self._witnesses.own()  # who was here first has made one
                if key is None:
                    return self._witnesses.make(name or f"archiver.invalid/witness/{uuid.uuid4().hex}")
        if name is not None and name != key.public.name:
            raise InputError(
                f"This witness is {key.public.name} already, with the key {self._witnesses.key_path}; leave --name away."
            )
        return key

    def last_seen(self, origin: str) -> bytes | None:
        """The last head of a log that was cosigned here, as its owner signed it. Raises ArchiveError."""
        path = self._head_path(origin)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ArchiveError(f"What this witness saw last cannot be read from {path}: {error.strerror}.") from error

    def see(self, shown: Shown, named: VerifyingKey | None = None, name: str | None = None) -> Witnessed:
        """Judges a head, keeps it, and only then cosigns it. ``named`` is a key that the person trusts for this log.

        Raises InputError where nobody knows the log's key or the proof is missing, DamagedArchive where the head is not signed by it
        or the log was cut back, Fork where two signed heads cannot both be true.
        """
        head, key = self._opened(shown, named)
        signer = self.key(name)
        with self._locked():
            previous = self._compare(shown, head)
            kept = only_signed_by(shown.checkpoint, [key])
            if previous is None or previous < head.size:
                self._write(self._head_path(head.origin), kept)
            moment = clock.now()
            note = cosign(kept, signer, moment)
        if named is not None or self._ring.known(head.origin) != key:
            self._ring.remember(key)
        return Witnessed(head, previous, note, CosignerKey(signer.public.name, signer.public.raw), moment)

    def _opened(self, shown: Shown, named: VerifyingKey | None) -> tuple[Checkpoint, VerifyingKey]:
        """The head, and the key that signed it: the one that is named or known, or one to which the known one handed over itself."""
        note = shown.checkpoint
        claimed = Checkpoint.of_text(parse_note(note).text)
        known = self._ring.known(claimed.origin)
        key = named or known
        if key is None:
            raise InputError(
                f"The key of {claimed.origin[:200]} is not known here: get it from its owner (`archiver log` prints it), compare its "
                "fingerprint by telephone, and name it with --key."
            )
        if key.name != claimed.origin:
            raise InputError(f"The key {key.vkey} is not that of the log {claimed.origin[:200]}.")
        try:
            return Checkpoint.opened(note, key), key
        except DamagedArchive as error:
            if named is not None:
                raise
            handover = shown.handover()
            following = key if handover is None else handover.newest_after(key)
            if following != key:
                return Checkpoint.opened(note, following), following
            raise DamagedArchive(
                f"{error} That is the key under which {claimed.origin} is known here; if its owner has exchanged the key, get the "
                "hand-over (`archiver log handover`) and name it with --handover, or the new key and name that with --key."
            ) from error

    def _compare(self, shown: Shown, head: Checkpoint) -> int | None:
        """The size that was seen last, where the head grew out of that; None the first time."""
        note = self.last_seen(head.origin)
        if note is None:
            if head.size == 0 and head.root != EMPTY_ROOT:
                raise DamagedArchive("The head of an empty log has another root than that of an empty log.")
            return None
        last = Checkpoint.of_text(parse_note(note).text)
        if head.size < last.size:
            where = self._keep(head.origin, note, shown.checkpoint)
            raise Fork(
                f"{shown.source()} shows {head.size} leaves of {head.origin}, where {last.size} were seen before: "
                + ("the log was cut back" if shown.published else "it is an old file, or the log was cut back")
                + f"; it is not cosigned, and both heads are kept in {where}.",
                head.origin,
                where,
            )
        if head.size == last.size:
            if head.root != last.root:
                raise self._fork(shown, head, note)
            return last.size
        if last.size and not consistent(last.size, head.size, last.root, head.root, shown.proof(last.size, head)):
            raise self._fork(shown, head, note, proven=shown.published)
        return last.size

    def _fork(self, shown: Shown, head: Checkpoint, note: bytes, *, proven: bool = True) -> Fork:
        where = self._keep(head.origin, note, shown.checkpoint)
        said = (
            "A FORK: the key of this log has signed two histories that cannot both be true"
            if proven
            else "The proof does not show that this head grew out of the one seen before: a fork, or a wrong file"
        )
        return Fork(
            f"{said} ({head.origin}, {head.size} leaves now). Nothing is cosigned; both heads are kept as evidence in {where}.",
            head.origin,
            where,
        )

    def _keep(self, origin: str, seen: bytes, shown: bytes) -> Path:
        """Both heads as evidence, once for each pair; returns the folder."""
        pair = self._ring.file_name(seen.decode("latin-1") + shown.decode("latin-1"))[:12]
        folder = self._folder / "forks" / f"{self._ring.file_name(origin)}-{pair}"
        for name, data in (("seen-before.checkpoint", seen), ("shown-now.checkpoint", shown)):
            if not (folder / name).exists():
                self._write(folder / name, data)
        return folder

    def _head_path(self, origin: str) -> Path:
        return self._folder / "heads" / f"{self._ring.file_name(origin)}.checkpoint"

    def _write(self, path: Path, data: bytes) -> None:
        try:
            durable.make_folder(path.parent)
            durable.replace_file(path, data)
        except OSError as error:
            raise ArchiveError(
                f"What was seen cannot be kept in {path}: {error.strerror}; nothing is cosigned."
            ) from error

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One comparison at a time: two at once could cosign two histories."""
        try:
            durable.make_folder(self._folder)
            lock = FileLock(self._folder / "heads.lock")
            lock.acquire(timeout=_LOCK_SECONDS, poll_interval=0.01)
        except Timeout as error:
            raise ArchiveError("Another process has been witnessing for a minute; try again.") from error
        except OSError as error:
            raise ArchiveError(f"{self._folder} cannot be written: {error.strerror}; nothing is cosigned.") from error
        try:
            yield
        finally:
            lock.release()
