"""The records of a foreign file, recorded batch by batch: each commit is whole, and what is recorded is not recorded again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta

from archiver import clock
from archiver.archive import Archive
from archiver.archive.erased import Gone, again_id
from archiver.capture import Reader
from archiver.digests import Digest, labelled_matches
from archiver.errors import DamagedArchive, InputError, UnknownId
from archiver.intake import labels, sealing
from archiver.intake.pages import Page, are_concurrent, exchange_of, is_page, page_members
from archiver.intake.payload import Answer, carries_secrets, read_answer
from archiver.intake.records import ForeignRecord, read_records
from archiver.intake.report import Imported, Place, Problem
from archiver.intake.returned import Erased, Returned
from archiver.intake.revisits import Revisits
from archiver.intake.sealing import FileName
from archiver.intake.source import Source
from archiver.model import SUPPLIED, Notice, Origin
from archiver.urls import page_key
from archiver.warc import Member

_BATCH_RECORDS = 256
_BATCH_BYTES = 16 << 20
_AHEAD = timedelta(days=2)

Progress = Callable[[int], None]


@dataclass(slots=True)
class _Item:
    """A sealed record that waits for its commit, with the page that it is (None where it is none)."""

    member: Member
    page: Page | None
    record: ForeignRecord


@dataclass(slots=True)
class _Group:
    """What is recorded for one record of the file: its own member first, then what was drawn from it."""

    members: list[Member]
    item: _Item


@dataclass(frozen=True, slots=True)
class How:
    """How to import: ``read`` draws the texts of pages, ``readers`` at once; ``returned`` are the erased records of the file."""

    read: Reader
    readers: int = 1
    returned: Returned = field(default_factory=Returned)


class StreamImport:
    """Takes one stream of records into the archive. ``listed`` are the keys of addresses that a WACZ names as pages."""

    def __init__(
        self, archive: Archive, file: FileName, result: Imported, how: How, listed: frozenset[str] = frozenset()
    ) -> None:
        self._archive = archive
        self._file = file
        self._result = result
        self._read = how.read
        self._readers = how.readers
        self._returned = how.returned.at(file.member)
        self._take_erased = how.returned.erased is Erased.TAKE
        self._listed = listed
        self._revisits = Revisits(archive)
        self._batch: list[_Item] = []
        self._bytes = 0
        self._pending: dict[str, Digest] = {}
        self._now = clock.now()

    def run(self, source: Source, progress: Progress) -> None:
        """Reads the stream to its end, or to where it breaks off; what came before is recorded."""
        several: Place | None = None
        for found in read_records(source):
            progress(source.consumed)
            if isinstance(found, Problem):
                self._note(found.code, found.place, found.detail, wrong=found.wrong)
                continue
            if found.place.inner and several is None and source.compressed:
                several = found.place
            self._take(found)
        self._flush()
        if several is not None:
            detail = "several records share one gzip member; readers that jump to a record cannot do so in this file"
            self._note("one-member", several, detail, wrong=False)
        progress(source.consumed)

    def _note(self, code: str, place: Place, detail: str, *, wrong: bool = True) -> Notice:
        self._result.note(Problem(code, place, detail, wrong, self._file.member))
        return Notice(code, f"{detail} (at {place} of {self._file.member or self._file.name})")

    def _leave_out(self, code: str, record: ForeignRecord, detail: str) -> None:
        self._note(code, record.place, detail)
        self._result.records["left-out"] += 1

    def _take(self, record: ForeignRecord) -> None:
        date = sealing.claimed_date(record.get("warc-date"))
        if record.type not in sealing.TYPES:
            self._leave_out("type", record, "a record without one of the types of WARC was left out")
            return
        if date is None:
            self._leave_out("date", record, "a record whose date is missing or cannot be read was left out")
            return
        gone = self._returned.get(record.place)
        if gone is not None and not self._take_erased:
            self._note("erased", record.place, f"a record was left out that was {gone.sentence}", wrong=False)
            self._result.records["left-out"] += 1
            return
        warnings = self._check(record)
        if gone is not None:
            detail = f"it was {gone.sentence}; a person had it taken in again"
            warnings.append(self._note("erased-before", record.place, detail, wrong=False))
        if date > self._now + _AHEAD:
            warnings.append(
                self._note("future", record.place, "a record says that it was captured in the future", wrong=False)
            )
        answer = read_answer(record) if record.type in ("response", "revisit") else None
        warnings += self._check_payload(record, answer)
        record_id = self._record_id(record, gone)
        if record_id is None:
            self._result.records["known"] += 1
            return
        try:
            member = sealing.sealed(record, record_id, date, self._file, answer)
        except ValueError as error:
            self._leave_out("unfit", record, f"a record cannot be kept ({error})")
            return
        if record.type in ("response", "resource"):
            self._revisits.remember(record.get("warc-payload-digest"), record_id)
        if len(self._batch) >= _BATCH_RECORDS or self._bytes + len(record.block) > _BATCH_BYTES:
            self._flush()
        page = self._page(record, member, answer, tuple(warnings))
        self._batch.append(_Item(member, page, record))
        self._bytes += len(record.block)
        self._pending[record_id] = Digest.of(record.block)

    def _check(self, record: ForeignRecord) -> list[Notice]:
        """Holds the labelled block digest against the block."""
        label = record.get("warc-block-digest")
        if not label:
            return []
        if record.type == "revisit" and labels.check(label, b""):
            detail = "the WARC-Block-Digest of a revisit is that of no bytes, as older writers put it: it vouches for nothing"
            return [self._note("digest-of-nothing", record.place, detail, wrong=False)] if record.block else []
        return self._judge(record, "WARC-Block-Digest", labels.check(label, record.block))

    def _check_payload(self, record: ForeignRecord, answer: Answer | None) -> list[Notice]:
        label = record.get("warc-payload-digest")
        if not label or record.type == "revisit":
            return []
        if answer is not None:
            behind = record.block[answer.head_length :]
            holds = labels.check(label, behind, answer.body)
        elif record.type in ("response", "request"):
            _, _, behind = record.block.partition(b"\r\n\r\n")
            holds = labels.check(label, behind, record.block)
        else:
            holds = labels.check(label, record.block)
        return self._judge(record, "WARC-Payload-Digest", holds)

    def _judge(self, record: ForeignRecord, name: str, holds: bool | None) -> list[Notice]:
        if holds:
            return []
        if holds is None:
            return [
                self._note("digest-unreadable", record.place, f"the {name} of a record cannot be checked", wrong=False)
            ]
        return [self._note("digest-wrong", record.place, f"the {name} of a record does not fit its bytes")]

    def _record_id(self, record: ForeignRecord, gone: Gone | None) -> str | None:
        """The id under which it is recorded: its own, or another where that is taken; None where it is recorded already.

        What was erased gets an id that says so, since its member must not have the digest that the tombstone names.
        """
        digest = Digest.of(record.block)
        own, stand_in = sealing.own_id(record), sealing.stand_in_id(record, self._file)
        if gone is not None:
            own = again_id(gone.sha256)
        for record_id in filter(None, (own, stand_in)):
            known = self._known(record_id, digest)
            if known is None:
                if record_id != own and own is not None:
                    self._note(
                        "id-taken",
                        record.place,
                        "another record has the same WARC-Record-ID; it got a new one",
                        wrong=False,
                    )
                return record_id
            if known:
                return None
        return None

    def _known(self, record_id: str, digest: Digest) -> bool | None:
        """Whether the record with this id has this block; None where there is none."""
        if record_id in self._pending:
            return self._pending[record_id] == digest
        try:
            leaf = self._archive.catalogue.leaf_of_record(record_id)
        except UnknownId:
            return None
        return labelled_matches(self._archive.stored_record(leaf).headers.get("warc-block-digest", ""), digest)

    def _page(
        self, record: ForeignRecord, member: Member, answer: Answer | None, warnings: tuple[Notice, ...]
    ) -> Page | None:
        address = sealing.page_address(record)
        if address is None:
            return None
        if record.type != "revisit" and not is_page(record, answer, listed=self._is_listed(address.href)):
            return None
        origin = Origin(
            "imported", self._file.name, self._file.sha256, clock.stamp(self._now), self._file.member, record.place.offset,
            record.get("warc-record-id") or None, record.get("warc-payload-digest") or None,
            claims=SUPPLIED if record.get(sealing.SUPPLIED_TO.lower()) else None,
        )  # fmt: skip
        date = sealing.claimed_date(record.get("warc-date"))
        return Page(record, member, address, date, answer, origin, warnings) if date else None

    def _is_listed(self, url: str) -> bool:
        return bool(self._listed) and page_key(url) in self._listed

    def _flush(self) -> None:
        """Records what waits: one commit, and one more for the revisits, since what they stand on has to be there."""
        batch, self._batch, self._bytes, self._pending = self._batch, [], 0, {}
        requests = [item for item in batch if item.record.type == "request"]
        pages = [item.page for item in batch if item.page is not None and not item.page.is_revisit]
        groups = [_Group([item.member], item) for item in batch if item.page is None]
        exchanges = [exchange_of(page) for page in pages]
        if self._readers > 1 and len(pages) > 1:
            with ThreadPoolExecutor(self._readers) as pool:
                readings = list(pool.map(self._read, exchanges))
        else:
            readings = [self._read(exchange) for exchange in exchanges]
        items = [item for item in batch if item.page is not None and not item.page.is_revisit]
        for item, page, exchange, reading in zip(items, pages, exchanges, readings, strict=True):
            request, page = self._with_request(page, requests)
            groups.append(_Group(page_members(page, exchange, reading, None, request), item))
        self._record(groups)
        self._record(
            [self._revisit(item, requests) for item in batch if item.page is not None and item.page.is_revisit]
        )
        self._now = clock.now()  # a large file takes days, and others may have the log stamped meanwhile

    def _with_request(self, page: Page, requests: list[_Item]) -> tuple[str | None, Page]:
        """The id of the page's request where it is recorded, and the page with a warning where that carries secrets."""
        found = next((item for item in requests if are_concurrent(page.record, item.record)), None)
        if found is not None:
            if carries_secrets(found.record.block):
                detail = "its request carries cookies or a password of whoever captured it"
                page = replace(page, warnings=(*page.warnings, Notice("with-session", detail)))
            return found.member.record.record_id, page
        for name, value in page.member.record.extra:
            if name == "WARC-Concurrent-To":
                with contextlib.suppress(UnknownId):
                    leaf = self._archive.catalogue.leaf_of_record(value)
                    if leaf.warc_type == "request":
                        return value, page
        return None, page

    def _revisit(self, item: _Item, requests: list[_Item]) -> _Group:
        """A revisit with the page that it stands on; by itself, and said to be so, where that is not to be had."""
        page = item.page
        earlier = self._revisits.earlier(item.record) if page is not None else None
        if page is None or earlier is None:
            if not self._revisits.known(item.record):
                detail = "a revisit of a record that is neither in this file nor in the archive; it is kept, and is no snapshot"
                self._note("revisit-unresolved", item.record.place, detail, wrong=False)
            return _Group([item.member], item)
        request, page = self._with_request(page, requests)
        return _Group(page_members(page, exchange_of(page), None, earlier, request), item)

    def _record(self, groups: list[_Group]) -> None:
        """One commit; where something in it cannot be recorded, each group by itself, so that only that is left out."""
        if not groups:
            return
        try:
            self._archive.record([member for group in groups for member in group.members])
        except (InputError, DamagedArchive):
            failed = 0
            for group in groups:
                try:
                    self._archive.record(group.members)
                except (InputError, DamagedArchive) as error:
                    failed += 1
                    self._leave_out("unfit", group.item.record, f"a record cannot be kept ({error})")
                else:
                    self._count(group)
            if failed == len(groups) > 1:
                raise
            return
        for group in groups:
            self._count(group)

    def _count(self, group: _Group) -> None:
        self._result.records["recorded"] += 1
        if len(group.members) > 1:
            self._result.pages += 1
            self._result.snapshots.append(f"s-{group.members[0].sha256.hex}")
