"""What the captures of one run share of their assets: how many at once, and what was fetched a moment ago."""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from archiver.capture.onrecord import OnRecord
from archiver.model import NOT_TRUSTED, Asset, Exchange, FailedAsset, Notice, References, Role
from archiver.urls import host_for_display, host_of

FRESH = 600.0
"""Seconds for which an asset that was fetched in this run is not asked for again, as a browser would keep it."""

AT_ONCE = 24
"""Assets of one page that are asked for at once. Browsers ask for some hundred over HTTP/2, and for six over HTTP/1.1, on connections that
they keep; here each has a connection of its own."""

POLITE = 4
"""Pages that are asked of one host at once, where nobody chose."""

_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Fetched:
    """An asset that came: its ``exchanges``, redirects first; ``known`` is what is on record that a 304 confirms. ``stored`` is how it is
    recorded, once it is: then the exchanges are empty. ``references`` are those of a style sheet, ``certificates`` the SHA-256 of those
    shown, ``doubts`` what must be said of their servers.
    """

    url: str
    exchanges: tuple[Exchange, ...]
    known: OnRecord | None = None
    references: References | None = None
    stored: Asset | None = None
    certificates: tuple[str, ...] = ()
    doubts: tuple[Notice, ...] = ()


Result = Fetched | FailedAsset


def untrusted_beside(exchanges: Iterable[Exchange]) -> tuple[Notice, ...]:
    """What is said of the servers of assets whose certificate did not hold, each once."""
    found = {
        host_of(exchange.url): notice.detail
        for exchange in exchanges
        for notice in exchange.notices
        if notice.code == NOT_TRUSTED
    }
    return tuple(
        Notice("asset-certificate-not-trusted", f"{host_for_display(host)} gave what belongs to the page: {why}")
        for host, why in found.items()
    )


class AssetRun:
    """One for all captures of a run; many threads use it. ``jobs`` are asked for at once in all, ``per_host`` of one host, and ``workers``
    for one page.

    Locks are taken in this order: ``sealing`` (held from the question what is recorded already until it is recorded, so that nothing is
    stored twice), then ``ready``, which guards everything else and is notified whenever a thread that waits may go on.
    """

    def __init__(self, jobs: int, per_host: int, workers: int) -> None:
        self.workers = workers
        self._jobs = jobs
        self.sealing = threading.Lock()
        self.ready = threading.Condition()
        self._per_host = per_host
        self._running: Counter[str] = Counter()
        self._fetching: set[str] = set()
        self._results: OrderedDict[str, tuple[float, Result]] = OrderedDict()

    @classmethod
    def of_one_page(cls, jobs: int | None = None, per_host: int | None = None, polite: int = POLITE) -> AssetRun:
        """For the page that a person names: `AT_ONCE`, but for what was chosen. ``polite`` is what is usual for pages of one host; less
        than `POLITE` is a choice too.
        """
        per_host = per_host or (polite if polite < POLITE else AT_ONCE)
        jobs = jobs or max(AT_ONCE, per_host)
        return cls(jobs, per_host, jobs)

    def result(self, url: str) -> Result | None:
        """What fetching an address gave a moment ago; None where it is to be fetched. Under ``ready``."""
        at, result = self._results.get(url, (0.0, None))
        return result if result is not None and time.monotonic() - at < FRESH else None

    def stored(self, fetched: Fetched) -> Asset | None:
        """How what was fetched is recorded, None where it is not yet. The caller holds ``sealing``."""
        with self.ready:
            result = self.result(fetched.url) if fetched.stored is None else fetched
            return result.stored if isinstance(result, Fetched) else None

    def admit(self, url: str, host: str) -> bool:
        """Whether an address may be fetched now; the caller does so, and then calls `done`. Under ``ready``."""
        if url in self._fetching or self._running.total() >= self._jobs or self._running[host] >= self._per_host:
            return False
        self._fetching.add(url)
        self._running[host] += 1
        return True

    def done(self, url: str, host: str, result: Result | None) -> None:
        """Gives back the room that `admit` gave; ``result`` is for others to use, None where they should try for themselves."""
        with self.ready:
            self._fetching.discard(url)
            self._running[host] -= 1
            self._running += Counter()  # without those that are at 0
            if result is not None:
                self._keep(url, result)
            self.ready.notify_all()

    def remember(self, recorded: Iterable[tuple[Fetched, Asset]]) -> None:
        """How assets are recorded, once they are: their bytes are not needed any more."""
        with self.ready:
            for fetched, asset in recorded:
                plain = replace(asset, url=fetched.url, role=Role.OTHER, found_in=None)
                self._keep(fetched.url, replace(fetched, exchanges=(), known=None, stored=plain))

    def forget(self, urls: Iterable[str]) -> None:
        """What is not recorded after all is fetched again, rather than kept in memory."""
        with self.ready:
            for url in urls:
                _, result = self._results.get(url, (0.0, None))
                if isinstance(result, Fetched) and result.stored is None:
                    del self._results[url]

    def _keep(self, url: str, result: Result) -> None:
        self._results[url] = (time.monotonic(), result)
        while len(self._results) > _KEPT:
            self._results.popitem(last=False)
