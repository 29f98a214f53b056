"""Where the quotations of a recheck stand in the files that name them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from archiver import urls
from archiver.cli.check.findings import place_words
from archiver.cli.saying.output import printable
from archiver.errors import InputError
from archiver.manuscripts import Where
from archiver.rechecking import Recheck


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a manuscript or a table (of which only the line is known); ``file`` is its name."""

    file: str
    where: Where | None
    line: int | None = None

    @property
    def words(self) -> str:
        """``paper.md, line 12, column 5, note 3``."""
        if self.where is None:
            return f"{printable(self.file)}, line {self.line}"
        column = f", column {self.where.column}" if self.where.column is not None else ""
        first, parted, rest = place_words(self.where).partition(", ")
        return f"{printable(self.file)}, {first}{column}{parted}{rest}"

    def to_json(self) -> dict[str, Any]:
        """The ``location`` of the command line's JSON, with the file."""
        return {"file": self.file, **(self.where.to_json() if self.where is not None else {"line": self.line})}


@dataclass(slots=True)
class QuotedAt:
    """Finds the places by page and words; nothing is known of what no file quotes."""

    _places: dict[tuple[str, str], list[Place]] = field(default_factory=dict)

    def add(self, url: str, words: str, place: Place) -> None:
        """Keeps a place. What is no address of a page is passed over, since it is told elsewhere."""
        try:
            key = urls.page_key(url)
        except InputError:
            return
        known = self._places.setdefault((key, words), [])
        if place not in known:
            known.append(place)

    def of(self, url: str, words: str) -> list[Place]:
        """The places of a quotation of a page, in the order of the files."""
        return self._places.get((urls.page_key(url), words), [])

    def in_json(self, found: Recheck) -> dict[str, Any]:
        """The line of a recheck, each quotation with its ``location``, and ``locations`` where there are several."""
        value = found.to_json()
        for standing, quote in zip(found.standings, value["quotes"], strict=True):
            places = [place.to_json() for place in self.of(found.url, standing.quote.text)]
            quote["location"] = places[0] if places else None
            if len(places) > 1:
                quote["locations"] = places
        return value
