"""A connection to a pinned address: opened within a time limit, secured for https."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from archiver.errors import BadCertificate, Unreachable
from archiver.model.notice import Notice
from archiver.net.deadline import Deadline
from archiver.net.guard import Pinned
from archiver.net.tls import TlsFacts, describe, secure
from archiver.settings import FetchSettings
from archiver.urls import Url, host_for_display


@dataclass(frozen=True, slots=True)
class Connection:
    """An open socket, the address it leads to, and for https what TLS was agreed on."""

    socket: socket.socket
    pinned: Pinned
    tls: TlsFacts | None
    notices: tuple[Notice, ...] = ()


@contextmanager
def connect(
    url: Url, addresses: tuple[Pinned, ...], settings: FetchSettings, deadline: Deadline
) -> Iterator[Connection]:
    """Connect to the first of the addresses that answers; closed at the end of the block.

    Raises Unreachable, BadCertificate, Stopped. With ``verify_tls`` off, a certificate that fails is taken on a second
    connection and marked ``certificate-not-trusted``; one that holds is not marked.
    """
    opened, pinned = _dial(url, addresses, settings, deadline)
    notices: tuple[Notice, ...] = ()
    facts = None
    if url.scheme == "https":
        limit = deadline.within(settings.connect_timeout)
        try:
            opened = secure(opened, url, True, limit)
        except BadCertificate as error:
            if settings.verify_tls:
                raise
            opened, pinned = _dial(url, (pinned,), settings, deadline)
            opened = secure(opened, url, False, deadline.within(settings.connect_timeout))
            notices = (Notice("certificate-not-trusted", _reason(error)),)
    try:
        if isinstance(opened, ssl.SSLSocket):
            facts = describe(opened)
        yield Connection(opened, pinned, facts, notices)
    finally:
        opened.close()


def _dial(
    url: Url, addresses: tuple[Pinned, ...], settings: FetchSettings, deadline: Deadline
) -> tuple[socket.socket, Pinned]:
    reasons = []
    for pinned in addresses:
        deadline.check(f"connecting to {host_for_display(url.host)}")
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
    shown = host_for_display(url.host)
    tried = f"{len(addresses)} addresses, the last: " if len(addresses) > 1 else ""
    raise Unreachable(
        f"No connection to {shown} port {url.port} ({tried}{reasons[-1].lower()}); "
        "check the address, or try again later."
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
