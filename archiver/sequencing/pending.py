"""What a writer announces: a segment of its own, whole in the store, and what each of its members is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archiver.archive.indexing import INDEXED_KINDS, Indexed, stored_leaf
from archiver.errors import MISSHAPEN, DamagedArchive
from archiver.log import Details, Leaf
from archiver.log.leaves import entry_of, open_line
from archiver.model import Trait, having
from archiver.model.kinds import CAPTURE, CERTIFICATE, DOM, PRINT, QUOTE, RECHECK, SCREENSHOT, SETTINGS, TEXT, WARCINFO
from archiver.sequencing import names
from archiver.store import ObjectStore
from archiver.warc import inflate, limit_of, open_record

TAKEN = having(Trait.EXCHANGE) | {
    TEXT, DOM, SCREENSHOT, PRINT, CAPTURE, QUOTE, RECHECK, CERTIFICATE, SETTINGS, WARCINFO,
}  # fmt: skip
"""The kinds of records that a writer may bring. What speaks of the log itself or of numbers in it,
or takes something out of it, is said by who has the key."""


MOST_WAITING = 10_000
"""How many announcements are read at a time: who may write to a bucket can put any number of objects there."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A segment of ``size`` bytes; ``lines`` are the details of its members in order, with their salts: they are as private as the log's."""

    segment: str
    size: int
    lines: tuple[bytes, ...]

    @property
    def name(self) -> str:
        return names.pending_of(self.segment)

    def to_bytes(self) -> bytes:
        lines = [line.decode() for line in self.lines]
        return json.dumps(
            {"v": 1, "segment": self.segment, "size": self.size, "lines": lines}, ensure_ascii=False
        ).encode()

    @classmethod
    def parse(cls, name: str, data: bytes) -> Announced:
        """Raises DamagedArchive where it is none, or not that of its name."""
        try:
            told = json.loads(data)
            found = cls(names.segment(told["segment"]), told["size"], tuple(line.encode() for line in told["lines"]))
            whole = told["v"] == 1 and type(found.size) is int
        except MISSHAPEN as error:
            raise DamagedArchive(f"{name} is not readable.") from error
        if (
            not whole
            or found.name != name
            or found.size != sum(details.size for details in found.details())
            or not found.lines
        ):
            raise DamagedArchive(f"{name} does not say of its segment what a writer would.")
        return found

    def details(self) -> Iterator[Details]:
        for line in self.lines:
            details = open_line(line, entry_of(line))
            if details is None or b"\n" in line:
                raise DamagedArchive(f"{self.name} holds what is no leaf.")
            yield details

    def leaves(self) -> list[Leaf]:
        return [Leaf(entry_of(line), line) for line in self.lines]

    def indexed(self, first: int, block_of: Callable[[int, Details], bytes | None]) -> list[Indexed]:
        """Its leaves as the catalogue takes them, the first of them number ``first``; see `placed`."""
        return placed(self.segment, list(self.details()), first, block_of)


def placed(
    segment: str, members: list[Details], first: int, block_of: Callable[[int, Details], bytes | None]
) -> list[Indexed]:
    """The leaves of a segment, which are all its members, one behind another from its first byte on; ``block_of`` reads one at an offset."""
    items, at = [], 0
    for index, details in enumerate(members, first):
        block = block_of(at, details) if details.kind in INDEXED_KINDS else None
        items.append(Indexed(stored_leaf(index, details, segment, at), block))
        at += details.size
    return items


def blocks_in_store(store: ObjectStore, segment: str, members: list[Details]) -> Callable[[int, Details], bytes | None]:
    """Reads the blocks that the catalogue wants, and no other byte of the segment; None for one that is not what was announced."""
    spans, at = {}, 0
    for details in members:
        if details.kind in INDEXED_KINDS:
            spans[at] = (at, at + details.size)
        at += details.size
    found = dict(zip(spans, store.ranges(segment, list(spans.values())), strict=True)) if spans else {}
    return lambda offset, details: block_of_member(found[offset], details)


def block_of_member(member: bytes, details: Details) -> bytes | None:
    """The block of the record in a member, None where it is no record."""
    try:
        return open_record(inflate(member, limit_of(details.warc_type))).block
    except DamagedArchive:
        return None
