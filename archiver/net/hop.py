"""One request to one address: guarded, sent, and the answer kept, wherever it leads."""

from __future__ import annotations

import threading
from collections.abc import Callable

from archiver.clock import Begun
from archiver.errors import BadAnswer, InputError
from archiver.model.exchange import Exchange
from archiver.model.notice import Notice
from archiver.net.connect import Connection, connect
from archiver.net.deadline import Deadline
from archiver.net.request import Request, build_other
from archiver.net.route import find_route
from archiver.net.wire import Answer, converse
from archiver.settings import FetchSettings
from archiver.urls import Url, for_display, parse

_REDIRECTS = frozenset((301, 302, 303, 307, 308))  # RFC 9110 section 15.4; 300 is a choice for people
_GATEWAY = frozenset((502, 503, 504))  # what a proxy answers for itself too (RFC 9110 section 15.6)

Told = Callable[[Url], None]
"""Is told of an address when everything was judged and its host, or the proxy for it, is contacted next."""


def one_exchange(
    url: Url,
    request: Request,
    settings: FetchSettings,
    deadline: Deadline,
    notices: tuple[Notice, ...] = (),
    told: Told | None = None,
) -> Exchange:
    """Guard, connect, ask; ``notices`` are kept with the exchange. Redirects are not followed.

    Raises BlockedAddress, NameNotFound, Unreachable, ProxyFailed, BadCertificate, BadAnswer, Stopped.
    """
    begun = Begun()
    route = find_route(url, settings, deadline)
    if told is not None:
        told(url)
    with connect(url, route, settings, deadline) as connection:
        request = connection.prepared(request)
        answer = converse(
            connection.socket,
            request.sent,
            host=connection.peer,
            deadline=deadline,
            max_head=settings.max_head,
            max_body=settings.max_body,
            method=request.method,
        )
    return exchange_of(url, request, answer, connection, begun, notices)


def exchange_of(
    url: Url,
    request: Request,
    answer: Answer,
    connection: Connection,
    begun: Begun,
    notices: tuple[Notice, ...] = (),
) -> Exchange:
    """The exchange that a request and its answer make. Raises ProxyFailed where the answer is a proxy's own."""
    head = answer.head
    connection.check(head.status)
    notices += _oddities(head.status, [value for value in head.values("location") if value])
    if connection.via and url.scheme == "http" and head.status in _GATEWAY:
        notices += (Notice("perhaps-the-proxy", f"status {head.status} may be the proxy's own answer, not the page's"),)
    tls = connection.tls
    return Exchange(
        url=url.href,
        request=request.recorded,
        response=answer.response,
        interim=answer.interim,
        head_length=answer.head_length,
        http_version=head.version,
        status=head.status,
        reason=head.reason,
        headers=head.headers,
        body=answer.body,
        truncated=answer.truncated,
        address=connection.address,
        port=url.port or 0,
        protocols=(f"http/{head.version}", tls.protocol) if tls else (f"http/{head.version}",),
        cipher=tls.cipher if tls else None,
        certificates=tls.certificates if tls else (),
        started=begun.at,
        ended=begun.end(),
        notices=notices + connection.notices + answer.notices,
        via=connection.via,
        timing=begun,
    )


def send(
    url: str,
    method: str,
    body: bytes,
    settings: FetchSettings,
    *,
    secret: tuple[str, bytes] | None = None,
    told: Told | None = None,
    stop: threading.Event | None = None,
) -> Exchange:
    """Hands a form to a service, or asks it something, and gives the exchange, whatever the status; redirects are not followed.

    ``secret`` is a header field whose value is sent, and stands in no record. Raises what `net.fetch` raises.
    """
    target = parse(url)
    request = build_other(target, settings.user_agent, method, body, secret)
    return one_exchange(target, request, settings, Deadline(settings.timeout, stop), told=told)


def _oddities(status: int, locations: list[str]) -> tuple[Notice, ...]:
    if status not in _REDIRECTS:
        return ()
    if not locations:
        return (Notice("redirect-without-target", f"status {status} without a Location"),)
    if len(set(locations)) > 1:
        return (Notice("several-locations", "several different Location headers; the first was followed"),)
    return ()


def redirect_target(exchange: Exchange) -> Url | None:
    """Where an answer sends one on to, None where it does not. Raises BadAnswer for what is no address."""
    if exchange.status not in _REDIRECTS:
        return None
    location = next((value for key, value in exchange.headers if key.lower() == "location" and value), None)
    if location is None:
        return None
    try:
        return parse(_as_text(location), base=exchange.url)
    except InputError as error:
        raise BadAnswer(
            f"{for_display(exchange.url)} redirects to {for_display(_as_text(location))!r}, which is no web address; "
            "give the address of the page itself."
        ) from error


def notices_of_step(source: str, target: Url) -> tuple[Notice, ...]:
    """What is said of going from one address (with its scheme) to the next."""
    notices = credentials_notice(target)
    if source.startswith("https:") and target.scheme == "http":
        notices += (Notice("redirect-to-plain-http", "a secure page redirected to one that is not"),)
    return notices


def credentials_notice(url: Url) -> tuple[Notice, ...]:
    if not url.had_credentials:
        return ()
    return (Notice("credentials-removed", "user name and password of the address were neither sent nor kept"),)


def _as_text(location: str) -> str:
    """Raw UTF-8 in a Location is common, and read as such by browsers; else the header is what it is, Latin-1."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return location
