"""One request of the browser's sent on to its server, and the answer given back as it comes, byte for byte, and recorded.

All of it goes through `archiver.net`: the address is judged and pinned, the certificate checked, the wire read as for any other page.
"""

from __future__ import annotations

import socket
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from archiver.browser.requests import BrowserRequest
from archiver.browser.traffic import Traffic
from archiver.clock import Begun
from archiver.errors import ArchiverError, Stopped, Unreachable
from archiver.model import Exchange
from archiver.net import Answer, Connection, Deadline, Request, Told, connect, converse, exchange_of, find_route
from archiver.settings import FetchSettings
from archiver.urls import Url

_AGAIN = frozenset(("GET", "HEAD", "OPTIONS"))  # may be sent once more where a kept connection turns out to be gone
_SLICE = 0.2  # seconds that a server may keep the end of a look waiting
_KEPT = 8  # connections to one origin that wait for its next request


@dataclass(slots=True)
class _Kept:
    """An open connection to a server, and what closes it."""

    connection: Connection
    closing: ExitStack


class _Tee:
    """A server's socket that gives the browser whatever is read from it."""

    def __init__(self, server: socket.socket, browser: socket.socket, traffic: Traffic, halt: threading.Event) -> None:
        self._server = server
        self._browser = browser
        self._traffic = traffic
        self._halt = halt
        self.given = 0
        self.gone = False
        self.full = False
        self.halted = False

    def settimeout(self, seconds: float | None) -> None:
        self._server.settimeout(_SLICE if seconds is None else min(seconds, _SLICE))  # whoever reads asks again

    def send(self, data: bytes | memoryview) -> int:
        return self._server.send(data)

    def recv(self, at_most: int) -> bytes:
        self.full = self.full or not self._traffic.room()  # all answers together, however many come at once
        self.halted = self.halted or self._halt.is_set()
        if self.gone or self.full or self.halted:
            return b""
        data = self._server.recv(at_most)
        self._traffic.came(len(data))
        self.given += len(data)
        try:
            self._browser.sendall(data)
        except OSError:
            self.gone = True  # the browser wants no more of it
        return data


class Relay:
    """Sends requests on. Many threads may use it; ``told`` hears of each address just before its server is asked. Setting ``halt`` ends
    all that is under way within 0.2 s; answers that had begun are kept as far as they came.
    """

    def __init__(
        self,
        settings: FetchSettings,
        traffic: Traffic,
        seconds: float,
        halt: threading.Event,
        told: Told,
        secret: Callable[[Exchange], Exchange],
    ) -> None:
        self._settings = settings
        self._traffic = traffic
        self._deadline = Deadline(seconds, halt)
        self._end = Deadline(seconds)  # of an answer: what ends it sooner is seen by the tee
        self._halt = halt
        self._told = told
        self._secret = secret
        self._lock = threading.Lock()
        self._closed = False
        self._idle: defaultdict[tuple[str, str, int | None], list[_Kept]] = defaultdict(list)

    def __call__(self, request: BrowserRequest, url: Url, browser: socket.socket) -> bool:
        """Says whether the browser's connection can be used for another request. Never raises for what the network does."""
        asked = Request(request.to_server(url), method=request.method)
        number = self._traffic.begin(url.href, request.method, len(asked.sent))
        if number is None:
            refuse(browser, request)
            return False
        begun = Begun()
        try:
            kept, tee, answer = self._ask(asked, url, browser)
            exchange = exchange_of(url, kept.connection.prepared(asked), answer, kept.connection, begun)
        except Stopped:
            return False  # it is still under way, and listed so
        except ArchiverError as error:
            self._traffic.fail(number, error)
            refuse(browser, request)
            return False
        if tee.full:
            self._traffic.overflow()
        if (tee.full or tee.halted or tee.gone) and (exchange.truncated or not _whole(answer, request.method)):
            # what ended it is here, though it looks as if the server had
            why = "length" if tee.full else "time" if tee.halted else exchange.truncated or "unspecified"
            exchange = replace(exchange, truncated=why)
        self._traffic.end(number, self._secret(exchange))
        # bytes behind an odd answer would be taken for the answer to what is asked next, on either side
        again = (
            _whole(answer, request.method) and exchange.truncated is None and not _closes(answer) and not answer.notices
        )
        if again:
            self._keep(url, kept)
        else:
            kept.closing.close()
        return again and not tee.gone

    def close(self) -> None:
        """Closes what was kept open; nothing is any more."""
        with self._lock:
            self._closed = True
            for waiting in self._idle.values():
                for kept in waiting:
                    kept.closing.close()
            self._idle.clear()

    def _ask(self, asked: Request, url: Url, browser: socket.socket) -> tuple[_Kept, _Tee, Answer]:
        deadline = self._deadline.within(self._settings.timeout)
        end = self._end.within(self._settings.timeout)
        kept = self._take(url)
        while True:
            fresh = kept is None
            if kept is None:
                kept = self._open(url, deadline)
            else:
                self._told(url)
            connection = kept.connection
            prepared = connection.prepared(asked)
            tee = _Tee(connection.socket, browser, self._traffic, self._halt)
            try:
                answer = converse(
                    tee, prepared.sent, host=connection.peer, deadline=end, max_head=self._settings.max_head,
                    max_body=min(self._settings.max_body, self._traffic.room()), method=asked.method,
                )  # fmt: skip
            except BaseException as error:
                kept.closing.close()
                if fresh or not isinstance(error, Unreachable) or tee.given or asked.method not in _AGAIN:
                    if tee.given:
                        _hang_up(browser)
                    raise
                kept = None  # the server had closed it meanwhile
            else:
                return kept, tee, answer

    def _open(self, url: Url, deadline: Deadline) -> _Kept:
        route = find_route(url, self._settings, deadline)
        self._told(url)
        with ExitStack() as stack:
            connection = stack.enter_context(connect(url, route, self._settings, deadline))
            return _Kept(connection, stack.pop_all())

    def _take(self, url: Url) -> _Kept | None:
        with self._lock:
            waiting = self._idle.get((url.scheme, url.host, url.port))
            return waiting.pop() if waiting else None

    def _keep(self, url: Url, kept: _Kept) -> None:
        with self._lock:
            waiting = self._idle[url.scheme, url.host, url.port]
            if len(waiting) < _KEPT and not self._closed:
                waiting.append(kept)
                return
        kept.closing.close()


def refuse(browser: socket.socket, request: BrowserRequest) -> None:
    """Answers the browser ourselves; nothing of it is recorded as a server's, nor shown as a page.

    What a page or frame is to be exchanged for is answered by "no content", which leaves what is there standing. The reason is for the
    record: scripts of the page can read an answer, and names, inside addresses and proxies are not theirs to know.
    """
    fields = "204 Not fetched" if request.is_navigation else "502 Not fetched\r\nContent-Length: 0"
    try:
        browser.sendall(f"HTTP/1.1 {fields}\r\nConnection: close\r\n\r\n".encode())
    except OSError:
        return


def _hang_up(browser: socket.socket) -> None:
    """Half an answer was given on: only an end without a word says that it is no whole one."""
    try:
        browser.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _whole(answer: Answer, method: str) -> bool:
    """Whether the answer says itself where it ends, and has come to there."""
    head = answer.head
    if answer.truncated is not None:
        return False
    bodiless = method == "HEAD" or head.status in (204, 304)
    return bodiless or bool(head.values("content-length")) or bool(head.values("transfer-encoding"))


def _closes(answer: Answer) -> bool:
    said = ",".join(answer.head.values("connection")).lower()
    return "close" in said or (answer.head.version != "1.1" and "keep-alive" not in said)
