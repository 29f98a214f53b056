"""The log: its head and key, who has seen it, and its leaves, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.archive import Archive
from archiver.errors import ArchiverError
from archiver.log import Checkpoint
from archiver.model import StoredLeaf
from archiver.web.facts.evidence import window_now
from archiver.web.facts.paging import Paging

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class LogState:
    """``window`` says how much room whoever holds the key has to backdate; ``records`` whether anything can be recorded here."""

    head: Checkpoint
    key: str
    fingerprint: str
    records: bool
    window: str
    leaves: tuple[StoredLeaf, ...]
    paging: Paging


def log_state(archive: Archive, page: int = 1) -> LogState:
    """The log with a page of its leaves, the newest first."""
    head = archive.head()
    paging = Paging(page, PER_PAGE, head.size)
    leaves = archive.catalogue.listing.leaves(head.size - paging.offset, paging.size)
    return LogState(
        head,
        archive.key.vkey,
        archive.key.fingerprint,
        archive.records,
        _window(archive),
        tuple(leaves),
        paging,
    )


def _window(archive: Archive) -> str:
    from archiver.timestamps import Window  # a tenth of a second that only this page pays

    try:
        words = (window_now(archive) or Window((), archive.head().size)).words()
        return words.replace("`", "")  # a page has no use for the marks of a terminal
    except ArchiverError as error:
        return f"the time stamps could not be read: {error}"
