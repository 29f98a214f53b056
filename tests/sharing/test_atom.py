"""The feed: what is written is read back, and what a hostile peer writes is passed over."""

from __future__ import annotations

import contextlib
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import BadAnswer
from archiver.sharing.atom import MOST_ENTRIES, read_feed, write_feed
from archiver.sharing.sighting import Sighting, Told, entry_id
from archiver.urls import parse_page

BASE = "http://peer.example:8765"
TIME = "2026-11-20T21:49:00Z"
DIGEST, OTHER = "0123456789abcdef" * 4, "f" * 64


def sighting(**changes: object) -> Sighting:
    values: dict[str, object] = {
        "id": entry_id("peer.example/log", "r-1"), "url": "https://example.org/a?b=c&d=%22", "time": TIME, "told": Told.EDITED, "leaf": 17,
        "payload": DIGEST, "text": OTHER, "text_leaf": 19, "answers": "",
    }  # fmt: skip
    return Sighting(**(values | changes))  # type: ignore[arg-type]


hexes = st.binary(min_size=32, max_size=32).map(bytes.hex)


@settings(max_examples=30)
@given(
    st.lists(
        st.builds(
            Sighting,
            st.uuids().map(lambda name: uuid.UUID(str(name)).urn),
            st.sampled_from(
                ["https://example.org/", "http://xn--mnchen-3ya.de/x?y=%3Cz%3E&u='", "https://example.org/a'b(c)"]
            ),
            st.just(TIME),
            st.sampled_from(list(Told)),
            st.integers(0, 10**14),
            hexes,
            hexes,
            st.one_of(st.none(), st.integers(0, 10**14)),
            st.sampled_from(["", "urn:uuid:1"]),
        ),
        max_size=4,
    )
)
def test_what_is_written_is_read_back(sightings: list[Sighting]) -> None:
    feed = read_feed(write_feed(sightings, "peer.example/log", BASE), BASE)
    assert (feed.topic, feed.hub, feed.passed_over) == (f"{BASE}/shared.atom", f"{BASE}/hub", 0)
    assert list(feed.entries) == sightings


def test_a_look_without_an_answer_has_no_digests() -> None:
    bare = sighting(payload="", text="", text_leaf=None, told=Told.GONE)
    assert read_feed(write_feed([bare], "o", BASE), BASE).entries == (bare,)


@pytest.mark.parametrize("rest", ["a|b", "?q={a|b}^`c\\\\d", "~a;b,c=d'e(f)!$&*+@:[x]?a%7Cb"])
def test_an_address_as_browsers_write_it_is_read(rest: str) -> None:
    url = parse_page(f"https://example.org/{rest}").href
    told = sighting(url=url)
    assert (read_feed(write_feed([told], "o", BASE), BASE).entries, any(sign in url for sign in "|[")) == (
        (told,),
        True,
    )


def test_the_same_sightings_give_the_same_bytes() -> None:
    assert write_feed([sighting()], "o", BASE) == write_feed([sighting()], "o", BASE)


def test_no_more_than_a_feed_holds() -> None:
    many = [sighting(id=f"urn:uuid:{number}") for number in range(MOST_ENTRIES + 9)]
    assert len(read_feed(write_feed(many, "o", BASE), BASE).entries) == MOST_ENTRIES


def test_an_id_is_the_same_for_good_and_says_nothing() -> None:
    assert entry_id("o", "r-1") == entry_id("o", "r-1") != entry_id("p", "r-1")
    assert "r-1" not in entry_id("o", "r-1")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"http://peer.example:8765/proof/17", b"http://127.0.0.1/proof/17"),
        (b"http://peer.example:8765/proof/17", b"http://peer.example:8765/proof/../../admin"),
        (b"http://peer.example:8765/proof/17", b"http://peer.example:8765.evil.example/proof/17"),
        (b"http://peer.example:8765/proof/17", b"http://peer.example:8765/proof/017"),
        (b'href="https://example.org/a?b', b'href="file:///etc/passwd?b'),
        (b'href="https://example.org/a?b', b'href="https://me:word@example.org/a?b'),
        (b'href="https://example.org/a?b', b'href="https://example.org/&#10;a?b'),
        (b'href="https://example.org/a?b', b'href="gopher://example.org/a?b'),
        (b'term="edited"', b'term="exploded"'),
        (
            b"<updated>2026-11-20T21:49:00Z</updated>\n    <category",
            b"<updated>2026-99-20T21:49:00Z</updated>\n    <category",
        ),
        (b"<updated>2026-11-20T21:49:00Z</updated>\n    <category", b"<updated>yesterday</updated>\n    <category"),
        (b"ni:///sha-256;ASNFZ4mrze8", b"ni:///sha-256;ASNFZ4mrze9!"),
        (b"ni:///sha-256;", b"ni:///sha-1;"),
    ],
)
def test_an_entry_that_is_none_of_ours_is_passed_over(old: bytes, new: bytes) -> None:
    data = write_feed(
        [sighting(), sighting(id="urn:uuid:2", leaf=3, url="https://example.net/", payload=OTHER)], "o", BASE
    )
    assert old in data
    feed = read_feed(data.replace(old, new, 1), BASE)
    assert len(feed.entries) == feed.passed_over == 1


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"<html></html>", b"<feed>", b"\xff\xfe\x00",
        b'<!DOCTYPE feed [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom"/>',
        '<!DOCTYPE feed [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom"><link href="&a;"/></feed>'.encode("utf-16"),
        b'<feed xmlns="http://www.w3.org/2005/Atom">' + b"<a>" * 5000 + b"</a>" * 5000 + b"</feed>",
        b"x" * ((1 << 20) + 1),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(BadAnswer):
        read_feed(data, BASE)


@settings(max_examples=50)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_a_sentence(data: bytes) -> None:
    whole = write_feed([sighting()], "o", BASE)
    for tried in (data, whole[:400] + data + whole[400:]):
        with contextlib.suppress(BadAnswer):
            read_feed(tried, BASE)
