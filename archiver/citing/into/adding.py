"""Going through a bibliography: what is archived of it, what it says already, and the file with the rest added."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from archiver.archive import Archive
from archiver.bibliography import Bibliography, Entry, Work, parse_bibliography
from archiver.citing.citation import Citation
from archiver.citing.gathering import cite
from archiver.citing.into import bib, csljson, rdf, ris
from archiver.citing.into.insertion import Insertion, inserted
from archiver.errors import InputError
from archiver.model import WHOLE_PAGE

_CHANGED = frozenset({"custom", "archive", "archive_location", "note", "source", "abstract"})
"""What may differ in the CSL-JSON of an entry once fields were added to its file."""


@dataclass(frozen=True, slots=True)
class Added:
    """``data`` is the file. ``added`` are the entries that fields were added to, with what is cited; ``done`` had them already, of
    ``not_archived`` there is no good snapshot, ``no_address`` are from no address, ``unfit`` could not be written to in their place."""

    data: bytes
    bibliography: Bibliography
    added: tuple[tuple[Entry, Citation], ...] = ()
    done: tuple[Entry, ...] = ()
    not_archived: tuple[Entry, ...] = ()
    no_address: tuple[Entry, ...] = ()
    unfit: tuple[Entry, ...] = ()


def add_archive_fields(archive: Archive, name: str, data: bytes) -> Added:
    """The file with the archived copy of each entry that has one: of its newest good snapshot here. Entries that have such fields stay as they are,
    so that doing it twice changes nothing; apart from the fields, every byte is as it was.

    Raises as `parse_bibliography` does, DamagedArchive where the records are not what was signed.
    """
    found = parse_bibliography(name, data)
    kinds: dict[str, list[Work]] = {kind: [] for kind in ("done", "not_archived", "no_address", "unfit")}
    added: list[tuple[Entry, Citation]] = []
    all_insertions: list[Insertion] = []
    citations: dict[str, Citation | None] = {}
    for work in found.works:
        if work.entry.url is None:
            kinds["no_address"].append(work)
        elif _is_done(found, work):
            kinds["done"].append(work)
        else:
            citation = _citation(archive, work.entry.url, citations)
            if citation is None:
                kinds["not_archived"].append(work)
                continue
            places = _WRITERS[found.format](found.text, work, citation) if work.end > work.start else []
            if places:
                added.append((work.entry, citation))
                all_insertions += places
            else:
                kinds["unfit"].append(work)
    written = inserted(data, found, all_insertions)
    _check(name, found, parse_bibliography(name, written))
    return Added(
        written, found, tuple(added), **{kind: tuple(work.entry for work in works) for kind, works in kinds.items()}
    )


_WRITERS: Mapping[str, Callable[[str, Work, Citation], list[Insertion]]] = {
    "bib": bib.insertions,
    "csl-json": csljson.insertions,
    "ris": ris.insertions,
    "zotero-rdf": rdf.insertions,
}
_DONE: Mapping[str, Callable[[str], bool]] = {"bib": bib.is_done, "ris": ris.is_done, "zotero-rdf": rdf.is_done}


def _is_done(found: Bibliography, work: Work) -> bool:
    if found.format == "csl-json":
        return csljson.is_done(work.entry.item)
    return _DONE[found.format](found.text[work.start : work.end])


def _citation(archive: Archive, url: str, known: dict[str, Citation | None]) -> Citation | None:
    """The citation of the newest snapshot that shows the page; None where there is none, or the address is none."""
    if url not in known:
        try:
            snapshot = archive.latest_snapshot(url)
        except InputError:
            snapshot = None
        shows = snapshot is not None and snapshot.status in WHOLE_PAGE and snapshot.wall is None
        known[url] = cite(archive, snapshot.id) if snapshot is not None and shows else None
    return known[url]


def _check(name: str, before: Bibliography, after: Bibliography) -> None:
    """That the file reads as before, but for the fields: no entry was broken, whatever stands in it."""
    if [_said(work) for work in before.works] != [_said(work) for work in after.works]:
        raise InputError(f"Fields cannot be added to {name} without changing what it says; nothing was written.")


def _said(work: Work) -> tuple[str, str | None, dict[str, object]]:
    return work.entry.key, work.entry.url, {key: value for key, value in work.entry.item.items() if key not in _CHANGED}
