"""``archiver init``."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.archive import Archive
from archiver.cli.options import shared_options
from archiver.cli.session import Session
from archiver.cli.storeinit import init_store
from archiver.store import Address
from archiver.urls import for_display


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="archive", metavar="[DIR]")
@click.option(
    "--timestamp",
    "authorities",
    multiple=True,
    metavar="URL",
    help="A time stamp authority (RFC 3161) to ask after each run; may be given twice.",
)
@shared_options
@click.pass_context
def init(ctx: click.Context, folder: Path, authorities: tuple[str, ...]) -> None:
    """Make an archive and its signing key.

    \b
    Example:
      archiver init archive
      archiver init s3://bucket/cited
      archiver init archive --timestamp http://timestamp.digicert.com --timestamp https://freetsa.org/tsr
    """
    session = Session(ctx)
    wanted = tuple(dict.fromkeys(authorities))
    address = Address.parse(session.shared.archive or folder)
    if address is not None:
        init_store(session, address, wanted)
        return
    with Archive.create(session.shared.archive or folder, timestamp_authorities=wanted) as archive:
        key_path = archive.keys.signing_path(archive.key.name)
        if session.shared.json:
            session.out.line(
                {
                    "schema_version": 1,
                    "archive": str(archive.root),
                    "origin": archive.key.name,
                    "key": archive.key.vkey,
                    "signing_key": str(key_path),
                    "timestamp_authorities": list(wanted),
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
        if wanted:
            say(
                "verdicts, and the times. What leaves this machine: the requests for the pages that you name, and after each run a hash of the"
            )
            say(f"log's head (which tells nothing of what is in it) to {', '.join(map(for_display, wanted))}.")
        else:
            say("verdicts, and the times. Nothing leaves this machine but the requests for the pages that you name.")
            say(
                "No time stamp authority is asked: until one is (`archiver timestamp`), or a checkpoint is handed to somebody else, its times"
            )
            say("are your word.")


commands = {"init": init}
