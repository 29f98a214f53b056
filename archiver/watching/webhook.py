"""Alerts as signed requests, after Standard Webhooks 1.0.0 (https://www.standardwebhooks.com): whoever has the secret can tell that a
request is from here, and by its id that it came before.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import threading
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from archiver import net
from archiver.capture import Contacts
from archiver.catalogue import Alert
from archiver.errors import ArchiverError, InputError
from archiver.rechecking.retryafter import seconds_asked_for
from archiver.settings import FetchSettings
from archiver.urls import host_for_display, parse_page
from archiver.watching.undelivered import Undelivered

PREFIX = "whsec_"
_SIZES = range(24, 65)  # bytes of a secret, as the specification has it
_TIMEOUT = 20.0
_ANSWER = 64 * 1024
_MOST_BYTES = 20_000  # of a payload: receivers take no more (the specification's advice)
_CUT = 500  # characters that are left of a word or an address in one that is too long
_OF_ALL = frozenset({401, 403, 404, 407, 408, 410, 429})
"""Statuses of refusal that do not concern one alert alone."""
_ADDRESS = re.compile(r"(https?://)([^/?#\\\s]*)[^\s]*", re.IGNORECASE)
_ID = re.compile(r"[!-~]{1,200}")
_MAKE_ONE = f'make one with `echo "{PREFIX}$(openssl rand -base64 32)"`'


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where alerts go. ``secrets`` sign each: several while one is exchanged for another."""

    url: str = field(repr=False)
    secrets: tuple[bytes, ...] = field(repr=False)
    settings: FetchSettings
    contacts: Contacts

    @classmethod
    def named(cls, url: str, secrets: str, settings: FetchSettings, contacts: Contacts) -> Webhook:
        """Raises InputError, which repeats neither the address, which often holds a token, nor a secret."""
        try:
            parsed = parse_page(url)
        except InputError:
            parsed = None
        if parsed is None or parsed.had_credentials:
            raise InputError("The address of the webhook is none of http or https, or holds a password; give another.")
        if parsed.port in net.BAD_PORTS:
            raise InputError(
                f"The webhook at {host_for_display(parsed.host)} is on port {parsed.port}, which belongs to another service than the web's; "
                "give another."
            )
        limits = replace(settings, timeout=min(settings.timeout, _TIMEOUT), max_body=_ANSWER, cookies=())
        return cls(parsed.href, read_secrets(secrets), limits, contacts)

    @property
    def shown(self) -> str:
        return host_for_display(parse_page(self.url).host)

    def send(self, alert: Alert, now: datetime, stop: threading.Event) -> None:
        """Hands one alert over. Raises Undelivered, BlockedAddress, Stopped and what else the network does; no error names more than the host."""
        try:
            self._send(alert, now, stop)
        except ArchiverError as error:
            error.args = (hosts_only(str(error)),)
            raise

    def _send(self, alert: Alert, now: datetime, stop: threading.Event) -> None:
        if not _ID.fullmatch(alert.id):
            raise Undelivered("An alert whose id is none cannot be sent.", alone=True)
        body = payload(alert)
        stamp = str(int(now.timestamp()))
        fields = (
            ("webhook-id", alert.id),
            ("webhook-timestamp", stamp),
            ("webhook-signature", signatures(self.secrets, alert.id, stamp, body)),
        )
        exchange = net.hand_over(
            self.url,
            body,
            "application/json",
            self.settings,
            fields=fields,
            told=lambda url: self.contacts.alert_sent(url.authority, self.settings.proxy),
            stop=stop,
        )
        status = exchange.status
        if 200 <= status < 300:
            return
        wait = seconds_asked_for(exchange.header("retry-after"), now) if status in (429, 503) else None
        gone = " and wants no more of them" if status == 410 else ""
        alone = 400 <= status < 500 and status not in _OF_ALL
        raise Undelivered(
            f"{self.shown} answered with status {status}{gone}.", wait=wait, final=status == 410, alone=alone
        )


def hosts_only(words: str) -> str:
    """What is said of a webhook, without path, query and user name of any address in it: there the token of its owner stands."""
    return _ADDRESS.sub(lambda found: f"{found[1]}{found[2].rpartition('@')[2]}", words)


def payload(alert: Alert) -> bytes:
    """The JSON that is sent and signed: ``type``, ``timestamp`` and ``data``. Where it would be too long quotations are left out, and if that is not
    enough, words and addresses (a page may move to one of any length) are cut."""
    data: dict[str, Any] = alert.data
    body = _written(alert, data)
    if len(body) > _MOST_BYTES:
        quotes = [{**quote, "quote": "", "changes": []} for quote in data.get("quotes", ())]
        data = {**data, "quotes": quotes, "shortened": True}
        body = _written(alert, data)
    if len(body) > _MOST_BYTES:
        body = _written(alert, {name: _cut(value) for name, value in data.items()})
    return body


def _written(alert: Alert, data: dict[str, Any]) -> bytes:
    value = {"type": f"source.{alert.kind}", "timestamp": alert.at, "data": data}
    # what is no character can come out of a state.db that somebody else wrote
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _cut(value: Any) -> Any:
    return f"{value[:_CUT]}…" if isinstance(value, str) and len(value) > _CUT else value


def signatures(secrets: tuple[bytes, ...], message: str, stamp: str, body: bytes) -> str:
    """The value of ``webhook-signature``: one for each secret, blanks between."""
    signed = f"{message}.{stamp}.".encode() + body
    macs = (hmac.new(secret, signed, hashlib.sha256).digest() for secret in secrets)
    return " ".join(f"v1,{base64.b64encode(mac).decode()}" for mac in macs)


def read_secrets(words: str) -> tuple[bytes, ...]:
    """The secrets out of the settings, blanks between. Raises InputError, which repeats none of them."""
    if not words.split():
        raise InputError(
            f"A webhook is signed, and there is no secret: {_MAKE_ONE}, and put it into the settings.toml beside your keys "
            "(~/.config/archiver) as webhook_secret."
        )
    secrets = []
    for word in words.split():
        try:
            secret = base64.b64decode(word.removeprefix(PREFIX), validate=True) if word.startswith(PREFIX) else b""
        except (binascii.Error, ValueError):
            secret = b""
        if len(secret) not in _SIZES:
            raise InputError(
                f"A webhook_secret in your settings.toml is none: it is {PREFIX} and 24 to 64 bytes in Base64; {_MAKE_ONE}."
            )
        secrets.append(secret)
    return tuple(secrets)
