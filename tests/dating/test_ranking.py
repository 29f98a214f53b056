"""Which statements of publication settle it, and which differences are told."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from archiver import dating

LD = f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "datePublished": "2022-03-03T10:00:00Z"})}</script>'


def test_data_for_machines_settles_when_it_appeared() -> None:
    page = f'{LD}<h1>A bridge</h1><p class="date">Published 1 March 2022</p>'
    claims = dating.read(page, "", None)
    (span,) = dating.order({"a": claims}).spans
    assert span.agreed
    assert span.earliest == span.latest == datetime(2022, 3, 3, 10, tzinfo=UTC)


def test_a_local_time_is_no_other_time() -> None:
    page = f'{LD}<h1>橋</h1><time datetime="2022-03-03T19:00:00">2022年3月3日 19:00</time>'
    assert dating.contradictions(dating.read(page, "", None)) == ()


def test_five_minutes_are_no_zone() -> None:
    page = f'{LD}<h1>橋</h1><time datetime="2022-03-03T19:05:00"></time>'
    (found,) = dating.contradictions(dating.read(page, "", None))
    assert found.kind == "apart"
    assert "element" not in found.why


def test_a_bare_number_contradicts_nothing() -> None:
    claims = dating.read(LD, "A bridge\n1703718234\n", None)
    assert dating.contradictions(claims) == ()
    near = dating.contradictions(dating.read(LD, "A bridge\n1646302000\n", None))
    assert ["if that number is a time" in found.why for found in near] == [True]


def test_an_address_with_a_month_alone_does_not_widen_the_interval() -> None:
    claims = dating.read("<h1>A bridge</h1><time>3 March 2022</time>", "", "https://a.example/2022/03/a-bridge")
    (span,) = dating.order({"a": claims}).spans
    assert span.agreed
    assert (span.earliest, span.latest) == (
        datetime(2022, 3, 2, 10, tzinfo=UTC),
        datetime(2022, 3, 4, 12, tzinfo=UTC),
    )


def test_the_same_two_days_are_one_contradiction() -> None:
    page = f'{LD}<h1>A bridge</h1><time datetime="2021-01-05T10:00:00Z">5 January 2021</time>'
    assert len(dating.contradictions(dating.read(page, "", "https://a.example/2022/03/03/a-bridge"))) == 1


def test_a_shown_date_of_change_is_no_other_date_of_publication() -> None:
    data = {"@type": "NewsArticle", "datePublished": "2012-05-10T14:29:05Z", "dateModified": "2026-04-24T11:16:53Z"}
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    claims = dating.read(f'{script}<h1>A bridge</h1><time datetime="2026-04-24T11:16:53Z">24 April</time>', "", None)
    assert dating.contradictions(claims) == ()
    assert [claim.what.value for claim in claims if claim.where.startswith("element")] == ["modified"]
