"""A connection to a page's server: to a pinned address or through a proxy, opened within a time limit, secured for https."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from archiver.errors import BadCertificate, ProxyFailed, TimedOut, Unreachable
from archiver.model.notice import NOT_TRUSTED, Notice
from archiver.net.deadline import Deadline
from archiver.net.guard import Pinned
from archiver.net.relay import relay
from archiver.net.request import Request
from archiver.net.route import Route
from archiver.net.socks import ask_socks
from archiver.net.tls import TlsFacts, describe, secure
from archiver.net.tunnel import ask_connect, in_absolute_form, wants_login
from archiver.proxies import Proxy
from archiver.settings import FetchSettings
from archiver.urls import Url, host_for_display, parse


@dataclass(frozen=True, slots=True)
class Connection:
    """An open socket on which the page's server listens (or, for plain http, the HTTP proxy that asks it), how it came about, and for
    https what TLS was agreed on with the page's server.
    """

    socket: socket.socket
    route: Route
    pinned: Pinned
    tls: TlsFacts | None
    url: Url
    notices: tuple[Notice, ...] = ()

    @property
    def address(self) -> str:
        """The numeric address of the page's server, empty through a proxy: which one that talked to is its word."""
        return "" if self.route.proxy else self.pinned.address

    @property
    def via(self) -> str | None:
        """The proxy, without user name and password."""
        return self.route.proxy.shown if self.route.proxy else None

    @property
    def peer(self) -> str:
        """Whom one talks to, for messages."""
        host = host_for_display(self.url.host)
        return f"{host} (through the proxy {self.via})" if self.via else host

    def prepared(self, request: Request) -> Request:
        """A request as it is sent here: an HTTP proxy wants the whole address of a plain http page."""
        if _forwards(self.route, self.url) and self.route.proxy is not None:
            return in_absolute_form(request, self.url.href, self.route.proxy)
        return request

    def check(self, status: int) -> None:
        """Raises ProxyFailed for an answer that is the proxy's own: that it wants a password."""
        if _forwards(self.route, self.url) and self.route.proxy is not None:
            wants_login(self.route.proxy, status)


@contextmanager
def connect(url: Url, route: Route, settings: FetchSettings, deadline: Deadline) -> Iterator[Connection]:
    """Connect by the first of the route's addresses that answers; closed at the end of the block.

    Through a proxy, TLS is with the page's server all the same; only plain http is handed to an HTTP proxy to be forwarded.

    Raises Unreachable, ProxyFailed, BadCertificate, Stopped. With ``verify_tls`` off, a certificate that fails is taken on a second
    connection and marked ``certificate-not-trusted``; one that holds is not marked. A proxy's own certificate has to hold.
    """
    opened, pinned = _open(url, route, settings, deadline)
    notices: tuple[Notice, ...] = ()
    facts = None
    try:
        if url.scheme == "https":
            limit = deadline.within(settings.connect_timeout)
            try:
                opened = secure(opened, url, True, limit)
            except BadCertificate as error:
                if settings.verify_tls:
                    raise
                opened, pinned = _open(url, replace(route, addresses=(pinned,)), settings, deadline)
                opened = secure(opened, url, False, deadline.within(settings.connect_timeout))
                notices = (Notice(NOT_TRUSTED, _reason(error)),)
        if url.scheme == "https" and isinstance(opened, ssl.SSLSocket):
            facts = describe(opened)
        yield Connection(opened, route, pinned, facts, url, notices)
    finally:
        opened.close()


def _forwards(route: Route, url: Url) -> bool:
    """Whether the request itself goes to a proxy: many open no tunnel to port 80."""
    return route.proxy is not None and route.proxy.speaks_http and url.scheme == "http"


def _open(url: Url, route: Route, settings: FetchSettings, deadline: Deadline) -> tuple[socket.socket, Pinned]:
    """A socket that leads to the page's server, and the address that was dialled for it."""
    if route.proxy is None:
        shown = f"{host_for_display(url.host)} port {url.port}"
        return _dial(route.addresses, shown, settings, deadline)
    proxy = route.proxy
    try:
        opened, pinned = _dial(route.addresses, f"the proxy {proxy.shown}", settings, deadline)
    except Unreachable as error:
        raise ProxyFailed(str(error)) from error
    try:
        if proxy.scheme == "https":
            opened = _secure_gate(opened, proxy, deadline.within(settings.connect_timeout))
        if _forwards(route, url):
            return opened, pinned
        # the proxy may take as long as a page may: Tor builds a path first
        if proxy.speaks_http:
            ask_connect(opened, proxy, route.asked, url.port or 0, deadline)
        else:
            ask_socks(opened, proxy, route.asked, url.port or 0, deadline)
        if isinstance(opened, ssl.SSLSocket):
            opened = relay(opened, deadline)
    except BaseException:
        opened.close()
        raise
    return opened, pinned


def _secure_gate(opened: socket.socket, proxy: Proxy, limit: Deadline) -> ssl.SSLSocket:
    try:
        return secure(opened, parse(f"https://{proxy.host}:{proxy.port}/"), True, limit)
    except BadCertificate as error:
        raise ProxyFailed(
            f"The certificate of the proxy {proxy.shown} is not trusted ({_reason(error)}); name another proxy."
        ) from error
    except Unreachable as error:
        raise ProxyFailed(
            f"With the proxy {proxy.shown} no secure connection came about; is it one of https?"
        ) from error


def _dial(
    addresses: tuple[Pinned, ...], shown: str, settings: FetchSettings, deadline: Deadline
) -> tuple[socket.socket, Pinned]:
    reasons = []
    for pinned in addresses:
        deadline.check(f"connecting to {shown}")
        try:
            opened = socket.socket(pinned.family, socket.SOCK_STREAM)
        except OSError as error:  # a family this machine does not have, or no more file descriptors
            reasons.append(error.strerror or str(error))
            continue
        try:
            reason = _establish(opened, pinned, deadline.within(settings.connect_timeout))
        except BaseException:
            opened.close()
            raise
        if reason is None:
            return opened, pinned
        opened.close()
        reasons.append(reason)
    tried = f"{len(addresses)} addresses, the last: " if len(addresses) > 1 else ""
    raise (TimedOut if reasons[-1] == "timed out" else Unreachable)(
        f"No connection to {shown} ({tried}{reasons[-1].lower()}); check the address, or try again later."
    )


def _establish(opened: socket.socket, pinned: Pinned, limit: Deadline) -> str | None:
    """Connect one socket; gives the reason where that fails."""
    opened.setblocking(False)
    try:
        error = opened.connect_ex(pinned.sockaddr)
        if error in (errno.EINPROGRESS, errno.EWOULDBLOCK):
            with selectors.DefaultSelector() as selector:
                selector.register(opened, selectors.EVENT_WRITE)
                while not selector.select(limit.pause()):
                    if limit.left() <= 0:
                        return "timed out"
            error = opened.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    except OSError as failure:
        return failure.strerror or str(failure)
    return os.strerror(error) if error else None


def _reason(error: BadCertificate) -> str:
    cause = error.__cause__
    return cause.verify_message if isinstance(cause, ssl.SSLCertVerificationError) else str(error)
