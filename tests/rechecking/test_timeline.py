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


def test_other_words_and_other_quotations_are_not_the_same_again(source: Source) -> None:
    source.quoted(DATE, SPEECH)
    for old, new in ((b"13th", b"31st"), (b"13th", b"17th"), (b"will not ask", b"will ask")):
        source.put(STORY.replace(old, new))
        source.again()
        source.again()
    timeline = timeline_of(source.archive, page_key(source.url))
    assert timeline is not None
    assert [(event.what, event.again) for event in timeline.events[1:]] == [("quote-altered", 1)] * 3


def test_a_note_of_correction_is_not_the_same_edit_again(source: Source) -> None:
    source.quoted(DATE)
    more = STORY.replace(b"</article>", b"<p>The ferry is free of charge meanwhile, the county says.</p></article>")
    noted = more.replace(
        b"</article>", b"<p>Correction: an earlier version of this article gave a wrong name.</p></article>"
    )
    for page in (more, noted):
        source.put(page)
        source.again()
    timeline = timeline_of(source.archive, page_key(source.url))
    assert timeline is not None
    first, second = timeline.events[1:]
    assert (first.what, second.what) == ("edited-elsewhere", "edited-elsewhere")
    assert "an earlier version of this article" in second.reason
