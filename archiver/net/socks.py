"""SOCKS 5: asking a proxy for a connection (RFC 1928), with user name and password where there are (RFC 1929)."""

from __future__ import annotations

import socket
from ipaddress import ip_address

from archiver.errors import ProxyFailed, Unreachable
from archiver.net.deadline import Deadline
from archiver.net.tunnel import receive_exactly, send_all
from archiver.proxies import Proxy
from archiver.urls import host_for_display

_NO_PASSWORD, _PASSWORD, _NONE_FITS = 0, 2, 0xFF
_REPLY_LENGTHS = {1: 4, 4: 16}  # of the address in a reply: IPv4, IPv6; a name says its length itself

_ABOUT_THE_PAGE = {
    3: "its network is not reachable", 4: "it is not reachable, or its name is not known", 5: "it refused the connection",
    6: "it did not answer in time",
    # Tor's own (socks-extensions.txt)
    0xF0: "there is no such onion service", 0xF1: "its onion service's descriptor is not valid", 0xF2: "its onion service is not up",
    0xF3: "its onion service did not meet", 0xF4: "its onion service wants a key", 0xF5: "the key for its onion service is wrong",
    0xF6: "its onion address is not valid", 0xF7: "its onion service did not answer in time",
}  # fmt: skip
_ABOUT_THE_PROXY = {
    1: "a general failure", 2: "its rules forbid it", 7: "it makes no connections", 8: "it takes no address of this type",
}  # fmt: skip


def ask_socks(gate: socket.socket, proxy: Proxy, host: str, port: int, deadline: Deadline) -> None:
    """Has a connected proxy open the way to ``host`` (a name, or an address, IPv6 in brackets); afterwards the socket leads there.

    Raises ProxyFailed, Unreachable (the proxy says that the page's server cannot be reached), Stopped.
    """
    _introduce(gate, proxy, deadline)
    send_all(gate, proxy, b"\x05\x01\x00" + _address(host) + port.to_bytes(2, "big"), deadline)
    version, reply, _, kind = receive_exactly(gate, proxy, 4, deadline)
    if version != 5:
        raise ProxyFailed(f"The proxy {proxy.shown} does not answer in SOCKS 5; check its address.")
    if reply:
        _refused(proxy, host, reply)
    length = _REPLY_LENGTHS.get(kind) or (receive_exactly(gate, proxy, 1, deadline)[0] if kind == 3 else None)
    if length is None:
        raise ProxyFailed(f"The proxy {proxy.shown} does not answer in SOCKS 5; check its address.")
    receive_exactly(gate, proxy, length + 2, deadline)  # the address from which it asks: not that of the page


def _introduce(gate: socket.socket, proxy: Proxy, deadline: Deadline) -> None:
    methods = bytes([_NO_PASSWORD] if proxy.user is None else [_NO_PASSWORD, _PASSWORD])
    send_all(gate, proxy, bytes([5, len(methods)]) + methods, deadline)
    version, method = receive_exactly(gate, proxy, 2, deadline)
    if version != 5 or (method not in methods and method != _NONE_FITS):
        raise ProxyFailed(f"The proxy {proxy.shown} does not answer in SOCKS 5; check its address.")
    if method == _NONE_FITS:
        wants = (
            "another way of logging in than with a password" if proxy.user is not None else "a user name and password"
        )
        raise ProxyFailed(f"The proxy {proxy.shown} wants {wants}; see docs/proxies.md.")
    if method == _PASSWORD:
        user, password = proxy.user or b"", proxy.password or b""
        # an empty password is against RFC 1929, and servers take it; an empty user name cannot be given
        send_all(gate, proxy, b"\x01" + bytes([len(user)]) + user + bytes([len(password)]) + password, deadline)
        if receive_exactly(gate, proxy, 2, deadline)[1] != 0:
            raise ProxyFailed(f"The proxy {proxy.shown} does not take the user name and password; check them.")


def _address(host: str) -> bytes:
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        name = host.encode("ascii")
        if len(name) > 255:
            raise ProxyFailed(
                f"The name {host_for_display(host[:80])}… is too long to be asked of a SOCKS proxy."
            ) from None
        return bytes([3, len(name)]) + name
    return (b"\x01" if address.version == 4 else b"\x04") + address.packed


def _refused(proxy: Proxy, host: str, reply: int) -> None:
    shown = host_for_display(host)
    if reply in _ABOUT_THE_PAGE:
        raise Unreachable(
            f"The proxy {proxy.shown} did not reach {shown} ({_ABOUT_THE_PAGE[reply]}); check the address, or try again."
        )
    why = _ABOUT_THE_PROXY.get(reply, f"reply {reply}")
    raise ProxyFailed(
        f"The proxy {proxy.shown} made no connection to {shown} ({why}); try again, or name another proxy."
    )
