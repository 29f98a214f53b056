from __future__ import annotations

import time

import pytest
from website import Answer, Website

from archiver.capture import Options
from archiver.watching.robots import ASK_AGAIN, MOST_DELAY, Robots, read_rules

FILE = b"User-agent: *\nCrawl-delay: 7\nDisallow: /private/\n\nUser-agent: archiver\nDisallow: /mine\nCrawl-delay: 3\n"


def test_the_rules_for_us_go_before_those_for_all() -> None:
    rules = read_rules(FILE)
    assert (rules.allows("https://x.org/private/a"), rules.allows("https://x.org/mine/a"), rules.delay) == (
        True,
        False,
        3.0,
    )
    assert "3 s between" in rules.why


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"<html>not found</html>",
        b"Crawl-delay: soon",
        b"a" * 10**6,
        b"User-agent: *\nCrawl-delay: -1",
    ],
)
def test_what_says_nothing_allows_everything(data: bytes) -> None:
    rules = read_rules(data)
    assert (rules.allows("https://x.org/a"), rules.delay) == (True, 0.0)


def test_a_delay_of_days_is_cut() -> None:
    assert read_rules(b"User-agent: *\nCrawl-delay: 86400").delay == MOST_DELAY


@pytest.mark.parametrize(("status", "allowed"), [(200, False), (404, True), (403, True), (500, False), (503, False)])
def test_a_host_is_asked_once(site: Website, options: Options, status: int, allowed: bool) -> None:
    site.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /", status)
    robots = Robots()
    for page in ("/a", "/b"):
        assert robots.rules(site.url + page, options).allows(site.url + page) is allowed
    assert len(site.requests) == 1


@pytest.mark.parametrize(("status", "asked"), [(200, 1), (404, 1), (503, 2)])
def test_what_could_not_be_had_is_asked_for_again_soon(
    site: Website, options: Options, monkeypatch: pytest.MonkeyPatch, status: int, asked: int
) -> None:
    site.routes["/robots.txt"] = Answer(b"", status)
    robots, now = Robots(), time.monotonic()
    robots.rules(site.url + "/a", options)
    monkeypatch.setattr(time, "monotonic", lambda: now + 2 * ASK_AGAIN)
    robots.rules(site.url + "/a", options)
    assert len(site.requests) == asked


def test_a_host_that_does_not_answer_is_left_alone(site: Website, options: Options) -> None:
    site.routes["/robots.txt"] = None
    assert not Robots().rules(site.url + "/a", options).allows(site.url + "/a")
