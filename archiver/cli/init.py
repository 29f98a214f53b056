"""``archiver init``."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.archive import Archive
from archiver.cli.options import shared_options
from archiver.cli.session import Session


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="archive", metavar="[DIR]")
@shared_options
@click.pass_context
def init(ctx: click.Context, folder: Path) -> None:
    """Make an archive and its signing key.

    \b
    Example:
      archiver init archive
    """
    session = Session(ctx)
    with Archive.create(session.shared.archive or folder) as archive:
        key_path = archive.keys.signing_path(archive.key.name)
        if session.shared.json:
            session.out.line(
                {
                    "schema_version": 1,
                    "archive": str(archive.root),
                    "origin": archive.key.name,
                    "key": archive.key.vkey,
                    "signing_key": str(key_path),
                }
            )
            return
        say = session.out.text
        say(f"Made an archive in {archive.root}")
        say(f"  public key   {archive.key.vkey}")
        say(f"  signing key  {key_path} (mode 0600; `archiver log key backup FILE` puts a copy away)")
        say(
            "It records every request and response byte for byte, the texts drawn from them, your quotations with their"
        )
        say("verdicts, and the times. Nothing leaves this machine but the requests for the pages that you name.")
        say("No time stamp authority is asked: until a checkpoint is handed to somebody else, its times are your word.")


commands = {"init": init}
