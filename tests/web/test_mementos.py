"""TimeGate, TimeMap and Mementos, as RFC 7089 has them and as a client of somebody else's reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from webdesks import BASE, client_of, desk_over
from website import STORY, website

from archiver.archive import Archive
from archiver.capture import Options
from archiver.catalogue.listing import CaptureRow, Listing
from archiver.memento.links import read_links
from archiver.quoting import Quotation, quote
from archiver.web import mementos
from archiver.web.desk import Desk
from archiver.web.facts.captures import Capture, nearest

DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")


@pytest.fixture
def program(desk: Desk) -> Iterator[TestClient]:
    """A client that has the token."""
    with client_of(desk) as client:
        client.headers |= {"Authorization": f"Bearer {desk.access.token}"}
        yield client


def test_the_gate_leads_to_the_memento_and_that_is_what_was_recorded(program: TestClient, ids: dict[str, str]) -> None:
    gate = program.get(f"/timegate/{ids['url']}", headers={"Accept-Datetime": "Sun, 26 Jan 2014 20:06:24 GMT"})
    assert gate.status_code == 302
    assert gate.headers["vary"] == "accept-datetime"
    assert "memento-datetime" not in gate.headers
    relations = {relation for link in read_links(gate.headers["link"], BASE) for relation in link.relations}
    assert relations == {"original", "timemap", "first", "last", "memento"}
    for form in ("", "id_"):
        at = re.sub(r"/(\d{14})/", rf"/\g<1>{form}/", gate.headers["location"], count=1)
        copy = program.get(at)
        assert copy.status_code == 200
        assert copy.content == STORY
        assert DATE.fullmatch(copy.headers["memento-datetime"])
        assert copy.headers["x-archive-orig-content-type"] == "text/html; charset=utf-8"
        assert copy.headers["content-type"] == "text/html; charset=utf-8"
        assert copy.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        assert "allow-scripts" not in copy.headers["content-security-policy"]
        assert copy.headers["x-content-type-options"] == "nosniff"
        assert f'<{ids["url"]}>; rel="original"' in copy.headers["link"]
        replay = f'<{BASE}/snapshots/{ids["story"]}/replay>; rel="alternate"'
        assert (replay in copy.headers["link"]) is (form == "")


def test_a_browser_is_led_from_the_shown_form_to_the_replay(client: TestClient, ids: dict[str, str]) -> None:
    at = client.get(f"/timegate/{ids['url']}").headers["location"]
    shown = client.get(at)
    assert (shown.status_code, shown.headers["location"]) == (303, f"/snapshots/{ids['story']}/replay")
    assert client.get(re.sub(r"/(\d{14})/", r"/\1id_/", at, count=1)).content == STORY


def test_a_browser_is_shown_the_replay_and_never_the_markup_itself(program: TestClient, ids: dict[str, str]) -> None:
    at = program.get(f"/timegate/{ids['url']}").headers["location"]
    for place in (at, re.sub(r"/(\d{14})/", r"/\1id_/", at)):
        for dest in ("document", "iframe", "object"):
            answer = program.get(place, headers={"Sec-Fetch-Dest": dest})
            assert (answer.status_code, answer.headers["location"]) == (303, f"/snapshots/{ids['story']}/replay")
        assert program.get(place, headers={"Sec-Fetch-Dest": "empty"}).content == STORY


@pytest.mark.parametrize(
    ("said", "given", "shown"),
    [
        ("image/png", "image/png", True),
        ("text/plain; charset=utf-7", "text/plain; charset=utf-7", True),
        ("image/svg+xml", "image/svg+xml", False),
        ("image/png, text/html", "image/png, text/html", False),
        ("multipart/x-mixed-replace; boundary=b", "application/octet-stream", True),
        ("text/html, multipart/related", "application/octet-stream", True),
        ("Message/RFC822", "application/octet-stream", True),
        ("", "application/octet-stream", True),
    ],
)
def test_types_that_a_browser_may_show(cited: tuple[Path, dict[str, str]], said: str, given: str, shown: bool) -> None:
    with Archive.open(cited[0]) as archive:
        kept = mementos.recorded(archive, archive.catalogue.snapshot(cited[1]["story"]), raw=True)
    typed = replace(kept, headers=(("Content-Type", said),))
    answer = mementos._served(typed, Capture("s-1", datetime(2026, 1, 1, tzinfo=UTC), told=True), "")
    assert answer.headers["content-type"] == given
    assert (mementos._HARMLESS.fullmatch(given) is not None) is shown


def test_a_page_that_is_gone_is_given_out_as_gone(program: TestClient, ids: dict[str, str]) -> None:
    gone = ids["url"].replace("/story", "/gone")
    copy = program.get(program.get(f"/timegate/{gone}").headers["location"])
    assert (copy.status_code, copy.content) == (404, b"not here")
    assert "memento-datetime" in copy.headers


def test_the_timemap_in_both_forms(program: TestClient, ids: dict[str, str]) -> None:
    listed = program.get(f"/timemap/link/{ids['url']}")
    assert listed.headers["content-type"] == "application/link-format"
    links = list(read_links(listed.text, BASE))
    (memento,) = [link for link in links if "memento" in link.relations]
    assert memento.relations == {"first", "last", "memento"}
    assert memento.datetime is not None
    as_json = program.get(f"/timemap/json/{ids['url']}").json()
    assert [one["uri"] for one in as_json["mementos"]["list"]] == [memento.target]
    assert as_json["original_uri"] == ids["url"]


@pytest.mark.parametrize("said", ["yesterday", "", "2014-01-26", "Sun, 99 Jan 2014 20:06:24 GMT", "x" * 5000])
def test_a_date_that_is_none_is_refused(program: TestClient, ids: dict[str, str], said: str) -> None:
    assert program.get(f"/timegate/{ids['url']}", headers={"Accept-Datetime": said}).status_code == 400


@pytest.mark.parametrize("said", ["Thu, 01 Jan 1801 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_date_beyond_the_captures_gives_the_nearest(program: TestClient, ids: dict[str, str], said: str) -> None:
    assert program.get(f"/timegate/{ids['url']}", headers={"Accept-Datetime": said}).status_code == 302


@pytest.mark.parametrize("shape", ["{plain}", "{escaped}", "http:/{rest}", "{rest}", "{plain}#part", "HTTP://{rest}"])
def test_addresses_of_every_shape(program: TestClient, ids: dict[str, str], shape: str) -> None:
    from urllib.parse import quote as escape

    url = shape.format(plain=ids["url"], escaped=escape(ids["url"], safe=""), rest=ids["url"].removeprefix("http://"))
    assert program.get(f"/timegate/{url}").status_code == 302


@pytest.mark.parametrize(
    "rest",
    ["", "?", "http://", "http://[", "http://a b/", "%00", "%ff%fe", "http://x/%0d%0aSet-Cookie:%20a=b", "urn:x>;rel=a,<b", "javascript:alert(1)",
     "http://" + "a" * 9000, "http://x:99999999/", "//", "../../etc/passwd", "http://xn--/", "ü"],
)  # fmt: skip
@pytest.mark.parametrize(
    "way",
    ["/timegate/", "/timemap/link/", "/timemap/json/", "/timemap/link/2/", "/memento/20140126200624/", "/memento/"],
)
def test_nonsense_is_answered_in_a_sentence(program: TestClient, way: str, rest: str) -> None:
    answer = program.get(way + rest)
    assert answer.status_code in (400, 404)
    assert "set-cookie" not in answer.headers


def test_a_moment_without_a_capture_leads_to_the_nearest_and_an_impossible_one_is_refused(
    program: TestClient, ids: dict[str, str]
) -> None:
    for digits, status in (("20010101000000", 302), ("2001", 302), ("20019901000000", 400), ("abc", 400)):
        assert program.get(f"/memento/{digits}id_/{ids['url']}").status_code == status
    led = program.get(f"/memento/20010101000000id_/{ids['url']}").headers["location"]
    assert "id_/" in led


def test_whoever_has_no_token_gets_nothing(stranger: TestClient, ids: dict[str, str]) -> None:
    for way in ("timegate", "timemap/link", "timemap/json", "memento/20140126200624"):
        assert stranger.get(f"/{way}/{ids['url']}").status_code == 403


def test_ten_thousand_captures_come_in_pages(
    program: TestClient, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    rows = [
        CaptureRow(f"s-{at:064x}", f"{start + timedelta(hours=at):%Y-%m-%dT%H:%M:%SZ}", 200, False, None)
        for at in range(10_000)
    ]
    monkeypatch.setattr(Listing, "captures", lambda *_: rows)
    seen = set[str]()
    for number, following in ((1, 2), (2, 3), (10, None)):
        page = f"/timemap/link/{number}/{ids['url']}" if number > 1 else f"/timemap/link/{ids['url']}"
        links = list(read_links(program.get(page).text, BASE))
        listed = {link.target for link in links if "memento" in link.relations}
        assert len(listed) == mementos.PER_PAGE
        assert not listed & seen
        seen |= listed
        assert following is None or any(link.target.endswith(f"/link/{following}/{ids['url']}") for link in links)
    assert program.get(f"/timemap/link/11/{ids['url']}").status_code == 404


def test_second_hand_copies_are_of_the_day_that_the_other_archive_says_and_files_handed_in_are_none(
    program: TestClient, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = {
        "kind": "memento",
        "fetched_at": "2026-01-01T00:00:00Z",
        "memento": {
            "original": ids["url"], "uri": "https://a.example/web/2014/x", "datetime": "2014-01-26T20:06:24Z",
            "archive": "a.example", "timegate": "https://a.example/", "raw": True,
        },
    }  # fmt: skip
    supplied = {"kind": "supplied", "file": "a.html", "sha256": "0" * 64, "added_at": "2026-01-01T00:00:00Z"}
    rows = [
        CaptureRow("s-1", "2026-01-01T00:00:00Z", 200, False, copy),
        CaptureRow("s-2", "2026-02-01T00:00:00Z", 200, False, supplied),
    ]
    monkeypatch.setattr(Listing, "captures", lambda *_: rows)
    (one,) = program.get(f"/timemap/json/{ids['url']}").json()["mementos"]["list"]
    assert one["datetime"] == "2014-01-26T20:06:24Z"
    assert one["from"] == "a.example"


def test_a_wall_stands_in_for_a_page_only_where_there_is_nothing_else() -> None:
    moments = [datetime(2020, month, 1, tzinfo=UTC) for month in (1, 2, 3)]
    page, wall = Capture("s-1", moments[0], True), Capture("s-2", moments[2], False)
    assert nearest((page, wall), moments[2]) is page
    assert nearest((page, wall), None) is page
    assert nearest((wall,), moments[0]) is wall


def test_what_the_server_had_compressed_comes_as_it_was_and_readable(options: Options, tmp_path: Path) -> None:
    import gzip

    packed = gzip.compress(STORY)
    with website() as site, Archive.create(tmp_path / "archive") as archive:
        url = site.put("/packed?a=1&b=%2F", packed, Content_Encoding="gzip")
        quote(archive, url, Quotation("some of them cross it twice before noon"), options)
    desk = desk_over(tmp_path / "archive", None)
    with client_of(desk) as client:
        client.headers |= {"Authorization": f"Bearer {desk.access.token}"}
        at = client.get(f"/timegate/{url}").headers["location"]
        assert at.endswith("/packed?a=1&b=%2F")
        shown = client.get(at)
        assert (shown.content, shown.headers.get("content-encoding")) == (STORY, None)
        raw = re.sub(r"/(\d{14})/", r"/\1id_/", at, count=1)
        with client.stream("GET", raw) as answer:
            assert b"".join(answer.iter_raw()) == packed
            assert answer.headers["content-encoding"] == "gzip"
    desk.close()


def test_what_was_erased_is_in_no_list_and_its_address_says_so(options: Options, tmp_path: Path) -> None:
    from archiver import erasure
    from archiver.capture import capture

    with website() as site, Archive.create(tmp_path / "archive") as archive:
        url = site.put("/story", STORY)
        taken = capture(archive, url, options)
        desk = desk_over(tmp_path / "archive", None)
        with client_of(desk) as client:
            client.headers |= {"Authorization": f"Bearer {desk.access.token}"}
            at = client.get(f"/timegate/{url}").headers["location"]
            assert client.get(at).status_code == 200
            erasure.erase(archive, erasure.make_plan(archive, (taken.id,)), "a person asked for it")
            for address in (at, f"/timegate/{url}", f"/timemap/link/{url}", f"/timemap/json/{url}"):
                gone = client.get(address)
                assert gone.status_code == 404
                assert "What was erased leaves no address." in gone.text
            assert client.get(f"/api/v1/snapshots/{taken.id}").status_code == 410
        desk.close()
