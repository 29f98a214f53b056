from __future__ import annotations

import ipaddress
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from atomreader import read_atom
from watchlooks import look, quote
from website import Answer, Website

from archiver.capture import Contacts
from archiver.catalogue import WatchState
from archiver.settings import FetchSettings
from archiver.watching.channels import Channels, Sent, put_feed, send_all
from archiver.watching.command import Command
from archiver.watching.webhook import Webhook
from archiver.watching.wording import make_alert

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SETTINGS = FetchSettings("archiver/test", timeout=10, allow_net=(ipaddress.ip_network("127.0.0.0/8"),))


@pytest.fixture
def state(tmp_path: Path) -> Iterator[WatchState]:
    with WatchState(tmp_path / "state.db") as made:
        alerts = [
            make_alert(
                "quote-altered", look("quote-altered", quote("altered", ("13th", str(n)))), lambda _: "on the 13th"
            )
            for n in range(3)
        ]
        made.take_in([], alerts, ["feed", "webhook", "command"], 1, 0.0)
        yield made


def hook(site: Website) -> Channels:
    return Channels(webhook=Webhook.named(site.url + "/hook", SECRET, SETTINGS, Contacts()))


def sent(state: WatchState, channels: Channels, *, again: bool = False) -> list[Sent]:
    said: list[Sent] = []
    send_all(state, channels, threading.Event(), said.append, again=again)
    return said


def test_the_feed_holds_each_alert_once_however_often_it_is_written(state: WatchState, tmp_path: Path) -> None:
    channels = Channels(feed=tmp_path / "alerts.xml")
    for _ in range(2):
        put_feed(state, channels, "archiver.example/log")
        assert len(read_atom((tmp_path / "alerts.xml").read_bytes())) == 3
    assert state.undelivered(["feed"]) == 0


def test_a_feed_of_a_part_says_how_many_there_are(
    state: WatchState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.watching.channels.MOST_ENTRIES", 2)
    put_feed(state, Channels(feed=tmp_path / "alerts.xml"), "archiver.example/log")
    assert b"The newest 2 of 3 alerts" in (tmp_path / "alerts.xml").read_bytes()


def test_a_webhook_gets_them_in_order_and_each_once(state: WatchState, site: Website) -> None:
    site.put("/hook", b"")
    assert [one.error for one in sent(state, hook(site))] == ["", "", ""]
    assert sent(state, hook(site), again=True) == []
    told = [alert.id for alert in reversed(state.alerts(10))]
    assert [headers["webhook-id"] for _, headers in site.requests] == told


def test_a_receiver_that_is_down_is_asked_once_and_later_again_with_the_same_ids(
    state: WatchState, site: Website
) -> None:
    site.put("/hook", b"", 503, Retry_After="3600")
    (failed,) = sent(state, hook(site))
    assert "503" in failed.error
    assert sent(state, hook(site)) == []  # all wait as long as it asks for
    site.put("/hook", b"")
    assert len(sent(state, hook(site), again=True)) == 3
    ids = [headers["webhook-id"] for _, headers in site.requests]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    (delivery,) = (item for item in state.deliveries(ids[:1])[ids[0]] if item.channel == "webhook")
    assert (delivery.tries, bool(delivery.delivered), delivery.error) == (2, True, "")


def test_an_alert_that_is_refused_by_itself_holds_up_no_other(state: WatchState, site: Website) -> None:
    refused = state.alerts(10)[-1].id
    site.routes["/hook"] = lambda headers: Answer(b"", 400 if headers["webhook-id"] == refused else 200)
    assert [one.error != "" for one in sent(state, hook(site))] == [True, False, False]
    assert state.undelivered(["webhook"]) == 1


def test_a_command_is_run_for_each(state: WatchState, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = f"import os; open({str(out)!r}, 'a').write(os.environ['ARCHIVER_ALERT_ID'] + '\\n')"
    assert [one.channel for one in sent(state, Channels(command=Command((sys.executable, "-c", code))))] == [
        "command"
    ] * 3
    assert out.read_text().split() == [alert.id for alert in reversed(state.alerts(10))]
