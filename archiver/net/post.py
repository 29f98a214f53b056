"""Handing a few bytes to a service that a person named, and taking its answer: one address, no redirects."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from archiver.errors import BadAnswer, InputError
from archiver.net.connect import connect
from archiver.net.deadline import Deadline
from archiver.net.guard import resolve
from archiver.net.head import Head
from archiver.net.request import build_post
from archiver.net.wire import converse
from archiver.settings import FetchSettings
from archiver.urls import for_display, host_for_display, parse


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered with status 200: its media type in lower case (without parameters) and the body."""

    media_type: str
    body: bytes


def post(
    url: str, body: bytes, content_type: str, settings: FetchSettings, *, stop: threading.Event | None = None
) -> Reply:
    """POSTs ``body`` and gives the answer. The address is judged by the guard as any page's is, and contacted once.

    Redirects are not followed: the person named whom to send something to. ``settings.timeout`` bounds everything,
    ``settings.max_body`` the answer. Raises what `net.fetch` raises, and BadAnswer for a status other than 200 and for an answer that
    is cut off or too long.
    """
    deadline = Deadline(settings.timeout, stop)
    target = parse(url)
    if target.had_credentials:
        raise InputError(
            f"{for_display(url)} holds a user name or password, which are never sent; name it without them."
        )
    request = build_post(target, settings.user_agent, content_type, body)
    shown = host_for_display(target.host)
    with connect(target, resolve(target, settings.allow_net, deadline), settings, deadline) as connection:
        answer = converse(
            connection.socket,
            request,
            host=shown,
            deadline=deadline,
            max_head=settings.max_head,
            max_body=settings.max_body,
        )
    if answer.head.status != 200:
        raise BadAnswer(f"{shown} answered with status {answer.head.status}{_target(answer.head)}; check the address.")
    if answer.truncated:
        why = {"length": "is too long", "time": "took too long"}.get(answer.truncated, "was cut off")
        raise BadAnswer(f"The answer of {shown} {why}; try again later, or name another service.")
    types = answer.head.values("content-type")
    return Reply(types[-1].partition(";")[0].strip().lower() if types else "", answer.body)


def _target(head: Head) -> str:
    locations = [value for value in head.values("location") if value]
    return f" and sends one on to {for_display(locations[0])}, which is not followed" if locations else ""
