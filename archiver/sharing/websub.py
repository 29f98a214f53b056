"""The messages of WebSub (W3C Recommendation of 23 January 2018), both sides: written and read, nothing sent."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from archiver.errors import InputError
from archiver.urls import parse, parse_page

FORM = "application/x-www-form-urlencoded"
SIGNATURE = "X-Hub-Signature"
SUBSCRIBE, UNSUBSCRIBE, DENIED = "subscribe", "unsubscribe", "denied"

DAY = 86400
SHORTEST_LEASE, LONGEST_LEASE = 300, 7 * DAY
"""Seconds: what a hub makes of a lease that is asked for."""

_LONGEST_SECRET = 200  # section 5.1: less than 200 bytes
_LONGEST_CALLBACK = 1000
_MOST_FIELDS = 20
_NUMBER = re.compile(r"[0-9]{1,9}")
_METHODS = {"sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
"""Section 7.1.3 allows SHA-1 too, which nobody should rely upon any more."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A request to subscribe to ``topic`` or to end that (section 5.1). ``lease`` in seconds, ``secret`` empty where none was given."""

    mode: str
    topic: str
    callback: str
    lease: int = DAY
    secret: str = ""

    def form(self) -> bytes:
        """The body of the POST to the hub."""
        fields = {"hub.mode": self.mode, "hub.topic": self.topic, "hub.callback": self.callback}
        if self.mode == SUBSCRIBE:
            fields |= {"hub.lease_seconds": str(self.lease), "hub.secret": self.secret}
        return urlencode({name: value for name, value in fields.items() if value}).encode()

    @classmethod
    def parse(cls, body: bytes) -> Asking:
        """Reads what a stranger sends to a hub. Raises InputError with a sentence for that stranger."""
        fields = _fields(body.decode("utf-8", "strict") if _utf8(body) else "")
        mode = fields.get("hub.mode", "")
        if mode not in (SUBSCRIBE, UNSUBSCRIBE):
            raise InputError("hub.mode must be subscribe or unsubscribe.")
        callback, topic = fields.get("hub.callback", ""), fields.get("hub.topic", "")
        if not topic or len(topic) > _LONGEST_CALLBACK:
            raise InputError("hub.topic is missing, or too long.")
        try:
            target = parse_page(callback)
        except InputError:
            raise InputError("hub.callback must be an address of http or https.") from None
        if target.had_credentials or target.fragment or len(callback) > _LONGEST_CALLBACK:
            raise InputError("hub.callback must have no user name, no fragment, and at most 1000 characters.")
        secret, lease = fields.get("hub.secret", ""), fields.get("hub.lease_seconds", "")
        if len(secret.encode("utf-8", "replace")) >= _LONGEST_SECRET:
            raise InputError("hub.secret must be shorter than 200 bytes.")
        if lease and not _NUMBER.fullmatch(lease):
            raise InputError("hub.lease_seconds must be a number of seconds.")
        seconds = min(max(int(lease or DAY), SHORTEST_LEASE), LONGEST_LEASE)
        return cls(mode, topic, target.href, seconds, secret)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a hub asks a subscriber (sections 5.2 and 5.3): whether it meant it; or it says that the subscription was denied."""

    mode: str
    topic: str
    challenge: str = ""
    lease: int = 0

    def address(self, callback: str) -> str:
        """Where the hub asks: the callback, its own query kept."""
        fields = {"hub.mode": self.mode, "hub.topic": self.topic, "hub.challenge": self.challenge}
        if self.mode == SUBSCRIBE:
            fields["hub.lease_seconds"] = str(self.lease)
        query = urlencode({name: value for name, value in fields.items() if value})
        return f"{callback}{'&' if '?' in parse(callback).target else '?'}{query}"

    @classmethod
    def parse(cls, query: str) -> Intent:
        """Reads what somebody who may be a hub asks. Raises InputError."""
        fields = _fields(query)
        mode, topic, challenge = (fields.get(f"hub.{name}", "") for name in ("mode", "topic", "challenge"))
        lease = fields.get("hub.lease_seconds", "0")
        if mode not in (SUBSCRIBE, UNSUBSCRIBE, DENIED) or not topic or not _NUMBER.fullmatch(lease):
            raise InputError("It is no question of a hub.")
        if mode != DENIED and not challenge:
            raise InputError("It lacks hub.challenge.")
        return cls(mode, topic, challenge, int(lease))


def sign(secret: str, body: bytes) -> str:
    """The value of `SIGNATURE` over the body of a push (section 7.1)."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Whether a push comes from whoever was given the secret."""
    method, _, digest = signature.strip().partition("=")
    if method not in _METHODS or not digest.isascii():
        return False
    return hmac.compare_digest(hmac.new(secret.encode(), body, _METHODS[method]).hexdigest(), digest.lower())


def link_header(topic: str, hub: str) -> str:
    """The value of ``Link`` on a feed and on each push (sections 4 and 7)."""
    return f'<{hub}>; rel="hub", <{topic}>; rel="self"'


def _fields(query: str) -> Mapping[str, str]:
    """The fields of a form or query; one that is given twice means nothing, and is refused."""
    try:
        found: Mapping[str, Sequence[str]] = parse_qs(
            query, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"
        )
    except (ValueError, UnicodeError) as error:
        raise InputError("The fields cannot be read.") from error
    if any(len(values) > 1 for values in found.values()):
        raise InputError("A field is given twice.")
    return {name: values[0] for name, values in found.items()}


def _utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
