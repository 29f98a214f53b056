"""What is made of a look: the way to the page, what else came, and why nothing did."""

from __future__ import annotations

from dataclasses import replace
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


DOCUMENT = b"Upgrade-Insecure-Requests: 1\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"
FRAME, SCRIPT, OLDER = DOCUMENT.replace(b"document", b"iframe"), b"Sec-Fetch-Dest: empty\r\n", DOCUMENT[:30]


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ([SCRIPT, DOCUMENT], 2),
        ([FRAME, DOCUMENT], 2),
        ([b"", OLDER], 2),
        ([DOCUMENT, SCRIPT], 1),
        ([SCRIPT, SCRIPT], 1),
    ],
)
def test_what_a_script_was_given_at_the_same_address_is_not_the_page(asked: list[bytes], page: int) -> None:
    """Sites give scripts a part of the page there; that was recorded as the page."""
    seen = Traffic(1000, 100)
    for number, (url, fields) in enumerate([("http://x.org/a", DOCUMENT), *(("http://x.org/b", one) for one in asked)]):
        request = b"GET / HTTP/1.1\r\n" + fields + b"\r\n"
        seen.end(seen.begin(url, "GET", 0) or 0, replace(exchange(url), request=request, body=str(number).encode()))
    hops = [("http://x.org/a", 200), ("http://x.org/b", 200)]
    made = Rendering.made(parse("http://x.org/a"), THINGS, hops, seen, "")
    assert [item.body for item in made.hops] == [b"0", str(page).encode()]
    back = Rendering.made(parse("http://x.org/a"), THINGS, [*hops, hops[0], hops[1]], seen, "")
    assert back.hops[0].body == b"0"


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
