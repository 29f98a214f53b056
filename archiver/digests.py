"""SHA-256 as a value, in the two spellings that WARC files use."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

_HEX = re.compile(r"[0-9a-f]{64}")
_BASE32 = re.compile(r"[A-Z2-7]{52}")
_LABEL = re.compile(r"sha256:([A-Z2-7]{52})(?:={4})?")
_DIGITS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHIJKLMNOPQRSTUV")


@dataclass(frozen=True, slots=True, order=True)
class Digest:
    """A SHA-256 digest of 32 bytes."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != 32:
            raise ValueError(f"a SHA-256 digest has 32 bytes, not {len(self.raw)}")

    @classmethod
    def of(cls, *parts: bytes | memoryview) -> Digest:
        """The digest of the parts joined."""
        state = hashlib.sha256()
        for part in parts:
            state.update(part)
        return cls(state.digest())

    @classmethod
    def from_hex(cls, text: str) -> Digest:
        """Reads 64 lower-case hex digits; ValueError for anything else."""
        if not _HEX.fullmatch(text):
            raise ValueError("a SHA-256 digest is written as 64 lower-case hex digits")
        return cls(bytes.fromhex(text))

    @property
    def hex(self) -> str:
        return self.raw.hex()

    @property
    def labelled(self) -> str:
        """As WARC headers write it: ``sha256:`` and base32 in capitals, the one spelling that every checker reads."""
        return f"sha256:{base64.b32encode(self.raw).decode()}"


def labelled_matches(label: str, digest: Digest) -> bool:
    """True where a ``sha256:`` label (hex or base32, as other writers spell it) names this digest."""
    return _of_label(label) == int.from_bytes(digest.raw, "big") << 4


def _of_label(label: str) -> int | None:
    """What a label names, as a number with four bits of zero behind it, since base 32 has 260; None for what is no such label."""
    if usual := _LABEL.fullmatch(label):
        # the interpreter's own base 32 has other digits, and is ten times as fast as the codec
        return int(usual[1].encode().translate(_DIGITS), 32)
    algorithm, _, value = label.partition(":")
    if algorithm.lower() not in ("sha256", "sha-256"):
        return None
    if len(value) == 64:
        return int(value, 16) << 4 if _HEX.fullmatch(value.lower()) else None
    value = value.rstrip("=").upper()
    return int(value.encode().translate(_DIGITS), 32) if _BASE32.fullmatch(value) else None
