"""Asking an archive, request by request: each one guarded, all of them bounded in number and time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from archiver import net
from archiver.errors import TooManyRedirects, Unreachable
from archiver.model import Exchange
from archiver.settings import FetchSettings
from archiver.urls import Url, for_display, host_for_display, parse

MAX_REQUESTS = 40
"""Requests for one page to its archive at most, whatever that answers."""

_TIMES = 3  # how many times the time limit of one page all of them may take


@dataclass(slots=True)
class Asker:
    """``told`` hears of each address that is contacted; ``stop`` ends it within 0.2 s."""

    settings: FetchSettings
    told: Callable[[Url], None]
    stop: threading.Event | None = None
    _end: float = 0.0
    _asked: int = field(default=0)

    def __post_init__(self) -> None:
        self._end = time.monotonic() + _TIMES * self.settings.timeout

    def ask(self, url: str, fields: tuple[tuple[str, str], ...] = (), max_body: int | None = None) -> Exchange:
        """One request, redirects not followed. Raises what `net.fetch` raises; a second request for what was answered is the caller's."""
        self._asked += 1
        left = self._end - time.monotonic()
        shown = host_for_display(parse(url).host)
        if left <= 0:
            raise Unreachable(f"The archive {shown} took too long over all; try again, or raise --timeout.")
        if self._asked > MAX_REQUESTS:
            raise Unreachable(
                f"The archive {shown} leads from one address to the next without an end; name another archive."
            )
        limits = replace(
            self.settings,
            timeout=min(left, self.settings.timeout),
            max_body=min(max_body or self.settings.max_body, self.settings.max_body),
        )
        (exchange,) = net.fetch(url, limits, fields=fields, follow=False, told=self.told, stop=self.stop)
        return exchange

    def walk(
        self,
        url: str,
        fields: tuple[tuple[str, str], ...] = (),
        turn: Callable[[Url], Url] = lambda target: target,
        until: Callable[[Url], bool] = lambda _: False,
        max_body: int | None = None,
    ) -> tuple[Exchange, ...]:
        """Follows redirects ``until`` one leads to such an address, each target as ``turn`` gives it back; the last answer last.

        Raises as `ask` does, and TooManyRedirects.
        """
        exchanges = [self.ask(url, fields, max_body)]
        seen = {parse(url).href}
        while (target := net.redirect_target(exchanges[-1])) is not None:
            if until(target):
                break
            target = turn(target)
            if target.href in seen or len(exchanges) > self.settings.max_hops:
                how = "in a circle" if target.href in seen else f"more than {self.settings.max_hops} times"
                raise TooManyRedirects(
                    f"The archive redirects {how}, on from {for_display(url)}; name another archive, or another date."
                )
            seen.add(target.href)
            exchanges.append(self.ask(target.href, fields, max_body))
        return tuple(exchanges)
