"""The way to a page: straight to a judged address, or through the proxy that the person named, with what can still be judged.

Where the proxy looks names up, the address behind a name is never seen here. What a name alone says is judged all the same: an
address written as such, this machine, and names that only ever mean the inside of a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from archiver.errors import BlockedAddress, NameNotFound, ProxyFailed
from archiver.net.deadline import Deadline
from archiver.net.guard import Pinned, check_url, is_literal, look_up, resolve
from archiver.proxies import Proxy
from archiver.settings import FetchSettings, Network
from archiver.urls import Url, host_for_display, parse

# RFC 6762 (local), ICANN's private-use name of 2024 (internal), RFC 8375 (home.arpa), RFC 6762 appendix G and common use (the rest)
_INSIDE = frozenset({"local", "internal", "intranet", "private", "corp", "home", "lan", "localdomain", "home.arpa"})


@dataclass(frozen=True, slots=True)
class Route:
    """``addresses`` are those to connect to: the page's, or the proxy's. ``asked`` is the host that the proxy is asked for, as it
    stands in an address: the page's own, or an address of it where names are looked up here; empty without a proxy.
    """

    addresses: tuple[Pinned, ...]
    proxy: Proxy | None = None
    asked: str = ""


def find_route(url: Url, settings: FetchSettings, deadline: Deadline) -> Route:
    """Judges where an address leads and says how it is reached; nobody but a name server was contacted yet.

    The proxy itself may have an inside address, since the person named it. Raises what `resolve` raises, and ProxyFailed where the
    proxy's name cannot be looked up.
    """
    proxy = settings.proxy
    if proxy is None:
        _refuse_onion(url, "name the proxy of Tor with --proxy socks5h://127.0.0.1:9050")
        return Route(resolve(url, settings.allow_net, deadline))
    if proxy.looks_up:
        _judge_unseen(url, settings.allow_net, deadline)
        asked = url.host
    else:
        _refuse_onion(
            url, f"name the proxy as socks5h:// ({host_for_display(proxy.host)} is not asked to look names up)"
        )
        asked = _written(resolve(url, settings.allow_net, deadline)[0])
    return Route(_gates(proxy, deadline), proxy, asked)


def _judge_unseen(url: Url, allow_net: tuple[Network, ...], deadline: Deadline) -> None:
    check_url(url)
    name = url.host.rstrip(".")
    if is_literal(url.host) or name == "localhost" or name.endswith(".localhost"):
        # both are known without asking anybody; localhost is this machine by RFC 6761
        resolve(url if is_literal(url.host) else parse(f"{url.scheme}://127.0.0.1:{url.port}/"), allow_net, deadline)
        return
    if "." not in name or any(name.endswith(f".{inside}") for inside in _INSIDE) or name in _INSIDE:
        raise BlockedAddress(
            f"{host_for_display(url.host)} is a name of the inside of a network, and is not asked of a proxy; "
            "to record it, go there without --proxy."
        )


def _refuse_onion(url: Url, what_to_do: str) -> None:
    # RFC 7686: such a name must not reach a name server
    if url.host.rstrip(".").endswith(".onion"):
        raise BlockedAddress(f"{host_for_display(url.host)} is reached through Tor only; {what_to_do}.")


def _gates(proxy: Proxy, deadline: Deadline) -> tuple[Pinned, ...]:
    try:
        return tuple(dict.fromkeys(look_up(proxy.host, proxy.port, deadline)))
    except NameNotFound as error:
        raise ProxyFailed(f"The proxy {proxy.shown} is not found ({str(error).rstrip('.')}).") from error


def _written(pinned: Pinned) -> str:
    return f"[{pinned.address}]" if ip_address(pinned.address).version == 6 else pinned.address
