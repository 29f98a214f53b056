"""Finding a copy in a public archive, honest and not."""

from __future__ import annotations

import contextlib
import ipaddress
import threading
from datetime import UTC, datetime

import pytest
from mementos import HTML, Copied, PublicArchive
from website import STORY, Answer, Website, website

from archiver.errors import (
    ArchiverError,
    BadAnswer,
    BlockedAddress,
    InputError,
    NoMemento,
    Stopped,
    TooManyRedirects,
    Unreachable,
)
from archiver.memento import Found, Wish, find
from archiver.memento.asking import MAX_REQUESTS, Asker
from archiver.memento.links import write_date
from archiver.settings import FetchSettings
from archiver.urls import Url

PAGE = "http://page.example/story?a=b"
OLD, NEW = Copied("20140126200624", STORY), Copied("20190531120000", STORY.replace(b"13th", b"31st"))
LOST = b"<html><body><h1>Not found</h1></body></html>"


def look(site: Website, page: str = PAGE, at: str | None = None, gate: str | None = None, **changes) -> Found:
    settings = FetchSettings(
        **{"user_agent": "t", "timeout": 5.0, "allow_net": (ipaddress.ip_network("127.0.0.0/8"),)} | changes
    )
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None
    return find(page, Wish(gate or f"{site.url}/web/", moment), Asker(settings, lambda _: None))


def codes(found: Found) -> list[str]:
    return [notice.code for notice in found.notices]


@pytest.mark.parametrize("style", ["redirect", "frame", "link", "negotiate"])
@pytest.mark.parametrize(("at", "copy"), [("2014-02-01", OLD), ("2019-05-20", NEW), (None, NEW)])
def test_every_way_to_answer_leads_to_the_copy_as_it_was_captured(
    site, style: str, at: str | None, copy: Copied
) -> None:
    PublicArchive(site, style=style).put(PAGE, [OLD, NEW])
    found = look(site, at=at)
    assert found.exchanges[-1].body == copy.body
    assert found.memento.uri == f"{site.url}/web/{copy.when}id_/{PAGE}"
    assert found.memento.datetime == copy.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (found.memento.original, found.memento.raw) == (PAGE, True)
    assert (found.memento.archive, found.memento.timegate) == (site.url[7:], f"{site.url}/web/")
    assert codes(found) == []
    assert [exchange.url for exchange in found.exchanges] == [f"{site.url}/web/{PAGE}", found.memento.uri]
    asked = [headers.get("accept-datetime") for _, headers in site.requests]
    assert asked == ([write_date(datetime.fromisoformat(at).replace(tzinfo=UTC))] if at else [None]) + [None]


def test_a_template_names_the_page_where_it_stands(site) -> None:
    PublicArchive(site).put(PAGE, [OLD])
    assert look(site, gate=f"{site.url}/web/{{url}}").memento.datetime == "2014-01-26T20:06:24Z"


@pytest.mark.parametrize("style", ["redirect", "negotiate", "link"])
@pytest.mark.parametrize("digits", [True, False])
def test_where_there_is_no_raw_form_what_people_are_shown_is_taken_and_said(site, style: str, digits: bool) -> None:
    PublicArchive(site, style=style, raw=False, digits=digits).put(PAGE, [OLD])
    found = look(site)
    assert found.exchanges[-1].body.endswith(OLD.body)
    assert (codes(found), found.memento.raw) == (["memento-rewritten"], False)


def test_a_copy_far_from_the_date_is_said(site) -> None:
    PublicArchive(site).put(PAGE, [OLD])
    found = look(site, at="2019-05-31")
    assert codes(found) == ["memento-far"]
    assert "1950 days before the date wished for" in found.notices[0].detail
    assert found.memento.distance == "1950 days before"


def test_a_redirect_that_was_captured_is_followed_in_the_archive(site) -> None:
    archive = PublicArchive(site)
    archive.put(PAGE, [Copied("20140126200624", b"", 301, "http://page.example/new")])
    archive.put("http://page.example/new", [OLD])
    found = look(site)
    assert found.memento.uri == f"{site.url}/web/20140126200624id_/http://page.example/new"
    assert codes(found) == ["memento-of-other"]
    assert found.memento.original == "http://page.example/new"


@pytest.mark.parametrize("at", [None, "2018-12-25"])
def test_a_copy_of_an_error_page_is_passed_over(site, at: str | None) -> None:
    errors = [Copied(f"2019{month:02}01000000", LOST, 404) for month in range(1, 12)]
    PublicArchive(site).put(PAGE, [OLD, Copied("20181201000000", STORY), *errors])
    found = look(site, at=at)
    assert found.memento.datetime == "2018-12-01T00:00:00Z"
    assert found.exchanges[-1].body == STORY
    assert codes(found) == ["memento-of-error-passed-over"]


def test_where_all_are_of_error_pages_the_nearest_is_taken_and_said(site) -> None:
    PublicArchive(site).put(PAGE, [Copied(f"2019{month:02}01000000", LOST, 404) for month in range(1, 4)])
    found = look(site)
    assert found.exchanges[-1].status == 404
    assert codes(found) == ["memento-of-error"]


def test_where_the_timemap_cannot_be_had_the_copy_is_taken_as_it_is(site) -> None:
    PublicArchive(site).put(PAGE, [Copied("20190101000000", LOST, 404)])
    site.routes[f"/map/{PAGE}"] = None
    found = look(site)
    assert (found.exchanges[-1].status, codes(found)) == (404, ["memento-of-error"])
    assert "tried" not in found.notices[0].detail


def test_a_wish_to_stop_is_heeded_while_other_copies_are_tried(site) -> None:
    PublicArchive(site).put(PAGE, [OLD, *[Copied(f"2019{month:02}01000000", LOST, 404) for month in range(1, 12)]])
    stop = threading.Event()
    settings = FetchSettings("t", timeout=5, allow_net=(ipaddress.ip_network("127.0.0.0/8"),))

    def told(url: Url) -> None:
        if "/map/" in url.href:
            stop.set()

    with pytest.raises(Stopped):
        find(PAGE, Wish(f"{site.url}/web/"), Asker(settings, told, stop))
    assert len(site.requests) <= 3


def test_an_archive_without_a_copy_says_so(site) -> None:
    with pytest.raises(NoMemento, match="has no copy of http://page"):
        look(site)
    PublicArchive(site, style="link").put(PAGE, [OLD], mapped=[])
    site.routes[f"/web/{PAGE}"] = Answer(b"", 404, {"Link": f'<{site.url}/map/{PAGE}>; rel="timemap"'})
    with pytest.raises(NoMemento):
        look(site)


@pytest.mark.parametrize("status", [200, 300, 401, 403, 429, 451, 500, 503])
def test_what_does_not_answer_as_an_archive_is_told(site, status: int) -> None:
    site.put(f"/web/{PAGE}", b"<h1>Hello</h1>", status)
    with pytest.raises(BadAnswer):
        look(site)


@pytest.mark.parametrize("gate", ["ftp://x/", "http://ada:secret@x/", "nonsense", "http://"])
def test_what_is_no_timegate(gate: str) -> None:
    with pytest.raises(InputError) as raised:
        Wish(gate)
    assert "secret" not in str(raised.value)


# archives that mean ill


def test_a_circle_of_redirects_is_one_sentence(site) -> None:
    site.routes[f"/web/{PAGE}"] = Answer(b"", 302, {"Location": "/a"})
    site.routes["/a"] = Answer(b"", 302, {"Location": f"/web/{PAGE}"})
    with pytest.raises(TooManyRedirects, match="in a circle"):
        look(site)


def test_redirects_without_an_end_are_one_sentence(site) -> None:
    class Endless(dict):
        def get(self, *_):
            return Answer(b"", 302, {"Location": f"/n{len(site.requests)}"})

    site.routes = Endless()
    with pytest.raises(TooManyRedirects, match="more than 20 times"):
        look(site)
    assert len(site.requests) == 21


def test_copies_that_lead_on_without_an_end_are_bounded(site) -> None:
    class Endless(dict):
        def get(self, path, _=None):
            if path.startswith("/map"):
                lines = [
                    f'</web/{year}0101000000/{PAGE}>; rel=memento; datetime="{write_date(datetime(year, 1, 1, tzinfo=UTC))}"'
                    for year in range(1996, 2026)
                ]
                return Answer(",".join(lines).encode(), 200, HTML)
            number = len(site.requests)
            if "id_" in path and number % 4:
                return Answer(b"", 302, {"Location": f"/web/2014{number:010}id_/{PAGE}"})
            return Answer(
                LOST, 404, {**HTML, "Memento-Datetime": write_date(OLD.moment), "Link": "</map>; rel=timemap"}
            )

    site.routes = Endless()
    with contextlib.suppress(Unreachable):
        look(site)
    assert len(site.requests) <= MAX_REQUESTS


@pytest.mark.parametrize(
    "inside",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://2852039166/",
        "file:///etc/passwd",
        "ftp://x/",
    ],
)
def test_no_answer_leads_inside(site, inside: str) -> None:
    def refused(**headers: str) -> None:
        site.routes[f"/web/{PAGE}"] = Answer(b"", int(headers.pop("status", "200")), headers)
        with pytest.raises((BlockedAddress, BadAnswer, NoMemento)):
            look(site)

    refused(status="302", Location=inside)
    date = write_date(OLD.moment)
    refused(Link=f'<{inside}web/20140126200624/{PAGE}>; rel=memento; datetime="{date}"')
    refused(Link=f"<{inside}>; rel=timemap")
    site.put("/map", f'<{inside}>; rel=memento; datetime="{date}"'.encode())
    refused(Link="</map>; rel=timemap")
    refused(**{"Memento-Datetime": date, "Content-Location": f"{inside}web/20140126200624/{PAGE}"})


@pytest.mark.parametrize(
    "date", ["Sun, 26 Jan 2064 20:06:24 GMT", "Sun, 26 Jan 1975 20:06:24 GMT", "Sun, 26 Jan 2015 20:06:24 GMT"]
)
@pytest.mark.parametrize("digits", [True, False])
def test_a_date_that_cannot_be_is_said(site, date: str, digits: bool) -> None:
    path = f"/web/20140126200624id_/{PAGE}" if digits else "/copy"
    site.routes[f"/web/{PAGE}"] = Answer(b"", 302, {"Location": path})
    site.routes[path] = Answer(STORY, 200, {**HTML, "Memento-Datetime": date})
    doubtful = "memento-date-doubtful" in codes(look(site))
    assert doubtful == (digits or "2015" not in date)


@pytest.mark.parametrize("date", ["yesterday", "Sun, 26 Jan 1066 20:06:24 GMT", "", "Sun, 26 Jan 99999 20:06:24 GMT"])
def test_a_copy_without_a_date_that_can_be_read_is_none(site, date: str) -> None:
    site.routes[f"/web/{PAGE}"] = Answer(b"", 302, {"Location": f"/web/20140126200624/{PAGE}"})
    for form in ("", "id_"):
        site.routes[f"/web/20140126200624{form}/{PAGE}"] = Answer(STORY, 200, {**HTML, "Memento-Datetime": date})
    with pytest.raises(BadAnswer, match="no Memento-Datetime"):
        look(site)


def test_a_timemap_without_an_end_is_cut_and_said(site) -> None:
    error = Copied("20190101000000", LOST, 404)
    PublicArchive(site).put(PAGE, [OLD, error])
    page = site.routes[f"/map/{PAGE}"]
    for number in range(20):
        more = f',\n</map{number}>; rel="timemap"'.encode()
        body = page.body + more if number == 0 else f"</map{number}>; rel=timemap".encode()
        site.routes[f"/map/{PAGE}" if number == 0 else f"/map{number - 1}"] = Answer(body, 200, HTML)
    found = look(site)
    assert found.memento.datetime == "2014-01-26T20:06:24Z"
    assert "timemap-not-whole" in codes(found)
    assert sum(path.startswith("/map") for path, _ in site.requests) == 4


def test_a_timemap_larger_than_its_limit_is_read_to_there(site, monkeypatch) -> None:
    monkeypatch.setattr("archiver.memento.finding._MAX_TIMEMAP", 1000)
    PublicArchive(site).put(PAGE, [OLD, *[Copied(f"2019{month:02}01000000", LOST, 404) for month in range(1, 12)]])
    found = look(site)
    assert found.memento.datetime == "2014-01-26T20:06:24Z"
    assert "timemap-not-whole" in codes(found)


@pytest.mark.parametrize(
    "noise", [b"", b"\x00\xff" * 5000, b"<" * 100_000, b'{"mementos": []}', b"<a>; rel=memento; datetime=x"]
)
def test_a_timemap_that_is_none_changes_nothing(site, noise: bytes) -> None:
    PublicArchive(site).put(PAGE, [Copied("20190101000000", LOST, 404)])
    site.put(f"/map/{PAGE}", noise)
    assert look(site).exchanges[-1].status == 404


def test_it_takes_no_longer_than_it_may(serve_slowly, site) -> None:
    with pytest.raises(ArchiverError):
        look(site, gate=serve_slowly, timeout=0.4)


@pytest.fixture
def serve_slowly():
    """A TimeGate that sends one byte each tenth of a second."""
    import socket
    import time

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                connection, _ = listener.accept()
                with connection:
                    for byte in b"HTTP/1.1 302 Found\r\n" * 3:
                        connection.sendall(bytes([byte]))
                        time.sleep(0.1)
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


def test_a_wish_to_stop_ends_it(site) -> None:
    stop = threading.Event()
    stop.set()
    settings = FetchSettings("t", timeout=5, allow_net=(ipaddress.ip_network("127.0.0.0/8"),))
    told: list[Url] = []
    with pytest.raises(Stopped):
        find(PAGE, Wish(f"{site.url}/web/"), Asker(settings, told.append, stop))


def test_a_copy_of_another_page_is_told_by_its_address_where_the_archive_does_not_say_so(site) -> None:
    """What was asked for stood there as the page that the archive has a copy of."""
    other = "http://other.example/minutes"
    site.put(f"/web/{PAGE}", b"", 302, Location=f"/web/{OLD.when}/{other}")
    site.put(f"/web/{OLD.when}id_/{other}", STORY, Memento_Datetime=write_date(OLD.moment))
    found = look(site)
    assert found.memento.original == other
    assert codes(found) == ["memento-of-other"]


def test_a_copy_that_another_host_gives_is_told_as_such(site) -> None:
    """A redirect that was captured can lead out of the archive: the page's own server then dates itself."""
    with website() as live:
        site.put(f"/web/{PAGE}", b"", 302, Location=f"/web/{OLD.when}/{PAGE}")
        site.put(f"/web/{OLD.when}id_/{PAGE}", b"", 302, Location=f"{live.url}/story")
        live.put("/story", STORY, Memento_Datetime=write_date(OLD.moment))
        found = look(site)
        assert found.memento.archive == live.url[7:]
        assert "memento-from-elsewhere" in codes(found)
        assert live.url[7:] in next(item.detail for item in found.notices if item.code == "memento-from-elsewhere")
