"""Lists with a tag, read back from their records: the catalogue finds these, and is believed in nothing that a table or a paper says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.archive import Archive
from archiver.archive.attested import proved_details
from archiver.archive.indexing import cohort_of
from archiver.errors import MISSHAPEN, DamagedArchive, InputError, UnknownId
from archiver.model import ERASED, CohortReport, CohortRow, RowOutcome, StoredCohort, StoredLeaf
from archiver.model.cohort import CohortPart, rows_in
from archiver.model.kinds import COHORT


@dataclass(frozen=True, slots=True)
class CohortRun:
    """A run over a list, all that took it up included: ``number`` counts the runs of its tag from 1, ``sessions`` are its reports, the newest of
    which holds."""

    number: int
    sessions: tuple[StoredCohort, ...]

    @property
    def stored(self) -> StoredCohort:
        return self.sessions[-1]

    @property
    def report(self) -> CohortReport:
        return self.sessions[-1].report


def runs_of(archive: Archive, tag: str) -> list[CohortRun]:
    """The runs of a tag, in the order in which they began, as their signed records have them. Raises UnknownId, DamagedArchive."""
    found: dict[tuple[str, str, int], list[StoredCohort]] = {}
    for stored in archive.catalogue.cohorts.of_tag(tag):
        proved = _proved(archive, stored)
        found.setdefault(proved.report.run, []).append(proved)
    if not found:
        raise UnknownId(f"No list has the tag {tag!r}; `archiver cohort list` shows which there are.")
    runs = sorted(found.values(), key=lambda reports: (reports[0].report.first_leaf, reports[0].leaf))
    return [CohortRun(number, tuple(reports)) for number, reports in enumerate(runs, 1)]


def _proved(archive: Archive, stored: StoredCohort) -> StoredCohort:
    """A report as its record has it, held against its leaf and the signed head."""
    leaf = archive.catalogue.leaf(stored.leaf)
    details = proved_details(archive.log, leaf.index)
    if (details.kind, details.sha256) != (COHORT, leaf.sha256):
        raise _unlike(stored.report.tag)
    try:
        signed = cohort_of(json.loads(archive.stored_record(leaf).block), leaf)
    except (*MISSHAPEN, InputError) as error:
        raise _unlike(stored.report.tag) from error
    if signed != stored:
        raise _unlike(stored.report.tag)
    return signed


def _unlike(tag: str) -> DamagedArchive:
    return DamagedArchive(
        f"The catalogue says of the list {tag!r} something else than was recorded; run `archiver rebuild`, then try again."
    )


def rows_of(archive: Archive, report: CohortReport) -> Iterator[CohortRow]:
    """Every row of a report in the order of the list, held against what the report commits to; rows that were erased are left out.

    Raises DamagedArchive, at the end too: the addresses must be those of the list that was handed in.
    """
    whole, state, first = True, hashlib.sha256(), True
    for part in report.parts:
        rows = _part(archive, part)
        if rows is None:
            whole = False
            continue
        for row in rows:
            if row.outcome is not RowOutcome.REFUSED:
                state.update(f"{'' if first else chr(10)}{row.url.partition('#')[0]}".encode())
                first = False
            yield row
    if whole and state.hexdigest() != report.addresses:
        raise DamagedArchive(
            f"The rows of the list {report.tag!r} are not those of its addresses; run `archiver verify`."
        )


def _part(archive: Archive, part: CohortPart) -> tuple[CohortRow, ...] | None:
    leaf: StoredLeaf = archive.catalogue.leaf(part.leaf)
    if leaf.kind == ERASED:
        return None
    if leaf.sha256 != part.sha256:
        raise DamagedArchive(f"Leaf {part.leaf} is not the record of rows that a list names; run `archiver verify`.")
    try:
        return rows_in(archive.stored_record(leaf).block)
    except MISSHAPEN as error:
        raise DamagedArchive(f"The rows in leaf {part.leaf} cannot be read; run `archiver verify`.") from error


def snapshots_of(archive: Archive, tag: str) -> Iterator[str]:
    """The ids of the snapshots that the runs of a tag took, each once: the newest run first, each in the order of the list."""
    said: set[str] = set()
    for run in reversed(runs_of(archive, tag)):
        for row in rows_of(archive, run.report):
            if row.snapshot and row.snapshot not in said:
                said.add(row.snapshot)
                yield row.snapshot
