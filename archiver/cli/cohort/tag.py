"""``--tag``: what came of a list is recorded under a name, and listed by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from archiver.archive import Archive
from archiver.archive.config import named_store
from archiver.bulk import ListRun, Outcome
from archiver.capture import Options, SecondHand
from archiver.cli.session import Session
from archiver.cohorts import CohortRun, Failures, policy_of, record_cohort, snapshots_of, summary_of
from archiver.errors import ErasedId, InputError
from archiver.model import Snapshot
from archiver.model.cohort import read_tag


class TagType(click.ParamType[str]):
    """A tag that can be."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return read_tag(str(value))
        except InputError as error:
            self.fail(str(error).rstrip("."), param, ctx)


tag_option: Callable[[Any], Any] = click.option(
    "--tag",
    type=TagType(),
    metavar="NAME",
    help="Record what came of each address of the list under this name (`archiver cohort show NAME`).",
)


class Cohort:
    """The list of a run with its tag: takes what came of each address, and records it in the end."""

    def __init__(self, session: Session, tag: str, options: Options, second: SecondHand | None) -> None:
        address = named_store(session.shared.archive)
        if address is not None:
            raise InputError(
                f"{address} lies in an object store, where lists have no tags yet; leave --tag away. Nothing was captured."
            )
        self._session, self._tag, self._options, self._second = session, tag, options, second
        self._failures = Failures()
        self.add: Callable[[Outcome], None] = self._failures.add

    def record(self, run: ListRun) -> None:
        """Records it, and says the counts. Raises ArchiveError."""
        jobs, per_host = self._session.jobs(run.archive)
        policy = policy_of(self._options, jobs, per_host, self._second)
        stored = record_cohort(run, self._tag, self._failures, policy)
        out, counts = self._session.out, stored.report.counts
        if self._session.shared.json:
            out.line({**summary_of(run.archive, CohortRun(0, (stored,))).to_json(), "cohort": self._tag, "run": None})
        lost = stored.report.distinct - counts.addresses
        untried = f", {counts.untried:,} not tried yet" if counts.untried else ""
        out.note(
            f"List {self._tag}: of {stored.report.distinct:,} addresses {counts.recorded:,} recorded, {counts.restricted:,} restricted, "
            f"{counts.gone:,} gone, {counts.failed:,} failed{untried}, {lost:,} lost; recorded as {stored.short_id}."
        )


def tagged(archive: Archive, tag: str, limit: int | None) -> list[Snapshot]:
    """The snapshots that were taken for a list, the newest first; those that were erased are left out. Raises UnknownId, DamagedArchive."""
    found = []
    for name in snapshots_of(archive, tag):
        try:
            found.append(archive.catalogue.snapshot(name))
        except ErasedId:
            continue
    return sorted(found, key=lambda item: (item.captured_at, item.capture_leaf), reverse=True)[:limit]
