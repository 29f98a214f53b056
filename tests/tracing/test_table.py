"""The table: headings in order, evidence beside every statement, nothing that steers a terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from storied import Story

from archiver.intake.supplied import Given, add_file
from archiver.model import Change, ChangeKind, Notice, Span, Verdict
from archiver.reuse import Echo
from archiver.searching import searching
from archiver.tracing import table, trace_quote, trace_snapshot
from archiver.tracing.table import lines
from archiver.tracing.tojson import to_json

HEADINGS = ["who signs it", "what it draws on", "when", "who else has it", "in what order", "what is odd", "how sure"]


def test_a_snapshot(story: Story) -> None:
    found = list(lines(trace_snapshot(story.archive, story.search, story.pages.gazette)))
    assert [heading for heading, _ in found if heading][3:] == HEADINGS
    words = "\n".join(line for _, line in found)
    assert "source Reuters: “Source: Reuters” (text, source line)" in words
    assert f"{story.pages.wire.short_id} https://wire.example/bridge" in words
    assert "Whether one has it from the other, or both from a third, is not known" in words
    assert "What is not in this archive was not looked at" in words
    assert (
        f"none of these pages is known to be older than {story.pages.wire.short_id} or {story.pages.spun.short_id}"
        in words
    )
    assert "first" not in words.lower().replace("the first text", "")


def test_what_a_person_supplied_was_not_captured(story: Story) -> None:
    found = list(lines(trace_snapshot(story.archive, story.search, story.pages.gazette)))
    at = story.pages.gazette.captured_at
    assert dict(found)["supplied"] == f"{at}, by you"
    words = "\n".join(line for _, line in found)
    assert f"(supplied by you on {at}, not fetched)" in words
    assert "own capture" not in words
    assert f"supplied {at}: “" in words
    assert f"captured {at}" not in words


def test_a_quotation(story: Story) -> None:
    found = list(lines(trace_quote(story.archive, story.search, story.quote)))
    words = "\n".join(line for _, line in found)
    assert [heading for heading, _ in found if heading][:2] == [story.quote.short_id, "speaker"]
    assert "word-replaced: “once morest” there, “against” here" in words
    assert f"{story.pages.wire.short_id} and {story.pages.gazette.short_id} are tied" in words


def test_words_of_pages_do_not_steer(story: Story, tmp_path: Path) -> None:
    page = tmp_path / "evil.html"
    page.write_text(
        "<title>\x1b[31mred\u202e</title><meta name=author content='Eve \x1b]0;x\x07 Moe'><p>By Eve\x1b[2J Moe</p>"
        + "<p>some words of the text</p>" * 9,
        encoding="utf-8",
    )
    snapshot = add_file(story.archive, page, Given(url="https://evil.example/"))[0]
    with searching(story.archive) as search:
        trace = trace_snapshot(story.archive, search, snapshot)
    assert [line for _, line in lines(trace) if any(ord(sign) < 32 or sign in "\u202e\x7f" for sign in line)] == []


def test_json_has_everything(story: Story) -> None:
    found = json.loads(json.dumps(to_json(trace_snapshot(story.archive, story.search, story.pages.wire))))
    assert (found["schema_version"], found["traced"]) == (1, story.pages.wire.short_id)
    assert found["source"]["agencies"] == ["Reuters"]
    assert {copy["snapshot"] for copy in found["copies"]} == {story.pages.gazette.short_id, story.pages.spun.short_id}
    assert all(copy["passages"] and "direction" in copy for copy in found["copies"])
    texts = {text.layer.value: text.content for text in story.archive.texts(story.pages.wire)}
    for credit in found["source"]["credits"]:
        if credit["start"] is not None:
            text = texts[found["source"]["layer"]]
            assert text[credit["start"] :].startswith(credit["evidence"])
    quote = to_json(trace_quote(story.archive, story.search, story.quote))
    assert quote["quote"]["id"] == story.quote.short_id
    assert [variant["verdict"] for variant in quote["variants"]].count("altered") == 1


def test_a_statement_that_one_text_has_in_two_forms(story: Story, tmp_path: Path) -> None:
    page = tmp_path / "twice.html"
    once = "“The defense commitment to the harbour is not just a slogan, it is firm and ironclad,” the minister said on Monday in the town."
    again = "The minister said that the defense commitment to the harbour is not a slogan, but firm and ironclad in every case."
    page.write_text(f"<title>Twice</title><h1>Twice</h1><p>{once}</p><p>{again}</p>", encoding="utf-8")
    snapshot = add_file(story.archive, page, Given(url="https://twice.example/"))[0]
    with searching(story.archive) as search:
        found = list(lines(trace_snapshot(story.archive, search, snapshot)))
    at = [heading for heading, _ in found].index("it says twice")
    assert "is not just a slogan" in found[at][1]
    assert "is not a slogan" in found[at][1]


def test_five_contradictions_are_told_and_the_rest_counted(story: Story, tmp_path: Path) -> None:
    page = tmp_path / "dates.html"
    shown = "".join(f'<time datetime="20{year}-01-05T10:00:00Z"></time>' for year in range(10, 18))
    head = '<meta property="article:published_time" content="2022-03-03T10:00:00Z"><title>Dates</title><h1>Dates</h1>'
    page.write_text(f"{head}{shown}<p>{'some words of the text ' * 20}</p>", encoding="utf-8")
    snapshot = add_file(story.archive, page, Given(url="https://dates.example/"))[0]
    with searching(story.archive) as search:
        words = [line for _, line in lines(trace_snapshot(story.archive, search, snapshot))]
    told = [line for line in words if line.startswith("does not agree")]
    assert len(told) == 5
    assert not any("element" in line for line in told)
    assert any(line.endswith("more that do not agree (--json has all)") for line in words)


@pytest.mark.parametrize(
    ("words", "changes", "told"),
    [
        ("we shall stand against the closure of the bridge", [("against", "once morest")], True),
        ("this was an attempt to strike the harbour first", [("an attempt", "is intended")], True),
        ("we shall read the Report of the board", [("Report", "report")], False),
        (
            "Members of the House, estimates for the public services will be laid before you",
            [("estimates for the public services", "other measures")],
            False,
        ),
        (
            "the quay shall be opened by the end of this month if the ice allows it and no pillar breaks",
            [("by the end of this month if the", "")],
            False,
        ),
    ],
)
def test_two_sentences_that_are_built_alike_are_not_said_twice(
    words: str, changes: list[tuple[str, str]], told: bool
) -> None:
    found = tuple(Change(ChangeKind.WORD_REPLACED, *each, 0, 0) for each in changes)
    echo = Echo(Span(0, len(words)), words, False, Span(200, 300), words, True, Verdict.ALTERED, found)
    subject = SimpleNamespace(echoes=(echo,))
    assert bool(list(table._twice(subject))) is told  # type: ignore[arg-type]


def test_what_stands_in_for_a_page_is_said_of_every_page_that_is_shown(story: Story) -> None:
    trace = trace_snapshot(story.archive, story.search, story.pages.gazette)
    copy = trace.copies[0]
    walled = replace(copy.source.snapshot, wall=Notice("paywall", "an appeal to \x1b[31msubscribe"))
    shown = replace(trace, copies=(replace(copy, source=replace(copy.source, snapshot=walled)),))
    words = [line for _, line in lines(shown)]
    assert "  But that snapshot shows an appeal to \ufffd[31msubscribe, so its text may not be the article." in words
