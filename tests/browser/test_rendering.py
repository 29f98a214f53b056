"""What is made of a look: the way to the page, what else came, and why nothing did."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.browser.rendering import Rendering
from archiver.browser.traffic import Traffic
from archiver.errors import ArchiverError, BadAnswer, BlockedAddress
from archiver.model import Exchange
from archiver.urls import parse

NOW = datetime(2026, 11, 21, tzinfo=UTC)
THINGS = {"browser": {"version": "1.2", "agent": "x"}, "dom": (b"<p>Words", False, "http://x.org/a")}


def exchange(url: str, status: int = 200) -> Exchange:
    return Exchange(
        url, b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"", 19, "1.1", status, "OK", (), b"", None, "192.0.2.1", 80,
        ("http/1.1",), None, (), NOW, NOW,
    )  # fmt: skip


def traffic(*answers: tuple[str, str, int], **limits: int) -> Traffic:
    made = Traffic(limits.get("max_bytes", 1000), limits.get("max_requests", 100))
    for method, url, status in answers:
        number = made.begin(url, method, 0)
        if number is not None:
            made.end(number, exchange(url, status))
    return made


@pytest.mark.parametrize(
    ("hops", "way", "rest"),
    [
        ([("http://x.org/a", 200)], ["/a"], ["/b", "/c"]),
        ([("http://x.org/a#part", 200), ("http://x.org/b", 302), ("http://x.org/c", 200)], ["/a", "/b", "/c"], []),
        # a check page that leads back to what the browser still has
        ([("http://x.org/a", 200), ("http://x.org/c", 200), ("http://x.org/a", 200)], ["/a"], ["/b", "/c"]),
        ([("http://x.org/a", 200), ("about:blank", 200), ("http://[nowhere", 200)], ["/a"], ["/b", "/c"]),
        ([], ["/a"], ["/b", "/c"]),
    ],
)
def test_the_way_to_the_page(hops: list[tuple[str, int]], way: list[str], rest: list[str]) -> None:
    seen = traffic(("GET", "http://x.org/a", 200), ("GET", "http://x.org/b", 302), ("GET", "http://x.org/c", 200))
    made = Rendering.made(parse("http://x.org/a"), THINGS, hops, seen, "")
    assert [item.url.removeprefix("http://x.org") for item in made.hops] == way
    assert [item.url.removeprefix("http://x.org") for item in made.others] == rest
    assert made.notices == ()


def test_why_nothing_came() -> None:
    url = parse("http://x.org/a")
    for failed, expected in (((("http://x.org/a", BlockedAddress("inside")),), BlockedAddress), ((), BadAnswer)):
        seen = traffic()
        for address, error in failed:
            seen.fail(seen.begin(address, "GET", 0) or 0, error)
        with pytest.raises(ArchiverError) as raised:
            Rendering.made(url, {"browser": THINGS["browser"]}, [], seen, "")
        assert type(raised.value) is expected


def test_limits_and_ends_are_said() -> None:
    seen = traffic(("GET", "http://x.org/a", 200), ("GET", "http://x.org/b", 200), max_requests=1)
    made = Rendering.made(parse("http://x.org/a"), {"browser": THINGS["browser"]}, [], seen, "it took too long")
    assert [notice.code for notice in made.notices] == ["browser-ended", "not-rendered", "browser-limit"]
    assert [(item.url, item.why) for item in made.refusals] == [
        ("http://x.org/b", "the page asks for more than 1 requests")
    ]


def test_a_browser_that_goes_to_https_of_itself_is_seen_to_have_done_so() -> None:
    """The list of such hosts is built into it, and no redirect stands on record."""
    seen = traffic(("GET", "https://x.org/a", 301), ("GET", "https://x.org/b", 200))
    for hops in ([("https://x.org/a", 301), ("https://x.org/b", 200)], []):
        made = Rendering.made(parse("http://x.org/a"), THINGS, hops, seen, "")
        assert made.hops[0].url == "https://x.org/a"
        assert len(made.hops) == (len(hops) or 1)
        assert [notice.code for notice in made.notices] == ["browser-went-to-https"]


def test_the_way_begins_with_the_address_that_was_asked_for() -> None:
    """Whatever the browser told of it: a capture whose first exchange is with another address contradicts itself."""
    seen = traffic(("GET", "http://x.org/a", 200), ("GET", "http://x.org/b", 200))
    made = Rendering.made(parse("http://x.org/a"), THINGS, [("http://x.org/b", 200)], seen, "")
    assert [item.url for item in made.hops] == ["http://x.org/a", "http://x.org/b"]
    with pytest.raises(BadAnswer):
        Rendering.made(parse("http://x.org/c"), THINGS, [("http://x.org/b", 200)], seen, "")
