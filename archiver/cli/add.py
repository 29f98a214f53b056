"""``archiver add``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable, shorten
from archiver.cli.session import Session
from archiver.intake import Erased, Given, add_file
from archiver.model import Snapshot
from archiver.urls import for_display


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--url", metavar="URL", help="The address that the file is from, as far as you know.")
@click.option(
    "--media-type", metavar="TYPE", help="What sort of file it is, where name and content do not tell (text/html)."
)
@click.option("--note", metavar="TEXT", help="How you came by it: kept with the file, shown with it.")
@click.option(
    "--erased",
    type=click.Choice([Erased.REFUSE.value, Erased.TAKE.value]),
    default=Erased.REFUSE.value,
    show_default=True,
    help="What to do with a WARC file or pack that holds records erased here: refuse it, or take it on purpose.",
)
@shared_options
@click.pass_context
def add(ctx: click.Context, file: Path, url: str | None, media_type: str | None, note: str | None, erased: str) -> int:
    """Record a file that you have (saved page, PDF, text, transcript) as a source, marked as supplied by you.

    Every verdict on it says that it was supplied and not fetched. FILE - is stdin.

    \b
    Example:
      archiver add interview.txt --note "transcribed by J. Doe, 3 May"
      archiver add saved.html --url https://example.org/story
    """
    session = Session(ctx)
    given = Given(url, media_type, note)
    with session.archive(create=True) as archive:
        stdin = sys.stdin.buffer if str(file) == "-" else None
        snapshot, new = add_file(archive, file, given, stdin=stdin, erased=Erased(erased))
        if session.shared.json:
            session.out.line({**snapshot.to_json(), "new": new})
        else:
            _show(session, snapshot, new=new)
    return 0


def _show(session: Session, snapshot: Snapshot, *, new: bool) -> None:
    say = session.out.text
    say(f"{click.style(snapshot.short_id, bold=True)}  {for_display(snapshot.url)}")
    if snapshot.origin is not None:
        say(
            f"  supplied     {printable(snapshot.origin.file)}, {printable(snapshot.media_type)}, at {snapshot.captured_at}"
        )
    if not new:
        say("  known        it is recorded already; nothing was added")
    if snapshot.info.title:
        say(f"  title        {shorten(snapshot.info.title, 90)}")
    layers = ", ".join(f"{text.layer} {text.characters:,}" for text in snapshot.texts)
    say(f"  text         {layers + ' characters' if layers else 'none: quotations from it come out undecided'}")
    say(f"  recorded     {snapshot.warc_file} at byte {snapshot.warc_offset:,}, sha256 {snapshot.payload_sha256}")
    for notice in snapshot.warnings:
        say(click.style(f"  warning      {notice.code}: {printable(notice.detail)}", fg="yellow"))


commands = {"add": add}
