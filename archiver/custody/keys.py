"""The signing key of an archive: put away, brought back, exchanged for another, and lost."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

from archiver import clock
from archiver.archive import Archive
from archiver.errors import ArchiveError, InputError, ReadOnlyArchive
from archiver.log.rotation import KIND, Rotation, check_reason, state_rotation
from archiver.model import StoredLeaf
from archiver.signing import KeyRing, SigningKey, VerifyingKey
from archiver.signing.backup import LARGEST_FILE, lock, named_key, unlock
from archiver.signing.ring import write_secret
from archiver.warc import Member, Record, seal


@dataclass(frozen=True, slots=True)
class Restored:
    """A key brought back from a backup: where it lies now, and whether it had been there all the while."""

    key: VerifyingKey
    path: Path
    was_there: bool


def back_up_key(key: SigningKey, file: Path, passphrase: bytes) -> None:
    """Writes a signing key into a file, locked with a passphrase, and reads it back; never over another file.

    Raises InputError for a passphrase that is too short and where the file cannot be made.
    """
    data = lock(key, passphrase)
    try:
        write_secret(file, data)
        kept = file.read_bytes()
    except FileExistsError as error:
        raise InputError(f"{file} is there already and is left as it is; name another file.") from error
    except OSError as error:
        raise InputError(f"The key cannot be written to {file}: {error.strerror}.") from error
    if unlock(kept, passphrase).public != key.public:
        raise ArchiveError(f"{file} does not read back as it was written; check the disk and name another file.")


def restore_key(ring: KeyRing, file: Path, passphrase: bytes) -> Restored:
    """Puts the key in a backup back into the key ring; a key that is there is never overwritten. Raises InputError."""
    data = read_backup(file)
    key = unlock(data, passphrase)
    path = ring.path_of(key.public)
    if path is not None:
        return Restored(key.public, path, was_there=True)
    # beside the key of another time of the same log, where there is one
    first = not ring.signing_path(key.public.name).exists()
    path = ring.store(key, remember=False) if first else ring.store_later(key)
    if ring.known(key.public.name) is None:
        ring.remember(key.public)
    return Restored(key.public, path, was_there=False)


def read_backup(file: Path) -> bytes:
    """The bytes of a backup, whose words name a key; raises InputError where it is none."""
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_FILE)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error
    named_key(data)
    return data


def rotate_key(archive: Archive, reason: str = "") -> tuple[Rotation, StoredLeaf]:
    """Lets a fresh key head the log from here on; the old key and the new one both sign that, and it is a leaf.

    Raises ReadOnlyArchive where the old key is not on this machine (then it is lost, or elsewhere), InputError for a reason that is
    no single line.
    """
    if archive.keys.signing_key_of(archive.key) is None:
        raise ReadOnlyArchive(
            f"The signing key of {archive.root} is not on this machine, so it cannot hand over; bring it back with "
            "`archiver log key restore`, or if it is gone for good say `archiver log key lost`."
        )
    return _exchange(archive, reason, lost=False)


def lose_key(archive: Archive, reason: str = "") -> tuple[Rotation, StoredLeaf]:
    """Lets a fresh key go on with a log whose key is gone for good. What the old key signed stays checkable with its public half.

    Nobody vouches for the new key but itself. Raises InputError where the old key is there after all.
    """
    path = archive.keys.path_of(archive.key)
    if path is not None:
        raise InputError(
            f"The signing key of {archive.root} is not lost: it lies in {path}; `archiver log key rotate` exchanges it."
        )
    return _exchange(archive, reason, lost=True)


def _exchange(archive: Archive, reason: str, *, lost: bool) -> tuple[Rotation, StoredLeaf]:
    if not archive.writable:
        raise ReadOnlyArchive(f"The archive {archive.root} is read-only; its key stays as it is.")
    check_reason(reason)
    new = SigningKey.generate(archive.key.name)
    old_public = archive.key
    made: list[Rotation] = []

    def statement(head: bytes, old: SigningKey | None) -> Member:
        if (old is None) != lost:
            raise ArchiveError(f"The signing key of {archive.root} came or went meanwhile; nothing was exchanged.")
        now = clock.stamp()
        rotation = state_rotation(old or old_public, new, head, reason, now)
        made.append(rotation)
        uri = f"urn:archiver:{KIND}:{uuid.uuid4()}"
        return seal(Record(KIND, "metadata", uri, now, "application/json", rotation.to_json()))

    archive.keys.store_later(new)  # before anything names it, so that a crash never leaves a log whose key is nowhere
    leaf = archive.exchange_key(new, statement)
    return made[0], leaf
