"""Which dates in the words of a page are its own, and which it tells of."""

from __future__ import annotations

import json

import pytest

from archiver import dating
from archiver.dating import DateClaim, What

PARAGRAPH = "The council voted to rebuild the old bridge over the river, which a flood had carried away in the spring of the year before."
PAGE = f"<title>A bridge | Paper</title><h1>A bridge</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH} Again.</p>"


def read(*lines: str, page: str = PAGE) -> tuple[DateClaim, ...]:
    return dating.read(page, "\n".join(lines), None)


def of(claims: tuple[DateClaim, ...], what: What) -> list[str]:
    return [claim.evidence for claim in claims if claim.what is what]


def test_the_head_is_about_the_headline_that_the_article_follows() -> None:
    claims = read(
        "A bridge | Paper", "21 November 2026", "Menu", "A bridge", "3 March 2022", PARAGRAPH, f"{PARAGRAPH} Again.",
        "A bridge", "4 April 2022", "Another", "5 May 2022",
    )  # fmt: skip
    assert of(claims, What.PUBLISHED) == ["3 March 2022"]
    assert of(claims, What.EVENT) == []


def test_a_long_standfirst_does_not_hide_the_change() -> None:
    claims = read("A bridge", PARAGRAPH[:-1] + ", it said", "Updated 4 March 2022", PARAGRAPH)
    assert of(claims, What.MODIFIED) == ["4 March 2022"]


@pytest.mark.parametrize(
    "line",
    [
        "The trustee was to open another one on May 1, 2021, as was said, and a great many people are waiting for what will follow …",
        "Changed on May 1, 2021, and read in 4 min.",
        "Ann Roe on May 1, 2021 at 4:47 pm said:",
        "— Ann (@ann) May 1, 2021",
        "May 1, 2021",
        "Local News | May 1, 2021",
    ],
)
def test_what_is_no_sentence_tells_of_nothing(line: str) -> None:
    assert of(read("A bridge", PARAGRAPH, line, f"{PARAGRAPH} Again."), What.EVENT) == []


def test_what_stands_behind_the_article_is_not_told_by_it() -> None:
    told = "It had been there since it was opened on May 1, 1991, they said."
    behind = ["x"] * 40
    claims = read(
        "A bridge", PARAGRAPH, told, f"{PARAGRAPH} Again.", *behind, "Another bridge was opened on June 2, 1991, too."
    )
    assert of(claims, What.EVENT) == ["May 1, 1991"]


@pytest.mark.parametrize(
    "line",
    [
        "NBC 5 Today at 6 is what they watch in that town.",
        "Menu Tomorrow",
        "The Mail on Monday said that it would not be built.",
    ],
)
def test_names_and_menus_are_no_days(line: str) -> None:
    claims = read("A bridge", "Wednesday, 2 March 2022", PARAGRAPH, line, f"{PARAGRAPH} Again.")
    assert of(claims, What.EVENT) == []


def test_today_may_be_these_times() -> None:
    text = f"A bridge\nWednesday, 2 March 2022\n{PARAGRAPH} It stands today, and was opened yesterday."
    assert of(dating.read(None, text, None), What.EVENT) == ["yesterday"]
    assert {hit.words for hit in dating.unresolved(text, dating.read(None, text, None))} == {"today"}


def test_what_is_below_a_picture_dates_nothing() -> None:
    claims = read("A bridge", "A ship passes the port, on Aug. 31, 2021. (AP)", PARAGRAPH, f"{PARAGRAPH} Again.")
    assert of(claims, What.PUBLISHED) == []
    assert of(read("A bridge", "Von Ann Roe am 31.8.2021", PARAGRAPH), What.PUBLISHED) == ["31.8.2021"]


@pytest.mark.parametrize(
    "words",
    [
        "He was seen on Saturday, May 18, they said.",
        "It falls on Friday after the holiday, they said.",
        "“We were shocked to see it yesterday,” they said.",
        '"We were shocked to see it yesterday," they said.',
        "„Gestern war die Stadt leer“, sagte sie.",
    ],
)
def test_days_that_are_not_those_of_the_writer(words: str) -> None:
    text = f"A bridge\nWednesday, 2 March 2022\n{PARAGRAPH} {words}"
    assert of(dating.read(None, text, None), What.EVENT) == []
    told = f"A bridge\nWednesday, 2 March 2022\n{PARAGRAPH} “So it is,” they said yesterday."
    assert of(dating.read(None, told, None), What.EVENT) == ["yesterday"]


# -- elements


def test_the_class_of_every_date_of_a_blog() -> None:
    page = '<h1>A bridge</h1><time class="entry-date updated" datetime="2022-03-01">1 March 2022</time>'
    assert {claim.what for claim in dating.read(page, "", None)} == {What.PUBLISHED}
    page = page.replace("updated", "date-modified")
    assert {claim.what for claim in dating.read(page, "", None)} == {What.MODIFIED}


def machine(published: str, modified: str) -> str:
    data = {"@type": "NewsArticle", "datePublished": published, "dateModified": modified}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    "shown",
    [
        '<p class="date">Publié le 3 mars 2022 à 10h00, modifié le 4 mars 2022 à 11h00</p>',
        '<p class="date">March 3, 2022 | 10:00am | Updated March 4, 2022 | 11:00am</p>',
        '<p class="date">Updated March 4, 2022 / Original March 3, 2022</p>',
    ],
)
def test_each_of_two_dates_is_what_the_words_before_it_say(shown: str) -> None:
    claims = dating.read(f"<h1>A bridge</h1>{shown}", "", None)
    assert [claim.local and claim.local.day for claim in claims if claim.what is What.PUBLISHED] == [3]
    assert [claim.local and claim.local.day for claim in claims if claim.what is What.MODIFIED] == [4]


@pytest.mark.parametrize(
    ("stamp", "what"),
    [
        ("2022-03-03T12:20:00+01:00", What.MODIFIED),
        ("2022-03-03T09:00:00Z", What.PUBLISHED),
        ("2022-03-03T10:00:00Z", What.PUBLISHED),
    ],
)
@pytest.mark.parametrize("called", ["", "updated"])
def test_the_minute_tells_which_of_the_two_a_date_is(stamp: str, what: What, called: str) -> None:
    page = f'{machine("2022-03-03T09:00:00Z", "2022-03-03T11:20:00Z")}<h1>A bridge</h1><time class="{called}" datetime="{stamp}"></time>'
    (claim,) = [one for one in dating.read(page, "", None) if one.where.startswith("element")]
    assert claim.what is what


def test_what_was_published_and_changed_in_one_minute_is_published() -> None:
    page = machine("2022-03-03T09:00:00Z", "2022-03-03T09:00:00Z")
    other = '<meta property="article:published_time" content="2022-03-03T11:00:00Z">'
    claims = dating.read(f'{page}{other}<h1>A bridge</h1><time datetime="2022-03-03T09:00:00Z"></time>', "", None)
    assert [one.what for one in claims if one.where.startswith("element")] == [What.PUBLISHED]


def test_a_date_in_a_sentence_is_told() -> None:
    sentence = "This was the subject of our broadcast on the radio on 1 March 2022, which you can hear again."
    page = '<h1>A bridge</h1><p>This was … <time datetime="2022-03-01T06:00:00Z">1 March 2022</time></p>'
    assert of(dating.read(page, f"A bridge\n{sentence}", None), What.PUBLISHED) == []
    assert of(dating.read(page, "A bridge\n1 March 2022", None), What.PUBLISHED) != []


def test_the_date_of_the_site_above_the_headline() -> None:
    page = '{}<span class="date">21 November 2026</span><h1>A bridge</h1>'
    assert of(dating.read(page.format(machine("2022-03-03", "2022-03-03")), "", None), What.PUBLISHED) == ["2022-03-03"]
    assert of(dating.read(page.format(""), "", None), What.PUBLISHED) == ["21 November 2026"]


def test_the_date_of_a_neighbour_beside_its_own() -> None:
    data = machine("2022-03-03", "2022-03-03")
    own, other = "<time>3 March 2022</time>", "<div>Another <time>1 January 2020</time></div>"
    assert "1 January 2020" not in of(dating.read(f"{data}<h1>A bridge</h1>{own}{other}", "", None), What.PUBLISHED)
    assert "1 January 2020" in of(dating.read(f"{data}<h1>A bridge</h1>{other}", "", None), What.PUBLISHED)
    worded = other.replace("Another <time>", '<time class="x">Published ')
    assert "1 January 2020" in of(dating.read(f"{data}<h1>A bridge</h1>{own}{worded}", "", None), What.PUBLISHED)


def test_when_something_was_made_is_not_when_it_was_published() -> None:
    page = '<h1>A bridge</h1><meta itemprop="dateCreated" content="2022-03-01T06:00:00Z">'
    assert dating.read(page, "", None) == ()


def test_what_repeats_the_data_is_told_against_nothing() -> None:
    page = machine("2022-03-03T13:00:00Z", "2022-03-03T13:00:00Z") + '<meta name="date" content="2022-03-03T13:20:00Z">'
    claims = dating.read(f'{page}<h1>A bridge</h1><p class="date">March 3, 2022, 8:00 am</p>', "", None)
    (found,) = dating.contradictions(claims)
    assert not {found.one.where, found.other.where} & {"element date"}


# -- how dates are written


@pytest.mark.parametrize("written", ["26.10.2025 | 2:43 min", "26.10.2025, 2:43 min"])
def test_how_long_a_film_is_is_no_time(written: str) -> None:
    ((moment, *_),) = dating.parsing.in_words(written)
    assert moment.unit == "day"


def test_a_zone_that_is_not_greenwich() -> None:
    ((moment, *_),) = dating.parsing.in_words("April 25, 2023 1:36 PM GMT+2")
    assert moment.local is not None
    assert dating.parsing.value("2023-04-25T13:36:00+99:99").local is not None  # type: ignore[union-attr]
