"""Which sources of an archive there are to look at again."""

from __future__ import annotations

from dataclasses import dataclass

from archiver import urls
from archiver.archive import Archive
from archiver.errors import InputError
from archiver.model import Drift
from archiver.rechecking.finding import Recheck
from archiver.rechecking.known import known_of
from archiver.rechecking.pages import Page
from archiver.rechecking.standings import standings


@dataclass(frozen=True, slots=True)
class Cited:
    """``urls`` are the addresses of pages that are quoted, one for each; ``without`` the names of quoted files that are from no address."""

    urls: tuple[str, ...]
    without: tuple[str, ...]


def cited_sources(archive: Archive) -> Cited:
    """Every source that has quotations, in the order in which they were first quoted."""
    pages, without = [], []
    for url in archive.catalogue.rechecks.cited():
        try:
            urls.parse_page(url)
        except InputError:
            without.append(url)
        else:
            pages.append(url)
    return Cited(tuple(pages), tuple(without))


def first_seen(archive: Archive, url: str) -> Recheck | None:
    """What there is to say of a source that was captured a moment ago, for the first time: nothing is asked and nothing recorded. None where
    there is no snapshot of it.
    """
    known = known_of(archive, url)
    snapshot = known.previous
    if snapshot is None:
        return None
    found = standings(archive, known, Page(archive, snapshot))
    return Recheck(
        known.url, None, snapshot, Drift.UNCHANGED, "first seen", snapshot.captured_at, None, None, found, (), changed=False
    )  # fmt: skip
