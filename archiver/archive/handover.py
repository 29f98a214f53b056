"""The moment at which another key heads the log: two files change, and a crash between them is settled by whoever opens next.

The settings of the new key are laid down beside ``archive.toml``; then a head is signed that the new key opens; then they take the
place of the old ones. The signed head decides: where the new key opens it, the exchange has happened.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from archiver import durable
from archiver.archive import config
from archiver.archive.config import Config
from archiver.errors import ArchiveError, ArchiverError, DamagedArchive
from archiver.log import Checkpoint
from archiver.log.layout import CHECKPOINT
from archiver.plainfile import read_plain
from archiver.signing import KeyRing, VerifyingKey

NEXT = f"{config.FILE}.next"


def read(root: Path) -> tuple[Config, bytes]:
    """The settings in force, and the bytes they were read from; raises as `config.read` does."""
    path = root / NEXT
    if path.is_file():
        waiting = _waiting(path)
        if waiting is not None and _opens(root, waiting[0]):
            return waiting
    return config.read(root)


def with_key(settings: bytes, key: VerifyingKey) -> bytes:
    """The settings with another key, and nothing else of them changed."""
    path = Path(config.FILE)
    before = config.parse(settings, path)
    wanted = replace(before, key=key.vkey)
    changed = settings.replace(before.key.encode(), key.vkey.encode(), 1)
    try:
        if config.parse(changed, path) == wanted:
            return changed
    except ArchiverError:
        pass  # the old key is named in a comment, or spelt with escapes
    return wanted.to_toml()


def refuse_unsettled(root: Path) -> None:
    """Raises ArchiveError where an exchange broke off; the caller holds the log's lock, so whoever began it is dead."""
    if (root / NEXT).exists():
        raise ArchiveError(f"An exchange of the key of {root} broke off; open the archive again to settle it.")


def prepare(root: Path, settings: bytes) -> None:
    """Lays the settings of the new key down; the caller holds the log's lock, and signs a head with that key next."""
    durable.replace_file(root / NEXT, settings)


def settle(root: Path, keys: KeyRing) -> list[str]:
    """Ends an exchange, or takes it back where no head was signed for it; the caller holds the log's lock.

    Returns a sentence for what was done. The new key is remembered where this is the machine that holds it.
    """
    path = root / NEXT
    if not path.is_file():
        return []
    waiting = _waiting(path)
    if waiting is None or not _opens(root, waiting[0]):
        path.unlink()
        durable.sync_folder(root)
        return ["An exchange of the log's key was interrupted before it happened; the key is the one that it was."]
    key = waiting[0].verifier
    if keys.path_of(key) is not None:
        keys.remember(key)
    path.replace(root / config.FILE)
    durable.sync_folder(root)
    return [f"The log's key was exchanged; the new one is {key.vkey}."]


def _waiting(path: Path) -> tuple[Config, bytes] | None:
    try:
        data = read_plain(path)
        return config.parse(data, path), data
    except (ArchiverError, OSError):
        return None


def _opens(root: Path, settings: Config) -> bool:
    try:
        Checkpoint.opened(read_plain(root / "log" / CHECKPOINT), settings.verifier)
    except (DamagedArchive, OSError):
        return False
    return True
