"""Where in the archive a quotation does stand that its own source does not have."""

from __future__ import annotations

from collections.abc import Mapping
from time import process_time

from archiver.archive import Archive
from archiver.errors import ArchiveError, InputError
from archiver.manuscripts.report import Elsewhere
from archiver.quoting import Judged
from archiver.searching import Search, searching

MAX_SECONDS = 60.0
"""Of processor time; where the search index is far behind, the next check goes on with it."""

_LEAST_WORDS = 5  # fewer stand in many pages by chance
_LEAST_CHARACTERS = 30
_MOST = 10  # places that are looked at


def find_elsewhere(archive: Archive, absent: Mapping[int, Judged]) -> tuple[dict[int, Elsewhere], bool]:
    """For quotations that their source does not have, by number: another snapshot in which each holds, the best verdict and then the newest
    first; and whether all of the archive was looked through. Snapshots of the very page count too: an older version may have had the words."""
    wanted = {number: judged for number, judged in absent.items() if is_telling(judged.quotation)}
    found: dict[int, Elsewhere] = {}
    end = process_time() + MAX_SECONDS

    def still_time(*_: int) -> None:
        if process_time() > end:
            raise _TookTooLong

    if not wanted:
        return found, True
    try:
        with searching(archive, still_time) as search:
            for number, judged in wanted.items():
                still_time()
                other = _first(search, judged)
                if other is not None:
                    found[number] = other
    except (_TookTooLong, ArchiveError):  # a page or index that nobody asked for; `verify` and `search` tell of it
        return found, False
    return found, True


class _TookTooLong(Exception):
    """The time is over."""


def _first(search: Search, absent: Judged) -> Elsewhere | None:
    try:
        hits = search.quotation(absent.quotation, limit=_MOST).hits
    except InputError:  # too long to be looked for
        return None
    own = absent.snapshot.id if absent.snapshot is not None else None
    for hit in hits:
        if hit.judged.judgement.holds and hit.snapshot.id != own:
            return Elsewhere(hit.snapshot, hit.judged)
    return None


def is_telling(quotation: str) -> bool:
    """Whether it has so many words that it hardly stands in two pages by chance."""
    return len(quotation.split()) >= _LEAST_WORDS or len(quotation) >= _LEAST_CHARACTERS
