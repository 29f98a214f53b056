"""The folder outside every archive in which a person's keys are kept, and what they know of the keys of others."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from archiver import durable
from archiver.digests import Digest
from archiver.errors import ArchiveError, InputError
from archiver.signing.keys import SigningKey, VerifyingKey

CONFIG_VARIABLE = "ARCHIVER_CONFIG"

_LOCK_SECONDS = 30.0


def write_secret(path: Path, data: bytes) -> None:
    """Writes a file that only its owner can read and makes it durable; never over another. Raises OSError.

    It is there whole or not at all, but on file systems without links (a stick), where one that was broken off may stand there in part.
    """
    written = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _put_secret(written, data)
        try:
            os.link(written, path)
        except FileExistsError:
            raise
        except OSError:
            _put_secret(path, data)
    finally:
        written.unlink(missing_ok=True)
    durable.sync_folder(path.parent)


def _put_secret(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


class KeyRing:
    """The person's folder of keys: signing keys (mode 0600), and the verifier keys met before.

    It lies outside every archive, so that an archive can be given away. ``$ARCHIVER_CONFIG`` names another folder.
    A log has one key at a time and, once that was exchanged, several in its life: all of them are remembered, the newest last.
    """

    __slots__ = ("folder",)

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(os.environ.get(CONFIG_VARIABLE) or platformdirs.user_config_dir("archiver"))

    @staticmethod
    def file_name(name: str) -> str:
        """What a log or witness is called in the file system, whatever its name holds."""
        return Digest.of(name.encode()).hex[:32]

    def signing_path(self, origin: str) -> Path:
        """Where the first signing key of a log lies."""
        return self.folder / "keys" / f"{self.file_name(origin)}.pem"

    def _later_path(self, key: VerifyingKey) -> Path:
        """Where a signing key lies that is not the first of its log."""
        return self.folder / "keys" / f"{self.file_name(key.name)}-{key.key_id.hex()}.pem"

    def path_of(self, key: VerifyingKey) -> Path | None:
        """The file with the private half of this very key, None where this machine does not hold it. Raises ArchiveError."""
        for path in (self._later_path(key), self.signing_path(key.name)):
            found = _read_key(path, key.name)
            if found is not None and found.public == key:
                return path
        return None

    def signing_key_of(self, key: VerifyingKey) -> SigningKey | None:
        """The private half of this very key, None where this machine does not hold it. Raises ArchiveError or InputError."""
        path = self.path_of(key)
        return None if path is None else _read_key(path, key.name)

    def signing_key(self, origin: str) -> SigningKey | None:
        """The first signing key of a log, None where this machine does not hold it."""
        return _read_key(self.signing_path(origin), origin)

    def store(self, key: SigningKey, *, remember: bool = True) -> Path:
        """Keeps a new signing key, and its public half among those met; never overwrites one."""
        return self._store(key, self.signing_path(key.public.name), remember=remember)

    def store_later(self, key: SigningKey) -> Path:
        """Keeps a further signing key of a log beside the first; its public half is not remembered yet."""
        return self._store(key, self._later_path(key.public), remember=False)

    def _store(self, key: SigningKey, path: Path, *, remember: bool) -> Path:
        try:
            durable.make_folder(path.parent, 0o700)
            write_secret(path, key.pem())
        except OSError as error:
            raise ArchiveError(
                f"The signing key cannot be written to {path}: {error.strerror}; set ${CONFIG_VARIABLE} to a folder that can."
            ) from error
        if remember:
            self.remember(key.public)
        return path

    # the keys of others

    def known_path(self, origin: str) -> Path:
        """The file of the verifier keys under which a log was met, one a line, the newest last."""
        return self.folder / "known" / f"{self.file_name(origin)}.vkey"

    def remember(self, key: VerifyingKey, *, newest: bool = True) -> None:
        """Keeps a verifier key as met, as the newest of its log; a person calls this by naming the key, or by making it.

        Without ``newest`` it comes before the one that is the newest.
        """
        if self.known(key.name) == key:
            return
        with self.held():
            keys = [item for item in self.known_keys(key.name) if item != key]
            keys.insert(len(keys) if newest else max(0, len(keys) - 1), key)
            path = self.known_path(key.name)
            self._keep(path, "".join(item.vkey + "\n" for item in keys).encode(), "verifier key")

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Holds what is known of others against other processes and threads: who reads it to write it again loses nothing of theirs.

        Not to be entered twice. Raises ArchiveError.
        """
        path = self.folder / "known.lock"
        try:
            durable.make_folder(self.folder, 0o700)
            lock = FileLock(path)
            lock.acquire(timeout=_LOCK_SECONDS, poll_interval=0.005)
        except Timeout as error:
            raise ArchiveError(f"Another process has held {path} for {_LOCK_SECONDS:.0f} s; try again.") from error
        except OSError as error:
            raise ArchiveError(
                f"What is known of other logs cannot be changed in {self.folder}: {error.strerror}."
            ) from error
        try:
            yield
        finally:
            lock.release()

    def _keep(self, path: Path, data: bytes, what: str) -> None:
        try:
            durable.make_folder(path.parent, 0o700)
            durable.replace_file(path, data)
        except OSError as error:
            raise ArchiveError(f"The {what} cannot be remembered in {path}: {error.strerror}.") from error

    def known(self, origin: str) -> VerifyingKey | None:
        """The newest verifier key under which this log was met before, None for a stranger.

        Raises ArchiveError where the file that would say so cannot be read: that is no stranger.
        """
        return (self.known_keys(origin) or (None,))[-1]

    def known_keys(self, origin: str) -> tuple[VerifyingKey, ...]:
        """All verifier keys under which this log was met, the newest last. Raises ArchiveError as `known` does."""
        path = self.known_path(origin)
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
            keys = tuple(VerifyingKey.from_vkey(line) for line in lines)
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError, InputError) as error:
            raise ArchiveError(
                f"The key under which {origin} was met before cannot be read from {path} ({error}); restore that file."
            ) from error
        if not keys or any(key.name != origin for key in keys):
            raise ArchiveError(
                f"The key under which {origin} was met before cannot be read from {path} (it names another log, or none); "
                "restore that file."
            )
        return keys

    # the heads of others

    def head_path(self, origin: str) -> Path:
        """The file of the checkpoint of a log that was verified here last."""
        return self.folder / "known" / f"{self.file_name(origin)}.checkpoint"

    def remember_head(self, origin: str, checkpoint: bytes) -> None:
        """Keeps a checkpoint that was verified: a log that is later shorter, or another, is then found out."""
        self._keep(self.head_path(origin), checkpoint, "checkpoint")

    def known_head(self, origin: str) -> bytes | None:
        """The last checkpoint of this log that was verified here, None before the first time. Raises ArchiveError."""
        path = self.head_path(origin)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ArchiveError(f"The checkpoint remembered in {path} cannot be read: {error.strerror}.") from error


def _read_key(path: Path, origin: str) -> SigningKey | None:
    try:
        pem = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ArchiveError(f"The signing key {path} cannot be read: {error.strerror}.") from error
    return SigningKey.from_pem(origin, pem)
