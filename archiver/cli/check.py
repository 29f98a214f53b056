"""``archiver check``."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from archiver.bulk import BadRow, Outcome, check_rows, plan, read_table
from archiver.cli.judged import change_words, exit_code
from archiver.cli.options import shared_options, tolerate_option
from archiver.cli.output import printable, shorten, verdict_word, write_out
from archiver.cli.session import Session
from archiver.errors import InputError
from archiver.quoting import Judged
from archiver.urls import for_display

_TABLES = (".jsonl", ".csv")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--csv", "as_csv", is_flag=True, help="Write the results as CSV.")
@tolerate_option
@shared_options
@click.pass_context
def check(ctx: click.Context, file: Path, as_csv: bool, tolerate: str | None) -> int:
    """Judge many quotations at once, from a table.

    FILE is .jsonl ({"url": ..., "quote": ...} a line) or .csv with the columns url and quote; further columns are passed through.
    Sources that the archive has no snapshot of are captured first. Exit code 1 where a quotation does not hold.

    \b
    Example:
      archiver check quotations.csv
      archiver check quotations.jsonl --json --offline
    """
    session = Session(ctx)
    if file.suffix not in _TABLES:
        raise InputError(f"{file} is no table that can be checked: give a .jsonl or .csv file with url and quote.")
    rows = list(read_table(file.name, file.read_bytes()))
    if not rows:
        raise InputError(f"{file} holds no row.")
    with session.archive(create=True) as archive:
        options = session.capture_options(archive)
        planned = plan(archive, rows)
        if planned.missing:
            what = "will be fetched" if options else "would have to be fetched, which --offline forbids"
            session.out.note(f"{len(planned.missing)} of the sources are not in the archive and {what}:")
            for wanted in planned.missing[:20]:
                session.out.note(f"  {for_display(wanted.url)}")
            if len(planned.missing) > 20:
                session.out.note(f"  and {len(planned.missing) - 20} more")
        jobs, per_host = session.jobs(archive)
        counts: Counter[str] = Counter()
        holds: list[bool | None] = []
        writer = _Csv() if as_csv else None
        done = 0
        with session.out.progress("capturing", len(planned.missing)) as bar:

            def captured(_: Outcome) -> None:
                nonlocal done
                done += 1
                bar(done)

            for item in check_rows(archive, planned, options, jobs, per_host, captured):
                if isinstance(item, Judged):
                    item = replace(item, tolerate_minor=tolerate == "minor")
                holds.append(item.holds if isinstance(item, Judged) else None)
                counts[item.judgement.verdict.value if isinstance(item, Judged) else "error"] += 1
                if writer is not None:
                    writer.row(item)
                elif session.shared.json:
                    session.out.line(item.to_json() if isinstance(item, Judged) else _error(item))
                else:
                    _show(session, item)
        _sum_up(session, counts, holds)
        if options is not None and options.contacts.hosts():
            session.say_contacts(options)
        return 2 if counts.keys() == {"error"} else exit_code(holds)


def _error(row: BadRow) -> dict[str, object]:
    return {"error": row.why, "location": {"line": row.line}}


def _show(session: Session, item: Judged | BadRow) -> None:
    if isinstance(item, BadRow):
        session.out.text(f"line {item.line}: {click.style('error', fg='yellow', bold=True)}: {printable(item.why)}")
        return
    line = (item.location or {}).get("line", "?")
    session.out.text(f"line {line}: {verdict_word(item.judgement.verdict.value)}  “{shorten(item.quotation, 100)}”")
    if item.holds:
        return
    session.out.text(f"    source  {for_display(item.url)}")
    for change in item.judgement.changes:
        session.out.text(f"    {change.kind.value:<13} {change_words(change)}")
    for notice in item.judgement.warnings:
        session.out.text(click.style(f"    {notice.code}: {printable(notice.detail)}", fg="yellow"))


def _sum_up(session: Session, counts: Counter[str], holds: list[bool | None]) -> None:
    parts = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    session.out.note(
        f"{len(holds)} rows: {sum(hold is True for hold in holds)} hold, {sum(hold is False for hold in holds)} do not, "
        f"{sum(hold is None for hold in holds)} could not be decided ({parts}). Speakers were not checked."
    )


class _Csv:
    """The results as CSV; cells that a spreadsheet would take for a formula are quoted with an apostrophe."""

    def __init__(self) -> None:
        self._write(
            [
                "line",
                "url",
                "quote",
                "verdict",
                "holds",
                "changes",
                "warnings",
                "snapshot",
                "captured_at",
                "id",
                "error",
            ]
        )

    def row(self, item: Judged | BadRow) -> None:
        if isinstance(item, BadRow):
            self._write([str(item.line), *[""] * 9, item.why])
            return
        value = item.to_json()
        changes = "; ".join(f"{change.kind.value}: {change_words(change)}" for change in item.judgement.changes)
        warnings = "; ".join(notice.code for notice in item.judgement.warnings)
        holds = {True: "yes", False: "no", None: ""}[item.holds]
        self._write([
            str((item.location or {}).get("line", "")), item.url, item.quotation, value["verdict"], holds, changes, warnings,
            value["snapshot"] or "", value["captured_at"] or "", value["id"] or "", "",
        ])  # fmt: skip

    @staticmethod
    def _write(cells: list[str]) -> None:
        buffer = io.StringIO()
        safe = [printable(cell) for cell in cells]
        csv.writer(buffer, lineterminator="\n").writerow(
            [f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in safe]
        )
        write_out(buffer.getvalue())


commands = {"check": check}
