"""A copy from a public archive, recorded as what it is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from mementos import Copied, PublicArchive
from proxying import proxying
from website import STORY

from archiver import quoting
from archiver.capture import SecondHand, capture, capture_copy, capture_or_copy
from archiver.cookies import Cookie
from archiver.errors import NoMemento
from archiver.memento import Wish
from archiver.model import MEMENTO, Notice, Verdict
from archiver.proxies import parse_proxy
from archiver.quoting import Quotation

OLD = Copied("20140126200624", STORY)
WORDS = "4,200 drivers use the bridge each day"


@pytest.fixture
def copies(site) -> PublicArchive:
    return PublicArchive(site)


def second(copies: PublicArchive, *, live_first: bool = True, at: datetime | None = None) -> SecondHand:
    return SecondHand(Wish(copies.gate, at), live_first)


def test_it_is_recorded_under_the_pages_address_with_the_archives_claims(archive, site, copies, options) -> None:
    page = f"{site.url}/story"
    copies.put(page, [OLD])
    snapshot = capture_copy(archive, f"{page}#part", options, second(copies, at=datetime(2014, 1, 20, tzinfo=UTC)))
    origin = snapshot.origin
    assert origin is not None
    assert origin.memento is not None
    assert (snapshot.url, snapshot.final_url) == (f"{page}#part", f"{copies.gate}20140126200624id_/{page}")
    assert (origin.kind, origin.memento.datetime, origin.memento.wished) == (
        MEMENTO,
        "2014-01-26T20:06:24Z",
        "2014-01-20T00:00:00Z",
    )
    assert snapshot.captured_at == origin.at > "2026"
    assert snapshot.warnings[0].code == "second-hand"
    assert "7 days after the date wished for" in snapshot.warnings[0].detail
    recorded = json.loads(archive.capture_record(snapshot))
    assert recorded["origin"] == origin.to_json()
    assert [hop["url"] for hop in recorded["hops"]] == [f"{copies.gate}{page}", snapshot.final_url]
    assert options.contacts.archives() == {site.url[7:]: 2}
    assert options.contacts.hosts() == {}
    assert archive.latest_snapshot(page).id == snapshot.id


def test_a_verdict_on_it_says_so(archive, site, copies, options) -> None:
    page = f"{site.url}/story"
    copies.put(page, [OLD])
    snapshot = capture_copy(archive, page, options, second(copies))
    judged = quoting.quote(archive, page, Quotation(WORDS), None)
    assert (judged.judgement.verdict, judged.snapshot.id) == (Verdict.VERBATIM, snapshot.id)
    value = judged.to_json()
    assert value["warnings"][0]["code"] == "second-hand"
    assert value["origin"]["memento"]["datetime"] == "2014-01-26T20:06:24Z"
    (kept,) = archive.catalogue.quotes(snapshot.id)
    assert kept.judged["origin"] == value["origin"]
    annotation = json.loads(archive.stored_record(archive.catalogue.leaf(kept.leaf)).block)
    assert annotation["target"]["state"]["sourceDate"] == "2014-01-26T20:06:24Z"
    assert snapshot.final_url in annotation["target"]["state"]["cached"]


@pytest.mark.parametrize("status", [404, 410])
def test_where_the_page_is_gone_the_copy_answers(archive, site, copies, options, status: int) -> None:
    page = site.put("/story", b"<h1>Gone</h1>", status)
    copies.put(page, [OLD])
    seen = []
    snapshot = capture_or_copy(archive, page, options, second(copies), on_live=seen.append)
    assert [item.status for item in seen] == [status]
    assert snapshot.origin is not None
    judged = quoting.quote(archive, page, Quotation(WORDS), None)
    assert judged.judgement.verdict is Verdict.VERBATIM
    assert [notice.code for notice in judged.judgement.warnings] == [
        "second-hand", "cut-in-sentence", "fetched-not-the-page",
    ]  # fmt: skip


def test_where_the_page_is_there_no_archive_is_asked(archive, site, copies, options) -> None:
    page = site.put("/story", STORY)
    copies.put(page, [OLD])
    assert capture_or_copy(archive, page, options, second(copies)).origin is None
    assert options.contacts.archives() == {}
    assert capture_or_copy(archive, page, options, second(copies, live_first=False)).origin is not None
    assert capture_or_copy(archive, page, options, None).origin is None
    assert capture(archive, page, options).revisit_of is not None, "a copy stands for no payload that was fetched"


def test_a_page_that_was_fetched_stands_before_its_copy(archive, site, copies, options) -> None:
    page = site.put("/story", STORY)
    copies.put(page, [Copied("20140126200624", STORY.replace(b"4,200", b"9,900"))])
    live = capture(archive, page, options)
    copy = capture_copy(archive, page, options, second(copies))
    assert archive.latest_snapshot(page).id == live.id
    assert copy.revisit_of is None


def test_a_server_that_is_gone_altogether(archive, site, copies, options) -> None:
    page = "http://127.0.0.1:2/story"
    copies.put(page, [OLD])
    assert capture_or_copy(archive, page, options, second(copies)).origin is not None
    with pytest.raises(NoMemento, match=r"connection refused.*nor is there a copy: The archive"):
        capture_or_copy(archive, "http://127.0.0.1:2/other", options, second(copies))
    assert len(archive.catalogue.snapshots()) == 1


def test_nothing_is_recorded_where_there_is_no_copy(archive, site, copies, options) -> None:
    with pytest.raises(NoMemento):
        capture_copy(archive, f"{site.url}/story", options, second(copies))
    assert archive.catalogue.snapshots() == []


def test_it_goes_through_a_proxy_like_everything(archive, site, copies, options) -> None:
    page = "http://page.example/story"
    copies.put(page, [OLD])
    with proxying() as proxy:
        through = replace(options, fetch=replace(options.fetch, proxy=parse_proxy(f"socks5h://127.0.0.1:{proxy.port}")))
        snapshot = capture_copy(archive, page, through, second(copies))
    assert {hop["via"] for hop in json.loads(archive.capture_record(snapshot))["hops"]} == {
        f"socks5h://127.0.0.1:{proxy.port}"
    }
    assert len(proxy.asked) == 2


def test_what_is_said_of_every_capture_is_said_of_a_copy_too(archive, site, copies, options) -> None:
    """A session may have been lent for the public archive itself."""
    page = f"{site.url}/story"
    copies.put(page, [OLD])
    lent = replace(
        options,
        notes=(Notice("policy", "so"),),
        fetch=replace(options.fetch, cookies=(Cookie("id", "x", "127.0.0.1"),)),
    )
    snapshot = capture_copy(archive, page, lent, second(copies))
    assert [notice.code for notice in snapshot.warnings] == ["second-hand", "with-session", "policy"]
    assert lent.contacts.session
