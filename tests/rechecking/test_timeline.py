from __future__ import annotations

import click
from rechecking.conftest import DATE, SPEECH, Source
from website import STORY

from archiver.cli.show.history import history
from archiver.quoting import Quotation, quote
from archiver.rechecking.timeline import timeline_of
from archiver.urls import page_key


def test_first_seen_each_change_and_each_verdict_over_time(source: Source) -> None:
    source.quoted(DATE, SPEECH)
    assert timeline_of(source.archive, page_key(source.url)) is None
    source.again()
    source.again()
    source.put(b"<h1>Gone</h1>", 410)
    source.again()
    source.put(STORY)
    source.again()
    source.edit("13th", "31st")
    source.again()
    source.again()
    source.put(b"<h1>Gone</h1>", 410)
    source.again()
    source.put(STORY)
    source.again()
    timeline = timeline_of(source.archive, page_key(source.url))
    assert timeline is not None
    assert [(event.what, event.again) for event in timeline.events] == [
        ("first-seen", 0), ("unchanged", 1), ("gone", 0), ("unchanged", 0), ("quote-altered", 1), ("gone", 0), ("edited-elsewhere", 0),
    ]  # fmt: skip
    assert "back" not in timeline.events[1].reason
    assert timeline.events[3].reason.startswith(f"the page is back, as it was ({timeline.events[1].reason}")
    altered, stands = timeline.courses
    assert [step.verdict.value for step in altered.steps] == ["verbatim", "altered", "verbatim"]
    assert altered.steps[1].changes[0]["in_source"] == "31st"
    assert [step.verdict.value for step in stands.steps] == ["verbatim"]
    lines = "\n".join(history(timeline))
    assert "13th → 31st" in lines
    assert "(the same 1 more time up to" in lines
    assert timeline.to_json()["events"][4]["event"] == "quote-altered"


def test_of_words_that_never_stood_there_the_page_changed_nothing(source: Source) -> None:
    source.quoted()
    quote(source.archive, source.url, Quotation("will close on the 31st of May"), source.options)
    source.put(STORY.replace(b"<article>", b"<article><p>A first paragraph that moves the rest.</p>"))
    source.again()
    timeline = timeline_of(source.archive, page_key(source.url))
    assert timeline is not None
    (course,) = timeline.courses
    assert [step.verdict.value for step in course.steps] == ["altered"]
    lines = click.unstyle("\n".join(history(timeline)))
    assert "altered  13th → 31st" in lines
    assert "31st → 13th" not in lines
