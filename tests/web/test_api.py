"""The JSON interface: every answer fits the schema that the document gives for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient
from webdesks import BASE, TRUE, client_of, desk_over
from website import STORY, website

from archiver.archive import Archive
from archiver.bulk import ListRun, read_list
from archiver.capture import Options
from archiver.cohorts import Failures, policy_of, record_cohort
from archiver.web.api.document import document
from archiver.web.api.table import OPERATIONS
from archiver.web.desk import Desk

DOCUMENT = document(BASE)


@pytest.fixture
def program(desk: Desk) -> Iterator[TestClient]:
    """A client that has the token."""
    with client_of(desk) as client:
        client.headers |= {"Authorization": f"Bearer {desk.access.token}"}
        yield client


def fits(answer: Any, path: str, method: str = "get") -> Any:
    """The JSON of an answer, held against the schema of its status."""
    told = DOCUMENT["paths"][path][method]["responses"]
    assert str(answer.status_code) in told, answer.text
    schema = told[str(answer.status_code)]["content"]["application/json"]["schema"]
    value = answer.json()
    Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(value)
    return value


def test_the_document_is_served_and_names_every_route(program: TestClient) -> None:
    served = program.get("/api/openapi.json").json()
    assert served["openapi"] == "3.1.0"
    assert set(served["paths"]) == {operation.path for operation in OPERATIONS}
    for schema in served["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    "path", ["sources", "snapshots", "quotes", "rechecks", "log", "search?q=bridge+Lorn", "quotes?state=fails"]
)
def test_lists_fit_their_schema(program: TestClient, path: str) -> None:
    answer = program.get(f"/api/v1/{path}")
    assert answer.status_code == 200
    value = fits(answer, f"/api/v1/{path.partition('?')[0]}")
    assert value.get("items") or "items" not in value or path == "rechecks"


def test_the_runs_of_a_list_with_a_tag(archive: Archive, options: Options) -> None:
    run = ListRun.begin(archive, read_list(b"https://example.org/"), fresh=False)
    record_cohort(run, "study 1", Failures(), policy_of(options, 1, 1, None))
    archive.close()
    desk = desk_over(archive.root, None)
    with client_of(desk) as client:
        client.headers |= {"Authorization": f"Bearer {desk.access.token}"}
        path = "/api/v1/cohorts"
        (told,) = fits(client.get(path, params={"tag": "study 1"}), path)["runs"]
        assert (told["addresses"], told["untried"], told["lost"], told["complete"]) == (1, 1, 0, False)
        assert fits(client.get(path, params={"tag": "other"}), path)["status"] == 404
        assert fits(client.get(path, params={"tag": "a\x1b"}), path)["status"] == 400
    desk.close()


def test_a_quotation_and_its_snapshot(program: TestClient, ids: dict[str, str]) -> None:
    quote = fits(program.get(f"/api/v1/quotes/{ids['false']}"), "/api/v1/quotes/{id}")
    assert (quote["verdict"], quote["holds"], quote["state"]["detail"]) == ("altered", False, "13th → 31st")
    snapshot = fits(program.get(f"/api/v1/snapshots/{quote['snapshot']}"), "/api/v1/snapshots/{id}")
    assert snapshot["url"] == ids["url"]


def test_a_quotation_is_searched_for(program: TestClient) -> None:
    (hit,) = fits(program.get("/api/v1/search", params={"q": TRUE}), "/api/v1/search")["hits"]
    assert (hit["mode"], hit["verdict"]) == ("quotation", "verbatim")


@pytest.mark.parametrize("what", ["sources", "snapshots", "quotes"])
def test_pages_by_cursor_are_the_whole_list_once(program: TestClient, what: str) -> None:
    whole = program.get(f"/api/v1/{what}").json()
    assert whole["next"] is None
    items, cursor = [], ""
    while cursor is not None:
        value = fits(program.get(f"/api/v1/{what}", params={"limit": 1, "cursor": cursor}), f"/api/v1/{what}")
        assert len(value["items"]) == 1
        items += value["items"]
        cursor = value["next"]
    assert items == whole["items"]
    assert len(items) > 1


@pytest.mark.parametrize(
    ("asked", "status"),
    [("quotes?limit=0", 400), ("quotes?limit=101", 400), ("quotes?cursor=x", 400), ("quotes?state=odd", 400), ("snapshots?url=http://[", 400),
     ("snapshots/s-ffffffff", 404), ("quotes/q-ffffffff", 404), ("quotes/x", 400), ("search?q=", 400), ("search?q=a&as=b", 400), ("diff", 400),
     ("diff?a=s-ffffffff&b=s-eeeeeeee", 404), ("acts/none", 404)],
)  # fmt: skip
def test_what_cannot_be_answered_is_said_in_a_sentence(program: TestClient, asked: str, status: int) -> None:
    answer = program.get(f"/api/v1/{asked}")
    assert answer.status_code == status
    path = asked.partition("?")[0]
    value = fits(answer, f"/api/v1/{path}" if "/" not in path else f"/api/v1/{path.partition('/')[0]}/{{id}}")
    assert value["error"].endswith(".")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b'{"url": 1}',
        b'{"url": "\\ud800"}',
        b'{"url": "x"}',
        b"\xff",
        b'{"url": "https://a.example/"}',
    ],
)
def test_a_body_that_is_none_is_refused(program: TestClient, body: bytes) -> None:
    answer = program.post("/api/v1/quote", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert fits(answer, "/api/v1/quote", "post")["error"]


@pytest.mark.parametrize(
    ("path", "name", "value", "taken"),
    [
        ("quotes", "cursor", "12", True), ("quotes", "cursor", "x", False), ("rechecks", "cursor", "1" * 19, False),
        ("quotes", "limit", 100, True), ("quotes", "limit", 101, False), ("quotes", "state", "odd", False),
        ("snapshots", "url", "https://example.org/ä?b=c d", True), ("snapshots", "url", "HTTP://BÜCHER.example", True),
        ("snapshots", "url", "example.org", False), ("snapshots", "url", "", True), ("search", "since", "", True), ("sources", "cursor", "x", True),
        ("search", "q", " bridge ", True), ("search", "q", "  ", False), ("search", "as", "b", False),
        ("search", "since", "2026", True), ("search", "since", "2026-11-21", True), ("search", "until", "2026-11-21T15:30:00Z", True),
        ("search", "until", "2026-11-21 15:30", True), ("search", "since", "2026-13", False), ("search", "since", "yesterday", False),
        ("search", "url", "example.org", True), ("cohorts", "tag", "étude 1", True), ("cohorts", "tag", " a", False),
        ("cohorts", "tag", "a" * 101, False), ("cohorts", "tag", "a\x1b", False), ("cohorts", "tag", "", False),
        ("diff", "a", "s-ffff", True), ("diff", "a", "https://example.org/", True), ("diff", "a", "s-fff", False), ("diff", "a", "", False),
        ("snapshots/{id}", "id", "s-ffff", True), ("quotes/{id}", "id", "q-ffff", True), ("quotes/{id}", "id", "x", False),
    ],
)  # fmt: skip
def test_the_document_says_which_arguments_are_accepted(
    program: TestClient, path: str, name: str, value: object, taken: bool
) -> None:
    told = {one["name"]: one for one in DOCUMENT["paths"][f"/api/v1/{path}"]["get"]["parameters"]}
    assert Draft202012Validator(told[name]["schema"]).is_valid(value) == taken
    usual = {"q": "bridge", "a": "s-ffffffff", "b": "s-eeeeeeee", "tag": "a"}
    asked = {key: usual[key] for key, one in told.items() if one["in"] == "query" and one["required"]} | {name: value}
    answer = program.get(f"/api/v1/{path.replace('{id}', str(asked.get('id', '')))}", params=asked)
    assert (answer.status_code != 400) == taken, answer.text


@pytest.mark.parametrize(
    ("path", "body", "taken"),
    [
        ("quote", {"url": "http://127.0.0.1/", "quote": "a word", "speaker": None, "fresh": False, "more": None}, True),
        ("quote", {"url": "s-ffffffff", "quote": "a word"}, True),
        ("quote", {"url": "http://127.0.0.1/", "quote": "…"}, False),
        ("quote", {"url": "http://127.0.0.1/", "quote": ""}, False),
        ("quote", {"url": "http://127.0.0.1/", "quote": "a" * 20_001}, False),
        ("quote", {"url": "http://127.0.0.1/", "quote": "a", "note": "a" * 2_001}, False),
        ("quote", {"url": "http://127.0.0.1/", "quote": "a", "more": []}, False),
        ("snapshot", {"url": "http://127.0.0.1/"}, True),
        ("recheck", {"url": "ftp://127.0.0.1/"}, False),
        ("recheck", {"url": ""}, False),
    ],
)
def test_the_document_says_which_bodies_are_accepted(
    program: TestClient, path: str, body: dict[str, object], taken: bool
) -> None:
    content = DOCUMENT["paths"][f"/api/v1/{path}"]["post"]["requestBody"]["content"]["application/json"]
    assert Draft202012Validator({**content["schema"], "components": DOCUMENT["components"]}).is_valid(body) == taken
    assert (program.post(f"/api/v1/{path}", json=body).status_code != 400) == taken


def test_another_method_is_refused_with_those_that_there_are(program: TestClient) -> None:
    answer = program.delete("/api/v1/quote")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["error"].endswith(".")


def test_a_browser_cannot_post_without_its_token_nor_a_stranger_read(client: TestClient, stranger: TestClient) -> None:
    assert client.post("/api/v1/snapshot", json={"url": "https://a.example/"}).status_code == 403
    assert stranger.get("/api/v1/quotes").status_code == 403


def test_a_quotation_is_judged_and_its_progress_told(own: Desk) -> None:
    with website() as site, client_of(own) as client:
        client.headers |= {"Authorization": f"Bearer {own.access.token}"}
        url = site.put("/story", STORY)
        begun = client.post("/api/v1/quote", json={"url": url, "quote": TRUE, "speaker": None, "fresh": False})
        act = fits(begun, "/api/v1/quote", "post")
        end = time.monotonic() + 20
        while act["state"] in ("waiting", "running") and time.monotonic() < end:
            time.sleep(0.05)
            act = fits(client.get(begun.headers["location"]), "/api/v1/acts/{id}")
        assert (act["state"], act["error"]) == ("done", None)
        assert fits(client.get(f"/api/v1{act['to']}"), "/api/v1/quotes/{id}")["verdict"] == "verbatim"
        again = client.post("/api/v1/snapshot", json={"url": url})
        while (
            client.get(again.headers["location"]).json()["state"] in ("waiting", "running") and time.monotonic() < end
        ):
            time.sleep(0.05)
        one, two = (item["snapshot"] for item in client.get("/api/v1/snapshots").json()["items"])
        compared = fits(client.get("/api/v1/diff", params={"a": two, "b": one}), "/api/v1/diff")
        assert compared["same"] is True
