"""Which sources `archiver recheck` is to look at: those that were named by id, address or file, or every one that is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archiver import urls
from archiver.archive import Archive, is_id
from archiver.bulk import TABLES, BadRow, Row, Wanted, check_rows, plan, read_table
from archiver.capture import Options
from archiver.cli.fetching import announce
from archiver.cli.session import Session
from archiver.cli.source import read_source
from archiver.cli.taking import Taken
from archiver.errors import InputError
from archiver.manuscripts import capture_missing, plan_check
from archiver.manuscripts import check as check_quotations
from archiver.manuscripts.sourcing.keys import collect_works
from archiver.rechecking import cited_sources


@dataclass(slots=True)
class Sources:
    """``urls`` are to be looked at, each page once and in the order in which they were named; those whose key is in ``fresh`` were captured just
    now, and are not asked again. ``bad`` are rows that could not be taken.
    """

    urls: dict[str, str] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    bad: list[BadRow] = field(default_factory=list)

    def add(self, url: str) -> None:
        """Adds the page at an address; raises InputError where it is none."""
        urls.parse_page(url)
        self.urls.setdefault(urls.page_key(url), url)


def wanted_sources(
    session: Session, archive: Archive, named: Sequence[str], options: Options, bibliographies: Sequence[Path] = ()
) -> Sources:
    """Raises InputError, UnknownId, OSError. Pages of files that the archive does not have are captured; their quotations are recorded."""
    sources = Sources()
    if not named:
        cited = cited_sources(archive)
        for url in cited.urls:
            sources.add(url)
        if cited.without:
            session.out.note(
                f"{len(cited.without)} quoted files are from no address: there is nothing to look at again."
            )
        if not sources.urls:
            raise InputError(
                "Nothing is quoted in this archive yet; name a page, or quote one first (`archiver quote URL TEXT`)."
            )
        return sources
    for name in named:
        _add(session, archive, name, options, bibliographies, sources)
    return sources


def _add(
    session: Session, archive: Archive, name: str, options: Options, bibliographies: Sequence[Path], sources: Sources
) -> None:
    path = Path(name)
    if "://" not in name and "\0" not in name and path.is_file():
        _add_file(session, archive, path, options, bibliographies, sources)
        return
    name = read_source(name, "s-", "q-")
    if is_id(name, "q-"):
        name = archive.catalogue.snapshot(archive.find_quote(name).snapshot).url
    elif is_id(name, "s-"):
        name = archive.find_snapshot(name).url
    try:
        sources.add(name)
    except InputError as error:
        raise InputError(
            f"{urls.for_display(name)} is from no address; there is no live page of it to look at."
        ) from error


def _add_file(
    session: Session, archive: Archive, path: Path, options: Options, bibliographies: Sequence[Path], sources: Sources
) -> None:
    """A table or a manuscript: what is quoted in it is recorded first, so that it can be held against the page."""
    jobs = session.jobs(archive)
    take = options if archive.records else None
    if path.suffix.lower() in TABLES:
        rows = list(read_table(path.name, path.read_bytes()))
        planned = plan(archive, rows)
        announce(session, archive, planned.missing, ())
        sources.bad += [row for row in planned.rows if isinstance(row, BadRow)]
        _add_all(sources, [row.url for row in planned.rows if isinstance(row, Row)], planned.missing)
        for _ in check_rows(archive, planned, take, *jobs, lambda _: None):
            pass
        return
    taken = Taken.of_file(path)
    works = collect_works(taken.manuscript, path.parent, bibliographies)
    manuscript = plan_check(archive, taken.name, taken.manuscript, works)
    announce(session, archive, manuscript.missing, ())
    errors = capture_missing(archive, manuscript, take, *jobs, lambda _: None) if take is not None else {}
    report = check_quotations(archive, manuscript, errors)
    cited = [cited.url for finding in report.findings for cited in finding.cited if cited.url is not None]
    _add_all(sources, [*cited, *(lone.url for lone in report.lone if lone.url is not None)], manuscript.missing)


def _add_all(sources: Sources, addresses: Sequence[str], missing: Sequence[Wanted]) -> None:
    for url in addresses:
        try:
            sources.add(url)
        except InputError:
            continue  # `check` says of a manuscript what of it is no address
    sources.fresh |= {urls.page_key(wanted.url) for wanted in missing}
