"""What a check of a manuscript will judge, and what it must fetch for that: settled before anything is fetched."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from archiver import urls
from archiver.archive import Archive
from archiver.bulk import Row, Wanted, plan
from archiver.errors import InputError
from archiver.manuscripts.document import Manuscript, NoteMark, Trouble, Unread
from archiver.manuscripts.places import Places
from archiver.manuscripts.quotations import Passage, find_quotations
from archiver.manuscripts.report import Cited, Unjudged
from archiver.manuscripts.sourcing.keys import Works
from archiver.manuscripts.sourcing.pairing import Pair, Pairing, pair
from archiver.manuscripts.worth import is_cited_title, is_short, is_title, says_translation
from archiver.model import Snapshot
from archiver.printable import shorten


@dataclass(frozen=True, slots=True)
class Planned:
    """A quotation with its sources, their keys resolved. ``unjudged`` is set where it will not be judged, ``why`` says it in a sentence.
    ``title``: it looks like one, so that not to find it says nothing."""

    pair: Pair
    cited: tuple[Cited, ...]
    unjudged: Unjudged | None = None
    why: str = ""
    title: bool = False

    @property
    def judged_against(self) -> tuple[int, ...]:
        """The numbers of the sources that have an address; none where it is not judged."""
        if self.unjudged is not None:
            return ()
        return tuple(number for number, cited in enumerate(self.cited) if cited.url is not None)


@dataclass(frozen=True, slots=True)
class Plan:
    """A manuscript made ready: its quotations, the URLs that have no snapshot yet, the snapshots that answer for the others."""

    name: str
    manuscript: Manuscript
    places: Places
    pairing: Pairing
    quotations: tuple[Planned, ...]
    missing: tuple[Wanted, ...]
    known: tuple[Snapshot, ...]
    troubles: tuple[Trouble, ...]


def plan_check(archive: Archive, name: str, manuscript: Manuscript, works: Works) -> Plan:
    """Finds the quotations and their sources, and asks the archive which of them it has."""
    found = find_quotations(manuscript)
    pairing = pair(manuscript, found)
    labels = {block.note for block in manuscript.blocks if block.note is not None}
    planner = _Planner(manuscript, works, labels, _unread(manuscript), _limits(pairing))
    quotations = tuple(planner.plan(one) for one in pairing.pairs)
    places = Places(manuscript)
    rows = [
        Row(cited.url, one.pair.passage.text, places.of(one.pair.passage).line or 0, None, {})
        for one in quotations
        for cited in one.cited
        if cited.url is not None and one.unjudged is None
    ]
    wanted = plan(archive, rows)
    lost = (*_lost_notes(manuscript, labels, places), *_lost_keys(manuscript, works, pairing, places))
    troubles = (*manuscript.troubles, *works.troubles, *lost)
    return Plan(name, manuscript, places, pairing, quotations, wanted.missing, wanted.known, troubles)


def _limits(pairing: Pairing) -> dict[tuple[int, int], int]:
    """How far behind each quotation a remark may be about it: up to the next one, unless both stand before one citation."""
    limits: dict[tuple[int, int], int] = {}
    following: dict[int, tuple[int, set[tuple[str | None, str | None]], int | None]] = {}  # by block
    for one in reversed(pairing.pairs):
        first, last = one.passage.parts[0], one.passage.parts[-1]
        sources = {(source.url, source.key) for source in one.sources}
        limit = None
        if last.block in following:
            start, theirs, beyond = following[last.block]
            limit = beyond if sources == theirs and not one.direct else start
        if limit is not None:
            limits[last.block, last.outer_end] = limit
        following[first.block] = (first.outer_start, sources, limit)
    return limits


def _lost_notes(manuscript: Manuscript, labels: set[str], places: Places) -> list[Trouble]:
    """Signs of notes that there are not."""
    lost: dict[str, Trouble] = {}
    for number, block in enumerate(manuscript.blocks):
        for mark in block.marks:
            if isinstance(mark, NoteMark) and mark.label not in labels:
                line = places.at(number, mark.at).line
                lost.setdefault(
                    mark.label, Trouble(f"there is no note {mark.label}, though its sign stands in the text", line)
                )
    return list(lost.values())


def _lost_keys(manuscript: Manuscript, works: Works, pairing: Pairing, places: Places) -> Iterator[Trouble]:
    """Keys of works that nothing is quoted from and that no bibliography has; where something is, that finding says it."""
    for one in pairing.lone:
        if (
            one.key is not None
            and one.url is None
            and works.find(one.key) is None
            and one.key not in manuscript.entries
        ):
            yield Trouble(f"no bibliography has the key {one.key}, which is cited", places.at(one.block, one.at).line)


@dataclass(frozen=True, slots=True)
class _Planner:
    manuscript: Manuscript
    works: Works
    labels: set[str]
    unread: Mapping[int, list[Unread]]
    limits: Mapping[tuple[int, int], int]  # by (block, end of a quotation): where a quotation of another source begins

    def plan(self, one: Pair) -> Planned:
        cited = tuple(self._cited(one))
        passage = one.passage
        block = self.manuscript.blocks[passage.parts[0].block]
        named = is_cited_title(passage, block)
        title = named or is_title(passage)
        planned = Planned(one, cited, title=title)
        if not passage.closed:
            return replace(planned, unjudged=Unjudged.UNCLOSED, why="its closing mark is missing")
        if is_short(passage) and not one.direct:
            return replace(planned, unjudged=Unjudged.SHORT, why="too few words to be judged by themselves")
        if named or (title and block.note is not None and not one.direct):
            return replace(planned, unjudged=Unjudged.TITLE, why="the title of a work in a note, as it seems")
        if not cited:
            if title:
                return replace(
                    planned, unjudged=Unjudged.TITLE, why="the title of a work, as it seems, and no source is named"
                )
            return replace(planned, unjudged=Unjudged.NO_SOURCE, why="no source is named in its sentence or beside it")
        limit = self.limits.get((passage.parts[-1].block, passage.parts[-1].outer_end))
        if says_translation(passage, self.manuscript.blocks, self._note_words(one), limit):
            return replace(
                planned, unjudged=Unjudged.TRANSLATION, why="the manuscript calls it a translation of its own"
            )
        unknown = self._unread_in(passage)
        if unknown is not None:
            why = f"what {shorten(unknown, 60)} prints in it is not known here; read it yourself"
            return replace(planned, unjudged=Unjudged.UNREAD, why=why)
        if all(source.url is None for source in cited):
            unjudged, why = self._without_address(cited[0])
            return replace(planned, unjudged=unjudged, why=why)
        return planned

    def _unread_in(self, passage: Passage) -> str | None:
        """The first thing in a quotation that prints what the reader cannot know."""
        for part in passage.parts:
            marks = self.unread.get(part.block, [])
            at = bisect_left(marks, part.start, key=lambda mark: mark.start)
            if at < len(marks) and marks[at].start <= part.end:
                return marks[at].name
        return None

    def _cited(self, one: Pair) -> list[Cited]:
        found = []
        for source in one.sources:
            entry = self.works.find(source.key) if source.key is not None else None
            url = source.url or (entry.url if entry is not None else None)
            found.append(Cited(source, url if url is not None and _is_address(url) else None, entry))
        return found

    def _note_words(self, one: Pair) -> list[str]:
        labels = {source.note for source in one.sources if source.note is not None}
        return [block.text for block in self.manuscript.blocks if block.note in labels] if labels else []

    def _without_address(self, cited: Cited) -> tuple[Unjudged, str]:
        source = cited.source
        if source.key is not None and cited.entry is None:
            return Unjudged.UNKNOWN_KEY, f"no bibliography has the key {source.key}"
        if source.key is not None:
            return Unjudged.NO_ADDRESS, f"the bibliography gives no address for {source.key}"
        if source.url is not None:
            return Unjudged.NO_ADDRESS, f"{urls.for_display(source.url)} is no address of a web page"
        if source.name is not None:
            return Unjudged.NO_ADDRESS, f"the line below it names {shorten(source.name, 80)}, and no address"
        if source.why is not None:
            return Unjudged.NO_ADDRESS, source.why
        if source.note is not None and source.note not in self.labels:
            return Unjudged.UNKNOWN_NOTE, f"there is no note {source.note}"
        return Unjudged.NO_ADDRESS, f"note {source.note} names no address"


def _unread(manuscript: Manuscript) -> dict[int, list[Unread]]:
    """What prints something that the reader cannot know, by the number of the block, in the order of the text."""
    found: dict[int, list[Unread]] = {}
    for number, block in enumerate(manuscript.blocks):
        for mark in block.marks:
            if isinstance(mark, Unread):
                found.setdefault(number, []).append(mark)
    return found


def _is_address(url: str) -> bool:
    try:
        urls.parse_page(url)
    except InputError:
        return False
    return True
