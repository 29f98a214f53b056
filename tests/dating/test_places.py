"""Which dates of a page are its own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archiver import dating
from archiver.dating import What

OWN = '<meta property="article:published_time" content="2022-03-03T10:00:00Z">'
WORDS = "<p>" + "The council voted to rebuild the old bridge over the river, and paid for it too. " * 12 + "</p>"


def published(page: str, text: str = "") -> set[str]:
    return {claim.evidence for claim in dating.read(page, text, None) if claim.what is What.PUBLISHED}


def ld(*nodes: dict[str, Any]) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


@pytest.mark.parametrize(
    "other",
    [
        '<article><h2>Another</h2><time datetime="2020-01-01">1 January 2020</time></article>',
        '<a href="/other">Another <time datetime="2020-01-01">1 January 2020</time></a>',
        '<figure><img src="a.png"><figcaption class="date">speaks at the Capitol on July 25, 2019.</figcaption></figure>',
        f'{WORDS}<ul><li><span class="date">1 January 2020</span> Another</li></ul>',
        f'{WORDS}<div class="card"><time>1 January 2020</time></div>',
    ],
)
def test_dates_of_others_are_not_its_own(other: str) -> None:
    page = f'{OWN}<article><h1>A bridge</h1><time datetime="2022-03-03T10:00:00Z">3 March</time>{other}</article>'
    assert published(page) == {"2022-03-03T10:00:00Z"}


def test_today_in_the_head_of_the_page() -> None:
    page = f'{OWN}<div class="header-date">Saturday, 21 November 2026</div><h1>A bridge</h1>'
    assert published(page) == {"2022-03-03T10:00:00Z"}


@pytest.mark.parametrize("word", ["Published", "Veröffentlicht am", "Publié le", "発行", "Опубликовано"])
def test_a_word_of_publishing_behind_a_long_standfirst(word: str) -> None:
    page = f'<h1>A bridge</h1>{WORDS}<p class="date">{word} 3 March 2022</p>'
    assert published(page) == {"3 March 2022"}


def test_a_sentence_at_the_head_is_no_byline() -> None:
    assert (
        published(
            "<h1>A bridge</h1>", "A bridge\nThe mayor speaks to the council at the hall by the river on July 25, 2019"
        )
        == set()
    )
    assert published("<h1>A bridge</h1>", "A bridge\nAnn Roe, July 25, 2019") == {"July 25, 2019"}


def test_json_ld_of_other_articles() -> None:
    own = {"@type": "NewsArticle", "headline": "A bridge", "datePublished": "2022-03-03T10:00:00Z"}
    other = {"@type": "NewsArticle", "headline": "Another", "datePublished": "2020-01-01T10:00:00Z"}
    assert published(ld(other, own) + "<h1>A bridge</h1>") == {"2022-03-03T10:00:00Z"}
    by_address = ld(other, {"@type": "Article", "url": "https://a.example/b", "datePublished": "2022-03-03T10:00:00Z"})
    claims = dating.read(by_address, "", "https://www.a.example/b?x=1")
    assert [claim.evidence for claim in claims] == ["2022-03-03T10:00:00Z"]


def test_json_ld_of_another_article_alone() -> None:
    other = {"@type": "NewsArticle", "headline": "Another", "url": "https://b.example/c", "datePublished": "2020-01-01"}
    review = {"@type": "Review", "datePublished": "2020-01-01"}
    for node in (other, review):
        page = f"<title>A bridge</title>{ld(node)}<h1>A bridge</h1><p class='date'>Published 3 March 2022</p>"
        claims = dating.read(page, "", "https://a.example/b")
        assert [claim.evidence for claim in claims if claim.what is What.PUBLISHED] == ["3 March 2022"]
