"""Addresses of web pages: parsed as browsers do (WHATWG URL), compared, looked up and shown.

One parser for every room, because a guard that reads an address otherwise than the fetcher does can be walked around.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

import ada_url

from archiver.errors import InputError

MAX_LENGTH = 64 * 1024
"""Characters of an address at most; servers refuse far shorter ones."""

DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}

_LEADING_WWW = re.compile(r"^www\d*\.(?=.*\.)")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# what most addresses look like: nothing for a parser to change, no path segment of dots only, no host that is a number or punycode
_PLAIN = re.compile(
    r"https?://(?!xn--|[^/]*\.xn--)(?:www\d*\.(?=[^/.]*\.))?((?:[a-z0-9-]{1,63}\.)+[a-z]{2,63})"
    r"((?:/(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._~-]+)*)/*",
    re.ASCII,
)
_PLAIN_LENGTH = 2048
_WITHOUT_SCHEME = re.compile(r"www\.[a-z0-9.-]+\.[a-z]{2,63}(?:[/?#][!-~]*)?\Z", re.IGNORECASE | re.ASCII)
_CREDENTIALS_OF_JUNK = re.compile(r"^([^:/\\@]*:)?[/\\]*.*@", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Url:
    """The parts of an address after WHATWG parsing, all ASCII.

    ``href`` has neither credentials nor fragment. ``host`` is as it stands in the address (punycode, IPv6 in brackets,
    a dot at the end kept), ``port`` the explicit or the scheme's own one (None where the scheme has none), ``target``
    path and query, ``fragment`` what follows ``#``, ``had_credentials`` whether a user name or password was cut out.
    """

    href: str
    scheme: str
    host: str
    port: int | None
    target: str
    fragment: str
    had_credentials: bool

    @property
    def authority(self) -> str:
        """Host, and port unless it is the scheme's own: what belongs into ``Host`` (RFC 9110 section 7.2)."""
        if self.port is None or self.port == DEFAULT_PORTS.get(self.scheme):
            return self.host
        return f"{self.host}:{self.port}"


@lru_cache(maxsize=1024)  # one capture asks for the same few addresses a dozen times
def parse(url: str, base: str | None = None) -> Url:
    """Parse an address, relative to ``base`` where there is one (https://url.spec.whatwg.org/).

    Any scheme is taken; which ones may be fetched is the guard's business. Raises InputError where the standard says
    failure, and for more than MAX_LENGTH characters.
    """
    if len(url) > MAX_LENGTH:
        raise InputError(f"The address {for_display(url)} is too long; give one of at most {MAX_LENGTH} characters.")
    try:
        parsed = ada_url.URL(url, base)
    except ValueError as error:  # covers UnicodeEncodeError: a lone surrogate
        shown = for_display(url)
        like = (
            f"https://{shown}" if base is None and _WITHOUT_SCHEME.match(url) else "one like https://example.org/page"
        )
        raise InputError(f"{shown!r} is no web address; give {like}.") from error
    had_credentials = bool(parsed.username or parsed.password)
    if had_credentials:
        parsed.username = parsed.password = ""
    scheme = parsed.protocol[:-1]
    return Url(
        href=parsed.href.partition("#")[0],
        scheme=scheme,
        host=parsed.hostname,
        port=int(parsed.port) if parsed.port else DEFAULT_PORTS.get(scheme),
        target=parsed.pathname + parsed.search,
        fragment=parsed.hash[1:],
        had_credentials=had_credentials,
    )


def parse_page(url: str) -> Url:
    """Parse an address that can be fetched. Raises InputError where it is none, or not one of http or https."""
    parsed = parse(url)
    if parsed.scheme not in ("http", "https"):
        raise InputError(f"{for_display(url)} is no web page's address: only http and https are fetched.")
    return parsed


def normalise(url: str) -> str:
    """The address as browsers write it, without credentials, with its fragment. Raises InputError.

    Idempotent. Says nothing about whether the scheme may be fetched.
    """
    parsed = parse(url)
    return f"{parsed.href}#{parsed.fragment}" if parsed.fragment else parsed.href


def without_fragment(url: str) -> str:
    """The normalised address without ``#...``: what is sent and recorded. Raises InputError."""
    return parse(url).href


@lru_cache(maxsize=1024)
def surt(url: str, *, fold_case: bool = True) -> str:
    """The key for look-ups: Sort-friendly URI Reordering Transform, as CDX files use it. Raises InputError.

    ``https://www.Example.org:8080/B/?y=2&x=1#f`` gives ``org,example:8080)/b?x=1&y=2``. Dropped are http and https
    (other schemes are kept in front), credentials, fragment, a leading ``www.`` (``www2.`` too), the scheme's own port,
    the dot after a host, and the slash at the end of a path. Arguments of the query are sorted, escapes of unreserved
    characters undone (RFC 3986 section 6.2.2.2). IP addresses are not reversed.

    Lower case, as others do, puts different pages under one key (``?v=dQw4`` and ``?v=DQW4``): with ``fold_case=False``
    path and query keep their case. Either way the key finds candidates; ``without_fragment`` says whether they are the
    same.
    """
    plain = _PLAIN.fullmatch(url) if len(url) <= _PLAIN_LENGTH else None
    if plain:
        host, path = plain.groups()
        return f"{','.join(reversed(host.split('.')))}){(path.lower() if fold_case else path) or '/'}"
    parsed = parse(url)
    path, mark, query = parsed.target.partition("?")
    rest = _unescape(path.rstrip("/") or "/")
    if mark and query:
        rest += "?" + "&".join(sorted(_unescape(part) for part in query.split("&")))
    if fold_case:
        rest = rest.lower()
    scheme = "" if parsed.scheme in ("http", "https") else f"{parsed.scheme}:"
    if not parsed.host:
        return scheme + rest
    host = parsed.host.rstrip(".")
    if not _is_ip(host):
        host = ",".join(reversed(_LEADING_WWW.sub("", host, count=1).split(".")))
    port = "" if parsed.port in (None, DEFAULT_PORTS.get(parsed.scheme)) else f":{parsed.port}"
    return f"{scheme}{host}{port}){rest if rest.startswith('/') else '/' + rest}"


def page_key(url: str) -> str:
    """What two addresses of the same page share: the SURT with its case kept, since ``?v=dQw4`` and ``?v=DQW4`` are two pages.

    Raises InputError.
    """
    return surt(url, fold_case=False)


def is_over_https(url: str, plain: str) -> bool:
    """Whether an address is ``plain`` (one of http) with https in place of http, as browsers ask for it where they know that its host wants so
    (RFC 6797 section 8.3).
    """
    return plain.startswith("http:") and url == f"https:{plain.removeprefix('http:')}"


def host_of(url: str) -> str:
    """The host by which work is shared out and paced; empty for what is no address, of which whoever asks for it will tell."""
    try:
        return parse(url).host
    except InputError:
        return ""


def redact_userinfo(url: str) -> str:
    """The address with user name and password cut out; never fails, and leaves other addresses as they are.

    Where the address does not parse, everything before the last ``@`` goes: better a little too much than a password in
    a message.
    """
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return _CREDENTIALS_OF_JUNK.sub(lambda found: f"{found[1] or ''}//", url)
    if not (parsed.username or parsed.password):
        return url
    parsed.username = parsed.password = ""
    return str(parsed.href)


def for_display(url: str, limit: int = 300) -> str:
    """The address for a terminal or a report, never failing: no credentials, no control, bidi or invisible characters.

    An internationalised host is shown in both forms, ``https://xn--mnchen-3ya.de/x [münchen.de]``, so that look-alikes
    show. Longer ones than ``limit`` characters are cut with ``…``.
    """
    plain = _PLAIN.fullmatch(url) if len(url) <= _PLAIN_LENGTH else None
    if (
        plain and plain[2] and url.endswith(plain[2])
    ):  # a list of citations says many, and the parser would leave them as they are
        return _shorten(url, limit)
    shown = redact_userinfo(url[: MAX_LENGTH + 1])
    try:
        parsed = ada_url.URL(shown)
    except ValueError:
        return _shorten(_printable(shown), limit)
    host = parsed.hostname
    unicode_host = _printable(ada_url.idna_to_unicode(host)) if "xn--" in host else host
    shown = _shorten(_printable(parsed.href), limit)
    return shown if unicode_host == host else f"{shown} [{unicode_host}]"


def for_shell(url: str) -> str:
    """The address as one word of a command that a person may paste: whole, without credentials and what would steer a terminal, and quoted
    where a shell would read more into it.
    """
    return shlex.quote(_printable(redact_userinfo(url)))


def host_for_display(host: str) -> str:
    """A host in both forms, ``xn--mnchen-3ya.de [münchen.de]``, without control or bidi characters."""
    shown = _printable(host)
    readable = _printable(ada_url.idna_to_unicode(host)) if "xn--" in host else shown
    return shown if readable == shown else f"{shown} [{readable}]"


def _shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _printable(text: str) -> str:
    # str.isprintable is False for control, format (bidi, zero width), surrogate, private and unassigned characters
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else quote(char, errors="replace") for char in text)


def _unescape(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        char = chr(int(found[1], 16))
        return char if char in _UNRESERVED else found[0].upper()

    return _ESCAPE.sub(one, text) if "%" in text else text


def _is_ip(host: str) -> bool:
    # after WHATWG parsing a host whose last label is a number is an IPv4 address
    return host.startswith("[") or host.rpartition(".")[2].isdigit()
