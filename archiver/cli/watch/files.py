"""The addresses that a person means: one by itself, or those of a file."""

from __future__ import annotations

from pathlib import Path

from archiver.archive import Archive
from archiver.bibliography import parse_bibliography
from archiver.bulk import TABLES, Row, read_table, sources_of
from archiver.cli.saying.output import printable
from archiver.cli.session import Session
from archiver.cli.source import read_source
from archiver.errors import InputError
from archiver.manuscripts import plan_check, read_manuscript
from archiver.manuscripts.sourcing.keys import collect_works
from archiver.urls import page_key, parse_page

_BIBLIOGRAPHIES = frozenset({".bib", ".json", ".ris", ".rdf"})


def addresses(session: Session, archive: Archive, named: str) -> list[str]:
    """The addresses of pages that an address, a manuscript, a table or a bibliography names, each once. Raises InputError."""
    path = Path(named)
    if "://" in named or "\0" in named or len(named) > 1000 or not path.is_file():
        return [parse_page(read_source(named)).href]
    found = _of_file(session, archive, path)
    if not found:
        raise InputError(f"{printable(named)} names no source with an address.")
    return found


def _of_file(session: Session, archive: Archive, path: Path) -> list[str]:
    data = path.read_bytes()
    ending = path.suffix.lower()
    if ending in TABLES:
        named = [row.url for row in read_table(path.name, data) if isinstance(row, Row)]
    elif ending in _BIBLIOGRAPHIES:
        named = [wanted.url for wanted in sources_of(parse_bibliography(path.name, data)).urls.wanted]
    else:
        manuscript = read_manuscript(path.name, data)
        planned = plan_check(archive, path.name, manuscript, collect_works(manuscript, path.parent, ()))
        named = [cited.url for one in planned.quotations for cited in one.cited if cited.url is not None]
        named += [lone.url for lone in planned.pairing.lone if lone.url is not None]
    kept: dict[str, str] = {}
    for url in named:
        try:
            kept.setdefault(page_key(url), parse_page(url).href)
        except InputError as error:
            session.out.note(f"{printable(path.name)}: {error}")
    return list(kept.values())
