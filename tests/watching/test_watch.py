"""The watch at work on a site of the tests' own."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from atomreader import read_atom
from rechecking.conftest import spoil_text
from website import STORY, Answer, Website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.catalogue import Alert, Watched, WatchState
from archiver.errors import ArchiveError
from archiver.model import Drift
from archiver.quoting import Quotation, quote
from archiver.rechecking import Recheck, recheck
from archiver.urls import host_of, page_key
from archiver.watching import Channels, Listener, Policy, Settings, Watch
from archiver.watching.robots import ASK_AGAIN

QUOTED = "will close on the 13th of May"
EDITED = STORY.replace(b"13th", b"31st")
FAST = Settings(pause=0.0, confirm_after=0.0)


@dataclass
class Heard(Listener):
    alerts: list[Alert] = field(default_factory=list)
    drifts: list[Drift] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    rounds: int = 0

    def began(self, sources: int, due: int) -> None:  # noqa: ARG002
        self.rounds += 1

    def looked(self, recheck: Recheck) -> None:
        self.drifts.append(recheck.drift)

    def failed(self, url: str, why: str) -> None:  # noqa: ARG002
        self.failures.append(why)

    def alert(self, alert: Alert) -> None:
        self.alerts.append(alert)

    def note(self, words: str) -> None:
        self.notes.append(words)


@pytest.fixture
def page(archive: Archive, options: Options, site: Website) -> str:
    """A page with a recorded quotation."""
    url = site.put("/story", STORY)
    quote(archive, url, Quotation(QUOTED), options)
    site.requests.clear()
    return url


def once(
    archive: Archive, options: Options, settings: Settings = FAST, *, everything: bool = True
) -> tuple[Heard, int]:
    heard = Heard()
    code = Watch(archive, options, settings, heard).run(once=True, everything=everything)
    return heard, code


def state(archive: Archive) -> WatchState:
    return WatchState(archive.root / "state.db")


def source(archive: Archive, url: str) -> Watched:
    with state(archive) as opened:
        found = opened.source(page_key(url))
    assert found is not None
    return found


def test_what_is_quoted_is_watched_and_looked_at_when_it_is_due(archive: Archive, options: Options, page: str) -> None:
    heard, code = once(archive, options, everything=False)
    assert (heard.drifts, heard.alerts, code) == ([Drift.UNCHANGED], [], 0)
    assert once(archive, options, everything=False)[0].drifts == []
    item = source(archive, page)
    assert item.drift == "unchanged"
    assert item.due > time.time() + item.interval * 0.8


def test_an_edit_is_told_once_and_so_is_its_end(
    archive: Archive, options: Options, site: Website, page: str, tmp_path: Path
) -> None:
    feed = tmp_path / "alerts.xml"
    settings = replace(FAST, channels=Channels(feed=feed))
    once(archive, options, settings)
    site.put("/story", EDITED)
    codes = [once(archive, options, settings) for _ in range(3)]
    assert [code for _, code in codes] == [1, 1, 1]
    (alert,) = [alert for heard, _ in codes for alert in heard.alerts]
    assert alert.kind == "quote-altered"
    site.put("/story", STORY)
    assert [alert.kind for alert in once(archive, options, settings)[0].alerts] == ["back"]
    assert [entry.category for entry in read_atom(feed.read_bytes())] == ["back", "quote-altered"]
    with state(archive) as opened:
        assert opened.undelivered(["feed"]) == 0


def test_a_damaged_record_of_one_source_ends_no_watch_over_the_others(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    other = site.put("/other", STORY.replace(b"Lorn", b"Mern"))
    quote(archive, other, Quotation(QUOTED), options)
    spoil_text(archive, other)
    site.put("/other", EDITED)
    site.put("/story", EDITED)
    for _ in range(2):
        heard, code = once(archive, options)
        assert (heard.drifts, code) == ([Drift.QUOTE_ALTERED], 1)
        assert [why for why in heard.failures if "archiver verify" in why]


def test_what_was_recorded_before_the_watch_began_is_no_news_and_what_others_record_later_is(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    site.put("/story", EDITED)
    recheck(archive, page, options, confirm_after=0)
    assert once(archive, options)[0].alerts == []
    site.put("/story", EDITED.replace(b"31st", b"30th"))
    recheck(archive, page, options, confirm_after=0)  # by hand, while no watch runs
    assert [alert.kind for alert in once(archive, options, everything=False)[0].alerts] == ["quote-altered"]


def test_a_second_look_holds_up_nobody(archive: Archive, options: Options, site: Website, page: str) -> None:
    others = [site.put(f"/other{n}", STORY.replace(b"Lorn", b"Mern%d" % n)) for n in range(3)]
    with state(archive) as opened:
        for url in others:
            opened.add(page_key(url), url, None, 60.0, 0.0)
    site.put("/story", b"<h1>Gone</h1>", 404)
    heard, code = once(archive, options, replace(FAST, confirm_after=0.6))
    assert heard.drifts == [Drift.UNCHANGED] * 3 + [Drift.GONE]
    assert ([alert.kind for alert in heard.alerts], code) == (["gone"], 1)
    assert [path for path, _ in site.requests].count("/story") == 2


def test_a_host_that_asks_for_it_is_left_alone_over_runs(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    other = site.put("/other", STORY.replace(b"Lorn", b"Mern"))
    with state(archive) as opened:
        opened.add(page_key(other), other, None, 60.0, 0.0)
    for path in ("/story", "/other"):
        site.put(path, b"<h1>Slow down</h1>", 429, Retry_After="3600")
    heard, code = once(archive, options, everything=False)
    assert (len(heard.drifts), len(site.requests), code) == (1, 1, 3)
    assert "left alone for 3600 s" in heard.notes[0]
    assert once(archive, options, everything=False)[0].rounds == 0
    assert min(source(archive, url).due for url in (page, other)) > time.time() + 3000


def test_a_host_that_one_is_led_to_silences_no_other_source_of_the_host_that_led_there(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    busy = f"{site.url.replace('127.0.0.1', 'localhost')}/busy"
    site.put("/busy", b"<h1>Slow down</h1>", 429, Retry_After="86400")
    site.put("/doi", b"", 302, Location=busy)
    with state(archive) as opened:
        opened.add(page_key(f"{site.url}/doi"), f"{site.url}/doi", None, 60.0, 0.0)
    heard, _ = once(archive, options, everything=False)
    assert sorted(heard.drifts) == [Drift.RESTRICTED, Drift.UNCHANGED]
    assert "localhost asks to be left alone" in heard.notes[0]
    assert source(archive, f"{site.url}/doi").due > time.time() + 80000
    heard, _ = once(archive, options)
    assert Drift.UNCHANGED in heard.drifts


def test_one_watch_at_a_time(archive: Archive, options: Options, page: str) -> None:
    with running(Watch(archive, options, FAST)), pytest.raises(ArchiveError, match="Another `archiver watch`"):
        once(archive, options)
    once(archive, options)


@contextmanager
def running(watch: Watch) -> Iterator[None]:
    """A watch that goes on in a thread, and is ended in order."""
    ready = threading.Event()
    failures: list[BaseException] = []
    told = watch.listener.waiting

    def waiting(sources: int, seconds: float | None) -> None:
        told(sources, seconds)
        ready.set()

    watch.listener.waiting = waiting  # type: ignore[method-assign]

    def work() -> None:
        try:
            watch.run()
        except BaseException as error:  # noqa: BLE001  # raised below, in the test
            failures.append(error)
            ready.set()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        assert ready.wait(20)
        yield
    finally:
        watch.stop.set()
        thread.join(20)
    assert not failures, failures
    assert not thread.is_alive()


def wait_for(condition: object) -> None:
    end = time.monotonic() + 20
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def test_others_can_have_a_source_looked_at_hear_of_it_and_run_beside(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    heard, rechecks, beside = Heard(), list[Recheck](), list[str]()

    @contextmanager
    def companion(watch: Watch) -> Iterator[None]:
        beside.append(f"began with {watch.archive.root.name}")
        yield
        beside.append("ended")

    watch = Watch(archive, options, FAST, heard, on_recheck=[rechecks.append], companions=[companion])
    with running(watch):
        assert len(rechecks) == 1
        site.put("/story", EDITED)
        watch.look_now(page)
        wait_for(lambda: heard.alerts)
    assert [one.drift for one in rechecks] == [Drift.UNCHANGED, Drift.QUOTE_ALTERED]
    assert beside == ["began with archive", "ended"]


def test_a_wish_that_comes_while_the_page_is_being_looked_at_is_not_lost(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    heard, asked = Heard(), list[str]()
    watch = Watch(archive, options, FAST, heard)

    def answer(_: object) -> Answer:
        asked.append(page)
        if len(asked) > 1:
            return Answer(EDITED)
        watch.look_now(page)  # the answer is on its way already, and is that of before
        watch.look_now(page)
        wait_for(lambda: not watch._wanted)  # the round has taken the wish while the look is under way
        return Answer(STORY)

    site.routes["/story"] = answer
    with running(watch):
        wait_for(lambda: heard.alerts)
    assert heard.drifts == [Drift.UNCHANGED, Drift.QUOTE_ALTERED]
    assert len(asked) == 2, "one wish more of the same is no other"


def test_a_wish_does_not_bring_back_a_host_that_asks_to_be_left_alone(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    heard = Heard()
    watch = Watch(archive, options, FAST, heard)

    def answer(_: object) -> Answer:
        watch.look_now(page)
        wait_for(lambda: not watch._wanted)
        return Answer(b"<h1>Slow down</h1>", 429, {"Content-Type": "text/html", "Retry-After": "3600"})

    site.routes["/story"] = answer
    with running(watch):
        wait_for(lambda: heard.drifts and source(archive, page).due > time.time() + 3000)
    assert (heard.drifts, heard.rounds, len(site.requests)) == ([Drift.RESTRICTED], 1, 1)


def test_all_leaves_alone_who_asked_for_it_and_says_so(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    site.put("/story", b"<h1>Slow down</h1>", 429, Retry_After="3600")
    once(archive, options)
    heard, code = once(archive, options)
    assert (heard.drifts, len(site.requests), code) == ([], 1, 3)
    assert heard.notes == ["1 source is not asked: the server wants to be left alone for a while."]


def test_whether_the_network_is_up_is_asked_of_nobody_who_wants_to_be_left_alone(
    archive: Archive, options: Options, site: Website, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve = socket.getaddrinfo

    def no_such_name(host: str, *rest: Any, **more: Any) -> Any:
        if host == "gone.example":
            raise socket.gaierror(socket.EAI_NONAME, "no")
        return resolve(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
    once(archive, options)
    for until, asked in ((time.time() + 3600, 0), (time.time() - 1, 1)):
        site.requests.clear()
        url = f"http://gone.example/{asked}"
        with state(archive) as opened:
            opened.hold(host_of(page), until)
            opened.add(page_key(url), url, None, 60.0, 0.0)
        once(archive, options, everything=False)
        assert len(site.requests) == asked


@pytest.mark.skipif(sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="wants Linux, two processors")
def test_a_crowd_of_sources_is_looked_at_on_one_processor(archive: Archive, options: Options, site: Website) -> None:
    before, held = os.sched_getaffinity(0), list[int]()

    def heard(_: object) -> None:
        held.append(len(os.sched_getaffinity(0)))

    for number in range(4):
        quote(archive, site.put(f"/{number}", STORY), Quotation(QUOTED), options)
    Watch(archive, options, FAST, Heard(), on_recheck=[heard]).run(once=True, everything=True)
    assert held == [1] * 4
    assert os.sched_getaffinity(0) == before


def test_a_source_that_is_added_while_the_watch_runs_is_looked_at(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    heard = Heard()
    with running(Watch(archive, options, FAST, heard)):
        url = site.put("/new", STORY.replace(b"Lorn", b"Mern"))
        with state(archive) as opened:
            opened.add(page_key(url), url, None, 60.0, time.time())
        wait_for(lambda: len(heard.drifts) == 2)


def test_robots_are_respected_where_that_is_wished_and_it_is_recorded(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /other\n")
    other = site.put("/other", STORY)
    with state(archive) as opened:
        opened.add(page_key(other), other, None, 60.0, 0.0)
    heard, code = once(archive, options, replace(FAST, robots=True))
    assert (heard.drifts, len(heard.failures), code) == ([Drift.UNCHANGED], 1, 3)
    assert [path for path, _ in site.requests] == ["/robots.txt", "/story"]
    newest = archive.catalogue.snapshots_of(page_key(page))[-1]
    assert [notice.code for notice in newest.warnings] == ["robots-respected"]
    assert source(archive, other).due > time.time()


def test_robots_are_asked_of_where_a_page_leads_too(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    """A page that has moved behind a rule was fetched there, and said to be captured as the rules want it."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private/\n")
    site.put("/private/story", STORY)
    site.routes["/story"] = Answer(b"", 302, {"Location": "/private/story"})
    size = archive.head().size
    heard, code = once(archive, options, replace(FAST, robots=True))
    assert (heard.drifts, len(heard.failures), code) == ([], 1, 3)
    assert "leads on to" in heard.failures[0]
    assert [path for path, _ in site.requests] == ["/robots.txt", "/story"]
    assert archive.head().size == size


def test_a_robots_txt_that_could_not_be_had_puts_a_source_off_for_minutes_and_not_for_a_day(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    site.put("/robots.txt", b"busy", 503)
    before = time.time()
    heard, code = once(archive, options, replace(FAST, policy=Policy(), robots=True))
    assert (heard.drifts, len(heard.failures), code) == ([], 1, 3)
    assert ASK_AGAIN <= source(archive, page).due - before < 2 * ASK_AGAIN


def test_a_machine_without_a_network_says_nothing_of_the_pages(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    port = site.url.rpartition(":")[2]  # where only 127.0.0.1 is listened on
    urls = [f"http://127.9.9.{n}:{port}/page" for n in range(1, 13)]
    with state(archive) as opened:
        opened.take_in((), (), (), 0, 0.0)
        for url in urls:
            opened.add(page_key(url), url, None, 60.0, 0.0)
        opened.remove(page_key(page), page, 0.0)
    heard, code = once(archive, options, replace(FAST, jobs=1, policy=Policy(tell_after=1)), everything=False)
    assert (heard.alerts, code) == ([], 3)
    assert 6 <= len(heard.drifts) < len(urls)
    assert "without a network" in heard.notes[0]


def test_nothing_is_looked_at_where_nothing_can_be_recorded(
    archive: Archive, options: Options, site: Website, page: str
) -> None:
    archive.make_read_only()
    with pytest.raises(ArchiveError, match="read-only"):
        once(archive, options)
    assert site.requests == []


def test_a_source_that_was_never_captured_is_captured_first(archive: Archive, options: Options, site: Website) -> None:
    url = site.put("/story", STORY)
    with state(archive) as opened:
        opened.add(page_key(url), url, None, 60.0, 0.0)
    assert once(archive, options)[0].drifts == [Drift.UNCHANGED]
    assert capture(archive, url, options).revisit_of is not None
    site.routes["/story"] = Answer(b"", 500)
    assert once(archive, options)[1] == 3
