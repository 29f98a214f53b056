"""Cosignatures of witnesses (https://c2sp.org/tlog-cosignature, Ed25519): a head, and when somebody else saw it."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from archiver.digests import Digest
from archiver.errors import DamagedArchive, InputError
from archiver.signing.keys import SigningKey, VerifyingKey, parse_vkey
from archiver.signing.notes import Note, parse_note

_COSIGNATURE = b"\x04"  # the algorithm byte of C2SP signed-note
_STAMP = 8  # bytes of the timestamp before the signature
_LATEST = 253402300799  # the last second of the year 9999, which is what `datetime` can say
_HEAD = re.compile(r"[^\n]+\n(0|[1-9][0-9]{0,17})\n[A-Za-z0-9+/]{43}=\n([^\n]+\n)*")


@dataclass(frozen=True, slots=True)
class CosignerKey:
    """The public half of a witness's key: ``name`` is the witness's, ``raw`` the 32 bytes of Ed25519."""

    name: str
    raw: bytes

    @property
    def key_id(self) -> bytes:
        return Digest.of(self.name.encode(), b"\n", _COSIGNATURE, self.raw).raw[:4]

    @property
    def vkey(self) -> str:
        """``name+hash+base64``, with the algorithm byte of a cosigner, so that it is no log's key."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_COSIGNATURE + self.raw).decode()}"

    @property
    def fingerprint(self) -> str:
        return VerifyingKey(self.name, self.raw).fingerprint

    @classmethod
    def from_vkey(cls, text: str) -> CosignerKey:
        """Reads a witness's verifier key; raises InputError with what is wrong about it."""
        name, key_hash, algorithm, raw = parse_vkey(text)
        if algorithm != _COSIGNATURE:
            raise InputError(f"The key {text[:60]!r} is not that of a witness; `archiver log witness` prints one.")
        key = cls(name, raw)
        if key.key_id.hex() != key_hash:
            raise InputError(f"The witness's key {text[:60]!r} does not match its own hash; was it copied whole?")
        return key


@dataclass(frozen=True, slots=True)
class Cosignature:
    """``key`` saw the head at ``time`` as the largest of its log."""

    key: CosignerKey
    time: datetime


def cosign(checkpoint: bytes, key: SigningKey, moment: datetime) -> bytes:
    """The checkpoint with the witness's line under it. ``key.public.name`` is the witness's name.

    The caller has checked that it is consistent with every head of that log that was cosigned before, and keeps it.
    """
    note = parse_note(checkpoint)
    if not _HEAD.fullmatch(note.text):
        raise InputError("What is to be cosigned is no checkpoint of a log.")
    stamp = int(moment.timestamp())
    public = CosignerKey(key.public.name, key.public.raw)
    signature = stamp.to_bytes(_STAMP, "big") + key.sign(_message(note.text, stamp))
    return checkpoint + f"— {public.name} {base64.b64encode(public.key_id + signature).decode()}\n".encode()


def open_cosignatures(note: Note, key: CosignerKey) -> list[Cosignature]:
    """What this witness says of the head; nothing where it says nothing. Raises DamagedArchive where its signature is wrong."""
    found = []
    for line in note.signatures:
        if (line.name, line.key_id) != (key.name, key.key_id):
            continue
        stamp = int.from_bytes(line.raw[:_STAMP], "big")
        if len(line.raw) != _STAMP + 64 or not 0 < stamp <= _LATEST or not _HEAD.fullmatch(note.text):
            raise DamagedArchive(f"The cosignature of the witness {key.name} is malformed.")
        if not VerifyingKey(key.name, key.raw).accepts(line.raw[_STAMP:], _message(note.text, stamp)):
            raise DamagedArchive(f"The cosignature of the witness {key.name} is wrong: the head was changed after it.")
        found.append(Cosignature(key, datetime.fromtimestamp(stamp, UTC)))
    return found


def _message(text: str, stamp: int) -> bytes:
    return f"cosignature/v1\ntime {stamp}\n{text}".encode()
