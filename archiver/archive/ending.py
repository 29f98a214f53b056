"""A change of ``archive.toml`` that ends a commit: laid down before the commit is written, in force once it is; a crash between is settled by
whoever opens next.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from archiver import durable
from archiver.archive import config, handover
from archiver.archive.settings import MARK
from archiver.signing import KeyRing, VerifyingKey
from archiver.warc import Locks


class Ending(Protocol):
    """The settings that are recorded last, and how they come into force; all under the log's lock."""

    @property
    def settings(self) -> bytes: ...

    def prepare(self) -> None: ...

    def settle(self) -> None: ...


@dataclass(frozen=True, slots=True)
class MadeReadOnly:
    """Nothing is recorded any more."""

    root: Path
    locks: Locks
    settings: bytes

    @classmethod
    def of(cls, root: Path, locks: Locks, settings: bytes) -> MadeReadOnly:
        return cls(root, locks, config.with_read_only(settings))

    def prepare(self) -> None:
        self.locks.mark(MARK).touch()
        durable.sync_folder(self.locks.folder)

    def settle(self) -> None:
        durable.replace_file(self.root / config.FILE, self.settings)
        self.locks.mark(MARK).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class KeyExchanged:
    """Another key heads the log."""

    root: Path
    keys: KeyRing
    settings: bytes

    @classmethod
    def of(cls, root: Path, keys: KeyRing, settings: bytes, key: VerifyingKey) -> KeyExchanged:
        return cls(root, keys, handover.with_key(settings, key))

    def prepare(self) -> None:
        handover.prepare(self.root, self.settings)

    def settle(self) -> None:
        handover.settle(self.root, self.keys)
