"""What one commit writes: members in order, a leaf of the log for each, the catalogue's rows. Nothing here writes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from archiver import clock
from archiver.archive.indexing import Indexed, refuse_erased, rows_of, stored_leaf
from archiver.catalogue import Catalogue, Rows
from archiver.digests import Digest
from archiver.errors import DamagedArchive, InputError
from archiver.log import Details, Leaf, make_leaf
from archiver.model import StoredLeaf
from archiver.model.kinds import SETTINGS
from archiver.version import TOOL
from archiver.warc import Member, Record, limit_of, seal

_HEADERS = 1 << 20  # room that a record's size leaves for its WARC header


@dataclass(slots=True)
class Commit:
    """``at`` is where the next member would lie in ``file``, ``head`` how many leaves the log had before."""

    catalogue: Catalogue
    file: str
    at: int
    head: int
    members: list[Member] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)
    _refuses: bool = field(init=False)

    def __post_init__(self) -> None:
        self._refuses = self.catalogue.erasures.any()  # nobody erases while this commit is made

    def add(self, members: Sequence[Member]) -> Rows:
        """Puts members at the end and gives their rows; raises, and stays as it is, where one of them cannot be recorded."""
        leaves, indexed, at = [], [], self.at
        for number, member in enumerate(members, self.head + len(self.members)):
            _check_size(member.record)
            details = _details(member)
            leaves.append(make_leaf(details))
            indexed.append(Indexed(stored_leaf(number, details, self.file, at), member.record.block))
            at += member.size
        try:
            rows = rows_of(indexed, self.catalogue.leaf_of_record)
        except DamagedArchive:
            self._refuse_erased(indexed)  # then that is why its record is not known
            raise
        self._refuse_erased(indexed, rows)
        self.members += members
        self.leaves += leaves
        self.rows.append(rows)
        self.at = at
        return rows

    def _refuse_erased(self, indexed: list[Indexed], rows: Rows | None = None) -> None:
        if self._refuses:
            refuse_erased(indexed, self.catalogue.erasures.refuse, rows)


def file_member(name: str, archive: str, token: StoredLeaf | None) -> Member:
    """The warcinfo that stands first in a WARC file; what follows in it was written no earlier than the newest time stamp."""
    fields = f"software: {TOOL}\r\nformat: WARC File Format 1.1\r\nisPartOf: {archive}\r\n"
    if token is not None:
        fields += f"notBefore: {token.time} {token.uri}\r\n"
    extra = (("WARC-Filename", name),)
    return seal(
        Record("warcinfo", "warcinfo", "", clock.stamp(), "application/warc-fields", fields.encode(), extra=extra)
    )


def tokens_named(warcinfo: bytes) -> list[str]:
    """The time stamps that the first record of a file names (`file_member`), by the SHA-256 of their tokens as it is written there."""
    lines = (line.partition(": ") for line in warcinfo.decode("utf-8", "replace").split("\r\n"))
    return [value.rpartition(":")[2] for name, _, value in lines if name == "notBefore"]


def settings_member(settings: bytes) -> Member:
    """``archive.toml`` as a record."""
    uri = f"urn:archiver:settings:{uuid.uuid4()}"
    return seal(Record(SETTINGS, "resource", uri, clock.stamp(), "application/toml", settings, Digest.of(settings)))


def _check_size(record: Record) -> None:
    """What `archiver verify` would call damaged is not recorded."""
    limit = limit_of(record.type)
    if len(record.block) > limit - _HEADERS:
        raise InputError(
            f"The {record.kind} record of {record.uri} has {len(record.block) >> 20} MiB; no more than {limit >> 20} can be recorded."
        )


def _details(member: Member) -> Details:
    record = member.record
    return Details(
        kind=record.kind,
        sha256=member.sha256.hex,
        size=member.size,
        record_id=record.record_id,
        warc_type=record.type,
        uri=record.uri,
        time=record.date,
        tool=TOOL,
        payload_sha256=record.payload.hex if record.payload else "",
        server_date=record.server_date,
    )
