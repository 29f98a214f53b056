"""The log's head: C2SP tlog-checkpoint."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from archiver.errors import DamagedArchive
from archiver.signing.keys import SigningKey, VerifyingKey, strict_base64
from archiver.signing.notes import open_note, sign_note


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """``root`` is the 32-byte root hash of the first ``size`` leaves of the log ``origin``."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signed(self, key: SigningKey) -> bytes:
        return sign_note(self.text(), key)

    @classmethod
    def opened(cls, note: bytes, key: VerifyingKey) -> Checkpoint:
        """Reads a checkpoint that this key signed; raises DamagedArchive where it did not, or where it is malformed."""
        lines = open_note(note, key).text.split("\n")
        if len(lines) != 4 or lines[0] != key.name or not lines[1].isascii() or not lines[1].isdecimal():
            raise DamagedArchive("The checkpoint is signed, but it is not the head of this log.")
        try:
            root = strict_base64(lines[2])
        except ValueError as error:
            raise DamagedArchive("The root hash of the checkpoint is not readable.") from error
        return cls(lines[0], int(lines[1]), root)
