from __future__ import annotations

import pytest
from website import Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.model import Verdict
from archiver.quoting import Editions, Judge, Quotation, quote
from archiver.quoting.editions import MOST
from archiver.urls import page_key

WORDS = "The council will meet on the 13th of May to decide about the old bridge."


def _page(day: str) -> bytes:
    return article(
        "Bridge", f"The council will meet on the {day} of May to decide about the old bridge.", "So it said."
    )


@pytest.fixture
def edited(archive: Archive, site: Website, options: Options) -> str:
    url = site.put("/story", _page("13th"))
    capture(archive, url, options)
    site.put("/story", _page("31st"))
    capture(archive, url, options)
    return url


def test_words_that_an_earlier_snapshot_has_are_said_to_be_there(archive: Archive, edited: str) -> None:
    judged = quote(archive, edited, Quotation(WORDS), None)
    first, last = archive.catalogue.snapshots_of(page_key(edited))
    assert (judged.judgement.verdict, judged.holds) == (Verdict.ALTERED, False)
    assert judged.snapshot is not None
    assert judged.snapshot.id == last.id
    notice = judged.judgement.warnings[-1]
    assert notice.code == "held-earlier"
    assert (
        notice.detail
        == f"{first.short_id}, captured {first.captured_at}, does say this (verbatim): the page has changed since"
    )


def test_the_record_holds_the_verdict_alone(archive: Archive, edited: str) -> None:
    judged = quote(archive, edited, Quotation(WORDS), None)
    recorded = archive.find_quote(judged.id or "").judged
    assert [notice["code"] for notice in recorded["warnings"]] == []


def test_words_that_a_later_snapshot_has(archive: Archive, edited: str) -> None:
    first, last = archive.catalogue.snapshots_of(page_key(edited))
    quotation = Quotation(WORDS.replace("13th", "31st"))
    judge = Judge(archive)
    judged = Editions(archive, judge).noted(judge.judge(quotation, first), quotation)
    assert [notice.code for notice in judged.judgement.warnings] == ["held-later"]
    assert last.short_id in judged.judgement.warnings[0].detail


def test_damage_of_another_snapshot_is_said_and_the_verdict_told(archive: Archive, edited: str) -> None:
    first, _ = archive.catalogue.snapshots_of(page_key(edited))
    leaf = archive.catalogue.leaf(first.texts[0].leaf)
    with (archive.root / leaf.file).open("r+b") as file:
        file.seek(leaf.offset + leaf.length // 2)
        file.write(b"????")
    judged = quote(archive, edited, Quotation(WORDS), None)
    assert (judged.judgement.verdict, judged.id is None) == (Verdict.ALTERED, False)
    (notice,) = judged.judgement.warnings
    assert (notice.code, first.short_id in notice.detail) == ("edition-damaged", True)


def test_words_that_no_snapshot_has_and_words_that_hold_get_no_notice(archive: Archive, edited: str) -> None:
    for words in (WORDS.replace("13th", "14th"), WORDS.replace("13th", "31st")):
        assert quote(archive, edited, Quotation(words), None).judgement.warnings == ()


def test_the_same_text_is_looked_at_once_and_no_more_than_so_many(
    archive: Archive, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (1, 2, 3, 3, 3, 4):
        capture(archive, site.put("/story", _page(f"{day}th")), options)
    url = site.put("/story", _page("9th"))
    capture(archive, url, options)
    asked = []
    judge = Judge(archive)
    quotation = Quotation(WORDS)
    judged = judge.judge(quotation, archive.find_snapshot(url))
    judging = judge.judge
    monkeypatch.setattr(judge, "judge", lambda *args: asked.append(args[1]) or judging(*args))
    Editions(archive, judge).noted(judged, quotation)
    assert len(asked) == 4
    monkeypatch.setattr("archiver.quoting.editions.MOST", 2)
    assert MOST > 2
    del asked[:]
    Editions(archive, judge).noted(judged, quotation)
    assert [snapshot.captured_at for snapshot in asked] == sorted((item.captured_at for item in asked), reverse=True)
    assert len(asked) == 2
