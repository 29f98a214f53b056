"""``archiver trace``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from archiver.archive import is_id
from archiver.cli.options import shared_options
from archiver.cli.saying.indexing import IndexProgress
from archiver.cli.saying.output import printable
from archiver.cli.session import Session
from archiver.cli.source import read_source
from archiver.errors import InputError
from archiver.searching import searching
from archiver.tracing import trace_quote, trace_snapshot
from archiver.tracing.picture import picture
from archiver.tracing.prov import need_prov, prov_json
from archiver.tracing.table import lines
from archiver.tracing.tojson import to_json

_FILE = click.Path(path_type=Path, dir_okay=False)
_WIDTH = 18  # of the headings


@click.command()
@click.argument("what", metavar="ID|URL")
@click.option("--prov", type=_FILE, metavar="FILE", help="Write it as W3C PROV (PROV-JSON).")
@click.option("--svg", type=_FILE, metavar="FILE", help="Write a picture of the chain (SVG).")
@shared_options
@click.pass_context
def trace(ctx: click.Context, what: str, prov: Path | None, svg: Path | None) -> None:
    """Say where a text or quotation comes from, with the evidence and how sure it is.

    Of a snapshot (s-...) or URL: who signs it, what it draws on, when, which other snapshots of this archive have its words, what is odd
    about it. Of a quote (q-...): which pages print it, how each has it, what ties them. Nothing leaves the machine.

    \b
    Example:
      archiver trace https://example.org/story
      archiver trace s-0123456789ab --svg chain.svg --prov chain.json
      archiver trace q-0123456789ab --json
    """
    session = Session(ctx)
    if prov is not None:
        need_prov()
    what = read_source(what, "s-", "q-")
    for path in filter(None, (prov, svg)):
        _check_new(path)
    with session.archive() as archive, IndexProgress(session) as progress, searching(archive, progress) as search:
        progress.close()
        if is_id(what, "q-"):
            found = trace_quote(archive, search, archive.find_quote(what))
        else:
            found = trace_snapshot(archive, search, archive.find_snapshot(what))
    if session.shared.json:
        session.out.line(to_json(found))
    else:
        for heading, words in lines(found):
            session.out.text(f"{heading:<{_WIDTH}}{words}", indent=_WIDTH + len(words) - len(words.lstrip()))
    if prov is not None:
        _write(session, prov, prov_json(found))
    if svg is not None:
        _write(session, svg, picture(found))


def _check_new(path: Path) -> None:
    """Raises InputError where the file cannot be made: before the work, not after it."""
    if path.exists():
        raise InputError(f"{printable(str(path))} is there already; name a new file.")
    folder = path.parent
    if not folder.is_dir():
        raise InputError(f"{printable(str(path))} cannot be written: there is no folder {printable(str(folder))}.")
    if not os.access(folder, os.W_OK):
        raise InputError(f"{printable(str(path))} cannot be written: nothing can be written in its folder.")


def _write(session: Session, path: Path, words: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(words)
    except FileExistsError as error:
        raise InputError(f"{printable(str(path))} is there already; name a new file.") from error
    except OSError as error:
        raise InputError(f"{printable(str(path))} cannot be written: {error.strerror}.") from error
    session.out.note(f"{printable(str(path))} is written.")


commands = {"trace": trace}
