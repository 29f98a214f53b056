"""``archiver diff``."""

from __future__ import annotations

from pathlib import Path

import click

from archiver import diffing, durable
from archiver.archive import is_id
from archiver.cli.options import shared_options
from archiver.cli.saying.away import away_words, say_alone
from archiver.cli.saying.judged import exit_code
from archiver.cli.saying.output import printable, write_out
from archiver.cli.session import Session
from archiver.cli.source import read_source
from archiver.errors import InputError
from archiver.model import Drift
from archiver.quoting.versions import Versions, versions
from archiver.rechecking import Away, away_of


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

    Exit code 0: all that is quoted still holds, whatever else changed; 1: a quotation that held in the older does not hold in the newer, or
    the page of an address is gone; 3: that could not be decided.

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
        url = archive.find_snapshot(one).url if two is None and is_id(ids[0], "s-") else ids[-1]
        away = None if is_id(url, "s-") else away_of(archive, url)
        try:
            found = versions(archive, *ids)
        except InputError:
            if away is None:
                raise
            return say_alone(session, url, away)
    if html is not None:
        _write(html, found)
        session.out.note(f"Written to {printable(str(html))}.")
    # a wall or a failure says nothing of the text: then what was compared counts
    held = [found.holds, *([away.holds] if away is not None and away.drift is Drift.GONE else [])]
    _say(session, found, away, held, unified=unified, brief=html is not None)
    return exit_code(held)


def _write(file: Path, found: Versions) -> None:
    try:
        durable.write_file(file, diffing.to_html(found.diff).encode())
    except OSError as error:
        raise InputError(f"{printable(str(file))} cannot be written: {error.strerror or error}.") from error


def _say(
    session: Session, found: Versions, away: Away | None, held: list[bool | None], *, unified: bool, brief: bool
) -> None:
    if session.shared.json:
        ids = {"older": found.older.short_id, "newer": found.newer.short_id, "url": found.newer.url}
        warnings = [notice.to_json() for notice in (*found.notices, *found.diff.notices)]
        holds = {0: True, 1: False}.get(exit_code(held))
        told = {"holds": holds, "away": away and away.to_json(), "warnings": warnings}
        session.out.line({**found.diff.to_json(), **ids, **told})
        return
    if away is not None:
        session.out.text(away_words(found.newer.url, away), indent=2)
        session.out.text("Compared are snapshots that show it:")
    for notice in found.notices:
        if notice.code != "newer-not-the-page" or away is None:
            session.out.text(click.style(f"Note: {printable(notice.detail)}.", fg="yellow"), indent=2)
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
