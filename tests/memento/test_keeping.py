"""Asking for a public copy: Save Page Now as documented, and everything else that may answer."""

from __future__ import annotations

import ipaddress
import threading

import pytest
from mementos import SavePageNow, just_now
from website import Answer, Website

from archiver.errors import InputError
from archiver.memento import WAYBACK_SAVE, Keeper, Kept, ask_to_keep, keeper_of
from archiver.settings import FetchSettings

PAGE = "http://page.example/story?a=b&c"
NOW = just_now()
DONE = {"status": "success", "timestamp": NOW, "original_url": PAGE, "job_id": "spn2-0123abcd"}
PENDING = {"status": "pending", "job_id": "spn2-0123abcd", "resources": []}


def ask(site: Website, keys: str = "", wait: float = 5.0, stop: threading.Event | None = None) -> Kept:
    settings = FetchSettings("t", timeout=5.0, allow_net=(ipaddress.ip_network("127.0.0.0/8"),), verify_tls=False)
    keeper = Keeper(f"{site.url}/save", keys, wait, 0.02)
    return ask_to_keep(PAGE, keeper, settings, lambda _: None, stop)


def test_a_copy_is_asked_for_and_waited_for(site) -> None:
    SavePageNow(site, PENDING, PENDING, DONE)
    kept = ask(site)
    assert (kept.memento, kept.why) == (f"{site.url}/web/{NOW}/{PAGE}", None)
    assert site.bodies == [b"url=http%3A%2F%2Fpage.example%2Fstory%3Fa%3Db%26c&skip_first_archive=1"]
    assert [path for path, _ in site.requests] == ["/save"] + ["/save/status/spn2-0123abcd"] * 3
    assert [exchange.url[len(site.url) :] for exchange in kept.exchanges] == ["/save", "/save/status/spn2-0123abcd"]
    assert b'"success"' in kept.exchanges[-1].body
    assert kept.exchanges[0].request.startswith(b"POST /save HTTP/1.1\r\n")


def test_the_keys_are_sent_and_a_mark_is_recorded(site) -> None:
    SavePageNow(site, DONE, keys="access:secret")
    kept = ask(site, "access:secret")
    assert kept.memento is not None
    assert all(headers["authorization"] == "LOW access:secret" for _, headers in site.requests)
    for exchange in kept.exchanges:
        assert b"\r\nAuthorization: (cut out)\r\n" in exchange.request
        assert b"secret" not in exchange.request
    assert "secret" not in repr(Keeper("x", "access:secret"))


def test_a_service_that_wants_keys_says_where_they_go(site) -> None:
    SavePageNow(site, DONE, keys="access:secret")
    kept = ask(site)
    assert (kept.memento, len(kept.exchanges)) == (None, 1)
    assert "wayback_keys" in (kept.why or "")
    assert "does not take the keys" in (ask(site, "access:wrong").why or "")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (SavePageNow.json({"message": "You have already reached the limit of active sessions."}, 429), "limit of active"),
        (SavePageNow.json({"url": PAGE, "message": "This host is blocked\x1b[31m"}), "This host is blocked%1B"),
        (Answer(b"<html>Down for maintenance</html>", 503), "status 503"), (Answer(b"<html>", 200), "status 200"), (Answer(b"[" * 99_999), "200"),
        (SavePageNow.json([1]), "status 200"),
        (SavePageNow.json({"job_id": "../../admin"}), "took no job"),
        (SavePageNow.json({"job_id": 7}), "no job"),
        (Answer(b"", 302, {"Location": "http://169.254.169.254/"}), "status 302"), (None, "closed"),
    ],
)  # fmt: skip
def test_whatever_is_said_to_the_wish_is_one_sentence(site, answer: Answer | None, said: str) -> None:
    site.routes["/save"] = answer
    kept = ask(site)
    assert kept.memento is None
    assert said in (kept.why or "")
    assert "\x1b" not in (kept.why or "")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"status": "error", "status_ext": "error:blocked-url", "message": "This URL is in our block list."}, "block list"),
        ({"status": "error", "exception": "[Errno]"}, "Errno"), ({"status": "odd"}, "kept no copy"), ({}, "kept no copy"),
        ({**DONE, "timestamp": "20190301080000"}, "no copy now, and names one of 2019-03-01T08:00:00Z"),
        ({"status": "success"}, "not where"), ({**DONE, "timestamp": "2026"}, "not where"), ({**DONE, "timestamp": int(NOW)}, "not where"),
        ({**DONE, "timestamp": "٢٠٢٦١١٢١١٠٣٠٠٠"}, "not where"), ({**DONE, "timestamp": "20261399000000"}, "no date"),
        ({**DONE, "original_url": "http://other.example/"}, "not asked for"), ({**DONE, "original_url": 7}, "not where"),
        ({**DONE, "original_url": "nonsense"}, "no web address"),
    ],
)  # fmt: skip
def test_whatever_a_job_says_is_one_sentence(site, state: dict[str, object], said: str) -> None:
    SavePageNow(site, state)
    kept = ask(site)
    assert (kept.memento, len(kept.exchanges)) == (None, 2)
    assert said in (kept.why or "")


def test_a_job_that_does_not_end_is_left(site) -> None:
    SavePageNow(site, PENDING)
    kept = ask(site, wait=0.3)
    assert "not done after 0.3 s" in (kept.why or "")
    assert len(kept.exchanges) == 2


def test_a_wish_to_stop_ends_the_waiting(site) -> None:
    SavePageNow(site, PENDING)
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    kept = ask(site, wait=30, stop=stop)
    assert kept.memento is None
    assert kept.exchanges


def test_ctrl_c_ends_the_waiting_only(site, monkeypatch) -> None:
    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    SavePageNow(site, PENDING)
    monkeypatch.setattr("archiver.memento.keeping.time.sleep", interrupt)
    assert "interrupted" in (ask(site).why or "")


def test_who_is_asked() -> None:
    assert keeper_of("wayback", "a:b") == Keeper(WAYBACK_SAVE, "a:b")
    assert keeper_of("https://save.example/save/", "a:b") == Keeper("https://save.example/save")
    for name in ("internet", "ftp://x/save", "http://ada:secret@x/save", ""):
        with pytest.raises(InputError) as raised:
            keeper_of(name, "")
        assert "secret" not in str(raised.value)
    for keys in ("secret", "secret:", "a:b\r\nX: secret", "a:b secret"):
        with pytest.raises(InputError) as raised:
            keeper_of("wayback", keys)
        assert "secret " not in str(raised.value).replace("secret key", "")
