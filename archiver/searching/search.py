"""Searching: the index gives candidates, the judge says what they are worth."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from time import thread_time
from typing import Any, Generic, TypeVar

from archiver import match
from archiver.archive import Archive
from archiver.errors import InputError
from archiver.fulltext import EVERYTHING, ORDERLESS, Alike, Candidate, Filter, Fulltext, parse_query
from archiver.judging import settle
from archiver.match.places import is_not_shown
from archiver.model import Verdict
from archiver.quoting import Judged
from archiver.searching.catching import unread
from archiver.searching.hits import QuotationHit, WordsHit
from archiver.searching.passages import best_place
from archiver.searching.reading import Reader, page_of

LIMIT = 20
MAX_SECONDS = (
    30.0  # of processor time (of its own thread: others may search beside it), in which what is found so far is told
)
LONGEST = 20_000  # characters of a quotation that is looked for
_POOR = 0.4  # of a quotation's shingles: what has less is mostly there by chance
_MOST_POOR = 15
_MOST_ORDERLESS = 40
_MOST_NEAR = 100  # texts that have much of a quotation, and are judged
_MOST_VERSIONS = 20  # texts of one page that are read, unless more places are asked for
_ORDER = {verdict: place for place, verdict in enumerate(Verdict)}

Hit = TypeVar("Hit")


@dataclass(slots=True)
class Found(Generic[Hit]):
    """``hits``, best first; ``more`` where the limit, or the time, ended the search before all was looked through; ``older`` are texts
    that were not read, since enough newer ones of the same pages were; ``damaged`` are snapshots whose text could not be read back."""

    hits: list[Hit] = field(default_factory=list)
    more: bool = False
    older: int = 0
    damaged: int = 0

    def take(self, reader: Reader) -> None:
        """What came up in reading."""
        self.more |= reader.more
        self.damaged += reader.damaged

    def cut(self, limit: int) -> Found[Hit]:
        """Not more than so many: a text may be that of several pages."""
        self.more |= len(self.hits) > limit
        del self.hits[limit:]
        return self


class _Versions:
    """Keeps a page that was captured thousands of times from being all that is read."""

    def __init__(self, index: Fulltext, limit: int) -> None:
        self._index = index
        self._most = max(limit, _MOST_VERSIONS)
        self._read: Counter[str] = Counter()

    def enough(self, text: int) -> bool:
        """Whether enough texts of all pages that have this one are read; else it is counted as read."""
        pages = self._index.pages(text)
        if pages and all(self._read[page] >= self._most for page in pages):
            return True
        self._read.update(pages)
        return False


class Search:
    """An archive and its index."""

    def __init__(self, archive: Archive, index: Fulltext) -> None:
        self._archive = archive
        self.index = index

    @property
    def unread(self) -> int:
        """How many snapshots are not in the index, since their texts could not be read."""
        return unread(self.index)

    def quotation(self, text: str, where: Filter = EVERYTHING, limit: int = LIMIT) -> Found[QuotationHit]:
        """Where a quotation stands, verbatim or nearly, each place judged; the verdicts that hold first, of those what a
        reader is shown before what no reader sees, then the newest.

        Raises InputError for one that is empty or as long as a page.
        """
        if len(text) > LONGEST:
            raise InputError(
                f"A quotation of {len(text)} characters is too long to be searched for; give at most {LONGEST}."
            )
        if not any(map(str.isalnum, text)):
            raise InputError("There is no word in the quotation to look for.")
        found: Found[QuotationHit] = Found()
        places: dict[tuple[object, ...], QuotationHit] = {}
        prospect, reader = match.Prospect.of(text), Reader(self._archive, self.index, where)
        for candidate in self._worth_judging(text, where, limit, places, found):
            read = reader.read(candidate.text)
            if read is None or prospect.is_none_in(read.layers):
                continue
            judgement = match.judge(text, read.layers)
            if judgement.verdict is Verdict.ABSENT:
                continue
            exact = tuple(place.exact for place in judgement.matches[:1])
            for snapshot, others in read.pages:
                settled = settle(judgement, snapshot)
                hit = QuotationHit(snapshot, others, judged=Judged(text, snapshot.url, snapshot, settled))
                _gather(places, (page_of(snapshot), settled.verdict, exact, len(settled.changes)), hit)
        found.take(reader)
        found.hits = sorted(places.values(), key=lambda hit: hit.snapshot.captured_at, reverse=True)
        found.hits.sort(key=_rank)
        return found.cut(limit)

    def words(self, text: str, where: Filter = EVERYTHING, limit: int = LIMIT) -> Found[WordsHit]:
        """Texts that have the words of a query, those recorded last first, each with the place where most of them stand together.

        Raises InputError for a query without a word.
        """
        query = parse_query(text)
        found: Found[WordsHit] = Found()
        pages: dict[tuple[str, str], WordsHit] = {}
        end, versions = thread_time() + MAX_SECONDS, _Versions(self.index, limit)
        reader, numbers = Reader(self._archive, self.index, where), self.index.words(query, where)
        ahead: deque[int] = deque()
        while True:
            if not ahead:
                ahead += _worth_reading(numbers, versions, found, max(1, limit - len(pages)))
                reader.ahead(ahead)
            if not ahead:
                break
            if len(pages) >= limit or thread_time() > end:
                found.more = True
                break
            read = reader.read(ahead.popleft())
            place = best_place(query, read.layers) if read is not None else None
            if read is None or place is None:
                continue
            for snapshot, others in read.pages:
                hit = WordsHit(snapshot, others, query=text, place=place)
                _gather(pages, (page_of(snapshot), place.passage), hit)
        found.take(reader)
        found.hits = list(pages.values())
        return found.cut(limit)

    def alike(self, text: str, most: int = 50) -> list[tuple[list[str], Alike]]:
        """Snapshots (ids, those of one text together, newest first) that share passages with a text: candidates for `archiver.reuse`."""
        found = [(self.index.captures(item.text), item) for item in self.index.alike(text, most)]
        return [(names, item) for names, item in found if names]

    def _worth_judging(
        self,
        text: str,
        where: Filter,
        limit: int,
        places: Mapping[tuple[object, ...], QuotationHit],
        found: Found[QuotationHit],
    ) -> Iterator[Candidate]:
        """Candidates, until enough is found, or what is left has little of the quotation."""
        end, versions = thread_time() + MAX_SECONDS, _Versions(self.index, limit)
        near = poor = orderless = 0
        for candidate in self.index.passages(text, where, orderless=lambda: not places):
            if candidate.share < ORDERLESS and (places or orderless >= _MOST_ORDERLESS):
                return
            if versions.enough(candidate.text):
                found.older += candidate.share >= _POOR
                continue
            if candidate.share < ORDERLESS:
                orderless += 1
            elif candidate.share < 1:
                near += 1
                poor += candidate.share < _POOR
                if near > _MOST_NEAR or (candidate.share < _POOR and poor > _MOST_POOR):
                    continue
            if len(places) >= limit or thread_time() > end:
                found.more = True
                return
            yield candidate


def _worth_reading(numbers: Iterator[int], versions: _Versions, found: Found[Any], most: int) -> Iterator[int]:
    """The next so many texts, without those of which enough newer ones were read."""
    for number in numbers:
        if versions.enough(number):
            found.older += 1
            continue
        yield number
        most -= 1
        if not most:
            return


def _rank(hit: QuotationHit) -> tuple[bool, bool, int]:
    judgement = hit.judged.judgement
    return judgement.holds is not True, is_not_shown(judgement.warnings), _ORDER[judgement.verdict]


def _gather(places: dict[Any, Any], key: tuple[object, ...], hit: QuotationHit | WordsHit) -> None:
    """Adds a hit, or its captures to the one that says the same."""
    kept = places.setdefault(key, hit)
    if kept is not hit:
        kept.others += [hit.snapshot, *hit.others]
