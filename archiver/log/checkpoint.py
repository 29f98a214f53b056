"""The log's head: C2SP tlog-checkpoint."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.errors import DamagedArchive
from archiver.log.merkle import HASH_SIZE
from archiver.signing.keys import SigningKey, VerifyingKey, strict_base64
from archiver.signing.notes import open_note, parse_note, sign_note

_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")  # as C2SP tlog-checkpoint spells it: ASCII digits, no leading zero


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """``root`` is the 32-byte root hash of the first ``size`` leaves of the log ``origin``."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signed(self, *keys: SigningKey) -> bytes:
        return sign_note(self.text(), *keys)

    @classmethod
    def opened(cls, note: bytes, key: VerifyingKey) -> Checkpoint:
        """Reads a checkpoint that this key signed; raises DamagedArchive where it did not, or where it is malformed."""
        checkpoint = cls.of_text(open_note(note, key).text)
        if checkpoint.origin != key.name:
            raise DamagedArchive("The checkpoint is signed, but it is not the head of this log.")
        return checkpoint

    @classmethod
    def opened_by_any(cls, note: bytes, keys: Iterable[VerifyingKey]) -> Checkpoint:
        """Reads a checkpoint that one of the keys signed; raises DamagedArchive where none did, or where it is malformed."""
        failure = DamagedArchive("It is signed by no key of this log that is known here.")
        for key in keys:
            try:
                return cls.opened(note, key)
            except DamagedArchive as error:
                failure = error
        raise failure

    @classmethod
    def unjudged(cls, note: bytes, origin: str) -> Checkpoint:
        """Reads a checkpoint of the log ``origin`` whoever signed it; raises DamagedArchive where it is malformed.

        For one that something else bears out: its root is that of a log which was verified.
        """
        checkpoint = cls.of_text(parse_note(note).text)
        if checkpoint.origin != origin:
            raise DamagedArchive("The checkpoint is not one of this log.")
        return checkpoint

    @classmethod
    def of_text(cls, text: str) -> Checkpoint:
        """Reads what was signed, without asking by whom; raises DamagedArchive where it is no head of a log."""
        lines = text.split("\n")
        if len(lines) != 4 or not lines[0] or lines[3] or not _SIZE.fullmatch(lines[1]):
            raise DamagedArchive("The checkpoint is signed, but it is not the head of this log.")
        try:
            root = strict_base64(lines[2])
        except ValueError as error:
            raise DamagedArchive("The root hash of the checkpoint is not readable.") from error
        if len(root) != HASH_SIZE:
            raise DamagedArchive("The root hash of the checkpoint has a wrong length.")
        return cls(lines[0], int(lines[1]), root)
