"""``archiver init``."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.archive import Archive
from archiver.cli.init.stored import IN_A_STORE, init_store
from archiver.cli.options import shared_options
from archiver.cli.session import Session
from archiver.signing import VerifyingKey
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
        key, path = init_store(session, address, wanted)
        _say(session, str(address), f"at {address}", key, path, wanted, IN_A_STORE)
        return
    with Archive.create(session.shared.archive or folder, timestamp_authorities=wanted) as archive:
        path = archive.keys.signing_path(archive.key.name)
        _say(session, str(archive.root), f"in {archive.root}", archive.key, path, wanted, _in_a_folder(wanted))


def _in_a_folder(authorities: tuple[str, ...]) -> tuple[str, ...]:
    """What is recorded, and what leaves the machine."""
    first = "It records every request and response byte for byte, the texts drawn from them, your quotations with their"
    if authorities:
        return (
            first,
            "verdicts, and the times. What leaves this machine: the requests for the pages that you name, and after each run a hash of the",
            f"log's head (which tells nothing of what is in it) to {', '.join(map(for_display, authorities))}.",
        )
    return (
        first,
        "verdicts, and the times. Nothing leaves this machine but the requests for the pages that you name.",
        "No time stamp authority is asked: until one is (`archiver timestamp`), or a checkpoint is handed to somebody else, its times",
        "are your word.",
    )


def _say(
    session: Session,
    archive: str,
    where: str,
    key: VerifyingKey,
    path: Path,
    authorities: tuple[str, ...],
    words: tuple[str, ...],
) -> None:
    if session.shared.json:
        session.out.line(
            {
                "schema_version": 1, "archive": archive, "origin": key.name, "key": key.vkey, "signing_key": str(path),
                "timestamp_authorities": list(authorities),
            }
        )  # fmt: skip
        return
    for line in (
        f"Made an archive {where}",
        f"  public key   {key.vkey}",
        f"  signing key  {path} (mode 0600; `archiver log key backup FILE` puts a copy away)",
        *words,
    ):
        session.out.text(line)


commands = {"init": init}
