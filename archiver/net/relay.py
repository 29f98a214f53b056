"""A second TLS connection inside a first: Python secures plain sockets only, so a thread carries the bytes from one to the other."""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import threading

from archiver.errors import Unreachable
from archiver.net.deadline import Deadline

_PIECE = 64 * 1024
_LONGEST = 3600.0  # seconds without a byte either way


def relay(outer: ssl.SSLSocket, deadline: Deadline) -> socket.socket:
    """A plain socket whose bytes go through ``outer``, which is closed with it. ``deadline`` is when carrying ends at the latest.

    Raises Unreachable where no thread is to be had, Stopped; ``outer`` is the caller's then.
    """
    seconds = deadline.left()
    inner, ours = socket.socketpair()
    try:
        threading.Thread(target=_carry, args=(outer, ours, seconds), name="relay", daemon=True).start()
    except RuntimeError as error:
        inner.close()
        ours.close()
        raise Unreachable("No thread could be started to carry bytes through the proxy; lower --jobs.") from error
    return inner


def _carry(outer: ssl.SSLSocket, ours: socket.socket, seconds: float) -> None:
    with contextlib.suppress(OSError, ValueError), outer, ours:
        outer.setblocking(False)
        ours.setblocking(False)
        _Carrier(outer, ours).run(Deadline(min(seconds, _LONGEST)))


class _Carrier:
    """Bytes on their way: ``outward`` to the proxy, ``inward`` to the reader. Each holds one piece at most."""

    def __init__(self, outer: ssl.SSLSocket, ours: socket.socket) -> None:
        self._outer, self._ours = outer, ours
        self._outward, self._inward = b"", b""
        self._ended = False

    def run(self, deadline: Deadline) -> None:
        with selectors.DefaultSelector() as selector:
            while deadline.left() > 0:
                # one step of each; nothing moved means waiting for whatever is missing
                moved = self._from_reader() | self._to_proxy() | self._from_proxy() | self._to_reader()
                if self._ended and not self._inward:
                    return
                if not moved:
                    self._watch(selector)
                    selector.select(deadline.pause())

    def _watch(self, selector: selectors.BaseSelector) -> None:
        """Only what can be gone on with: anything else that is ready would wake the thread for nothing, again and again."""
        read_outer = 0 if self._inward or self._ended else selectors.EVENT_READ
        wanted = {
            self._outer: read_outer | (selectors.EVENT_WRITE if self._outward else 0),
            self._ours: (0 if self._outward else selectors.EVENT_READ) | (selectors.EVENT_WRITE if self._inward else 0),
        }
        for watched in [key.fileobj for key in selector.get_map().values()]:
            selector.unregister(watched)
        for connection, events in wanted.items():
            if events:
                selector.register(connection, events)

    def _from_reader(self) -> bool:
        if self._outward:
            return False
        try:
            self._outward = self._ours.recv(_PIECE)
        except BlockingIOError:
            return False
        if not self._outward:  # the reader closed: nobody waits for the rest
            raise ConnectionError
        return True

    def _to_proxy(self) -> bool:
        if not self._outward:
            return False
        try:
            self._outward = self._outward[self._outer.send(self._outward) :]
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return False
        return True

    def _from_proxy(self) -> bool:
        if self._inward or self._ended:
            return False
        try:
            self._inward = self._outer.recv(_PIECE)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return False
        except OSError:  # cut off; that the inner connection was not ended properly is seen by its own TLS
            self._inward = b""
        self._ended = not self._inward
        return True

    def _to_reader(self) -> bool:
        if not self._inward:
            return False
        try:
            self._inward = self._inward[self._ours.send(self._inward) :]
        except BlockingIOError:
            return False
        return True
