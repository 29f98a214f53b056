"""``archiver log``."""

from __future__ import annotations

import click

from archiver.cli.options import shared_options
from archiver.cli.session import Session


@click.command()
@shared_options
@click.pass_context
def log(ctx: click.Context) -> None:
    """Show the log's head and public key: what to hand on, so that others can check this archive.

    \b
    Example:
      archiver log
    """
    session = Session(ctx)
    with session.archive() as archive:
        head = archive.head()
        note = (archive.root / "log" / "checkpoint").read_text(encoding="utf-8")
        if session.shared.json:
            session.out.line(
                {
                    "schema_version": 1,
                    "origin": head.origin,
                    "size": head.size,
                    "root": head.root.hex(),
                    "key": archive.key.vkey,
                    "checkpoint": note,
                }
            )
            return
        session.out.text(f"key  {archive.key.vkey}\n")
        session.out.text(note.rstrip("\n"))


commands = {"log": log}
