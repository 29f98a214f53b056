"""``archiver rebuild``."""

from __future__ import annotations

import click

from archiver.cli.options import shared_options
from archiver.cli.saying.indexing import remake_index
from archiver.cli.session import Session
from archiver.cli.spread import scheduler_option

_INDICES = "all are read, making its indices"


@click.command()
@scheduler_option
@shared_options
@click.pass_context
def rebuild(ctx: click.Context) -> None:
    """Make the catalogue again from WARC files and log, and the search index where there is one.

    Both are only indices; nothing is lost with them.

    \b
    Example:
      archiver rebuild
    """
    session = Session(ctx)
    with session.archive() as archive:
        with session.out.progress("making the catalogue again", archive.head().size) as bar:
            count = archive.rebuild(lambda done, total: bar(done, label=_INDICES if done == total else None))
        remake_index(session, archive)
        snapshots = archive.catalogue.listing.counts().snapshots
        if session.shared.json:
            session.out.line({"schema_version": 1, "leaves": count, "snapshots": snapshots})
        else:
            session.out.text(f"The catalogue is made again: {count} leaves, {snapshots} snapshots.")


commands = {"rebuild": rebuild}
