"""Addresses as manuscripts write them."""

from __future__ import annotations

import time

import pytest

from archiver.manuscripts import read_manuscript
from archiver.manuscripts.addresses import addresses_in, web_address
from archiver.manuscripts.document import Link


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.org/b", "https://a.org/b"),
        (" HTTP://a.org/\n b", "HTTP://a.org/b"),
        ("//a.org/b", "https://a.org/b"),
        ("www.a.org", "https://www.a.org"),
        ("10.1000/182", "https://doi.org/10.1000/182"),
        ("doi: 10.1000/182", "https://doi.org/10.1000/182"),
        ("https://www.google.com/url?q=https://a.org/b%3Fc%3D1&sa=D&ust=1", "https://a.org/b?c=1"),
        ("https://www.google.com/url?sa=D", "https://www.google.com/url?sa=D"),
        ("https://www.google.com/search?q=https://a.org", "https://www.google.com/search?q=https://a.org"),
        ("mailto:a@b.c", None),
        ("#part", None),
        ("page.html", None),
        ("javascript:alert(1)", None),
        ("https://", None),
    ],
)
def test_web_address(written: str, address: str | None) -> None:
    assert web_address(written) == address


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://a.org/b.", ["https://a.org/b"]),
        ("(https://a.org/B_(c)), then", ["https://a.org/B_(c)"]),
        ("“http://a.org”, www.b.org!", ["http://a.org", "https://www.b.org"]),
        ("doi:10.1000/a.b; x", ["https://doi.org/10.1000/a.b"]),
        ("mail me@www.a.org or xhttp://b.org", []),
        ("见http://a.org/b。和（http://c.org）", ["http://a.org/b", "http://c.org"]),
        ("http://nowhere", []),
        ("http://", []),
        ("https://de.wikipedia.org/wiki/Köln!", ["https://de.wikipedia.org/wiki/Köln"]),
        ("HTTPS://A.ORG", ["HTTPS://A.ORG"]),
        ("見https://a.org/xこれ", ["https://a.org/x"]),
        ("http://localhost:80/x", ["http://localhost:80/x"]),
    ],
)
def test_addresses_in(text: str, found: list[str]) -> None:
    assert [url for _, _, url in addresses_in(text)] == found


def test_hostile_text() -> None:
    began = time.process_time()
    assert list(addresses_in("http://" + ")" * 200_000)) == []
    list(addresses_in("http://a." * 100_000))
    assert time.process_time() - began < 5


@pytest.mark.parametrize("name", ["p.md", "p.txt", "p.tex", "p.html", "p.wikitext"])
def test_every_format_sees_the_same_addresses(name: str) -> None:
    words = "See doi:10.1000/182, http://localhost:80/x and 见https://a.org/b这里 for more."
    manuscript = read_manuscript(name, words.encode())
    links = [mark.url for block in manuscript.blocks for mark in block.marks if isinstance(mark, Link)]
    assert links == ["https://doi.org/10.1000/182", "http://localhost:80/x", "https://a.org/b"]
