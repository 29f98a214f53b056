"""``archiver log clock``."""

from __future__ import annotations

import click

from archiver import custody
from archiver.cli.options import shared_options
from archiver.cli.saying.words import count
from archiver.cli.session import Session


@click.command()
@click.option("--reason", required=True, metavar="TEXT", help="What was wrong with the clock; it is recorded.")
@shared_options
@click.pass_context
def clock(ctx: click.Context, reason: str) -> None:
    """Say that the clock was wrong, where records claim to be of a later time than it is.

    Nothing is recorded while the newest record is later than this machine's clock. If the clock is right now and was wrong then, this
    names the records that it dated, and recording goes on. Their times stay as they were recorded, and nobody can rely on them.

    \b
    Example:
      archiver log clock --reason "the battery of the clock was empty"
    """
    session = Session(ctx)
    with session.archive() as archive:
        note, leaf = custody.note_wrong_clock(archive, reason)
        if session.shared.json:
            session.out.line({"schema_version": 1, "leaf": leaf.index, "wrong": list(note.leaves)})
            return
        said = f"{count(len(note.leaves), 'record')}, the first of leaf {note.leaves[0]}, dated by a wrong clock"
        session.out.text(f"Recorded as leaf {leaf.index}: {said}.", indent=2)
