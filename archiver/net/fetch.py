"""Fetching a page: every hop of the way guarded, asked for once, and recorded."""

from __future__ import annotations

import threading
from collections.abc import Callable

from archiver import clock
from archiver.errors import BadAnswer, InputError, TooManyRedirects
from archiver.model.exchange import Exchange
from archiver.model.notice import Notice
from archiver.net.connect import connect
from archiver.net.deadline import Deadline
from archiver.net.guard import resolve
from archiver.net.request import Conditional, build_request
from archiver.net.wire import converse
from archiver.settings import FetchSettings
from archiver.urls import Url, for_display, host_for_display, parse

_REDIRECTS = frozenset((301, 302, 303, 307, 308))  # RFC 9110 section 15.4; 300 is a choice for people


def fetch(
    url: str,
    settings: FetchSettings,
    *,
    conditional: Conditional | None = None,
    stop: threading.Event | None = None,
    on_exchange: Callable[[Exchange], None] | None = None,
) -> tuple[Exchange, ...]:
    """GET a page and follow its redirects; gives the exchanges in order, the page last.

    Every hop is judged by the guard again, and contacted at the address that was judged. Fragment and credentials of an
    address are never sent. Cookies are neither kept nor sent, ``.netrc`` and proxies of the environment not read, meta
    refresh is not followed. An answer of any status is a result; one that was cut off has ``truncated`` set.

    ``settings.timeout`` bounds the whole chain, ``settings.max_hops`` the redirects followed. ``stop`` ends the fetch
    within 0.2 s. ``on_exchange`` is called with each exchange as soon as it is there, so that hops are not lost when a
    later one fails. May be called by many threads at once.

    Raises InputError (no address), BlockedAddress (scheme, port or address refused, also of a redirect), NameNotFound,
    Unreachable, BadCertificate, BadAnswer (not HTTP, or a redirect to nowhere), TooManyRedirects, Stopped; no others.
    """
    deadline = Deadline(settings.timeout, stop)
    wanted = parse(conditional.url).href if conditional is not None else None
    exchanges: list[Exchange] = []
    seen: set[str] = set()
    hop = parse(url)
    notices = _credentials_notice(hop)
    while True:
        seen.add(hop.href)
        exchange, following = _one_hop(hop, settings, deadline, conditional if hop.href == wanted else None, notices)
        exchanges.append(exchange)
        if on_exchange is not None:
            on_exchange(exchange)
        if following is None:
            return tuple(exchanges)
        hop, notices = _next_hop(hop, following)
        if hop.href in seen:
            raise TooManyRedirects(
                f"{for_display(url)} redirects in a circle, back to {for_display(hop.href)}; "
                "give the address of the page itself."
            )
        if len(exchanges) > settings.max_hops:
            raise TooManyRedirects(
                f"{for_display(url)} redirects more than {settings.max_hops} times; "
                "give the address of the page itself."
            )


def _one_hop(
    url: Url, settings: FetchSettings, deadline: Deadline, conditional: Conditional | None, notices: tuple[Notice, ...]
) -> tuple[Exchange, str | None]:
    """Guard, connect, ask: the exchange, and the raw Location if it is a redirect."""
    request = build_request(url, settings.user_agent, conditional)
    started = clock.now()
    addresses = resolve(url, settings.allow_net, deadline)
    with connect(url, addresses, settings, deadline) as connection:
        answer = converse(
            connection.socket,
            request,
            host=host_for_display(url.host),
            deadline=deadline,
            max_head=settings.max_head,
            max_body=settings.max_body,
        )
    ended = clock.now()
    head = answer.head
    locations = [value for value in head.values("location") if value] if head.status in _REDIRECTS else []
    if head.status in _REDIRECTS and not locations:
        notices += (Notice("redirect-without-target", f"status {head.status} without a Location"),)
    if len(set(locations)) > 1:
        notices += (Notice("several-locations", "several different Location headers; the first was followed"),)
    tls = connection.tls
    exchange = Exchange(
        url=url.href,
        request=request,
        response=answer.response,
        interim=answer.interim,
        head_length=answer.head_length,
        http_version=head.version,
        status=head.status,
        reason=head.reason,
        headers=head.headers,
        body=answer.body,
        truncated=answer.truncated,
        address=connection.pinned.address,
        port=url.port or 0,
        protocols=(f"http/{head.version}", tls.protocol) if tls else (f"http/{head.version}",),
        cipher=tls.cipher if tls else None,
        certificates=tls.certificates if tls else (),
        started=started,
        ended=ended,
        notices=notices + connection.notices + answer.notices,
    )
    return exchange, locations[0] if locations else None


def _next_hop(url: Url, location: str) -> tuple[Url, tuple[Notice, ...]]:
    try:
        target = parse(_as_text(location), base=url.href)
    except InputError as error:
        raise BadAnswer(
            f"{for_display(url.href)} redirects to {for_display(_as_text(location))!r}, which is no web address; "
            "give the address of the page itself."
        ) from error
    notices = _credentials_notice(target)
    if url.scheme == "https" and target.scheme == "http":
        notices += (Notice("redirect-to-plain-http", "a secure page redirected to one that is not"),)
    return target, notices


def _as_text(location: str) -> str:
    """Raw UTF-8 in a Location is common, and read as such by browsers; else the header is what it is, Latin-1."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return location


def _credentials_notice(url: Url) -> tuple[Notice, ...]:
    if not url.had_credentials:
        return ()
    return (Notice("credentials-removed", "user name and password of the address were neither sent nor kept"),)
