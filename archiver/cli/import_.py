"""``archiver import``."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from archiver.archive import Archive
from archiver.capture import Reader, read_here, readers
from archiver.cli.options import shared_options
from archiver.cli.saying.failures import Failure, say_failures
from archiver.cli.saying.output import Output, printable
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.cli.spread import scheduler_option
from archiver.errors import InputError
from archiver.hands import lent
from archiver.intake import Erased, Imported, Problem, Progress, import_file
from archiver.urls import for_display

_POOL_FROM = 4 << 20  # bytes of files for which starting processes takes longer than they save
_SHOWN = 20


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--erased",
    type=click.Choice([way.value for way in Erased]),
    default=Erased.REFUSE.value,
    show_default=True,
    help="What to do with records that were erased here: refuse the file, leave them out, or take them in again on purpose.",
)
@scheduler_option
@shared_options
@click.pass_context
def import_(ctx: click.Context, files: tuple[Path, ...], erased: str) -> int:
    """Take in WARC, ARC and WACZ files of others, or of another archive.

    Every record is kept byte for byte with its own digests, which are checked; pages become snapshots that are marked as imported. Run
    the same command again after an interruption: it takes up where it stopped. Exit code 1: something in a file is damaged or does
    not have the digest it states.

    \b
    Example:
      archiver import crawl.warc.gz
      archiver import page.wacz old.arc.gz --json
      archiver import backup.warc.gz --erased leave-out
    """
    session = Session(ctx)
    results: list[Imported] = []
    refused: list[Failure] = []
    tried: list[Path] = []
    with session.archive(create=True) as archive, _reader(files) as (read, width):
        for path in files:
            try:
                with _progress(session.out, path) as tell:
                    result = import_file(archive, path, read, width, tell, erased=Erased(erased))
            except InputError as error:
                refused.append(Failure(printable(str(path)), error))
                tried.append(path)
                if len(files) == 1:
                    raise
                if session.shared.json:
                    session.out.line({"error": str(error), "location": {"file": path.name}})
                continue
            results.append(result)
            _show(session, archive, result)
    say_failures(session.out.note, refused, None)
    if refused:
        names = printable(" ".join(shlex.quote(str(path)) for path in tried))
        session.out.note(f"To try what failed again: archiver import {names}")
    if any(result.wrong for result in results):
        return 1
    return 0 if not refused else 3 if results else 2


@contextmanager
def _reader(files: tuple[Path, ...]) -> Iterator[tuple[Reader, int]]:
    """Pages of large files are read in processes of their own."""
    size = sum(path.stat().st_size for path in files if path.is_file())
    hands = lent()
    if size < _POOL_FROM and hands is None:
        yield read_here, 1
        return
    with readers() as pool:
        yield pool, 2 * (hands.width() if hands is not None else os.cpu_count() or 1)


@contextmanager
def _progress(out: Output, path: Path) -> Iterator[Progress]:
    total = path.stat().st_size if path.is_file() else 0
    with out.progress(f"importing {printable(path.name)}", total / 1e6, unit="MB") as bar:
        yield lambda done: bar(done / 1e6)


def _show(session: Session, archive: Archive, result: Imported) -> None:
    if session.shared.json:
        for name in result.snapshots:
            session.out.line(archive.catalogue.snapshot(name).to_json())
        for problem in result.problems:
            location = {"file": result.file, "member": problem.member, "offset": problem.place.offset}
            session.out.line(
                {"error" if problem.wrong else "remark": problem.detail, "code": problem.code, "location": location}
            )
        session.out.line(
            {"schema_version": 1, **result.to_json(), "problems": len(result.problems), "before": result.before}
        )
        return
    say = session.out.text
    counts = result.records
    say(
        f"{click.style(printable(result.file), bold=True)}  {result.form}, {result.size:,} bytes, sha256 {result.sha256}"
    )
    if result.before:
        say(f"  known        imported whole at {result.before}; this is what came of it then")
    say(
        f"  records      {counts['recorded']} recorded, {counts['known']} known already, {counts['left-out']} left out; {count(result.pages, 'page')}"
    )
    for name in result.snapshots[:_SHOWN]:
        say(f"  {name[:14]}  {_title(archive, name)}")
    if len(result.snapshots) > _SHOWN:
        say(f"  and {len(result.snapshots) - _SHOWN} more; `archiver list` shows them")
    for problem in result.problems[:_SHOWN]:
        say(
            click.style(
                f"  {'WRONG ' if problem.wrong else 'remark'}       {_sentence(problem)}",
                fg="red" if problem.wrong else "yellow",
            )
        )
    more = len(result.problems) - _SHOWN + result.more_problems
    if more > 0:
        say(f"  and {more} more; --json lists them")


def _sentence(problem: Problem) -> str:
    where = f"{printable(problem.member)} " if problem.member else ""
    return f"{where}at {problem.place}: {problem.code}: {printable(problem.detail)}"


def _title(archive: Archive, name: str) -> str:
    snapshot = archive.catalogue.snapshot(name)
    return f"{snapshot.captured_at}  {for_display(snapshot.url, 100)}"


commands = {"import": import_}
