"""Dates of pages and texts written here."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from archiver import dating
from archiver.dating import DateClaim, What, parsing

LONG = "The council voted to rebuild the old bridge over the river, which was closed in spring after a flood damaged it, and paid for it too."


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script><h1>A bridge</h1>'


def only(claims: tuple[DateClaim, ...]) -> DateClaim:
    (claim,) = claims
    return claim


# -- how dates are written


@pytest.mark.parametrize(
    "written",
    [
        "2022-03-03", "20220303", "March 3, 2022", "3 March 2022", "3rd of March 2022", "3. März 2022", "3 mars 2022", "3 de marzo de 2022",
        "3 de março de 2022", "3 marzo 2022", "3 марта 2022 г.", "2022年3月3日", "2022년 3월 3일", "3 maart 2022",
        "3 Mart 2022", "03.03.2022", "2022.03.03",
    ],
)  # fmt: skip
def test_a_day_without_a_zone_is_an_interval(written: str) -> None:
    moment = parsing.value(written)
    assert moment is not None
    assert (moment.earliest, moment.latest) == (at(2022, 3, 2, 10), at(2022, 3, 4, 12))


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2022-03-03T10:00:00+01:00", at(2022, 3, 3, 9), at(2022, 3, 3, 9)),
        ("2022-03-03T10:00:00.123Z", at(2022, 3, 3, 10), at(2022, 3, 3, 10)),
        ("Thu, 03 Mar 2022 10:00:00 GMT", at(2022, 3, 3, 10), at(2022, 3, 3, 10)),
        ("1646301600", at(2022, 3, 3, 10), at(2022, 3, 3, 10)),
        ("1646301600000", at(2022, 3, 3, 10), at(2022, 3, 3, 10)),
        ("2022-03-03 10:00:00", at(2022, 3, 2, 20), at(2022, 3, 3, 22)),
        ("03/04/2022", at(2022, 3, 3, 10), at(2022, 4, 4, 12)),
        ("13/04/2022", at(2022, 4, 12, 10), at(2022, 4, 14, 12)),
        ("2022-03", at(2022, 2, 28, 10), at(2022, 4, 1, 12)),
    ],
)
def test_what_is_said_and_no_more(written: str, earliest: datetime, latest: datetime) -> None:
    moment = parsing.value(written)
    assert moment is not None
    assert (moment.earliest, moment.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2022-13-40",
        "31.02.2022",
        "12345",
        "9999999999999999",
        "0001-01-01",
        "1/2/3",
        "May",
        "2022-03-03T99:99",
    ],
)
def test_what_is_no_date(written: str) -> None:
    assert parsing.value(written) is None


# -- where they stand


def test_json_ld_and_meta() -> None:
    page = ld({"@type": "NewsArticle", "datePublished": "2022-03-03T10:00:00Z", "dateModified": "2022-03-04T10:00:00Z"})
    page += '<meta property="article:published_time" content="2022-03-03T10:00:00Z">'
    claims = dating.read(page, "", None)
    assert [(c.what, c.earliest, c.where) for c in claims] == [
        (What.PUBLISHED, at(2022, 3, 3, 10), "json-ld datePublished"),
        (What.MODIFIED, at(2022, 3, 4, 10), "json-ld dateModified"),
        (What.PUBLISHED, at(2022, 3, 3, 10), "meta[name=article:published_time]"),
    ]
    assert dating.contradictions(claims) == ()


def test_elements_near_the_headline_and_not_in_furniture() -> None:
    page = (
        '<h1>A bridge</h1><time datetime="2022-03-03T10:00:00Z">3 March</time><span class="date">Updated: 4 March 2022</span>'
        '<aside class="related"><time datetime="2020-01-01T00:00:00Z">x</time></aside>'
    )
    assert {(c.what, c.evidence) for c in dating.read(page, "", None)} == {
        (What.PUBLISHED, "2022-03-03T10:00:00Z"),
        (What.MODIFIED, "4 March 2022"),
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/2023/12/27/story",
        "https://a.example/news-2023-12-27.html",
        "https://a.example/2023/dec/27/story",
        "https://a.example/x/20231227/y",
    ],
)
def test_addresses(url: str) -> None:
    claim = only(dating.read(None, "", url))
    assert (claim.what, claim.where, claim.earliest, claim.latest) == (
        What.PUBLISHED,
        "url",
        at(2023, 12, 26, 10),
        at(2023, 12, 28, 12),
    )


@pytest.mark.parametrize(
    "url", ["https://a.example/1234/56/78/", "https://a.example/p/20239999/", "https://a.example/", "", None]
)
def test_addresses_without_a_date(url: str | None) -> None:
    assert dating.read(None, "", url) == ()


def test_headers_archives_and_captures() -> None:
    headers = {
        "Date": "Fri, 04 Mar 2022 10:00:00 GMT",
        "Last-Modified": "Thu, 03 Mar 2022 10:00:00 GMT",
        "Memento-Datetime": "nonsense",
    }
    claims = dating.read(
        None, "", None, headers, captured=at(2022, 3, 5), archived=[(at(2022, 3, 4), "https://archive.example/1")]
    )
    assert [(c.what, c.earliest) for c in claims] == [
        (What.SERVED, at(2022, 3, 4, 10)),
        (What.MODIFIED, at(2022, 3, 3, 10)),
        (What.ARCHIVED, at(2022, 3, 4)),
        (What.CAPTURED, at(2022, 3, 5)),
    ]


def test_the_head_dates_the_text_and_the_body_tells_of_events() -> None:
    told = "The flood of May 1, 2021 had torn it down, and it was long forgotten that it had stood there once, and what for."
    text = f"A bridge\nPublished 3 March 2022\nUpdated 4 March 2022\n{LONG}\n{told}"
    claims = dating.read(None, text, None)
    assert [(c.what, c.evidence) for c in claims if c.where != "text, relative"] == [
        (What.PUBLISHED, "3 March 2022"),
        (What.MODIFIED, "4 March 2022"),
        (What.EVENT, "May 1, 2021"),
    ]
    assert all(text[c.start or 0 :].startswith(c.evidence) for c in claims)


# -- relative days


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [("this Thursday", 3, 3), ("yesterday", 1, 1), ("last Monday", 21, 28), ("gestern", 1, 1)],
)
def test_relative_days_are_what_they_allow(words: str, first: int, last: int) -> None:
    text = f"A bridge\nWednesday, 2 March 2022\n{LONG} It was opened {words}, as they had said."
    hit = only(tuple(c for c in dating.read(None, text, None) if c.where == "text, relative" and c.evidence == words))
    month = 2 if first > 20 else 3
    assert hit.earliest == at(2022, month, first) - timedelta(hours=14)
    assert hit.latest == at(2022, month, last) + timedelta(hours=36)


def test_relative_days_without_a_date_stay_unresolved() -> None:
    text = f"{LONG} It was opened last Monday."
    assert dating.read(None, text, None) == ()
    (hit,) = dating.unresolved(text, ())
    assert (hit.words, hit.side, hit.weekday, hit.start) == ("last Monday", "last", 0, text.index("last Monday"))


# -- contradictions


def test_two_dates_that_cannot_both_be_true() -> None:
    page = ld({"@type": "NewsArticle", "datePublished": "2022-03-03T10:00:00Z"})
    (found,) = dating.contradictions(dating.read(page, "", "https://a.example/2021/01/05/story"))
    assert found.kind == "contradiction"
    assert {found.one.where, found.other.where} == {"json-ld datePublished", "url"}


def test_published_after_it_was_captured() -> None:
    page = ld({"@type": "NewsArticle", "datePublished": "2022-03-03T10:00:00Z"})
    (found,) = dating.contradictions(dating.read(page, "", None, captured=at(2022, 3, 1)))
    assert found.one.what is What.CAPTURED
    assert found.seconds == (2 * 24 + 10) * 3600


def test_changed_before_it_was_published() -> None:
    page = ld({"@type": "NewsArticle", "datePublished": "2022-03-03T10:00:00Z", "dateModified": "2022-03-01T10:00:00Z"})
    (found,) = dating.contradictions(dating.read(page, "", None))
    assert "before" in found.why


def test_a_day_and_a_moment_in_it_agree() -> None:
    page = ld({"@type": "NewsArticle", "datePublished": "2022-03-03T23:30:00Z"})
    assert dating.contradictions(dating.read(page, "", "https://a.example/2022/03/04/story")) == ()


# -- order


def published(day: str) -> tuple[DateClaim, ...]:
    return dating.read(ld({"@type": "NewsArticle", "datePublished": day}), "", None)


def test_order_by_their_own_dates() -> None:
    found = dating.order({"a": published("2022-03-10"), "b": published("2022-03-01"), "c": published("2022-03-10")})
    assert {(pair.one, pair.other, pair.sure) for pair in found.before} == {
        ("b", "a", "claimed"),
        ("b", "c", "claimed"),
    }
    assert found.open == (("a", "c"),)
    assert found.earliest == ("b",)


def test_what_was_seen_is_surer() -> None:
    seen = dating.read(None, "", None, archived=[(at(2022, 3, 1), "https://archive.example/1")])
    (pair,) = dating.order({"copy": published("2022-03-10"), "seen": seen}).before
    assert (pair.one, pair.other, pair.sure) == ("seen", "copy", "seen")


def test_sources_without_dates_stay_open() -> None:
    found = dating.order({"a": (), "b": published("2022-03-01")})
    assert found.before == ()
    assert found.earliest == ("a", "b")


def test_a_source_that_contradicts_itself_spans_both() -> None:
    liar = (*published("2022-03-10"), *published("2021-01-01"))
    found = dating.order({"liar": liar, "b": published("2022-01-01")})
    assert not found.spans[0].agreed
    assert found.before == ()


# -- anything


@pytest.mark.parametrize("year", [1, 9999])
def test_years_in_which_nobody_had_any_page(year: int) -> None:
    moment = datetime(
        year, 1 if year == 1 else 12, 1 if year == 1 else 31, tzinfo=timezone(timedelta(hours=14 if year == 1 else -12))
    )
    assert dating.read(None, "", None, captured=moment, archived=[(moment, "https://archive.example/1")]) == ()


def test_a_page_does_not_push_out_when_it_was_seen() -> None:
    flood = "".join(
        f'<meta itemprop="datePublished" content="2022-03-03T10:{n // 60:02d}:{n % 60:02d}Z">' for n in range(500)
    )
    text = "\n".join(f"{n % 28 + 1} March {2000 + n % 20}" for n in range(500))
    claims = dating.read(f"<h1>x</h1>{flood}", text, None, captured=at(2022, 3, 5))
    assert claims[-1].what is What.CAPTURED


@pytest.mark.parametrize("nothing", ["", "<", "<time datetime=x>", "<script type=application/ld+json>[{"])
def test_nothing(nothing: str) -> None:
    assert dating.read(nothing, nothing, "no address", [("date", "never")]) == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<time datetime=2022-03-03>" * 38_000, "1 1 2022 " * 110_000),
        ("<div class=date>3 March 2022" * 35_000, "last Monday on Monday " * 45_000),
        ("<p>", "3 March 2022\n" * 75_000),
        ("<p>", "1646301600\n" * 90_000),
        ("<p>", "2022-" * 200_000),
        ("<p>", "a " * 500_000),
    ],
)
def test_a_hostile_megabyte_takes_little_time(source: str, text: str) -> None:
    dating.read("<p>", "x", None)
    start = time.process_time()
    dating.contradictions(dating.read(source, text, None))
    assert time.process_time() - start < 4  # 1 s on an idle core


# -- bare numbers


@pytest.mark.parametrize("number", ["2025550123", "4006381333931"])
def test_a_number_that_would_be_a_time_after_the_capture_is_none(number: str) -> None:
    page = f'<meta name="date" content="{number}"><h1>A bridge</h1><time datetime="{number}"></time>'
    claims = dating.read(page, f"A bridge\n{number}\n{LONG}", None, captured=at(2024, 5, 1))
    assert [claim.what for claim in claims] == [What.CAPTURED]


def test_a_number_is_held_against_the_capture_that_it_stands_in() -> None:
    page = '<meta name="date" content="1703718234">'
    first, later = at(2020, 1, 1), at(2023, 12, 28)
    found = [dating.read(page, "", None, captured=first, had=had) for had in (None, later)]
    assert [[claim.what for claim in claims] for claims in found] == [[What.CAPTURED], [What.PUBLISHED, What.CAPTURED]]


def test_a_date_in_ten_digits_is_no_number() -> None:
    claim = only(dating.read('<meta name="date" content="2023040512">', "A bridge\n2023040512", None))
    assert (claim.where, claim.local) == ("meta[name=date]", datetime(2023, 4, 5, 12))  # noqa: DTZ001
