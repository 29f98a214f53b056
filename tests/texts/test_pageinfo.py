"""What pages say of themselves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archiver.model.text import PageInfo
from archiver.texts import document, pageinfo


def find(source: str) -> PageInfo:
    return pageinfo.find(document.read(source))


def ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_nothing() -> None:
    assert find("<p>x") == PageInfo()


def test_json_ld_in_a_graph() -> None:
    found = find(
        "<title>Site title</title>"
        + ld(
            {
                "@graph": [
                    {"@type": "WebSite", "name": "The Paper"},
                    {"@type": "WebPage", "headline": "Page", "dateModified": "2024-05-03"},
                    {
                        "@type": ["NewsArticle"],
                        "headline": "Bridge &amp; river",
                        "author": [
                            {"name": "Anna Kowalska"},
                            {"name": "https://x.example"},
                            "Ben  Ito",
                            {"name": "Anna Kowalska"},
                        ],
                        "datePublished": "2024-05-01T10:00:00+02:00",
                        "publisher": {"name": "The Paper Ltd"},
                        "inLanguage": "en-GB",
                    },
                ]
            }
        )
    )
    assert found == PageInfo(
        title="Bridge & river",
        authors=("Anna Kowalska", "Ben Ito"),
        published="2024-05-01T10:00:00+02:00",
        modified="2024-05-03",
        site_name="The Paper Ltd",
        language="en-GB",
    )


def test_meta_tags() -> None:
    found = find(
        '<html lang="pl"><meta property="og:title" content="Most"><meta name="author" content="Anna Kowalska">'
        '<meta property="article:published_time" content="2024-05-01"><meta property="article:modified_time" content="2024-05-02">'
        '<meta property="og:site_name" content="Gazeta"><link rel="canonical" href="https://example.org/a">'
    )
    assert found == PageInfo(
        "Most", ("Anna Kowalska",), "2024-05-01", "2024-05-02", "Gazeta", "pl", "https://example.org/a"
    )


def test_elements_are_the_last_resort() -> None:
    found = find("<title> A \n title </title><time datetime='yesterday'></time><time datetime='2024-05-01T08:00Z'>")
    assert (found.title, found.published) == ("A title", "2024-05-01T08:00Z")


@pytest.mark.parametrize(
    "source",
    [
        '<script type="application/ld+json">{broken</script>',
        ld([[[{"@type": {"a": 1}, "author": {"name": 3}, "headline": [[]]}]]]),
        ld({"@type": "Article", "author": None, "headline": 3, "datePublished": ["x"]}),
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    ],
)
def test_odd_json_is_no_trouble(source: str) -> None:
    assert find(source).title is None


def test_halves_of_surrogates_can_be_encoded() -> None:
    found = find('<script type="application/ld+json">{"@type": "Article", "headline": "a \\ud83d b"}</script>')
    assert found.title == "a \ufffd b"


def test_objects_of_other_articles_and_of_readers() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Another",
        "url": "https://x.example/other",
        "datePublished": "2011-01-01",
        "author": "Eve",
    }
    review = {"@type": "Review", "headline": "Great!", "author": "Bob", "datePublished": "2011-01-02"}
    page = document.read(f"{ld([other, review])}<h1 class=a>A <i>bridge</i></h1><title>Bridge</title>")
    assert pageinfo.find(page, "https://a.example/b") == PageInfo(title="Bridge")
    own = {"@type": "NewsArticle", "headline": "A bridge", "author": "Ann Roe"}
    page = document.read(
        f"{ld([other, {'@type': 'NewsArticle', 'headline': 'C', 'author': 'Cy'}, own])}<h1>A bridge</h1>"
    )
    assert pageinfo.find(page, "https://a.example/b") == PageInfo(title="A bridge", authors=("Ann Roe",))
