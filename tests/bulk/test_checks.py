from __future__ import annotations

import pytest
from rechecking.conftest import spoil_text
from website import STORY, Website, article

from archiver.archive import Archive
from archiver.bulk import BadRow, Row, check_rows, plan
from archiver.capture import Options, capture
from archiver.errors import DamagedArchive
from archiver.quoting import Judged, is_damaged


def row(url: str, quote: str, line: int) -> Row:
    return Row(url, quote, line, None, {"n": line})


def test_rows_come_back_in_their_order_with_what_they_brought(
    archive: Archive, site: Website, options: Options
) -> None:
    story, other = (
        site.put("/story", STORY),
        site.put("/other", article("Other", "The sea was calm on the day of the count.")),
    )
    rows = [
        row(story, "will close on the 13th of May", 1), row(other, "The sea was calm", 2), BadRow(3, "broken"),
        row(story, "will close on the 31st of May", 4), row("gopher://x/", "words of it", 5), row("http://10.0.0.1/", "three words here", 6),
    ]  # fmt: skip
    planned = plan(archive, rows)
    assert [wanted.url for wanted in planned.missing] == [story, other, "http://10.0.0.1/"]
    results = list(check_rows(archive, planned, options, 4, 4, lambda _: None))
    assert [item.judgement.verdict.value if isinstance(item, Judged) else item.line for item in results] == [
        "verbatim", "verbatim", 3, "altered", 5, "undecided",
    ]  # fmt: skip
    first = results[0]
    assert isinstance(first, Judged)
    assert (first.location, first.input) == ({"line": 1}, {"n": 1})
    assert len(archive.catalogue.quotes()) == 3
    again = plan(archive, rows[:4])
    assert again.missing == ()
    assert [snapshot.url for snapshot in again.known] == [story, other]
    bad = planned.rows[4]
    assert isinstance(bad, BadRow)
    assert bad == BadRow(5, bad.why, "gopher://x/", "words of it", {"n": 5})


def test_offline_leaves_what_is_missing_undecided(archive: Archive) -> None:
    planned = plan(archive, [row("http://127.0.0.1/x", "some words here", 1)])
    (judged,) = check_rows(archive, planned, None, 1, 1, lambda _: None)
    assert isinstance(judged, Judged)
    assert (judged.holds, judged.judgement.warnings[0].code) == (None, "not-captured")


def test_a_damaged_log_is_the_end(archive: Archive, site: Website, options: Options) -> None:
    """A damaged snapshot alone is not: its row is undecided."""
    story = site.put("/story", STORY)
    rows = [row(story, "will close on the 13th of May", 1), row("gopher://x/", "words of it", 2)]
    assert list(check_rows(archive, plan(archive, rows), options, 1, 1, lambda _: None))
    spoil_text(archive, story)
    judged, bad = check_rows(archive, plan(archive, rows), options, 1, 1, lambda _: None)
    assert isinstance(judged, Judged)
    assert (judged.holds, is_damaged(judged), judged.location, judged.input) == (None, True, {"line": 1}, {"n": 1})
    assert isinstance(bad, BadRow)
    (archive.root / "log" / "checkpoint").write_bytes(b"")
    with pytest.raises(DamagedArchive):
        list(check_rows(archive, plan(archive, rows), options, 1, 1, lambda _: None))


def test_a_page_that_is_gone_meanwhile_is_judged_as_it_was_and_said(
    archive: Archive, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY)
    capture(archive, url, options)
    site.put("/story", article("Not found", "Nothing here."), 404)
    capture(archive, url, options)
    planned = plan(archive, [row(url, "will close on the 13th of May", 1)])
    (judged,) = check_rows(archive, planned, options, 1, 1, lambda _: None)
    assert isinstance(judged, Judged)
    assert judged.holds is True
    assert judged.judgement.warnings[-1].code == "newer-not-the-page"


def test_a_row_keeps_the_address_that_it_came_with(archive: Archive, site: Website, options: Options) -> None:
    """The page may have been captured first under an address with somebody else's fragment."""
    story = site.put("/story", STORY)
    capture(archive, f"{story}#comments", options)
    rows = [row(story, "will close on the 13th of May", 1), row(f"{story}#top", "will close on the 13th of May", 2)]
    judged = list(check_rows(archive, plan(archive, rows), None, 1, 1, lambda _: None))
    assert [item.url for item in judged] == [story, f"{story}#top"]
