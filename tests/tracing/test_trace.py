"""Who has it from whom, as far as the archive tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from storied import Story
from tracepages import PAGES

from archiver.errors import NothingToTrace
from archiver.intake.supplied import Given, add_file
from archiver.marks import MarkKind
from archiver.reuse import Kind
from archiver.searching import searching
from archiver.tracing import trace_quote, trace_snapshot
from archiver.tracing.limits import limits


def test_the_copies_of_a_story_are_found_and_nothing_else(story: Story) -> None:
    found = trace_snapshot(story.archive, story.search, story.pages.wire)
    assert {copy.source.id for copy in found.copies} == {story.pages.gazette.short_id, story.pages.spun.short_id}
    assert all(copy.reuse.kind.is_copy for copy in found.copies)
    assert found.subject.agencies == ("Reuters",)
    assert found.compared == found.unlike + 2
    assert not found.cut


def test_without_a_sign_there_is_no_direction(story: Story) -> None:
    found = trace_snapshot(story.archive, story.search, story.pages.gazette)
    (wire,) = [copy for copy in found.copies if copy.source.id == story.pages.wire.short_id]
    assert wire.reuse.direction is None
    (pair,) = [
        pair
        for pair in found.order.before
        if {pair.one, pair.other} == {story.pages.wire.short_id, story.pages.gazette.short_id}
    ]
    assert (pair.one, pair.sure) == (story.pages.wire.short_id, "claimed")


def test_the_marks_of_a_spun_copy(story: Story) -> None:
    found = trace_snapshot(story.archive, story.search, story.pages.spun)
    kinds = {mark.kind for mark in found.subject.marks}
    assert {MarkKind.SPUN_WORDS, MarkKind.SPUN_QUOTATION, MarkKind.AUTHOR_BOX} <= kinds


def test_a_page_of_its_own_has_no_copies(story: Story) -> None:
    found = trace_snapshot(story.archive, story.search, story.pages.garden)
    assert found.copies == ()
    assert found.subject.marks == ()


def test_a_quotation_is_found_in_every_form_that_is_printed(story: Story) -> None:
    found = trace_quote(story.archive, story.search, story.quote)
    verdicts = {variant.source.id: variant.judged.judgement.verdict.value for variant in found.variants}
    assert verdicts == {
        story.pages.wire.short_id: "verbatim", story.pages.gazette.short_id: "verbatim", story.pages.spun.short_id: "altered",
    }  # fmt: skip
    spun = next(variant for variant in found.variants if variant.source.id == story.pages.spun.short_id)
    assert "once morest" in spun.words
    assert [change.in_source for change in spun.judged.judgement.changes] == ["once morest"]
    assert {frozenset((tie.one, tie.other)) for tie in found.ties if tie.independent is False} == {
        frozenset(pair)
        for pair in (
            (story.pages.wire.short_id, story.pages.gazette.short_id),
            (story.pages.wire.short_id, story.pages.spun.short_id),
            (story.pages.gazette.short_id, story.pages.spun.short_id),
        )
    }
    assert all(tie.reasons for tie in found.ties)


def test_a_later_capture_of_the_page_is_no_copy_of_another(story: Story, tmp_path: Path) -> None:
    page = tmp_path / "again.html"
    page.write_bytes((tmp_path / "page0.html").read_bytes().replace(b"nine to seven", b"ten to six"))
    again = add_file(story.archive, page, Given(url=story.pages.wire.url))[0]
    with searching(story.archive) as search:
        found = trace_snapshot(story.archive, search, again)
    assert len(found.subject.captures) == 2
    (earlier,) = [copy for copy in found.copies if copy.source.id == story.pages.wire.short_id]
    assert earlier.reuse.kind is Kind.SAME_PAGE_LATER


def test_a_snapshot_without_text_cannot_be_traced(story: Story, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    snapshot = add_file(story.archive, picture, Given())[0]
    with searching(story.archive) as search, pytest.raises(NothingToTrace, match="no text that could be traced"):
        trace_snapshot(story.archive, search, snapshot)


def test_the_page_of_a_quotation_is_shown_however_many_have_it(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.tracing.trace.MOST_VARIANTS", 1)
    others = trace_quote(story.archive, story.search, story.quote)
    assert story.pages.wire.short_id in [variant.source.id for variant in others.variants]
    assert len(others.variants) == 2
    assert others.cut


def test_who_has_a_text_word_for_word_at_another_address_is_another_page(story: Story, tmp_path: Path) -> None:
    page = tmp_path / "mirror.html"
    page.write_text(PAGES["https://wire.example/bridge"], encoding="utf-8")
    mirrors = [add_file(story.archive, page, Given(url=f"https://{name}.example/b"))[0] for name in ("one", "two")]
    with searching(story.archive) as search:
        found = trace_snapshot(story.archive, search, story.pages.wire)
    copies = {copy.source.id: copy for copy in found.copies}
    assert {mirror.short_id for mirror in mirrors} < set(copies)
    assert all(copies[mirror.short_id].reuse.kind is Kind.COPY for mirror in mirrors)
    assert all(not copy.others for copy in found.copies)


def test_the_many_texts_of_one_address_leave_room_for_other_pages(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "edited.html"
    for number in range(5):
        page.write_text(
            PAGES["https://wire.example/bridge"].replace("four thousand", f"{number} hundred"), encoding="utf-8"
        )
        add_file(story.archive, page, Given(url="https://wire.example/bridge"))
    monkeypatch.setattr("archiver.tracing.trace.MOST_COMPARED", 4)
    with searching(story.archive) as search:
        found = trace_snapshot(story.archive, search, story.pages.wire)
    assert {copy.source.snapshot.url for copy in found.copies} == {
        "https://wire.example/bridge", "https://gazette.example/news/bridge", "https://spun.example/bridge"
    }  # fmt: skip
    assert (len(found.copies), found.versions, found.cut) == (4, 3, False)
    assert "3 more texts are of addresses of which others were compared, and not compared." in list(limits(found))
    assert not any("all were compared" in sentence for sentence in limits(found))
