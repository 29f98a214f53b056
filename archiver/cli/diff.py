"""``archiver diff``."""

from __future__ import annotations

from pathlib import Path

import click

from archiver import diffing, durable
from archiver.cli.judged import exit_code
from archiver.cli.options import shared_options
from archiver.cli.output import printable, write_out
from archiver.cli.session import Session
from archiver.cli.source import read_source
from archiver.errors import InputError
from archiver.quoting.versions import Versions, versions


@click.command()
@click.argument("one", metavar="A")
@click.argument("two", metavar="[B]", required=False)
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it as a web page.")
@click.option("--unified", is_flag=True, help="Print it as `diff -u` does, a line for each passage.")
@shared_options
@click.pass_context
def diff(ctx: click.Context, one: str, two: str | None, html: Path | None, unified: bool) -> int:
    """Show what changed between two snapshots of a page, quotations first.

    A and B are snapshots (s-...) or addresses, the older one first. An address alone: its last two snapshots whose texts differ; a
    snapshot alone: that one and the newest of its page. Nothing is fetched or recorded.

    Exit code 0: all that is quoted still holds, whatever else changed; 1: a quotation that held in the older does not hold in the newer;
    3: that could not be decided.

    \b
    Example:
      archiver diff https://example.org/
      archiver diff s-0123456789ab s-ba9876543210 --html changes.html
      archiver diff https://example.org/ --unified
    """
    session = Session(ctx)
    if unified and session.shared.json:
        raise InputError("--unified and --json are two forms of the same; give one of them.")
    ids = [read_source(name, "s-") for name in (one, two) if name is not None]
    with session.archive() as archive:
        found = versions(archive, *ids)
    if html is not None:
        _write(html, found)
        session.out.note(f"Written to {printable(str(html))}.")
    _say(session, found, unified=unified, brief=html is not None)
    return exit_code([found.holds])


def _write(file: Path, found: Versions) -> None:
    try:
        durable.write_file(file, diffing.to_html(found.diff).encode())
    except OSError as error:
        raise InputError(f"{printable(str(file))} cannot be written: {error.strerror or error}.") from error


def _say(session: Session, found: Versions, *, unified: bool, brief: bool) -> None:
    if session.shared.json:
        ids = {"older": found.older.short_id, "newer": found.newer.short_id, "url": found.newer.url}
        warnings = [notice.to_json() for notice in (*found.notices, *found.diff.notices)]
        session.out.line({**found.diff.to_json(), **ids, "holds": found.holds, "warnings": warnings})
        return
    for notice in found.notices:
        session.out.note(f"Note: {printable(notice.detail)}.")
    if unified:
        for line in diffing.to_unified(found.diff):
            write_out(f"{click.style(line, fg=_COLOUR[line[0]]) if line[:1] in _COLOUR else line}\n")
    elif brief:
        session.out.text(printable(found.diff.sentence))
    else:
        for line in diffing.to_terminal(found.diff, colour=True):
            session.out.text(line, indent=2)


_COLOUR = {"-": "red", "+": "green", "@": "cyan"}

commands = {"diff": diff}
