"""Which sources `archiver recheck` is to look at: those that were named by id, address or file, or every one that is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from archiver import urls
from archiver.archive import Archive, is_id
from archiver.bulk import TABLES, BadRow, Row, Wanted, check_rows, plan, read_table
from archiver.capture import Options
from archiver.cli.check.fetching import announce
from archiver.cli.check.taking import Taken
from archiver.cli.recheck.places import Place, QuotedAt
from archiver.cli.session import Session
from archiver.cli.source import read_source
from archiver.errors import InputError
from archiver.manuscripts import capture_missing, plan_check
from archiver.manuscripts import check as check_quotations
from archiver.manuscripts.planning import Planned
from archiver.manuscripts.sourcing.keys import collect_works
from archiver.rechecking import cited_sources


@dataclass(slots=True)
class Sources:
    """``urls`` are to be looked at, each page once and in the order in which they were named; those whose key is in ``fresh`` were captured just
    now, and are not asked again. ``bad`` are rows that could not be taken, ``places`` where the quotations of files stand in them.
    """

    urls: dict[str, str] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    bad: list[BadRow] = field(default_factory=list)
    places: QuotedAt = field(default_factory=QuotedAt)

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
    """A table or a manuscript: what is quoted in it is recorded first, so that it can be held against the page. What is recorded already stays
    anchored where it was: judged anew, by a page that was edited since, it would be a second quote that never held.
    """
    jobs = session.jobs(archive)
    take = options if archive.records else None
    if path.suffix.lower() in TABLES:
        rows = list(read_table(path.name, path.read_bytes()))
        planned = plan(archive, rows)
        announce(session, archive, planned.missing, ())
        sources.bad += [row for row in planned.rows if isinstance(row, BadRow)]
        for row in planned.rows:
            if isinstance(row, Row):
                sources.places.add(row.url, row.quote, Place(path.name, None, row.line))
        _add_all(sources, [row.url for row in planned.rows if isinstance(row, Row)], planned.missing)
        recorded = _Recorded(archive)
        unknown = tuple(row for row in planned.rows if not isinstance(row, Row) or not recorded.has(row.url, row.quote))
        for _ in check_rows(archive, replace(planned, rows=unknown), take, *jobs, lambda _: None):
            pass
        return
    taken = Taken.of_file(path)
    works = collect_works(taken.manuscript, path.parent, bibliographies)
    manuscript = plan_check(archive, taken.name, taken.manuscript, works)
    announce(session, archive, manuscript.missing, ())
    errors = capture_missing(archive, manuscript, take, *jobs, lambda _: None) if take is not None else {}
    recorded = _Recorded(archive)
    new = tuple(one for one in manuscript.quotations if not recorded.has_planned(one))
    report = check_quotations(archive, replace(manuscript, quotations=new), errors)
    for one in manuscript.quotations:
        passage = one.pair.passage
        for number in one.judged_against:
            place = Place(taken.name, manuscript.places.of(passage))
            sources.places.add(one.cited[number].url or "", passage.text, place)
    cited = [cited.url for one in manuscript.quotations for cited in one.cited if cited.url is not None]
    _add_all(sources, [*cited, *(lone.url for lone in report.lone if lone.url is not None)], manuscript.missing)


class _Recorded:
    """Which words were quoted from which page before."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._words: dict[str, frozenset[str]] = {}

    def has(self, url: str, words: str) -> bool:
        try:
            key = urls.page_key(url)
        except InputError:
            return False
        if key not in self._words:
            self._words[key] = frozenset(quote.text for quote in self._archive.catalogue.rechecks.quotes_of_page(key))
        return words in self._words[key]

    def has_planned(self, one: Planned) -> bool:
        """Whether a quotation of a manuscript is recorded of one of the sources that it is judged against, as a check of it does."""
        pages = [one.cited[number].url for number in one.judged_against]
        return any(url is not None and self.has(url, one.pair.passage.text) for url in pages)


def _add_all(sources: Sources, addresses: Sequence[str], missing: Sequence[Wanted]) -> None:
    for url in addresses:
        try:
            sources.add(url)
        except InputError:
            continue  # `check` says of a manuscript what of it is no address
    sources.fresh |= {urls.page_key(wanted.url) for wanted in missing}
