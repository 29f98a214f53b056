"""Which proxy stands between this machine and the web, as a person names it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

import ada_url

from archiver.errors import InputError
from archiver.urls import MAX_LENGTH

_PORTS = {"http": 8080, "https": 443, "socks5": 1080, "socks5h": 1080}
_SPEAK_HTTP = frozenset({"http", "https"})
_LONGEST_SECRET = 255  # bytes of a SOCKS user name or password (RFC 1929)
_HOW = "give one like http://proxy.example:8080 or socks5h://127.0.0.1:9050"


@dataclass(frozen=True, slots=True)
class Proxy:
    """``scheme`` is ``http``, ``https``, ``socks5`` (names are looked up here) or ``socks5h`` (by the proxy, as Tor wants it).

    ``host`` is a name, an IPv4 address or an IPv6 address in brackets. User name and password are bytes, None where there are none;
    they are in no message, no record and no ``repr``.
    """

    scheme: str
    host: str
    port: int
    user: bytes | None = field(default=None, repr=False)
    password: bytes | None = field(default=None, repr=False)

    @property
    def speaks_http(self) -> bool:
        return self.scheme in _SPEAK_HTTP

    @property
    def looks_up(self) -> bool:
        """Whether the proxy looks names up, so that the address behind a name is never seen here."""
        return self.scheme != "socks5"

    @property
    def shown(self) -> str:
        """How it is named in messages and records: without user name and password."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def authorization(self) -> bytes | None:
        """The value of ``Proxy-Authorization`` (RFC 7617), None without a user name."""
        if self.user is None:
            return None
        return b"Basic " + base64.b64encode(self.user + b":" + (self.password or b""))


def parse_proxy(url: str) -> Proxy:
    """Reads ``scheme://[user:password@]host[:port]``; raises InputError, which never repeats what was given: it may hold a password."""
    try:
        # the parser knows the rules for hosts of http only
        scheme, mark, rest = url.strip().partition("://")
        parsed = ada_url.URL(f"http://{rest}") if mark and len(url) <= MAX_LENGTH else None
    except ValueError:
        parsed = None
    scheme = scheme.lower() if parsed else ""
    if parsed is None or scheme not in _PORTS or not parsed.hostname:
        raise InputError(f"What is given as a proxy is no address of one; {_HOW}.")
    if parsed.pathname not in ("", "/") or parsed.search or parsed.hash:
        raise InputError(f"The address of a proxy ends with its port; {_HOW}.")
    user = unquote_to_bytes(parsed.username) if parsed.username else None
    password = unquote_to_bytes(parsed.password) if parsed.password else None
    if user is None and password is not None:
        raise InputError(
            "The address of the proxy has a password and no user name; write it like http://name:password@host:port."
        )
    if any(len(part or b"") > _LONGEST_SECRET for part in (user, password)) or b":" in (user or b""):
        raise InputError("The user name of the proxy holds a colon, or it or the password is longer than 255 bytes.")
    named = (
        parsed.port or ada_url.URL(f"https://{rest}").port
    )  # 80 is left out of an address of http, however it was written
    return Proxy(scheme, parsed.hostname, int(named) if named else _PORTS[scheme], user, password)
