"""Erased records in a file that is handed in: it is looked through before anything of it is recorded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import BinaryIO

from archiver.archive import Archive
from archiver.archive.erased import ErasedRecords, Gone, again_id
from archiver.errors import InputError, UnknownId
from archiver.intake import sealing
from archiver.intake.payload import read_answer
from archiver.intake.records import ForeignRecord, read_records
from archiver.intake.report import Place, Problem
from archiver.intake.sealing import FileName
from archiver.intake.source import Source
from archiver.intake.zipguard import BROKEN, GuardedZip, warc_entries

_CAPTURE = "urn:archiver:capture:"


class Erased(StrEnum):
    """What to do with records that were erased here and come back in a file."""

    REFUSE = "refuse"
    LEAVE_OUT = "leave-out"
    TAKE = "take"


@dataclass(frozen=True, slots=True)
class Found:
    """An erased record: the file inside a WACZ in which it lies, its place, and what it was."""

    member: str | None
    place: Place
    gone: Gone

    def __str__(self) -> str:
        return f"{f'{self.member} ' if self.member else ''}at {self.place}"


@dataclass(frozen=True, slots=True)
class Returned:
    """All erased records of a file, and what is to become of them."""

    found: tuple[Found, ...] = ()
    erased: Erased = Erased.REFUSE

    def __bool__(self) -> bool:
        return bool(self.found)

    def at(self, member: str | None) -> dict[Place, Gone]:
        """Those of one stream of records."""
        return {item.place: item.gone for item in self.found if item.member == member}

    def refuse(self, path: object, done: str, ways: str) -> None:
        """Raises InputError, with the words of the tombstone, where there are any that nobody asked for."""
        if not self.found or self.erased is not Erased.REFUSE:
            return
        first = self.found[0]
        sentences = dict.fromkeys(item.gone.sentence for item in self.found)
        more = f"; and {len(sentences) - 1} more erasures" if len(sentences) > 1 else ""
        raise InputError(
            f"{path} is not {done}: {len(self.found)} of its records were erased here (the first {first}: {first.gone.sentence}{more}). "
            f"{ways} To have them here again on purpose: --erased take."
        )


def look_through(archive: Archive, file: BinaryIO, name: FileName, form: str, erased: Erased) -> Returned:
    """The erased records in a WARC, ARC or WACZ file; it is not read where nothing was ever erased. Raises InputError as an import does."""
    gone = ErasedRecords.of(archive.catalogue)
    if not gone:
        return Returned(erased=erased)
    found: list[Found] = []
    for member, opener in _streams(file, name, form):
        search = _Search(archive, gone, FileName(name.name, name.sha256, member))
        with suppress(*BROKEN):  # the import says what is wrong
            with opener() as stream:
                search.read(stream)
            if search.listed:
                with opener() as stream:
                    search.read_again(stream)
        found += search.found()
    return Returned(tuple(found), erased)


def _streams(
    file: BinaryIO, name: FileName, form: str
) -> Iterator[tuple[str | None, Callable[[], AbstractContextManager[BinaryIO]]]]:
    """The streams of records in a file, each by what opens it from its start."""
    if form != "WACZ":

        def rewound() -> AbstractContextManager[BinaryIO]:
            file.seek(0)
            return nullcontext(file)

        yield None, rewound
        return
    zipped = GuardedZip(file, name.name)
    for entry in warc_entries(zipped):
        yield entry.name, partial(zipped.open, entry)


class _Search:
    """One stream of records."""

    def __init__(self, archive: Archive, erased: ErasedRecords, file: FileName) -> None:
        self._archive = archive
        self._erased = erased
        self._file = file
        self._found: dict[Place, Gone] = {}
        self._members: dict[int, Gone] = {}
        self.listed: dict[str, Gone] = {}

    def read(self, stream: BinaryIO) -> None:
        """Finds what is known by its bytes or its address."""
        for record in read_records(Source(stream, self._on_member)):
            if isinstance(record, Problem):
                continue
            gone = self._gone(record)
            if gone is not None:
                self._found[record.place] = gone
                self._list(record, gone)

    def read_again(self, stream: BinaryIO) -> None:
        """Finds what the captures among these list: it lies before them."""
        for record in read_records(Source(stream)):
            if isinstance(record, ForeignRecord) and (gone := self.listed.get(record.get("warc-record-id"))):
                self._found.setdefault(record.place, gone)

    def found(self) -> list[Found]:
        """What was found, in the order of the file."""
        places = sorted(self._found, key=lambda place: (place.offset, place.inner))
        return [Found(self._file.member, place, self._found[place]) for place in places]

    def _on_member(self, offset: int, sha256: str) -> None:
        gone = self._erased.by_digest(sha256)
        if gone is not None:
            self._members[offset] = gone

    def _gone(self, record: ForeignRecord) -> Gone | None:
        """What a record was: one of ours by its address or its bytes, one of others by what an import of it is recorded as."""
        gone = (
            self._members.get(record.place.offset)
            or self._erased.by_address(sealing.target_of(record))
            or self._erased.by_content(record.head + record.block + b"\r\n\r\n")
        )
        ids = self._ids(record) if gone is None else iter((again_id(gone.sha256),))
        while (found := self._as_imported(record, ids)) is not None:
            gone, ids = found, iter((again_id(found.sha256),))  # it may have been taken in again, and erased again
        return gone

    def _as_imported(self, record: ForeignRecord, ids: Iterator[str]) -> Gone | None:
        date = sealing.claimed_date(record.get("warc-date"))
        if date is None or record.type not in sealing.TYPES:
            return None
        answer = read_answer(record) if record.type in ("response", "revisit") else None
        for record_id in ids:
            try:
                member = sealing.sealed(record, record_id, date, self._file, answer)
            except ValueError:
                return None
            gone = self._erased.by_digest(member.sha256.hex)
            if gone is not None:
                return gone
        return None

    def _ids(self, record: ForeignRecord) -> Iterator[str]:
        """The ids under which it may have been recorded: its own, and another where that was taken."""
        own = sealing.own_id(record)
        if own is not None:
            yield own
            try:
                self._archive.catalogue.leaf_of_record(own)
            except UnknownId:
                return
        yield sealing.stand_in_id(record, self._file)

    def _list(self, record: ForeignRecord, gone: Gone) -> None:
        """Notes the records that an erased capture lists: those are what it was made of."""
        if not sealing.target_of(record).startswith(_CAPTURE):
            return
        try:
            capture = json.loads(record.block)
            for hop in capture["hops"]:
                self.listed |= {hop[key]: gone for key in ("request", "interim", "response") if key in hop}
            self.listed |= dict.fromkeys((capture.get("kept") or {}).get("records", ()), gone)
            if not capture.get("revisit_of"):  # the texts of a revisit are those of what it stands on
                self.listed |= {text["record_id"]: gone for text in capture["texts"]}
        except (ValueError, LookupError, TypeError, RecursionError, AttributeError):
            return
