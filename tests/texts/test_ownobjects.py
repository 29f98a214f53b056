"""Which objects of JSON-LD are about the page that they stand in."""

from __future__ import annotations

import time
from typing import Any

import pytest

from archiver.texts import ownobjects
from archiver.texts.ownobjects import Called

URL = "https://www.paper.example/2024/bridge-opens.html?from=mail"


def page(*titles: str, url: str | None = URL, canonical: str = "") -> Called:
    links = [{"rel": "canonical", "href": canonical}] if canonical else []
    return ownobjects.called(titles or ("Bridge opens", "Bridge opens | The Paper"), url, {}, links)


def article(headline: str, url: Any = None, **more: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": headline, "url": url, **more}


@pytest.mark.parametrize(
    "node",
    [
        article("Bridge&nbsp;opens"),
        article("BRIDGE OPENS"),
        article("Another", "http://paper.example/2024/bridge-opens.html"),
        article("Another", "https://amp.paper.example/2024/bridge-opens.html/amp/"),
        article("Another", "/2024/bridge-opens.html"),
        article("Another", mainEntityOfPage={"@id": URL}),
        article("Another", **{"@id": "https://www.paper.example/2024/bridge-opens.html#article"}),
        {"@type": "Review", "name": "Bridge opens"},
    ],
)
def test_an_object_with_the_headline_or_the_address_of_the_page(node: dict[str, Any]) -> None:
    assert ownobjects.is_own(node, page())
    assert not ownobjects.is_anothers(node, page())


@pytest.mark.parametrize(
    "node",
    [
        article("Quite another story", "https://x.example/other"),
        article("Quite another story", mainEntityOfPage="https://x.example/other"),
        article("Quite another story", "https://paper.example/2024/bridge-opens.html?from=9&id=2"),
        {"@type": "Review", "datePublished": "2011-01-01"},
        {"@type": ["Thing", "UserReview"], "name": "Great!"},
    ],
)
def test_an_object_that_names_something_else(node: dict[str, Any]) -> None:
    assert not ownobjects.is_own(node, page())
    assert ownobjects.is_anothers(node, page())


@pytest.mark.parametrize(
    "node",
    [
        article("The bridge is open"),
        article("", "https://x.example/other"),
        article("Quite another story", "https://x.example/"),
        article("Quite another story", "urn:uuid:1"),
        article("Bridge opens after ten years of", "https://x.example/other"),
        article("Bridge opens - Gazette", "https://x.example/other"),
        {"@type": "ReviewNewsArticle", "headline": "A book"},
        {"@type": "Article", "headline": 3, "url": ["x"], "mainEntityOfPage": True},
        article("Quite another story", "https://[x/other"),
    ],
)
def test_an_object_that_tells_too_little_is_either(node: dict[str, Any]) -> None:
    assert not ownobjects.is_own(node, page())
    assert not ownobjects.is_anothers(node, page())


def test_a_page_that_has_no_title_or_address_of_its_own_is_told_from_none() -> None:
    other = article("Quite another story", "https://x.example/other")
    assert not ownobjects.is_anothers(other, page(""))
    assert not ownobjects.is_anothers(other, page(url=None))
    assert ownobjects.is_anothers(other, page(url=None, canonical=URL))


def test_own_objects_before_those_that_tell_too_little() -> None:
    own, open_, other = article("Bridge opens"), article("The bridge"), article("Quite", "https://x.example/other")
    assert ownobjects.of_page([other, open_, own], page()) == [own]
    assert ownobjects.of_page([other, open_], page()) == [open_]
    assert ownobjects.of_page([other], page()) == []


def test_long_values_take_no_time() -> None:
    start = time.process_time()
    for _ in range(100):
        ownobjects.is_anothers(article("x " * 1_000_000, "https://x.example/" + "a" * 1_000_000), page("y" * 1_000_000))
    assert time.process_time() - start < 2
