"""``archiver cohort``."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.archive import Archive
from archiver.cli.cohort.tag import TagType
from archiver.cli.groups import Sentences
from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable, table
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.cohorts import MARKDOWN, PLAIN, CohortRun, Summary, export, methods, runs_of, summary_of
from archiver.errors import UnknownId

_COUNTED = ("recorded", "restricted", "gone", "failed", "untried")


@click.group(cls=Sentences)
@shared_options
def cohort() -> None:
    """Lists with a tag: what came of each address, as a table and for a methods section.

    A list gets a tag with `archiver snapshot --input FILE --tag NAME`.

    \b
    Example:
      archiver snapshot --input urls.txt --tag study-1
      archiver cohort show study-1
      archiver cohort export study-1 --to study-1.csv
    """


@cohort.command("list")
@shared_options
@click.pass_context
def list_(ctx: click.Context) -> None:
    """List the tags, with the counts of each run.

    \b
    Example:
      archiver cohort list
    """
    session = Session(ctx)
    with session.archive() as archive:
        found = [summary_of(archive, run) for tag in archive.catalogue.cohorts.tags() for run in runs_of(archive, tag)]
    if session.shared.json:
        for summary in found:
            session.out.line(summary.to_json())
        return
    if not found:
        session.out.note(f"No list in {archive.root} has a tag; `archiver snapshot --input FILE --tag NAME` gives one.")
        return
    rows = [(printable(summary.run.report.tag), *_cells(summary)) for summary in found]
    for line in table(rows, ("tag", *_HEADER)):
        session.out.text(line)


@cohort.command()
@click.argument("tag", type=TagType())
@click.option("--run", "number", type=click.IntRange(1), metavar="N", help="Only this run of the list.")
@shared_options
@click.pass_context
def show(ctx: click.Context, tag: str, number: int | None) -> None:
    """Show what came of a list: counts for each run, and what kept pages from being recorded.

    \b
    Example:
      archiver cohort show study-1
      archiver cohort show study-1 --json
    """
    session = Session(ctx)
    with session.archive() as archive:
        found = [summary_of(archive, run) for run in _runs(archive, tag, number)]
    if session.shared.json:
        for summary in found:
            session.out.line(summary.to_json())
        return
    for line in table([_cells(summary) for summary in found], _HEADER):
        session.out.text(line)
    for summary in found:
        _say_run(session, summary)


@cohort.command("export")
@click.argument("tag", type=TagType())
@click.option(
    "--to",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where: a name that ends with .csv, or with .parquet (extra [scale]); never over another file.",
)
@click.option("--run", "number", type=click.IntRange(1), metavar="N", help="Only this run of the list.")
@shared_options
@click.pass_context
def export_(ctx: click.Context, tag: str, to: Path, number: int | None) -> None:
    """Write the table: a row for each line of the list in each run, with outcome, reason and snapshot.

    \b
    Example:
      archiver cohort export study-1 --to study-1.csv
      archiver cohort export study-1 --run 2 --to study-1.parquet
    """
    session = Session(ctx)
    with session.archive() as archive:
        rows = export(archive, _runs(archive, tag, number), to)
    if session.shared.json:
        session.out.line({"schema_version": 1, "tag": tag, "file": str(to), "rows": rows})
        return
    session.out.note(f"{count(rows, 'row')} written to {printable(str(to))}.")


@cohort.command("methods")
@click.argument("tag", type=TagType())
@click.option("--markdown", is_flag=True, help="As Markdown.")
@click.option("--run", "number", type=click.IntRange(1), metavar="N", help="Only this run of the list.")
@shared_options
@click.pass_context
def methods_(ctx: click.Context, tag: str, markdown: bool, number: int | None) -> None:
    """Write the paragraph for the methods section of a paper, out of the records alone.

    \b
    Example:
      archiver cohort methods study-1
      archiver cohort methods study-1 --markdown
    """
    session = Session(ctx)
    with session.archive() as archive:
        runs = _runs(archive, tag, number)
        texts = {"text": methods(archive, runs, PLAIN), "markdown": methods(archive, runs, MARKDOWN)}
        head = archive.head()
    if session.shared.json:
        log = {"origin": head.origin, "size": head.size, "root": head.root.hex()}
        session.out.line({"schema_version": 1, "tag": tag, **texts, "log": log})
        return
    session.out.text(texts["markdown" if markdown else "text"], indent=0)


def _runs(archive: Archive, tag: str, number: int | None) -> list[CohortRun]:
    """The runs of a list, or the one that was asked for. Raises UnknownId, DamagedArchive."""
    found = [run for run in runs_of(archive, tag) if number in (None, run.number)]
    if not found:
        raise UnknownId(f"The list {tag} has no run {number}; `archiver cohort show` lists its runs.")
    return found


_HEADER = ("run", "began", "addresses", *_COUNTED, "lost")


def _cells(summary: Summary) -> tuple[str, ...]:
    report = summary.run.report
    numbers = [getattr(report.counts, name) for name in _COUNTED]
    return (
        str(summary.run.number),
        report.began,
        *(f"{number:,}" for number in (report.distinct, *numbers, summary.lost)),
    )


def _say_run(session: Session, summary: Summary) -> None:
    report, say = summary.run.report, session.out.text
    say("")
    say(
        f"run {summary.run.number}, reported {report.time} by {printable(report.tool)} as {summary.run.stored.short_id}",
        indent=2,
    )
    say(f"  list          sha256 {report.given}", indent=16)
    if report.repeated or report.counts.refused:
        say(
            f"  apart         {count(report.repeated, 'line', 'names', 'name')} an address again, "
            f"{count(report.counts.refused, 'line', 'names', 'name')} none",
            indent=16,
        )
    if summary.first:
        say(f"  captured      {summary.first} to {summary.last}", indent=16)
    for outcome, why, number in summary.reasons:
        say(f"  {outcome.value:<12}  {printable(why)}: {number:,}", indent=16)
    if summary.erased:
        say(f"  erased        the rows of {count(summary.erased, 'line')}; the counts know them still", indent=16)
    if report.extractors:
        say(
            f"  read with     {', '.join(f'{printable(name)} ({texts:,})' for name, texts in report.extractors)}",
            indent=16,
        )
    policy = report.policy
    say(
        f"  policy        robots.txt {policy.robots}, {policy.jobs} at once, {policy.per_host} to one host, {policy.timeout:g} s a page; "
        f"{printable(policy.user_agent)}",
        indent=16,
    )
    if not report.complete:
        say("  not complete  give the same list with the same tag to `archiver snapshot` again", indent=16)


commands = {"cohort": cohort}
