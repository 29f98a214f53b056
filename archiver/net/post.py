"""Handing a few bytes to a service that a person named, and taking its answer: one address, no redirects."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from archiver.errors import BadAnswer, InputError
from archiver.model.exchange import Exchange
from archiver.net.deadline import Deadline
from archiver.net.hop import Told, one_exchange
from archiver.net.request import Request, build_post
from archiver.settings import FetchSettings
from archiver.urls import for_display, host_for_display, parse


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered with status 200: its media type in lower case (without parameters) and the body."""

    media_type: str
    body: bytes


def post(
    url: str,
    body: bytes,
    content_type: str,
    settings: FetchSettings,
    *,
    told: Told | None = None,
    stop: threading.Event | None = None,
) -> Reply:
    """POSTs ``body`` and gives the answer. The address is judged by the guard as any page's is, and contacted once.

    Redirects are not followed: the person named whom to send something to. ``settings.timeout`` bounds everything,
    ``settings.max_body`` the answer; ``told`` is told of the address when it is contacted next. Raises what
    `net.fetch` raises, and BadAnswer for a status other than 200 and for an answer that is cut off or too long.
    """
    shown = host_for_display(parse(url).host)
    exchange = hand_over(url, body, content_type, settings, told=told, stop=stop)
    if exchange.status != 200:
        raise BadAnswer(f"{shown} answered with status {exchange.status}{_target(exchange)}; check the address.")
    if exchange.truncated:
        why = {"length": "is too long", "time": "took too long"}.get(exchange.truncated, "was cut off")
        raise BadAnswer(f"The answer of {shown} {why}; try again later, or name another service.")
    types = [value for name, value in exchange.headers if name.lower() == "content-type"]
    return Reply(types[-1].partition(";")[0].strip().lower() if types else "", exchange.body)


def hand_over(
    url: str,
    body: bytes,
    content_type: str,
    settings: FetchSettings,
    *,
    fields: tuple[tuple[str, str], ...] = (),
    told: Told | None = None,
    stop: threading.Event | None = None,
) -> Exchange:
    """POSTs ``body`` with further header ``fields`` and gives the exchange, whatever the status; else as `post`."""
    target = parse(url)
    if target.had_credentials:
        raise InputError(
            f"{for_display(url)} holds a user name or password, which are never sent; name it without them."
        )
    request = build_post(target, settings.user_agent, content_type, body, fields)
    return one_exchange(target, Request(request, method="POST"), settings, Deadline(settings.timeout, stop), told=told)


def _target(exchange: Exchange) -> str:
    location = exchange.header("location")
    return f" and sends one on to {for_display(location)}, which is not followed" if location else ""
