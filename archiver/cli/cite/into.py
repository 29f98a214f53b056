"""``archiver cite --into``: a bibliography with the archived copies of its entries."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import click

from archiver import durable
from archiver.citing.into import Added, add_archive_fields
from archiver.cli.cite.bibliographies import entry_line, say_entries, say_troubles
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.errors import InputError


def cite_into(session: Session, bibliography: Path, output: Path | None) -> int:
    """Writes the file, and says what became of each entry; 3 where an entry with an address is not archived."""
    if session.shared.json and output is None:
        raise click.UsageError("--json says what became of each entry on stdout; name the file with --output.")
    if output is not None and output.exists() and not (bibliography.exists() and output.samefile(bibliography)):
        raise InputError(f"{output} is there already; name a new file, or the bibliography itself.")
    if output is not None and output.exists() and not (os.access(output, os.W_OK) and output.stat().st_mode & 0o222):
        raise InputError(f"{output} may not be written to; give it the right, or name a new file.")
    data = bibliography.read_bytes()
    with session.archive() as archive:
        done = add_archive_fields(archive, bibliography.name, data)
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(done.data)
        sys.stdout.buffer.flush()
    elif not (done.data == data and output.exists()):
        _write(output.resolve(), data, done.data)
    _say(session, done)
    return 3 if done.not_archived or done.unfit else 0


def _write(target: Path, before: bytes, data: bytes) -> None:
    """The file's new content, with the rights that it had. Raises InputError where somebody wrote to it since it was read."""
    if not target.exists():
        durable.replace_file(target, data)
        return
    mode = stat.S_IMODE(target.stat().st_mode)
    if target.read_bytes() != before:  # looking up took a while, and an editor may have saved meanwhile
        raise InputError(
            f"{target} was changed while its entries were looked up; nothing was written: run the command again."
        )
    durable.replace_file(target, data)
    target.chmod(mode)


def _say(session: Session, done: Added) -> None:
    if session.shared.json:
        for entry, citation in done.added:
            session.out.line(
                entry_line(entry, "added")
                | {"snapshot": citation.short_id, "archived": citation.copy.uri if citation.copy else None}
            )
        for entries, state in (
            (done.done, "had-them"),
            (done.not_archived, "not-archived"),
            (done.no_address, "no-address"),
            (done.unfit, "unfit"),
        ):
            for entry in entries:
                session.out.line(entry_line(entry, state))
    note = session.out.note
    note(
        f"{count(len(done.added), 'entry').replace('entrys', 'entries')} got archive fields, {len(done.done):,} had them."
    )
    say_troubles(session, done.bibliography.troubles)
    say_entries(session, done.no_address, "without an address")
    say_entries(session, done.unfit, "could not be written to in their place (no end tag, or `custom` is no object)")
    say_entries(session, done.not_archived, "not archived; `archiver snapshot --from FILE` captures them")
