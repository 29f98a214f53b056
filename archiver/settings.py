"""The choices a person can make, with their defaults, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

from archiver.cookies import Cookie
from archiver.proxies import Proxy

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How a page is asked for. Times in seconds, sizes in bytes.

    ``timeout`` bounds one whole fetch with all its redirects; ``connect_timeout`` one connection attempt within it. ``allow_net``
    are networks that the guard would refuse by itself. ``verify_tls`` False records the page all the same and marks it for good.
    ``proxy`` is what every connection goes through; None goes straight (the environment's proxies are not read).
    ``cookies`` are a session that the person lends: sent to their own sites only, and never recorded.
    """

    user_agent: str
    timeout: float = 60.0
    connect_timeout: float = 15.0
    max_body: int = 64 * 1024 * 1024
    max_head: int = 256 * 1024
    max_hops: int = 20
    allow_net: tuple[Network, ...] = ()
    verify_tls: bool = True
    proxy: Proxy | None = None
    cookies: tuple[Cookie, ...] = ()
