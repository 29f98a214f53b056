"""Facts of a trace in plain words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from storied import Story

from archiver.intake.supplied import Given, add_file
from archiver.reuse import TWO_ADDRESSES, Direction, Kind, Reuse
from archiver.searching import searching
from archiver.tracing import trace_snapshot, wording

OLDER = Direction("a", "b", True, ("the first text is dated earlier than the second text",))


def test_one_page_seen_twice_has_it_from_nobody() -> None:
    unknown = Reuse(Kind.SAME_PAGE_LATER, 1.0, 1.0, (), None, ("no direction: it is one page, seen twice",))
    assert wording.direction(unknown, "s-1", "s-2") == "It is one page, seen twice."
    dated = Reuse(Kind.SAME_PAGE_LATER, 1.0, 1.0, (), OLDER, ())
    assert wording.direction(dated, "s-1", "s-2") == "It is one page, seen twice: s-1 is dated earlier than s-2."


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2026-04-13T10:00:00", "2026-04-15T12:00:00", "2026-04-14"),
        ("2026-04-13T10:00:00", "2026-04-15T11:59:59", "2026-04-14"),
        ("2026-03-31T10:00:00", "2026-05-01T12:00:00", "from 2026-04-01 to 2026-04-30"),
        ("2026-04-13T20:00:00", "2026-04-14T22:00:00", "2026-04-14T10:00:00, zone not said"),
        ("2026-04-13T10:00:00", "2026-04-15T11:00:00", "between 2026-04-13T10:00:00Z and 2026-04-15T11:00:00Z"),
        ("2026-04-14T10:00:00", "2026-04-14T10:00:30", "2026-04-14T10:00:00Z"),
        ("2026-04-14T00:00:00", "2026-04-15T00:00:00", "between 2026-04-14T00:00:00Z and 2026-04-15T00:00:00Z"),
        ("9999-12-31T20:00:00", "9999-12-31T22:00:00", "between 9999-12-31T20:00:00Z and 9999-12-31T22:00:00Z"),
        (None, "2026-04-14T00:00:00", "not after 2026-04-14T00:00:00Z"),
        (None, None, "at a time that nothing tells"),
    ],
)
def test_a_day_without_a_zone_is_called_that_day(earliest: str | None, latest: str | None, words: str) -> None:
    one, two = (datetime.fromisoformat(f"{moment}+00:00") if moment else None for moment in (earliest, latest))
    assert wording.interval(one, two) == words


def test_words_were_taken_but_perhaps_not_from_this_page() -> None:
    found = wording.direction(Reuse(Kind.COPY, 1.0, 1.0, (), OLDER, ()), "s-1", "s-2")
    assert found == (
        "Nothing but dates speaks for a direction: s-1 is dated earlier than s-2. s-2 may have it from s-1, or both from a third."
    )
    linked = Reuse(Kind.COPY, 1.0, 1.0, (), Direction("a", "b", False, ("a link",)), ())
    assert (
        wording.direction(linked, "s-1", "s-2")
        == "s-2 has it from s-1, or from another page with the same words: a link."
    )


def test_two_addresses_of_one_site_may_be_two_pages() -> None:
    reuse = Reuse(Kind.SAME_PAGE_LATER, 1.0, 1.0, (), None, (f"both are of one site, {TWO_ADDRESSES}",))
    assert (
        wording.direction(reuse, "s-1", "s-2")
        == "One page under two addresses, or two pages of one site with the same text."
    )


def test_a_page_that_no_person_signs_has_its_outlet(story: Story, tmp_path: Path) -> None:
    said = []
    for name, meta in (("one", "<meta property=og:site_name content='Coast Herald'>"), ("two", "")):
        page = tmp_path / f"{name}.html"
        page.write_text(f"<title>Quay</title>{meta}<p>{'The quay was opened again. ' * 9}</p>", encoding="utf-8")
        snapshot = add_file(story.archive, page, Given(url=f"https://{name}.example/"))[0]
        with searching(story.archive) as search:
            said.append(wording.signed_by(trace_snapshot(story.archive, search, snapshot).subject))
    assert said == ["signed by no person; published by Coast Herald", "signed by nobody"]
