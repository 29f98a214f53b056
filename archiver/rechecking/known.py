"""What an archive knows of a source before it is looked at again."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from archiver import urls
from archiver.archive import Archive
from archiver.errors import UnknownId
from archiver.model import WHOLE_PAGE, Drift, Quote, Snapshot, StoredRecheck


@dataclass(frozen=True, slots=True)
class Known:
    """``url`` is the address to ask, ``key`` that of the page. ``previous`` is the snapshot that answers for the page so far, ``quotes`` are all
    quotations of it; ``last`` is the last recheck, ``seen`` the last in which they were held against a text.
    """

    url: str
    key: str
    previous: Snapshot | None
    quotes: tuple[Quote, ...]
    last: StoredRecheck | None
    seen: StoredRecheck | None

    @property
    def base(self) -> Snapshot | None:
        """What a later page can be compared with: the previous snapshot where it is of the page."""
        before = self.previous
        if before is None or before.status not in WHOLE_PAGE or before.wall is not None or before.truncated is not None:
            return None
        return before

    @property
    def lost(self) -> frozenset[str]:
        """The ids of the quotations that did not stand when the page was last held against them, or asked for."""
        if self.last is not None and self.last.drift is Drift.GONE:
            return frozenset(quote.id for quote in self.quotes)
        told = self.seen.quotes if self.seen is not None else {}
        return frozenset(name for name, quote in told.items() if quote["drift"])


def known_of(archive: Archive, url: str) -> Known:
    """Raises InputError where that is no address of a page."""
    parsed = urls.parse_page(url)
    key = urls.page_key(url)
    previous = archive.latest_snapshot(url)
    rechecks = archive.catalogue.rechecks
    last = rechecks.last(key)
    seen = last if last is None or not last.unseen else rechecks.last_seen(key)
    address = previous.url if previous is not None else parsed.href
    return Known(address, key, previous, tuple(rechecks.quotes_of_page(key)), last, seen)


def never_seen(known: Known) -> str:
    """That nothing on record shows that there ever was such a page; empty where something does."""
    if known.base is not None or known.quotes:
        return ""
    return "nothing was ever recorded of it" if known.previous is None else "no earlier snapshot shows the page"


def anchors_of(archive: Archive, known: Known) -> tuple[Snapshot, ...]:
    """The snapshots in which the page was quoted; where it was not, the one that answers for it so far."""
    found = []
    for name in dict.fromkeys(quote.snapshot for quote in known.quotes):
        with contextlib.suppress(UnknownId):  # it was erased meanwhile
            found.append(archive.catalogue.snapshot(name))
    return tuple(found) or ((known.base,) if known.base is not None else ())


def same_texts(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots have the same recorded texts, each as complete as the other's, and show readers the same of them."""
    if (one.revisit_of or one.id) == (other.revisit_of or other.id):
        return True
    mine, theirs = (
        [(text.layer, text.sha256, text.complete, text.unseen) for text in snapshot.texts] for snapshot in (one, other)
    )
    return bool(mine) and mine == theirs
