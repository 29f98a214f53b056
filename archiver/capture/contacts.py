"""Whom a command contacted, so that it can say so when it ends."""

from __future__ import annotations

import threading
from collections import Counter

from archiver.proxies import Proxy


class Contacts:
    """The hosts that were contacted, with the number of requests sent to each. Many threads may add to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hosts: Counter[str] = Counter()
        self._authorities: Counter[str] = Counter()
        self._archives: Counter[str] = Counter()
        self._keepers: Counter[str] = Counter()
        self._alerted: Counter[str] = Counter()
        self._proxies: dict[str, None] = {}
        self.scripts = False
        """Whether a browser ran the scripts of pages, which send what they like."""
        self.session = False
        """Whether a person lent a session, whose cookies went to their own sites."""

    def add(self, host: str, proxy: Proxy | None = None) -> None:
        """A request to a host, through the proxy where there is one."""
        with self._lock:
            self._hosts[host] += 1
            self._through(proxy)

    def hash_sent(self, host: str, proxy: Proxy | None = None) -> None:
        """A hash was sent to a time stamp authority."""
        with self._lock:
            self._authorities[host] += 1
            self._through(proxy)

    def archive_asked(self, host: str, proxy: Proxy | None = None) -> None:
        """A public archive was asked for a copy of a page, and so learnt its address."""
        with self._lock:
            self._archives[host] += 1
            self._through(proxy)

    def keeper_asked(self, host: str, proxy: Proxy | None = None) -> None:
        """A public archive was asked to keep a copy of a page."""
        with self._lock:
            self._keepers[host] += 1
            self._through(proxy)

    def alert_sent(self, host: str, proxy: Proxy | None = None) -> None:
        """An alert was sent to the webhook that the person named."""
        with self._lock:
            self._alerted[host] += 1
            self._through(proxy)

    def _through(self, proxy: Proxy | None) -> None:
        if proxy is not None:
            self._proxies[proxy.shown] = None

    def hosts(self) -> dict[str, int]:
        """The hosts of pages with the number of requests, most first."""
        with self._lock:
            return dict(self._hosts.most_common())

    def authorities(self) -> dict[str, int]:
        """The authorities that a hash was sent to, with how many each."""
        with self._lock:
            return dict(self._authorities.most_common())

    def archives(self) -> dict[str, int]:
        """The public archives that were asked for copies, with the number of requests."""
        with self._lock:
            return dict(self._archives.most_common())

    def keepers(self) -> dict[str, int]:
        """The public archives that were asked to keep copies, with the number of requests."""
        with self._lock:
            return dict(self._keepers.most_common())

    def alerted(self) -> dict[str, int]:
        """The webhooks that alerts were sent to, with how many each."""
        with self._lock:
            return dict(self._alerted.most_common())

    def proxies(self) -> tuple[str, ...]:
        """The proxies that all of it went through: none but these were contacted from this machine."""
        with self._lock:
            return tuple(self._proxies)
