"""What the keys of a manuscript stand for: the works that it brings along, those of its bibliographies, those that a person names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from archiver.bibliography import Entry, parse_bibliography
from archiver.errors import ArchiverError, MissingExtra
from archiver.manuscripts.document import Citation, Manuscript, Quoted, Trouble

_ENDINGS = (".bib", ".json", ".ris", ".rdf")
_MOST_BESIDE = 20
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Works:
    """Works by their keys, and what could not be read of the files that hold them."""

    entries: Mapping[str, Entry]
    troubles: tuple[Trouble, ...] = ()

    def find(self, key: str) -> Entry | None:
        return self.entries.get(key)


def collect_works(manuscript: Manuscript, folder: Path | None, named: Sequence[Path] = ()) -> Works:
    """The works of ``named`` files, then those that the manuscript brings along, then those of the bibliographies that it asks for, or
    where it asks for none and cites keys that are not known by then, of the bibliographies in its folder. The first one with a key counts.

    A file that the manuscript asks for is read only where it lies in or below its own ``folder``: a manuscript may come from anybody.
    """
    entries: dict[str, Entry] = {}
    troubles: list[Trouble] = []
    read: set[Path] = set()
    for file in named:
        read.add(file.resolve())
        _read(file, entries, troubles)
    for key, entry in manuscript.entries.items():
        entries.setdefault(key, entry)
    if folder is not None:
        for file in _asked_for(manuscript, folder, entries, troubles):
            if file.resolve() not in read:
                read.add(file.resolve())
                _read(file, entries, troubles)
    return Works(entries, tuple(troubles))


def _asked_for(
    manuscript: Manuscript, folder: Path, entries: Mapping[str, Entry], troubles: list[Trouble]
) -> Iterator[Path]:
    for name in manuscript.bibliographies:
        file = folder / (name if PurePath(name).suffix else f"{name}.bib")
        if file.suffix.lower() not in _ENDINGS:
            why = f"the bibliography {name} is of a kind that is not read: give it as one of {', '.join(_ENDINGS)}"
            troubles.append(Trouble(why))
        elif not file.resolve().is_relative_to(folder.resolve()):
            troubles.append(
                Trouble(f"the bibliography {name} is not in the manuscript's folder: name it with --bibliography")
            )
        elif not file.is_file():
            troubles.append(Trouble(f"the bibliography {name}, which the manuscript asks for, is not there"))
        else:
            yield file
    if not manuscript.bibliographies and _cites_others(manuscript, entries):
        beside = [file for file in folder.iterdir() if file.suffix.lower() in (".bib", ".ris") and file.is_file()]
        yield from sorted(beside)[:_MOST_BESIDE]
        yield from (file for name in ("references.json", "bibliography.json") if (file := folder / name).is_file())


def _cites_others(manuscript: Manuscript, entries: Mapping[str, Entry]) -> bool:
    """Whether it cites keys that are not known by now."""
    keys = {
        mark.key
        for block in manuscript.blocks
        for mark in block.marks
        if isinstance(mark, Citation) or (isinstance(mark, Quoted) and mark.key)
    }
    return bool(keys - entries.keys())


def _read(file: Path, entries: dict[str, Entry], troubles: list[Trouble]) -> None:
    try:
        bibliography = parse_bibliography(file.name, file.read_bytes())
    except MissingExtra as error:  # once, however many files want it
        if all(str(error) not in trouble.why for trouble in troubles):
            troubles.append(Trouble(f"{file.name} cannot be read, nor others of the kind: {error}"))
        return
    except ArchiverError as error:
        troubles.append(Trouble(str(error)))
        return
    except OSError as error:
        troubles.append(Trouble(f"{file.name} cannot be read: {error.strerror or error}"))
        return
    for entry in bibliography.entries:
        entries.setdefault(entry.key, entry)
    for fault in bibliography.troubles[:_MOST_TOLD]:
        place = f", line {fault.line}" if fault.line else ""
        troubles.append(Trouble(f"{file.name}{place}: {fault.why}"))
    if len(bibliography.troubles) > _MOST_TOLD:
        troubles.append(Trouble(f"{file.name}: and {len(bibliography.troubles) - _MOST_TOLD:,} more faults"))
