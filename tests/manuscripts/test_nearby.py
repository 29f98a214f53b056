"""Quotations whose source stands a sentence away."""

from __future__ import annotations

import pytest
from manuscripts_helpers import markdown
from website import STORY, Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.manuscripts import Report, Unjudged, capture_missing, check, nearby, plan_check
from archiver.manuscripts.reports.remarks import because
from archiver.manuscripts.sourcing.keys import Works
from archiver.model import Verdict

TRUE = "some of them cross it twice before noon"
FALSE = "some of them cross it thrice before noon"
NOWHERE = "the moon is a harsh mistress to those who never looked up"


def checked(archive: Archive, text: str, options: Options) -> Report:
    planned = plan_check(archive, "paper.md", markdown(text), Works({}))
    return check(archive, planned, capture_missing(archive, planned, options, 2, 2, lambda _: None))


def told(report: Report) -> list[tuple[str, Verdict] | None]:
    lost = [one for one in report.findings if one.unjudged is Unjudged.NO_SOURCE]
    return [
        (one.elsewhere.snapshot.url, one.elsewhere.judged.judgement.verdict) if one.elsewhere else None for one in lost
    ]


def test_a_page_that_is_cited_nearby_is_said_to_have_it_or_to_have_it_otherwise(
    archive: Archive, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY)
    cited = f"They say “drivers use the bridge each day” ([a]({url})). "
    report = checked(archive, f"{cited}Nobody asked. “{TRUE}.”\n\n“{FALSE}.”\n\n“{NOWHERE}.”\n\n“cross it”", options)
    assert told(report) == [(url, Verdict.VERBATIM), (url, Verdict.ALTERED), None]
    one, other = report.findings[1], report.findings[2]
    assert one.to_json()["elsewhere"]["verdict"] == "verbatim"
    assert "It does stand in" in because(one)
    assert "It stands otherwise in" in because(other)
    assert [finding.holds for finding in report.findings] == [True] * 5  # nothing is judged by a guess


def test_a_page_of_which_nothing_is_quoted_counts_where_the_archive_has_it(
    archive: Archive, site: Website, options: Options
) -> None:
    known, unknown = site.put("/known", STORY), site.put("/unknown", STORY)
    text = f"As [they]({{}}) told us. Nobody asked. “{TRUE}.”"
    capture(archive, known, options)
    assert told(checked(archive, text.format(known), options)) == [(known, Verdict.VERBATIM)]
    assert told(checked(archive, text.format(unknown), options)) == [None]


def test_the_nearest_page_that_has_it_counts(archive: Archive, site: Website, options: Options) -> None:
    pages = [site.put(f"/{number}", article("A", f"One of {number}. {TRUE}.")) for number in range(3)]
    for url in pages:
        capture(archive, url, options)
    text = "\n\n".join(f"[Page {number}]({url}) is that." for number, url in enumerate(pages))
    report = checked(archive, text.replace("\n\n[Page 2]", f"\n\n“{TRUE}.”\n\nMore.\n\n[Page 2]"), options)
    assert told(report) == [(pages[1], Verdict.VERBATIM)]


def test_it_does_not_take_long(
    archive: Archive, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.put("/story", STORY)
    capture(archive, url, options)
    monkeypatch.setattr(nearby, "MAX_SECONDS", -1.0)
    assert told(checked(archive, f"As [they]({url}) told us. Nobody asked. “{TRUE}.”", options)) == [None]
