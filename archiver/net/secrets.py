"""What is cut out of an exchange before it is recorded, where a person lent a session of theirs: never a page's own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from archiver.cookies import Cookie
from archiver.model.exchange import Exchange
from archiver.net.request import MARK

_NAMES = ("cookie", "cookie2", "set-cookie", "set-cookie2", "authorization", "proxy-authorization")
_FIELD = re.compile(
    rb"^(%b)([ \t]*:)(?:[^\r\n]|\r(?!\n)|\r?\n[ \t])*" % b"|".join(name.encode() for name in _NAMES),
    re.IGNORECASE | re.MULTILINE,
)


def cut_out(cookies: tuple[Cookie, ...]) -> Callable[[Exchange], Exchange]:
    """What makes an exchange fit to be recorded; without a session it leaves it as it came over the wire."""
    return without_session if cookies else _as_it_is


def _as_it_is(exchange: Exchange) -> Exchange:
    return exchange


def without_session(exchange: Exchange) -> Exchange:
    """The exchange with a mark for the values of cookies and credentials, in both heads; the payload is as it came."""
    request_end = exchange.request.find(b"\r\n\r\n")
    response_head = _cut(exchange.response[: exchange.head_length])
    return replace(
        exchange,
        request=_cut(exchange.request[:request_end]) + exchange.request[request_end:],
        response=response_head + exchange.response[exchange.head_length :],
        head_length=len(response_head),
        interim=_cut(exchange.interim),
        headers=tuple((name, MARK.decode() if name.lower() in _NAMES else value) for name, value in exchange.headers),
    )


def _cut(head: bytes) -> bytes:
    return _FIELD.sub(lambda found: found[1] + found[2] + b" " + MARK, head)
