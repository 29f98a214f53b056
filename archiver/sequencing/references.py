"""What records that a writer brings say of others: of what is not in the log, or not as they say, nothing is signed.

The rest of what a writer may have made up (what a page said, a verdict) is found by whoever verifies, as in any archive: a signature says
that something was recorded, not that it is true.
"""

from __future__ import annotations

import re

from archiver.catalogue import Catalogue, Rows
from archiver.errors import MISSHAPEN, ArchiverError, DamagedArchive, UnknownId
from archiver.model import Quote, StoredRecheck
from archiver.model.recheckuri import rechecked_page
from archiver.urls import page_key

_SNAPSHOT = re.compile(r"s-[0-9a-f]{64}")
_SECOND = len("2026-11-22T00:00:00")


class References:
    """What is signed (``catalogue``), and what was taken for the next head so far."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._snapshots: set[str] = set()
        self._quotes: dict[str, Quote] = {}

    def check(self, rows: Rows) -> None:
        """Raises DamagedArchive where one of these records names what is neither signed, nor taken, nor among them."""
        try:
            self._check(rows)
        except MISSHAPEN as error:
            raise DamagedArchive("It speaks of other records as no archiver does.") from error

    def _check(self, rows: Rows) -> None:
        own = {snapshot.id for snapshot, _ in rows.snapshots}
        quotes = {quote.id: quote for quote in rows.quotes}
        for snapshot, _ in rows.snapshots:
            self._need_snapshot(snapshot.revisit_of, own)
        for quote in rows.quotes:
            self._need_snapshot(quote.snapshot, own)
        dated = {leaf.index: (leaf.time, leaf.uri) for leaf in rows.leaves} if rows.rechecks else {}
        for recheck in rows.rechecks:
            _check_leaf(recheck, *dated[recheck.leaf])
            for name in (recheck.previous, recheck.snapshot, *(look["snapshot"] for look in recheck.told["looks"])):
                self._need_snapshot(name, own)
            for name, told in recheck.quotes.items():
                self._check_quoted(recheck, quotes.get(name) or self._quote(name), told["was"])

    def take(self, rows: Rows) -> None:
        """Notes that these are going to be signed."""
        self._snapshots |= {snapshot.id for snapshot, _ in rows.snapshots}
        self._quotes |= {quote.id: quote for quote in rows.quotes}

    def _need_snapshot(self, name: str | None, own: set[str]) -> None:
        if name is None or name in own or name in self._snapshots:
            return
        if not _SNAPSHOT.fullmatch(name):  # a part of an id would be found, too
            raise DamagedArchive("It stands on what is no whole id of a snapshot.")
        try:
            self._catalogue.snapshot(name)
        except UnknownId as error:
            raise DamagedArchive(f"It stands on the snapshot {name[:14]}, which the log does not have.") from error

    def _quote(self, name: str) -> Quote:
        if name in self._quotes:
            return self._quotes[name]
        try:
            return self._catalogue.quote(name)
        except UnknownId as error:
            raise DamagedArchive(f"It speaks of the quote {name[:14]}, which the log does not have.") from error

    @staticmethod
    def _check_quoted(recheck: StoredRecheck, quote: Quote, was: str) -> None:
        if quote.verdict != was or _page(quote.url) != recheck.surt:
            raise DamagedArchive(
                f"It speaks of {quote.id[:14]} with another verdict or page than that was recorded with."
            )


def _check_leaf(recheck: StoredRecheck, time: str, uri: str) -> None:
    """A proof shows the leaf alone: what that says of page and time must be what the record says."""
    page = rechecked_page(uri)
    if page is None or _page(page) != recheck.surt or time[:_SECOND] != recheck.time[:_SECOND]:
        raise DamagedArchive("It is of another page or time than its leaf names.")


def _page(url: str) -> str | None:
    try:
        return page_key(url)
    except ArchiverError:
        return None
