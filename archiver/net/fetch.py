"""Fetching a page: every hop of the way guarded, asked for once, and recorded."""

from __future__ import annotations

import threading
from collections.abc import Callable

from archiver.cookies import header_for
from archiver.errors import TooManyRedirects
from archiver.model.exchange import Exchange
from archiver.net.deadline import Deadline
from archiver.net.hop import Told, credentials_notice, notices_of_step, one_exchange, redirect_target
from archiver.net.request import Conditional, Request, build_request
from archiver.net.secrets import cut_out
from archiver.settings import FetchSettings
from archiver.urls import for_display, parse


def fetch(
    url: str,
    settings: FetchSettings,
    *,
    conditional: Conditional | None = None,
    stop: threading.Event | None = None,
    on_exchange: Callable[[Exchange], None] | None = None,
    told: Told | None = None,
    follow: bool = True,
    fields: tuple[tuple[str, str], ...] = (),
) -> tuple[Exchange, ...]:
    """GET a page and follow its redirects; gives the exchanges in order, the page last.

    Every hop is judged by the guard again, and contacted at the address that was judged. Fragment and credentials of an
    address are never sent. Cookies are not kept, and none are sent but those of ``settings``, each to its own site;
    ``.netrc`` and proxies of the environment are not read, meta refresh is not followed. An answer of any status is a
    result; one that was cut off has ``truncated`` set.

    ``settings.timeout`` bounds the whole chain, ``settings.max_hops`` the redirects followed. ``stop`` ends the fetch
    within 0.2 s. ``on_exchange`` is called with each exchange as soon as it is there, so that hops are not lost when a
    later one fails; ``told`` hears of each address just before it is contacted. With ``follow`` off, a redirect is the answer. ``fields``
    are further header fields of every request, as they are to be written. May be called by many threads at once.

    Raises InputError (no address), BlockedAddress (scheme, port or address refused, also of a redirect), NameNotFound,
    Unreachable, ProxyFailed, BadCertificate, BadAnswer (not HTTP, or a redirect to nowhere), TooManyRedirects, Stopped; no others.
    """
    deadline = Deadline(settings.timeout, stop)
    wanted = parse(conditional.url).href if conditional is not None else None
    exchanges: list[Exchange] = []
    seen: set[str] = set()
    hop = parse(url)
    notices = credentials_notice(hop)
    while True:
        seen.add(hop.href)
        lent = header_for(settings.cookies, hop)
        more = fields if lent is None else (*fields, ("Cookie", lent))
        request = build_request(hop, settings.user_agent, conditional if hop.href == wanted else None, more)
        exchange = cut_out(settings.cookies)(one_exchange(hop, Request(request), settings, deadline, notices, told))
        exchanges.append(exchange)
        if on_exchange is not None:
            on_exchange(exchange)
        following = redirect_target(exchange) if follow else None
        if following is None:
            return tuple(exchanges)
        notices = notices_of_step(exchange.url, following)
        hop = following
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
