"""Pages that a browser hands over: what is taken, from whom, and what is said of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient
from webdesks import BASE, TRUE, client_of, entered
from website import STORY, Website, article

from archiver.errors import InputError
from archiver.model import SUPPLIED
from archiver.urls import page_key
from archiver.web.api.document import document
from archiver.web.api.receiving import LARGEST
from archiver.web.desk import Desk
from archiver.web.receiving import Handed

RECEIVING = Draft202012Validator({"$ref": "#/components/schemas/Receiving", "components": document(BASE)["components"]})
WALL = article(
    "Before you go on", "We value your privacy. Accept all cookies to read this story, or manage your choices."
)


@pytest.fixture
def program(own: Desk) -> Iterator[TestClient]:
    with client_of(own) as client:
        client.headers |= {"Authorization": f"Bearer {own.access.receiving_token}", "Origin": "chrome-extension://abc"}
        yield client


def handed(client: TestClient, page: bytes, **fields: str) -> Any:
    return client.post("/api/receiving", data=fields, files={"page": ("page.html", page, "text/html")})


def done(client: TestClient, answer: Any) -> dict[str, Any]:
    """The act once it has ended."""
    assert answer.status_code == 202, answer.text
    end = time.monotonic() + 20
    while True:
        value: dict[str, Any] = client.get(f"/api/receiving/{answer.json()['id']}").json()
        RECEIVING.validate(value)
        if value["state"] not in ("waiting", "running"):
            return value
        assert time.monotonic() < end
        time.sleep(0.01)


def test_the_page_that_the_reader_sees_is_judged_beside_what_the_archive_is_given(
    own: Desk, program: TestClient, site: Website
) -> None:
    url = site.put("/story", WALL)
    act = done(program, handed(program, STORY, address=url, words=TRUE, title="Bridge", time="2026-11-21T20:00:00Z"))
    seen, own_capture = act["verdicts"]
    assert (seen["of"], seen["standing"], own_capture["of"]) == ("supplied", "holds", "captured")
    assert own_capture["standing"] != "holds"
    with own.reading() as archive:
        supplied = archive.catalogue.snapshot(seen["snapshot"])
        assert supplied.origin is not None
        assert supplied.origin.kind == SUPPLIED
        assert "2026-11-21T20:00:00Z by its own clock" in str(supplied.origin.note)
        assert "supplied-by-user" in {notice.code for notice in supplied.warnings}
        assert archive.catalogue.snapshot(own_capture["snapshot"]).origin is None
        newest = archive.catalogue.latest(page_key(url))
        assert newest is not None
        assert newest.id == own_capture["snapshot"]  # what was handed over does not stand before what was fetched
    with entered(own) as browser:
        page = browser.get(act["to"]).text
    assert "supplied by you" in page
    assert "as the archive was given it" in page
    again = done(program, handed(program, STORY, address=url, words="4,200 drivers use the bridge"))
    assert [item["of"] for item in again["verdicts"]] == ["supplied", "captured"]
    assert len(site.requests) == 1, "a capture of a moment ago serves"


def test_without_a_capture_of_its_own_the_page_is_judged_all_the_same(program: TestClient, site: Website) -> None:
    url = site.url.replace("127.0.0.1", "no-such-host.invalid") + "/story"
    act = done(program, handed(program, STORY, address=url, words=TRUE))
    assert [item["of"] for item in act["verdicts"]] == ["supplied"]
    assert any(line.startswith("The archive has no capture of its own") for line in act["said"])


def test_a_page_without_words_is_recorded_alone(program: TestClient, site: Website) -> None:
    act = done(program, handed(program, STORY, address=site.put("/story", STORY)))
    assert act["to"].startswith("/snapshots/s-")
    assert "verdicts" not in act


@pytest.mark.parametrize(
    ("fields", "page"),
    [
        ({"address": "file:///etc/passwd"}, STORY),
        ({"address": "javascript:alert(1)"}, STORY),
        ({}, STORY),
        ({"address": "https://example.org/"}, b" \n"),
        ({"address": "https://example.org/", "words": "[…]"}, STORY),
        ({"address": "https://example.org/", "words": "a" * 20_001}, STORY),
        ({"address": "https://example.org/", "title": "a" * 501}, STORY),
    ],
)
def test_what_cannot_be_taken_is_said_at_once(program: TestClient, fields: dict[str, str], page: bytes) -> None:
    answer = handed(program, page, **fields)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def test_more_than_a_page_may_have_is_refused(program: TestClient) -> None:
    assert handed(program, b"a" * (LARGEST + 1), address="https://example.org/").status_code == 413
    with pytest.raises(InputError, match="larger than 16 MiB"):
        Handed("https://example.org/", b"a" * (LARGEST + 1))
    assert program.post("/api/receiving", data={"address": "https://example.org/"}).json()["status"] == 400


def test_nobody_else_may_hand_anything_over(own: Desk, program: TestClient, site: Website) -> None:
    url = site.put("/story", STORY)
    with client_of(own) as stranger:
        for headers in (
            {},
            {"Authorization": "Bearer wrong"},
            {"Origin": "https://evil.example"},
            {"Origin": "chrome-extension://abc"},
        ):
            stranger.headers = headers  # type: ignore[assignment]
            assert handed(stranger, STORY, address=url).status_code == 403
        asked = stranger.options(
            "/api/receiving", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
        )
    assert asked.status_code == 403
    assert not [name for name in asked.headers if name.startswith("access-control")]
    for origin in ("https://evil.example", "http://127.0.0.1:9", "null"):  # even with the token
        program.headers["Origin"] = origin
        answer = handed(program, STORY, address=url)
        assert answer.status_code == 403
        assert not [name for name in answer.headers if name.startswith("access-control")]
    with entered(own) as browser:  # our own pages have their form
        answer = browser.post(
            "/api/receiving", data={"address": url, "csrf": own.access.csrf}, files={"page": ("p", STORY, "text/html")}
        )
        assert answer.status_code == 403
    with own.reading() as archive:
        assert archive.catalogue.snapshots() == []


def test_what_other_acts_are_is_not_told_to_who_may_only_receive(own: Desk, program: TestClient) -> None:
    with client_of(own) as owner:
        owner.headers |= {"Authorization": f"Bearer {own.access.token}"}
        begun = owner.post("/api/v1/snapshot", json={"url": "https://no-such-host.invalid/"}).json()["id"]
        assert owner.get(f"/api/v1/acts/{begun}").status_code == 200
    assert program.get(f"/api/receiving/{begun}").status_code == 404
    assert program.get(f"/api/v1/acts/{begun}").status_code == 403


def test_a_bookmarklet_leads_to_the_form_by_a_click_of_the_person(own: Desk) -> None:
    led = {"Origin": "", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}
    del led["Origin"]
    where = "/quote?source=https%3A%2F%2Fexample.org%2F&quotation=%22%3E%3Cscript%3Ehit(1)%3C%2Fscript%3E"
    with client_of(own) as outside:
        answer = outside.get(where, headers=led)
        assert answer.status_code == 200
        assert "Open the form" in answer.text
        assert "http-equiv" not in answer.text
        assert "<script>" not in answer.text
        assert outside.get("/", headers=led).status_code == 403
        assert outside.get(where, headers=led | {"Sec-Fetch-Dest": "iframe"}).status_code == 403
        assert outside.post("/quote", headers=led).status_code == 403
    with entered(own) as browser:
        page = browser.get("/browser").text
        form = browser.get(where).text
    assert own.access.token not in page
    assert own.access.receiving_token in page
    assert own.access.receiving_token not in page.split('id="bookmarklet"')[1].split("</a>")[0]
    assert f"{BASE}/quote?" in page
    assert "https://example.org/" in form
    assert "<script>hit" not in form
