from __future__ import annotations

import gzip
import time
from dataclasses import replace

import pytest
from website import Answer, Website

from archiver import net
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


WHOLE = b"User-agent: *\nDisallow: /private\n"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(WHOLE[:14], length=500), "broke off"),
        (Answer(b"", length=500), "broke off"),
        (Answer(WHOLE, headers={"Content-Encoding": "br"}), "'br'"),
        (Answer(gzip.compress(WHOLE * 99)[:30], headers={"Content-Encoding": "gzip"}), "is cut"),
    ],
)
def test_a_file_that_did_not_come_whole_allows_nothing(
    site: Website, options: Options, answer: Answer, said: str
) -> None:
    """What came of it says nothing of us, and was taken for all that it says."""
    site.routes["/robots.txt"] = answer
    rules = Robots().rules(site.url + "/a", options)
    assert (rules.allows(site.url + "/a"), rules.kept) == (False, ASK_AGAIN)
    assert "did not come whole" in rules.why
    assert said in rules.why


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_no_more_than_a_part_of_an_endless_file_is_fetched(
    site: Website, options: Options, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    body = WHOLE + b"Disallow: /0123456789\n" * 99_999 if encoding == "identity" else gzip.compress(WHOLE * 9) * 20_000
    site.routes["/robots.txt"] = Answer(body, headers={"Content-Encoding": encoding})
    came, fetch = [], net.fetch

    def heard(url: str, *given: object, **named: object) -> tuple[object, ...]:
        came.append(fetch(url, *given, **named))  # type: ignore[arg-type]
        return came[-1]

    monkeypatch.setattr(net, "fetch", heard)
    rules = Robots().rules(site.url + "/a", options)
    assert (rules.allows(site.url + "/private/x"), rules.allows(site.url + "/a")) == (False, True)
    assert len(came[0][-1].body) <= 1 << 20


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_a_line_that_is_cut_in_two_is_not_read(end: bytes) -> None:
    data = end.join([b"User-agent: *", b"#" * (512 * 1024 - 26), b"Disallow: /private"])
    assert read_rules(data).allows("https://x.org/a")
    assert not read_rules(WHOLE + b"Disallow: /b").allows("https://x.org/b")
    assert read_rules(WHOLE + b"Disallow: /b", cut=True).allows("https://x.org/b")


@pytest.mark.parametrize(("status", "said"), [(404, "there is none"), (403, "not given out"), (429, "not given out")])
def test_a_refusal_is_not_called_that_there_is_none(site: Website, options: Options, status: int, said: str) -> None:
    site.routes["/robots.txt"] = Answer(b"", status)
    assert said in Robots().rules(site.url + "/a", options).why


def test_the_rules_are_those_for_the_name_that_is_sent(site: Website, options: Options) -> None:
    site.routes["/robots.txt"] = Answer(b"User-agent: *\nAllow: /\n\nUser-agent: Library-Bot\nDisallow: /\n")
    sent = replace(options, fetch=replace(options.fetch, user_agent="Library-Bot/1.0 (+https://a.example)"))
    assert Robots().rules(f"{site.url}/a", options).allows(f"{site.url}/a")
    rules = Robots().rules(f"{site.url}/a", sent)
    assert not rules.allows(f"{site.url}/a")
    assert "were kept to as library-bot and archiver" in rules.why
