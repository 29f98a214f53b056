"""Archives with a few leaves, and people with key rings of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archiver import clock
from archiver.archive import Archive
from archiver.custody import Witness
from archiver.signing import CosignerKey, KeyRing, SigningKey
from archiver.verification import Finding, Request, Verification
from archiver.warc import Member, Record, seal


def notes(count: int, words: str = "x") -> list[Member]:
    return [
        seal(Record("note", "metadata", "urn:x", clock.stamp(), "text/plain", f"{words} {number}".encode()))
        for number in range(count)
    ]


@dataclass
class Person:
    """Somebody with a folder of keys."""

    ring: KeyRing

    @property
    def witness(self) -> Witness:
        return Witness(self.ring)

    @property
    def witness_key(self) -> CosignerKey:
        key = self.witness.key()
        return CosignerKey(key.public.name, key.public.raw)

    def archive(self, root: Path, leaves: int = 3) -> Archive:
        made = Archive.create(root, self.ring)
        if leaves > made.head().size:
            made.record(notes(leaves - made.head().size))
        return made

    def faults(self, root: Path, **request: object) -> list[Finding]:
        """What this person's verification finds that is not well."""
        found = Verification(root, Request(**request), self.ring).findings()  # type: ignore[arg-type]
        return [finding for finding in found if finding.ok is not True]


@pytest.fixture
def person(tmp_path: Path) -> Callable[[str], Person]:
    return lambda name: Person(KeyRing(tmp_path / f"{name}-config"))


def copy_with_keys(ring: KeyRing, folder: Path) -> KeyRing:
    """The same keys on another computer."""
    shutil.copytree(ring.folder, folder)
    return KeyRing(folder)


def signer_of(archive: Archive) -> SigningKey:
    key = archive.keys.signing_key_of(archive.key)
    assert key is not None
    return key
