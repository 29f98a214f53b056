"""Asking an authority for one time stamp, and taking nothing from it that is not the answer to the question."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from archiver import clock, net, urls
from archiver.capture import Contacts
from archiver.errors import BadAnswer, BadTimestamp
from archiver.settings import FetchSettings
from archiver.timestamps import Roots, Token, TokenJudgement, judge_token, make_request, read_token
from archiver.timestamps.token import MAX_SIZE, REQUEST_TYPE, RESPONSE_TYPE
from archiver.timestamps.window import TOLERANCE


@dataclass(frozen=True, slots=True)
class Asking:
    """How authorities are asked: ``fetch`` bounds time and addresses, ``contacts`` counts whom a hash was sent to.

    ``roots`` are the verifier's. They decide nothing here but a token that is wrong whatever one trusts.
    """

    fetch: FetchSettings
    roots: Roots
    contacts: Contacts = field(default_factory=Contacts)


def ask(url: str, message: bytes, asking: Asking) -> tuple[Token, TokenJudgement]:
    """A time stamp over ``message``, made now, by the authority at ``url``; with how it is judged (True, or None for an unknown root).

    Raises what `net.post` raises, BadAnswer for an answer that is no time stamp, BadTimestamp for a refusal, and for one that is not over
    this message, not signed as it should be, or of another time than this machine's.
    """
    target = urls.parse(url)
    shown = urls.host_for_display(target.host)
    request = make_request(message)

    def told(contacted: urls.Url) -> None:
        asking.contacts.hash_sent(contacted.authority, asking.fetch.proxy)

    reply = net.post(url, request.data, REQUEST_TYPE, replace(asking.fetch, max_body=MAX_SIZE), told=told)
    if reply.media_type != RESPONSE_TYPE:
        kind = urls.for_display(reply.media_type, 40) or "nothing that has a type"
        raise BadAnswer(f"{shown} answered with {kind}, not with a time stamp; check the address.")
    try:
        token = read_token(reply.body)
    except BadTimestamp as error:
        raise BadTimestamp(f"What {shown} answered is not taken: {error}") from error
    judged = judge_token(token, message, asking.roots, request.nonce)
    if judged.ok is False:
        raise BadTimestamp(f"The time stamp of {shown} is not taken: {judged.detail}.")
    _compare_clocks(token, shown, clock.now())
    return token, judged


def _compare_clocks(token: Token, shown: str, now: datetime) -> None:
    """What is recorded under a wrong clock would contradict the token for good, so that this is said before it is kept."""
    off = now - token.time
    if abs(off) > TOLERANCE:
        raise BadTimestamp(
            f"The clock of this machine is {_length(abs(off))} {'ahead of' if off > timedelta() else 'behind'} that of {shown}; "
            "set it right, the times that are recorded depend on it."
        )


def _length(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    return f"{hours / 24:.0f} days" if hours > 48 else f"{hours:.1f} hours"
