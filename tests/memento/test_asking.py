"""Requests to an archive: bounded in number and time."""

from __future__ import annotations

import ipaddress

import pytest

from archiver.errors import Unreachable
from archiver.memento.asking import MAX_REQUESTS, Asker
from archiver.settings import FetchSettings


def settings(**changes) -> FetchSettings:
    return FetchSettings(
        **{"user_agent": "t", "timeout": 5.0, "allow_net": (ipaddress.ip_network("127.0.0.0/8"),)} | changes
    )


def test_their_number_has_an_end(site) -> None:
    url = site.put("/x", b"x")
    told: list[str] = []
    asker = Asker(settings(), lambda address: told.append(address.href))
    for _ in range(MAX_REQUESTS):
        asker.ask(url)
    with pytest.raises(Unreachable, match="without an end"):
        asker.ask(url)
    assert told == [url] * MAX_REQUESTS


def test_so_has_their_time(site, monkeypatch) -> None:
    url = site.put("/x", b"x")
    asker = Asker(settings(timeout=0.001), lambda _: None)
    monkeypatch.setattr("archiver.memento.asking.time.monotonic", lambda: asker._end)
    with pytest.raises(Unreachable, match="took too long"):
        asker.ask(url)
    assert site.requests == []


def test_an_answer_is_no_longer_than_it_may_be(site) -> None:
    url = site.put("/x", b"x" * 1000)
    exchange = Asker(settings(), lambda _: None).ask(url, max_body=10)
    assert (exchange.body, exchange.truncated) == (b"x" * 10, "length")
