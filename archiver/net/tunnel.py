"""A way through an HTTP proxy (CONNECT, RFC 9110 section 9.3.6), and what talking to any proxy needs."""

from __future__ import annotations

import socket
from dataclasses import replace

from archiver.errors import ProxyFailed, Unreachable
from archiver.net.deadline import Deadline
from archiver.net.head import Head, find_end, parse_head
from archiver.net.request import MARK, Request
from archiver.proxies import Proxy
from archiver.urls import host_for_display

_MAX_HEAD = 64 * 1024  # bytes of a proxy's answer before a tunnel is open
_PASSED_ON = frozenset({502, 503, 504})  # what a proxy says of a server that it did not reach


def ask_connect(gate: socket.socket, proxy: Proxy, host: str, port: int, deadline: Deadline) -> None:
    """Has a connected proxy open the way to ``host``; afterwards the socket leads there. What was said is recorded nowhere.

    Raises ProxyFailed, Unreachable (the proxy says that the page's server cannot be reached), Stopped.
    """
    target = f"{host}:{port}".encode("ascii")
    secret = proxy.authorization
    lines = [b"CONNECT " + target + b" HTTP/1.1", b"Host: " + target]
    lines += [b"Proxy-Authorization: " + secret] if secret else []
    send_all(gate, proxy, b"\r\n".join([*lines, b"", b""]), deadline)
    head = _answer(gate, proxy, deadline)
    if 200 <= head.status < 300:
        return
    wants_login(proxy, head.status)
    shown = host_for_display(host)
    if head.status in _PASSED_ON:
        raise Unreachable(
            f"The proxy {proxy.shown} did not reach {shown} (it answered {head.status}); check the address, or try again."
        )
    raise ProxyFailed(
        f"The proxy {proxy.shown} made no connection to {shown} port {port} (it answered {head.status}); name another proxy."
    )


def wants_login(proxy: Proxy, status: int) -> None:
    """Raises ProxyFailed for the status with which a proxy asks who one is."""
    if status == 407:
        what = "does not take the user name and password; check them" if proxy.user is not None else (
            "wants a user name and password; see docs/proxies.md"
        )  # fmt: skip
        raise ProxyFailed(f"The proxy {proxy.shown} {what}.")


def in_absolute_form(request: Request, href: str, proxy: Proxy) -> Request:
    """A request as an HTTP proxy wants it for a plain http page (RFC 9112 section 3.2.2), with the proxy's password where it has one.

    In place of the password, `MARK` stands in what is recorded.
    """
    secret = proxy.authorization
    if secret is None:
        return replace(request, sent=_absolute(request.sent, href), as_recorded=_absolute(request.recorded, href))
    return replace(
        request, sent=_absolute(request.sent, href, secret), as_recorded=_absolute(request.recorded, href, MARK)
    )


def _absolute(request: bytes, href: str, secret: bytes | None = None) -> bytes:
    first, _, rest = request.partition(b"\r\n")
    method, _, version = first.split(b" ", 2)
    line = b"" if secret is None else b"Proxy-Authorization: " + secret + b"\r\n"
    return b" ".join((method, href.encode("ascii"), version)) + b"\r\n" + line + rest


def send_all(gate: socket.socket, proxy: Proxy, data: bytes, deadline: Deadline) -> None:
    """Sends all of it. Raises ProxyFailed, Stopped."""
    view = memoryview(data)
    while view:
        gate.settimeout(deadline.pause())
        try:
            view = view[gate.send(view) :]
        except TimeoutError:
            _check(proxy, deadline)
        except OSError as error:
            raise _hung_up(proxy) from error


def receive_exactly(gate: socket.socket, proxy: Proxy, length: int, deadline: Deadline) -> bytes:
    """The next bytes, so many. Raises ProxyFailed, Stopped."""
    data = b""
    while len(data) < length:
        data += _receive(gate, proxy, length - len(data), deadline)
    return data


def _receive(gate: socket.socket, proxy: Proxy, at_most: int, deadline: Deadline) -> bytes:
    while True:
        gate.settimeout(deadline.pause())
        try:
            data = gate.recv(at_most)
        except TimeoutError:
            _check(proxy, deadline)
            continue
        except OSError as error:
            raise _hung_up(proxy) from error
        if not data:
            raise _hung_up(proxy)
        return data


def _answer(gate: socket.socket, proxy: Proxy, deadline: Deadline) -> Head:
    buffer, begin = bytearray(), 0
    while True:
        end = find_end(buffer, max(begin, len(buffer) - 4 - 4096))
        if end is None:
            if len(buffer) > _MAX_HEAD:
                raise ProxyFailed(f"The proxy {proxy.shown} does not come to an end of its answer; check its address.")
            buffer += _receive(gate, proxy, 4096, deadline)
            continue
        head = parse_head(bytes(buffer[begin:end]))
        if head is None:
            raise ProxyFailed(f"The proxy {proxy.shown} does not answer in HTTP; check its address.")
        if 100 <= head.status < 200:
            begin = end
            continue
        if end != len(buffer) and 200 <= head.status < 300:
            # a server never speaks first, so these bytes would be the proxy's own words in its name
            raise ProxyFailed(f"The proxy {proxy.shown} sent bytes that nobody asked for; name another proxy.")
        return head


def _check(proxy: Proxy, deadline: Deadline) -> None:
    if deadline.left() <= 0:
        raise ProxyFailed(f"The proxy {proxy.shown} did not answer in time; try again, or raise --timeout.")


def _hung_up(proxy: Proxy) -> ProxyFailed:
    return ProxyFailed(f"The proxy {proxy.shown} hung up before it made a connection; check its address, or try again.")
