"""Asking peers, and handing them something: through the guard and the proxy like everything, never with a person's session."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from archiver import net
from archiver.errors import BadAnswer
from archiver.model import Exchange
from archiver.settings import FetchSettings
from archiver.texts.content import decode
from archiver.urls import Url, for_display

LARGEST = 1 << 20
_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Got:
    """What was answered; ``etag`` empty where there was none."""

    status: int
    body: bytes
    etag: str


class Wire:
    """What every request to a peer has in common. Redirects are answers, not followed: a person named the address."""

    def __init__(self, settings: FetchSettings, told: Callable[[Url], None], stop: threading.Event) -> None:
        self._settings = replace(settings, timeout=min(settings.timeout, _SECONDS), max_body=LARGEST, cookies=())
        self._told, self._stop = told, stop

    def get(self, url: str, etag: str = "") -> Got:
        """Asks for an address, with an ETag only for what is not that any more. Raises BadAnswer and what `net.fetch` raises."""
        conditional = net.Conditional(url, etag) if etag else None
        (exchange,) = net.fetch(
            url, self._settings, conditional=conditional, stop=self._stop, told=self._told, follow=False
        )
        content = decode(exchange.body, exchange.header("content-encoding"))
        if exchange.truncated or content.why or len(content.payload) > LARGEST:
            raise BadAnswer(f"{for_display(url)} did not come whole, or is too large.")
        return Got(exchange.status, content.payload, exchange.header("etag") or "")

    def file(self, url: str) -> bytes:
        """What stands at an address. Raises BadAnswer where it is not there."""
        got = self.get(url)
        if got.status != 200:
            raise BadAnswer(f"{for_display(url)} answers with status {got.status}.")
        return got.body

    def hand_over(self, url: str, body: bytes, media_type: str, fields: tuple[tuple[str, str], ...] = ()) -> Exchange:
        """POSTs something and gives the exchange, whatever the status."""
        return net.hand_over(url, body, media_type, self._settings, fields=fields, told=self._told, stop=self._stop)


def fault(what: str, error: Exception) -> str:
    """What is said of an error that nobody foresaw, on a thread where nobody else would say it."""
    return f"{what}: a fault of archiver itself ({type(error).__name__}); please report it."
