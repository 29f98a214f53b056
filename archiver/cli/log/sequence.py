"""``archiver log sequence``: signs what writers have recorded into an archive in an object store."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from archiver.archive.config import named_store
from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.cli.stored import working_copy
from archiver.errors import InputError
from archiver.signing import KeyRing
from archiver.store import StoreFailed

if TYPE_CHECKING:
    from archiver.sequencing import WorkingCopy


@click.command()
@click.option(
    "--every", type=click.FloatRange(min=1), metavar="SECONDS", help="Go on, looking again after so many seconds."
)
@shared_options
@click.pass_context
def sequence(ctx: click.Context, every: float | None) -> int:
    """Sign what writers have recorded into an archive in an object store.

    Run it where the signing key is. It takes what waits in order, gives each record its number in the log and signs the new head; what another
    sequencer left half done is finished first. Segments that nobody announced within a day are set aside in `quarantine/`. Of two at once one
    wins and the other stops; the log cannot fork.
    Exit code 0: all that waited is signed; 1: something that waits cannot be taken (it stays, and is named); 3: another sequencer was faster.

    \b
    Example:
      archiver log sequence --archive s3://bucket/cited
      archiver log sequence --archive s3://bucket/cited --every 10
    """
    from archiver.sequencing import set_aside

    session = Session(ctx)
    address = named_store(session.shared.archive)
    if address is None:
        raise InputError(
            "An archive in a folder signs as it records; name one in an object store with --archive s3://bucket/prefix."
        )
    copy = working_copy(session.shared, address)
    code = _once(session, copy)
    for sentence in set_aside(copy):
        session.out.note(sentence)
    while every is not None:
        time.sleep(every)
        try:
            code = _once(session, copy)
        except StoreFailed as error:
            session.out.note(str(error))
    return code


def _once(session: Session, copy: WorkingCopy) -> int:
    from archiver.sequencing import sequence_all

    segments = leaves = size = 0
    refused: list[str] = []
    noted: dict[str, None] = {}
    for done in sequence_all(copy, KeyRing()):
        for note in done.notes:
            noted.setdefault(note)
        segments, leaves, size, refused = segments + done.segments, leaves + done.leaves, done.size, done.refused
    for note in noted:
        session.out.note(note)
    if session.shared.json:
        line = {"schema_version": 1, "segments": segments, "leaves": leaves, "size": size, "refused": refused}
        session.out.line(line)
    else:
        signed = f"{count(segments, 'segment')} with {leaves:,} leaves signed" if segments else "nothing to sign"
        session.out.text(f"{copy.address}: {signed}; the log has {size:,} leaves.")
        for sentence in refused:
            session.out.text(click.style(f"  {printable(sentence)}", fg="red"))
    return 1 if refused else 0
