"""Asking a public archive to keep a copy of a page: Save Page Now 2, after its public documentation.

``POST /save`` with the address gives a job, ``GET /save/status/<job>`` says what became of it. The service wants keys
(https://archive.org/account/s3.php); they are in no record and no message.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from archiver import clock, net
from archiver.errors import ArchiverError, InputError
from archiver.memento.rawform import date_of
from archiver.model import Exchange
from archiver.settings import FetchSettings
from archiver.urls import Url, for_display, host_for_display, page_key, parse

WAYBACK_SAVE = "https://web.archive.org/save"
"""Where the Wayback Machine is asked."""

_JOB = re.compile(r"[0-9A-Za-z-]{1,200}")
_TIMESTAMP = re.compile(r"[0-9]{14}")
_KEYS = re.compile(r"[!-~]{1,200}:[!-~]{1,200}")
_MAX_ANSWER = 1 << 20
_ASKS_NO_PAGE = 30.0  # seconds for each of its answers
_BEFORE = timedelta(days=1)
"""A copy that is older than the question by more is none that was kept for it: services name the last one where they make no new one. Less is
the difference of two clocks, or a copy of the hour before, which they do not make again."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """``url`` is where copies are asked for, ``keys`` what the service wants, ``wait`` how many seconds a copy may take, ``pause`` how many
    lie between two questions."""

    url: str
    keys: str = field(default="", repr=False)
    wait: float = 120.0
    pause: float = 3.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of it: ``memento`` is the address of the public copy, or ``why`` says why there is none. ``exchanges`` are the request and
    the last word about it."""

    service: str
    asked_at: str
    memento: str | None
    why: str | None
    exchanges: tuple[Exchange, ...] = ()


def keeper_of(name: str, keys: str) -> Keeper:
    """``wayback``, or the address of a service of the same kind, which is given no keys. Raises InputError."""
    if keys and not _KEYS.fullmatch(keys):
        raise InputError(
            "wayback_keys must be an access key, a colon and a secret key, as https://archive.org/account/s3.php shows them."
        )
    if name == "wayback":
        return Keeper(WAYBACK_SAVE, keys)
    parsed = parse(name) if "://" in name else None
    if parsed is None or parsed.scheme not in ("http", "https") or parsed.had_credentials:
        raise InputError(
            f"{for_display(name)} keeps no copies; say wayback, or give the address of a Save Page Now service."
        )
    return Keeper(parsed.href.rstrip("/"))


def ask_to_keep(
    page: str,
    keeper: Keeper,
    settings: FetchSettings,
    told: Callable[[Url], None],
    stop: threading.Event | None = None,
    timing: clock.Begun | None = None,
) -> Kept:
    """Asks for a copy and waits for it; whatever fails is in ``why``, and nothing is raised. Ctrl-C ends the waiting, and nothing else.

    ``timing`` is that of the page: whoever checks the capture holds ``asked_at`` against it, and a clock may be set between the two.
    """
    moment = timing.end() if timing else clock.now()
    job, asked_at = _Job(page, keeper, settings, told, stop, moment), clock.stamp(moment)
    try:
        memento, why = job.run(), None
    except ArchiverError as error:
        memento, why = None, str(error)
    except KeyboardInterrupt:
        memento, why = None, "interrupted while it was waited for; it may come yet"
    return Kept(keeper.url, asked_at, memento, why, tuple(job.exchanges))


class _Refused(ArchiverError):
    """The service keeps no copy; the message says why."""


class _Job:
    def __init__(
        self,
        page: str,
        keeper: Keeper,
        settings: FetchSettings,
        told: Callable[[Url], None],
        stop: threading.Event | None,
        asked_at: datetime,
    ) -> None:
        self._asked_at = asked_at
        self._page, self._keeper, self._told, self._stop = page, keeper, told, stop
        # keys are sent, so that the certificate has to hold whatever is said of pages
        self._settings = replace(
            settings, verify_tls=True, max_body=_MAX_ANSWER, timeout=min(settings.timeout, _ASKS_NO_PAGE)
        )
        self._shown = host_for_display(parse(keeper.url).host)
        self.exchanges: list[Exchange] = []

    def run(self) -> str:
        end = time.monotonic() + self._keeper.wait
        body = f"url={quote(self._page, safe='')}&skip_first_archive=1".encode()
        asked = self._send("POST", self._keeper.url, body)
        self.exchanges.append(asked)
        answer = self._read(asked)
        job = answer.get("job_id")
        if not isinstance(job, str) or not _JOB.fullmatch(job):
            raise _Refused(f"{self._shown} took no job on{_words(answer)}")
        while True:
            self._wait(end)
            state = self._send("GET", f"{self._keeper.url}/status/{job}")
            answer = self._read(state)
            status = answer.get("status")
            if status == "pending" and time.monotonic() < end:
                continue
            self.exchanges.append(state)
            if status == "success":
                return self._memento(answer)
            if status == "pending":
                raise _Refused(f"{self._shown} was not done after {self._keeper.wait:g} s; it may come yet")
            raise _Refused(f"{self._shown} kept no copy{_words(answer)}")

    def _send(self, method: str, url: str, body: bytes = b"") -> Exchange:
        secret = ("Authorization", f"LOW {self._keeper.keys}".encode()) if self._keeper.keys else None
        return net.send(url, method, body, self._settings, secret=secret, told=self._told, stop=self._stop)

    def _read(self, exchange: Exchange) -> dict[str, Any]:
        if exchange.status in (401, 403):
            if exchange not in self.exchanges:
                self.exchanges.append(exchange)
            what = (
                "does not take the keys"
                if self._keeper.keys
                else "wants keys: put wayback_keys into settings.toml (docs/memento.md)"
            )
            raise _Refused(f"{self._shown} {what} (status {exchange.status})")
        try:
            value = json.loads(exchange.body)
        except (UnicodeDecodeError, ValueError, RecursionError):
            value = None
        if exchange.status != 200 or not isinstance(value, dict):
            if exchange not in self.exchanges:
                self.exchanges.append(exchange)
            words = _words(value) if isinstance(value, dict) else ""
            raise _Refused(f"{self._shown} answered with status {exchange.status}{words}")
        return value

    def _wait(self, end: float) -> None:
        until = min(time.monotonic() + self._keeper.pause, end)
        while (left := until - time.monotonic()) > 0:
            if self._stop is not None and self._stop.wait(min(left, 0.2)):
                raise _Refused("the run was ended while it was waited for; it may come yet")
            if self._stop is None:
                time.sleep(left)

    def _memento(self, answer: dict[str, Any]) -> str:
        stamp, original = answer.get("timestamp"), answer.get("original_url", self._page)
        if not isinstance(stamp, str) or not _TIMESTAMP.fullmatch(stamp) or not isinstance(original, str):
            raise _Refused(f"{self._shown} says that it kept a copy, and not where")
        if page_key(original) != page_key(self._page):
            raise _Refused(
                f"{self._shown} says that it kept a copy of {for_display(original)}, which was not asked for"
            )
        memento = f"{self._keeper.url.removesuffix('/save')}/web/{stamp}/{parse(original).href}"
        moment = date_of(memento)
        if moment is None:
            raise _Refused(f"{self._shown} says that it kept a copy at {stamp}, which is no date")
        if moment < self._asked_at - _BEFORE:
            raise _Refused(f"{self._shown} kept no copy now, and names one of {clock.stamp(moment)}")
        return memento


def _words(answer: dict[str, Any]) -> str:
    """What the service says itself, in brackets."""
    words = next(
        (answer[name] for name in ("message", "exception", "status_ext") if isinstance(answer.get(name), str)), ""
    )
    return f" ({for_display(words, 200)})" if words else ""
