"""What goes to a receiver, as Standard Webhooks 1.0.0 has it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from watchlooks import look, quote
from website import Answer, Website

from archiver import clock, net
from archiver.capture import Contacts
from archiver.catalogue import Alert
from archiver.errors import BadAnswer, BlockedAddress, InputError
from archiver.settings import FetchSettings
from archiver.watching.undelivered import Undelivered
from archiver.watching.webhook import Webhook, payload, read_secrets, signatures
from archiver.watching.wording import make_alert

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # the one of the specification's examples
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SETTINGS = FetchSettings("archiver/test", timeout=10, allow_net=(ipaddress.ip_network("127.0.0.0/8"),))


def alert(words: str = "closed on the 13th") -> Alert:
    return make_alert("quote-altered", look("quote-altered", quote("altered", ("13th", "31st"))), lambda _: words)


def test_the_example_of_the_specification() -> None:
    made = signatures(read_secrets(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_a_receiver_gets_and_how_it_checks_it(site: Website) -> None:
    site.put("/hook", b"", 204)
    contacts = Contacts()
    one = alert()
    Webhook.named(site.url + "/hook", SECRET, SETTINGS, contacts).send(one, NOW, threading.Event())
    ((_, headers),), (body,) = site.requests, site.bodies
    assert (headers["content-type"], headers["webhook-id"]) == ("application/json", one.id)
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.new(base64.b64decode(SECRET.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"
    sent = json.loads(body)
    assert (sent["type"], sent["timestamp"], sent["data"]["drift"]) == ("source.quote-altered", one.at, "quote-altered")
    assert contacts.alerted() == {site.url.removeprefix("http://"): 1}


@pytest.mark.skipif(not shutil.which("openssl"), reason="the example needs openssl")
def test_the_ways_to_check_a_signature_that_the_document_shows(site: Website, tmp_path: Path) -> None:
    site.put("/hook", b"")
    Webhook.named(site.url + "/hook", SECRET, SETTINGS, Contacts()).send(alert(), clock.now(), threading.Event())
    ((_, headers),), (body,) = site.requests, site.bodies
    text = (Path(__file__).parents[2] / "docs/watch.md").read_text(encoding="utf-8")
    (python,), (shell,) = (re.findall(rf"```{name}\n(.*?)```", text, re.DOTALL) for name in ("python", "sh"))
    names: dict[str, Any] = {}
    exec(python, names)  # noqa: S102  # that is what a reader does
    assert names["is_ours"](SECRET, headers, body)
    assert not names["is_ours"](SECRET, headers, body + b" ")
    assert not names["is_ours"](SECRET, {**headers, "webhook-timestamp": "1614265330"}, body)
    words = {name.upper().replace("-", "_"): value for name, value in headers.items()}
    for data, code in ((body, 0), (body + b" ", 1)):
        (tmp_path / "body.json").write_bytes(data)
        ran = subprocess.run(
            ["bash", "-c", shell], cwd=tmp_path, env={**os.environ, **words, "SECRET": SECRET}, capture_output=True
        )
        assert ran.returncode == code


def test_two_secrets_sign_while_one_is_exchanged() -> None:
    both = read_secrets(f"{SECRET} whsec_{base64.b64encode(bytes(32)).decode()}")
    assert [one[:3] for one in signatures(both, "m", "1", b"").split(" ")] == ["v1,", "v1,"]


@pytest.mark.parametrize("words", ["", "secret", "whsec_", "whsec_!!!", "whsec_c2hvcnQ=", "whsec_" + "A" * 400])
def test_what_is_no_secret_is_said_without_repeating_it(words: str) -> None:
    with pytest.raises(InputError, match="openssl rand") as raised:
        read_secrets(words)
    assert len(words) < 10 or words not in str(raised.value)


@pytest.mark.parametrize("url", ["", "ftp://example.org/x", "https://me:pass@example.org/"])
def test_what_is_no_address_of_a_webhook(url: str) -> None:
    with pytest.raises(InputError, match="none of http"):
        Webhook.named(url, SECRET, SETTINGS, Contacts())


@pytest.mark.parametrize(
    ("status", "headers", "wait", "final", "alone"),
    [
        (500, {}, None, False, False), (503, {"Retry-After": "120"}, 120.0, False, False), (429, {"Retry-After": "7"}, 7.0, False, False),
        (410, {}, None, True, False), (400, {}, None, False, True), (302, {"Location": "/elsewhere"}, None, False, False),
    ],
)  # fmt: skip
def test_what_is_not_taken(
    site: Website, status: int, headers: Mapping[str, str], wait: float | None, final: bool, alone: bool
) -> None:
    site.routes["/hook"] = Answer(b"", status, headers)
    with pytest.raises(Undelivered, match=f"status {status}") as raised:
        Webhook.named(site.url + "/hook", SECRET, SETTINGS, Contacts()).send(alert(), NOW, threading.Event())
    assert (raised.value.wait, raised.value.final, raised.value.alone) == (wait, final, alone)
    assert len(site.requests) == 1  # a redirect is not followed with what is signed


def test_an_inside_address_is_refused_as_anywhere() -> None:
    hook = Webhook.named("http://127.0.0.1:8/hook", SECRET, replace(SETTINGS, allow_net=()), Contacts())
    with pytest.raises(BlockedAddress):
        hook.send(alert(), NOW, threading.Event())


def test_a_payload_stays_small() -> None:
    many = [quote("altered", *[("a" * 200, "b" * 200)] * 10, name=f"q-{number:064x}") for number in range(20)]
    made = make_alert("quote-altered", look("quote-altered", *many), lambda _: "c" * 400)
    body = payload(made)
    assert len(body) <= 20_000
    assert json.loads(body)["data"]["shortened"] is True


@pytest.mark.parametrize("letter", ["a", "\u6f22"])
def test_a_page_that_moves_to_an_endless_address_makes_no_endless_payload(letter: str) -> None:
    """A receiver refuses what is too long, and so nobody heard of it."""
    one = look("moved", *[quote("altered")] * 20, moved_to=f"https://example.org/{letter * 60_000}")
    body = payload(make_alert("moved", one, lambda _: letter * 400))
    assert len(body) <= 20_000
    data = json.loads(body)["data"]
    assert data["shortened"] is True
    assert data["moved_to"].startswith("https://example.org/")
    assert len(data["quotes"]) == 20


def test_what_is_no_text_holds_up_no_other_alert(site: Website) -> None:
    """Such stands in a ``state.db`` that somebody else wrote; it ended the watch, or was tried for ever before all others."""
    site.put("/hook", b"", 204)
    hook, one = Webhook.named(site.url + "/hook", SECRET, SETTINGS, Contacts()), alert()
    hook.send(replace(one, data={**one.data, "reason": "half \ud800"}), NOW, threading.Event())
    assert json.loads(site.bodies[0])["data"]["reason"] == "half ?"
    for name in ("a\r\nb", "", "half \ud800"):
        with pytest.raises(Undelivered, match="id") as raised:
            hook.send(replace(one, id=name), NOW, threading.Event())
        assert raised.value.alone


SECRETS = "https://hooks.example:22/services/T0K3N?key=s3cret", "http://hooks.example/T0K3N/s3cret"


def test_an_address_with_its_token_is_in_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="port 22") as refused:
        Webhook.named(SECRETS[0], SECRET, SETTINGS, Contacts())
    hook = Webhook(SECRETS[0], (b"x" * 32,), SETTINGS, Contacts())
    with pytest.raises(BlockedAddress, match="port 22") as blocked:
        hook.send(alert(), NOW, threading.Event())

    def hand_over(url: str, *_: object, **__: object) -> None:
        raise BadAnswer(f"{url} redirects to 'http://me:s3cret@else.example/T0K3N', which is none.")

    monkeypatch.setattr(net, "hand_over", hand_over)
    with pytest.raises(BadAnswer, match=r"http://hooks\.example redirects to 'http://else\.example") as bad:
        Webhook.named(SECRETS[1], SECRET, SETTINGS, Contacts()).send(alert(), NOW, threading.Event())
    for raised in (refused, blocked, bad):
        assert not re.search("T0K3N|s3cret", str(raised.value))
    assert "T0K3N" not in repr(hook)
