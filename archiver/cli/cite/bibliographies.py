"""What commands read of a bibliography, and say of its entries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import IO

from archiver.bibliography import Entry, Trouble, parse_bibliography
from archiver.bulk import UrlList, sources_of
from archiver.cli.saying.output import printable
from archiver.cli.session import Session
from archiver.digests import Digest
from archiver.urls import for_display, redact_userinfo

_SHOWN, _MOST_TROUBLES = 10, 50


def read_sources(session: Session, file: IO[bytes]) -> UrlList:
    """The addresses of a bibliography; its faults and the entries that are from no address are said. Raises InputError, MissingExtra."""
    data = file.read()
    found = parse_bibliography(Path(str(file.name)).name, data)
    sources = sources_of(found)
    say_troubles(session, tuple(trouble for trouble in found.troubles if not trouble.lost))
    say_entries(session, sources.no_address, "without an address")
    if session.shared.json:
        for entry in sources.no_address:
            session.out.line(entry_line(entry, "no-address"))
    return replace(sources.urls, given=Digest.of(data).hex)


def entry_line(entry: Entry, state: str) -> dict[str, object]:
    """The JSON object of an entry that nothing was captured or written of, or something was."""
    url = None if entry.url is None else redact_userinfo(entry.url)
    return {"schema_version": 1, "key": entry.key, "url": url, "state": state, "location": {"line": entry.line}}


def say_troubles(session: Session, troubles: tuple[Trouble, ...]) -> None:
    """The faults of a bibliography, a line each on stderr."""
    for trouble in troubles[:_MOST_TROUBLES]:
        place = f"line {trouble.line}: " if trouble.line else ""
        session.out.note(f"  {place}{printable(trouble.why)}")
    if len(troubles) > _MOST_TROUBLES:
        session.out.note(f"  and {len(troubles) - _MOST_TROUBLES:,} more of the kind")


def say_entries(session: Session, entries: tuple[Entry, ...], what: str) -> None:
    """Entries that nothing was done with, on stderr: the first of many."""
    if not entries:
        return
    session.out.note(f"{len(entries):,} {'entry' if len(entries) == 1 else 'entries'} {what}:")
    for entry in entries[:_SHOWN]:
        place = f"line {entry.line}: " if entry.line else ""
        address = f"  {for_display(entry.url)}" if entry.url else ""
        session.out.note(f"  {place}{printable(entry.key)[:80]}{address}")
    if len(entries) > _SHOWN:
        session.out.note(f"  and {len(entries) - _SHOWN:,} more")
