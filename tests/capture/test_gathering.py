"""Fetching what a page names: in which order, how many at once, and up to which limits."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from styledsite import noise
from website import Answer, Website

from archiver.archive import Archive
from archiver.capture import AssetRun, Options, capture, gathering
from archiver.capture.assetrun import Fetched
from archiver.capture.gathering import Asking, Gathered, Page, gather
from archiver.digests import Digest
from archiver.errors import Stopped
from archiver.model import AssetList, FailedAsset, Reference, References, Role

Get = Callable[..., Gathered]


@pytest.fixture
def get(archive: Archive, site: Website, options: Options) -> Get:
    """Gathers paths of the site."""

    def call(
        *paths: str, run: AssetRun | None = None, seconds: float = 30, stop: threading.Event | None = None, spare: str = "", role: Role = Role.IMAGE
    ) -> Gathered:  # fmt: skip
        items = tuple(
            Reference(site.url + path, Role.STYLE if path.endswith(".css") else role, path in spare.split())
            for path in paths
        )
        asking = Asking(options.fetch, True, stop or threading.Event(), options.told, seconds)
        return gather(archive, Page(f"{site.url}/page", None, References(items)), run or AssetRun(8, 8, 8), asking)

    return call


def test_results_come_in_the_order_in_which_they_were_found(site: Website, get: Get) -> None:
    for n in range(9):
        site.put(f"/{n}.png", noise(n), Content_Type="image/png")
    got = get(*(f"/{n}.png" for n in range(9)), "/gone.png")
    assert [wanted.url.rpartition("/")[2] for wanted, _ in got.results] == [f"{n}.png" for n in range(9)] + ["gone.png"]
    assert [isinstance(result, Fetched) for _, result in got.results] == [True] * 9 + [False]


def test_styles_are_fetched_first_and_what_may_never_be_shown_last(site: Website, get: Get) -> None:
    for path in ("/a.png", "/b.png", "/c.css"):
        site.put(path, b"x", Content_Type="text/css")
    get("/a.png", "/b.png", "/c.css", run=AssetRun(1, 1, 1), spare="/a.png")
    assert [path for path, _ in site.requests] == ["/c.css", "/b.png", "/a.png"]


@pytest.mark.parametrize(("jobs", "per_host", "most"), [(3, 8, 3), (8, 2, 2)])
def test_no_more_at_once_than_are_allowed(site: Website, get: Get, jobs: int, per_host: int, most: int) -> None:
    lock, now, highest = threading.Condition(), [0], [0]

    def slow(_: Mapping[str, str]) -> Answer:
        with lock:
            now[0] += 1
            highest[0] = max(highest[0], now[0])
            lock.notify_all()
            lock.wait_for(lambda: highest[0] >= most, timeout=10)  # however slow the machine is
            lock.wait(0.02)  # time for one too many
            now[0] -= 1
        return Answer(b"x", 200, {"Content-Type": "image/png"})

    site.routes.update({f"/{n}.png": slow for n in range(12)})
    assert len(get(*(f"/{n}.png" for n in range(12)), run=AssetRun(jobs, per_host, 8)).results) == 12
    assert highest[0] == most


def test_too_many_are_counted(site: Website, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MAX_ASSETS", 4)
    got = get(*(f"/{n}.png" for n in range(10)))
    assert (len(got.results), got.left_out) == (4, {"too-many": 6})
    assert len(site.requests) == 4


def test_too_many_bytes_are_counted(site: Website, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MAX_BYTES", 5000)
    for n in range(6):
        site.put(f"/{n}.png", noise(n), Content_Type="image/png")
    got = get(*(f"/{n}.png" for n in range(6)), run=AssetRun(1, 1, 1))
    assert (len(got.results), got.left_out) == (2, {"too-large": 4})


def test_one_that_is_too_long_is_not_had(site: Website, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MAX_ASSET", 1000)
    site.put("/i.png", noise(1), Content_Type="image/png")
    ((_, result),) = get("/i.png").results
    assert isinstance(result, FailedAsset)
    assert "cut short (length)" in result.error


def test_the_time_for_all_of_them_ends(site: Website, get: Get) -> None:
    def slow(_: Mapping[str, str]) -> Answer:
        time.sleep(0.4)
        return Answer(b"x", 200, {"Content-Type": "image/png"})

    site.routes.update({f"/{n}.png": slow for n in range(20)})
    started = time.monotonic()
    got = get(*(f"/{n}.png" for n in range(20)), run=AssetRun(2, 2, 2), seconds=1.0)
    assert time.monotonic() - started < 5
    assert got.left_out["no-time"] >= 10
    assert len(got.results) + got.left_out["no-time"] == 20


def test_it_can_be_stopped(site: Website, get: Get) -> None:
    stop, go = threading.Event(), threading.Event()

    def slow(_: Mapping[str, str]) -> Answer:
        stop.set()
        go.wait(60)
        return Answer(b"x", 200, {"Content-Type": "image/png"})

    site.routes["/i.png"] = slow
    with pytest.raises(Stopped):
        get("/i.png", "/j.png", run=AssetRun(1, 1, 1), stop=stop)
    go.set()
    assert len(site.requests) == 1


def test_what_another_page_of_the_run_has_fetched_is_not_asked_for(site: Website, get: Get) -> None:
    run = AssetRun(4, 4, 4)
    site.put("/s.css", b"a{background:url(/i.png)}", Content_Type="text/css")
    get("/s.css", "/gone.png", run=run)
    again = get("/s.css", "/gone.png", run=run)
    assert len(again.results) == 3
    assert sorted(path for path, _ in site.requests) == ["/gone.png", "/i.png", "/s.css"]


def test_an_unasked_304_is_no_asset(site: Website, get: Get) -> None:
    site.routes["/i.png"] = Answer(b"", 304, {})
    ((_, result),) = get("/i.png").results
    assert isinstance(result, FailedAsset)


def test_inside_addresses_are_not_contacted(archive: Archive, options: Options) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.3)
        port = canary.getsockname()[1]
        urls = [
            f"http://{host}:{port}/x.png"
            for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "0x7f.1")
        ]
        references = References(tuple(Reference(url, Role.IMAGE) for url in urls))
        asking = Asking(replace(options.fetch, allow_net=()), True, threading.Event(), options.told)
        got = gather(archive, Page("https://example.org/", None, references), AssetRun(8, 8, 8), asking)
        assert all(isinstance(result, FailedAsset) for _, result in got.results)
        with pytest.raises(TimeoutError):
            canary.accept()
    assert options.contacts.hosts() == {}


def test_not_modified_said_of_another_version_is_asked_anew(archive: Archive, site: Website, options: Options) -> None:
    """The payload on record stood for one that the server did not mean."""
    asked: list[str | None] = []

    def answer(headers: Mapping[str, str]) -> Answer:
        asked.append(headers.get("if-none-match"))
        tag = '"A"' if len(asked) == 1 else '"B"'
        if asked[-1]:
            return Answer(b"", 304, {"ETag": tag})
        return Answer(noise(len(asked)), 200, {"Content-Type": "image/png", "ETag": tag})

    site.routes["/i.png"] = answer
    page = site.put("/page", b'<!DOCTYPE html><html><body><p>Words.</p><img src="/i.png"></body></html>')
    one, other = (capture(archive, page, replace(options, assets=AssetRun(4, 4, 4))) for _ in range(2))
    assets = [
        AssetList.from_json(json.loads(archive.capture_record(snapshot))["assets"]).recorded[0]
        for snapshot in (one, other)
    ]
    assert asked == [None, '"A"', None]
    assert [asset.sha256 for asset in assets] == [Digest.of(noise(n)).hex for n in (1, 3)]


@pytest.mark.parametrize("had", [0, 2])
def test_with_fewer_threads_than_wished_for_all_is_fetched(
    site: Website, get: Get, monkeypatch: pytest.MonkeyPatch, had: int
) -> None:
    """It ended in a fault, with the threads that there were still fetching."""
    for n in range(5):
        site.put(f"/{n}.png", noise(n), Content_Type="image/png")
    real, started = threading.Thread.start, [0]

    def start(thread: threading.Thread) -> None:
        if getattr(thread, "_target", None).__name__ == "_work":
            started[0] += 1
            if started[0] > had:
                raise RuntimeError("can't start new thread")
        real(thread)

    monkeypatch.setattr(threading.Thread, "start", start)
    got = get(*(f"/{n}.png" for n in range(5)))
    assert [isinstance(result, Fetched) for _, result in got.results] == [True] * 5
