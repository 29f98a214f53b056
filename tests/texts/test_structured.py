"""What a page says for machines."""

from __future__ import annotations

import json

import pytest

from archiver.texts import structured
from archiver.texts.walk import Script


def script(source: str) -> Script:
    return Script("application/ld+json", "", source)


def test_named_metas() -> None:
    found = structured.metas(
        [
            {"name": "Author", "content": " A "},
            {"property": "author", "content": "B"},
            {"name": "x", "content": " "},
            {},
        ]
    )
    assert found == {"author": ["A", "B"]}


def test_graphs_and_lists_are_opened_in_their_order() -> None:
    value = [{"@graph": [{"@id": "1"}, {"mainEntity": {"@id": "2"}}]}, {"@id": "3"}]
    assert [node.get("@id") for node in structured.nodes([script(json.dumps(value) + ";")])] == [
        None,
        "1",
        None,
        "2",
        "3",
    ]


def test_articles_stand_before_their_pages() -> None:
    nodes = [{"@type": "WebPage"}, {"@type": ["Thing", "NewsArticle"]}, {"@type": "Person"}]
    assert [structured.type_of(node) for node in structured.articles(nodes)] == ["Thing NewsArticle", "WebPage"]


@pytest.mark.parametrize("source", ["", "{", "[" * 100_000, "1" * 10_000, "null", '"x"', "[[[]]]"])
def test_data_that_is_none(source: str) -> None:
    assert list(structured.nodes([script(source)])) == []


def test_bounds() -> None:
    assert len(list(structured.nodes([script(json.dumps([{}] * 100_000))]))) == structured.MOST_NODES
