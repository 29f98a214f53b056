"""The evidence in a pack as a value: records with their leaves and proofs. All else in a pack is drawn from it."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from archiver.errors import DamagedArchive
from archiver.log import Details
from archiver.signing import VerifyingKey
from archiver.warc import StoredRecord, open_record

MAX_RECORD = 256 << 20
"""Bytes that a record may become when it is decompressed."""


@dataclass(frozen=True)
class PackedLeaf:
    """A leaf: its member as stored (``file`` and ``offset`` say where in the pack), details, line of details and audit path."""

    index: int
    file: str
    offset: int
    member: bytes
    line: bytes
    details: Details
    path: tuple[bytes, ...]

    @property
    def record(self) -> StoredRecord:
        """The record inside, read anew each time: it may be large, and there may be many. Raises DamagedArchive."""
        return open_record(inflate_bounded(self.member))

    def json(self) -> dict[str, Any]:
        """The JSON object of a capture or quote; raises DamagedArchive where there is none."""
        try:
            value = json.loads(self.record.block)
        except (ValueError, RecursionError) as error:
            raise DamagedArchive(f"The {self.details.kind} record of leaf {self.index} holds no JSON.") from error
        if not isinstance(value, dict):
            raise DamagedArchive(f"The {self.details.kind} record of leaf {self.index} holds no JSON object.")
        return value


@dataclass(frozen=True, slots=True)
class Stamp:
    """A token's leaf, the leaf of the head that it was given for, that head's size, and the proof that the log grew from it."""

    token: int
    head: int
    size: int
    growth: tuple[bytes, ...]


@dataclass(frozen=True)
class Evidence:
    """``leaves`` in the order of the log; ``named`` the whole ids that were asked for; ``checkpoint`` the signed head's bytes."""

    key: VerifyingKey
    checkpoint: bytes
    leaves: tuple[PackedLeaf, ...]
    stamps: tuple[Stamp, ...]
    named: tuple[str, ...]

    def of_kind(self, kind: str) -> list[PackedLeaf]:
        return [leaf for leaf in self.leaves if leaf.details.kind == kind]

    @cached_property
    def by_index(self) -> dict[int, PackedLeaf]:
        return {leaf.index: leaf for leaf in self.leaves}

    @cached_property
    def by_record(self) -> dict[str, PackedLeaf]:
        return {leaf.details.record_id: leaf for leaf in self.leaves if leaf.details.record_id}

    @property
    def time(self) -> str:
        """The newest time that a record of the pack states: a pack has no time of its own, so that making it again gives it again."""
        return max(leaf.details.time for leaf in self.leaves)


def inflate_bounded(member: bytes) -> bytes:
    """The content of one gzip member, which may be anybody's; raises DamagedArchive."""
    inflater = zlib.decompressobj(31)
    try:
        content = inflater.decompress(member, MAX_RECORD + 1)
    except zlib.error as error:
        raise DamagedArchive(f"It is no whole gzip member ({error}).") from error
    if len(content) > MAX_RECORD:
        raise DamagedArchive(f"A record becomes more than {MAX_RECORD} bytes.")
    if not inflater.eof or inflater.unused_data:
        raise DamagedArchive("It is no whole gzip member (its end is missing or not its own).")
    return content
