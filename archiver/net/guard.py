"""Which addresses are never contacted, and the one look-up that decides where a connection goes.

A page, a redirect or a name server must not be able to turn the archiver against the network it runs in. So a name is
resolved once, every address it has is judged, and the connection goes to a judged address, not to the name again.

The table is our own, after the IANA special-purpose registries (RFC 6890) as of 2025: ``ipaddress.is_global`` takes
``64:ff9b::7f00:1``, ``2002:7f00:1::`` and ``224.0.0.1`` for global. What no table can know: a public address that this
network routes inwards, and a NAT64 prefix of the operator's own choice (RFC 6052).
"""

from __future__ import annotations

import queue
import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from archiver.errors import BlockedAddress, NameNotFound, NameUnanswered, Unreachable
from archiver.net.deadline import Deadline
from archiver.settings import Network
from archiver.urls import Url, for_display, host_for_display

Address = IPv4Address | IPv6Address

_V4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared (CGNAT)"),  # holds the metadata address 100.100.100.200
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's metadata service"),  # public by number, inside by use (Azure)
        ("169.254.0.0/16", "link-local or a cloud's metadata service"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "reserved (AS112)"),
        ("192.52.193.0/24", "reserved (AMT)"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved (AS112)"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved or broadcast"),
    )
)

# Everything outside 2000::/3 is refused in one go (loopback, unspecified, ULA, link- and site-local, multicast,
# IPv4-compatible, discard, SRv6, whatever comes), so the table holds the better word for some and the holes within.
_V6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), why)
    for network, why in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::/96", "IPv4-compatible"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("64:ff9b:1::/48", "local NAT64"),
        ("fc00::/7", "private (ULA)"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
        ("2001::/32", "Teredo"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "reserved (AS112)"),
        ("3ffe::/16", "the former 6bone"),
        ("3fff::/20", "documentation"),
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")

# https://fetch.spec.whatwg.org/#port-blocking: services that a well-aimed HTTP request could give orders to
# fmt: off
BAD_PORTS = frozenset((
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
    109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
    526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
    3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
))
# fmt: on


@dataclass(frozen=True, slots=True)
class Pinned:
    """A judged address: ``address`` as text without zone, ``sockaddr`` what connect takes."""

    family: int
    sockaddr: tuple[str, int] | tuple[str, int, int, int]
    address: str


def check_url(url: Url) -> None:
    """Refuse what needs no look-up: a scheme that is not http(s), no host, a port of the WHATWG list.

    Raises BlockedAddress.
    """
    if url.scheme not in ("http", "https"):
        raise BlockedAddress(f"{for_display(url.href)} is not fetched: only http and https addresses are.")
    if not url.host or url.port is None:
        raise BlockedAddress(f"{for_display(url.href)} is not fetched: it names no host.")
    if url.port in BAD_PORTS:
        raise BlockedAddress(
            f"{for_display(url.href)} is not fetched: port {url.port} belongs to another service than the web's."
        )


def reason_to_block(address: Address, allow_net: tuple[Network, ...] = ()) -> str | None:
    """Why an address is refused (``loopback``), or None for a public one and for one that ``allow_net`` covers.

    An IPv4-mapped address is judged as the IPv4 address it is to the kernel, so ``allow_net=127.0.0.0/8`` covers
    ``::ffff:127.0.0.1``. In other forms that carry an IPv4 address (NAT64, 6to4, Teredo, compatible, translated,
    ISATAP) both the outer and the inner one are judged, and each needs to be public or covered.
    """
    for number, one in enumerate(_judged(address)):
        why = _reason(one)
        if why is not None and not _covered(one, allow_net):
            return f"{why}, wrapped in IPv6" if number else why
    return None


def resolve(url: Url, allow_net: tuple[Network, ...], deadline: Deadline) -> tuple[Pinned, ...]:
    """Look a host up once and give the addresses to connect to, in the resolver's order, without repetition.

    If any address is blocked and not covered by ``allow_net``, all are refused: a name that mixes outside and inside
    addresses is an attack or a mistake. The one exception is ``localhost`` (and names below it, RFC 6761), which cannot
    mean anything but this machine: with only 127.0.0.0/8 allowed its ``::1`` is left out instead.

    Raises BlockedAddress, NameNotFound, Unreachable (the look-up took too long), Stopped.
    """
    check_url(url)
    port = url.port or 0
    found = look_up(url.host, port, deadline)
    good, reasons = [], []
    for pinned in found:
        why = reason_to_block(ip_address(pinned.address), allow_net)
        if why is None:
            good.append(pinned)
        else:
            reasons.append((pinned.address, why))
    name = url.host.rstrip(".")
    local_name = name == "localhost" or name.endswith(".localhost")
    if reasons and not (local_name and good and all(why == "loopback" for _, why in reasons)):
        address, why = reasons[0]
        shown = host_for_display(url.host)
        leads_to = "" if shown.strip("[]") == address else f" leads to {address}, which"
        raise BlockedAddress(
            f"{shown}{leads_to} is an inside address ({why}) and is not contacted; "
            f"allow it with {_advice(ip_address(address), allow_net)}."
        )
    return tuple(dict.fromkeys(good))


def _judged(address: Address) -> tuple[Address, ...]:
    """The addresses that have to be public or allowed for this one to be: itself, and what it carries."""
    if isinstance(address, IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    return (address, *_embedded(address))


def _advice(address: Address, allow_net: tuple[Network, ...]) -> str:
    """The options with which this address would be contacted; each that it carries has to be allowed by itself."""
    refused = [one for one in _judged(address) if _reason(one) is not None and not _covered(one, allow_net)]
    return " ".join(f"--allow-net {one}/{one.max_prefixlen}" for one in refused)


def _reason(address: Address) -> str | None:
    if isinstance(address, IPv4Address):
        return next((why for network, why in _V4 if address in network), None)
    why = next((why for network, why in _V6 if address in network), None)
    if why is None and address not in _GLOBAL_UNICAST and address not in _NAT64:
        why = "not global unicast"
    return why


def _embedded(address: IPv6Address) -> tuple[IPv4Address, ...]:
    value = int(address)
    low = IPv4Address(value & 0xFFFFFFFF)
    if address in _NAT64 or value >> 32 in (0, 0xFFFF0000) or value >> 80 == 0x0064FF9B0001:
        # RFC 6052 spreads the address otherwise for prefixes shorter than /96, but those are refused as a whole
        return (low,) if value > 1 else ()
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if (value >> 32) & 0xFDFFFFFF == 0x00005EFE:  # ISATAP interface id, RFC 5214
        return (low,)
    return ()


def _covered(address: Address, allow_net: tuple[Network, ...]) -> bool:
    return any(network.version == address.version and address in network for network in allow_net)


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def _pin(address: Address, port: int) -> Pinned:
    text = str(address)
    if isinstance(address, IPv4Address):
        return Pinned(socket.AF_INET, (text, port), text)
    return Pinned(socket.AF_INET6, (text, port, 0, 0), text)


def is_literal(host: str) -> bool:
    """Whether a host, as WHATWG parsing leaves it, is an address and no name."""
    return _literal(host) is not None


def look_up(host: str, port: int, deadline: Deadline) -> tuple[Pinned, ...]:
    """All addresses of a host, judged by nobody. Raises NameNotFound, Unreachable (it took too long), Stopped."""
    literal = _literal(host)
    if literal is not None:
        return (_pin(literal, port),)
    # getaddrinfo cannot be interrupted, so a thread waits for it that nobody has to wait for
    answers: queue.SimpleQueue[tuple[Pinned, ...] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            # bytes, so that Python's IDNA 2003 codec does not read the name otherwise than the URL parser did
            rows = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
            answers.put(tuple(_from_row(row[0], row[4]) for row in rows))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    shown = host_for_display(host)
    try:
        threading.Thread(target=ask, name="look-up", daemon=True).start()
    except RuntimeError as error:
        raise Unreachable(f"No thread could be started to look {shown} up; lower --jobs.") from error
    while True:
        try:
            answer = answers.get(timeout=deadline.pause())
        except queue.Empty:
            deadline.check(f"looking up {shown}")
            continue
        if isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_AGAIN:
            raise NameUnanswered(f"The name {shown} could not be looked up just now; check the network and try again.")
        if isinstance(answer, OSError | UnicodeError) or not answer:
            raise NameNotFound(f"The name {shown} does not exist or has no address; check its spelling.")
        return answer


def _from_row(family: int, sockaddr: tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]) -> Pinned:
    host, port, *rest = sockaddr
    address = str(host).partition("%")[0]  # a zone id comes with link-local addresses only, which are refused
    if family == socket.AF_INET6 and len(rest) == 2:
        return Pinned(family, (str(host), int(port), int(rest[0]), int(rest[1])), address)
    return Pinned(family, (str(host), int(port)), address)
