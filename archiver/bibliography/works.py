"""What was read of one file: its works with the place of each, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archiver.bibliography.entry import Entry


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be read, or was read otherwise than it stands there: one sentence, and the line (from 1) where there is one."""

    why: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """An entry, and where it stands: code points of the decoded file, end excluded. ``aliases`` are further keys of it (biblatex's ``ids``)."""

    entry: Entry
    start: int
    end: int
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bibliography:
    """``works`` in the file's order, also those whose key stands there a second time; ``text`` is the file, decoded from ``encoding``."""

    format: str
    text: str
    encoding: str
    works: tuple[Work, ...]
    troubles: tuple[Trouble, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """One entry to each key: the first that has it; behind them those that only an alias leads to."""
        found: dict[str, Entry] = {}
        for work in self.works:
            found.setdefault(work.entry.key, work.entry)
        for work in self.works:
            for alias in work.aliases:
                found.setdefault(alias, replace(work.entry, key=alias))
        return tuple(found.values())


def doubles(works: tuple[Work, ...]) -> Iterator[Trouble]:
    """What is to be said of keys that stand in a file more than once."""
    first: dict[str, int | None] = {}
    for work in works:
        key, line = work.entry.key, work.entry.line
        if key in first:
            where = f" (first on line {first[key]})" if first[key] else ""
            yield Trouble(f"The key {shown(key)} stands there a second time{where}; the first one counts.", line)
        else:
            first[key] = line


def shown(words: str) -> str:
    """A key or the like out of a file, for a sentence: short, and without what steers a terminal."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in words[:200]).split())
    return line if len(line) <= 60 else line[:59] + "…"
