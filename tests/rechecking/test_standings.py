from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from mementos import Copied, PublicArchive
from rechecking.conftest import COUNT, DATE, SPEECH, Source
from website import STORY, Answer, article

from archiver.capture import SecondHand, capture_copy, read_here
from archiver.intake.supplied import Given, add_file
from archiver.memento import Wish
from archiver.model import Drift, Exchange, Judgement, Layer, Reading, Verdict
from archiver.quoting import Judge, Judged, Quotation, quote
from archiver.rechecking import recheck
from archiver.rechecking.known import known_of
from archiver.rechecking.pages import Page
from archiver.rechecking.standings import standings
from archiver.verification import Request, Verification


def test_a_supplied_file_is_no_look_at_the_live_page(source: Source, tmp_path: Path) -> None:
    file = tmp_path / "story.html"
    file.write_bytes(STORY)
    add_file(source.archive, file, Given(source.url))
    assert quote(source.archive, source.url, Quotation(SPEECH), None).holds
    source.put(STORY.replace(b"ferrymen", b"boatmen"))
    found = source.again()
    assert (found.lost, found.exit_code) == ((), 0)
    (standing,) = found.standings
    assert (standing.verdict, standing.doubt.code if standing.doubt else "") == (Verdict.ALTERED, "supplied-by-user")
    source.put(STORY)
    assert source.again().standings[0].holds
    source.put(STORY.replace(b"ferrymen", b"boatmen"))
    assert source.again().drift is Drift.QUOTE_ALTERED, "now the live page was seen to say it"


def test_a_copy_at_second_hand_is_the_page_as_it_was(source: Source) -> None:
    copies = PublicArchive(source.site)
    copies.put(source.url, [Copied("20190531120000", STORY)])
    capture_copy(source.archive, source.url, source.options, SecondHand(Wish(copies.gate, None), live_first=False))
    assert quote(source.archive, source.url, Quotation(DATE), None).holds
    source.put(STORY.replace(b"13th", b"31st"))
    assert source.again().drift is Drift.QUOTE_ALTERED


def test_what_only_a_browser_saw_is_not_removed_by_a_look_without_one(source: Source) -> None:
    source.quoted(SPEECH)
    known = known_of(source.archive, source.url)
    (kept,) = known.quotes
    known = replace(known, quotes=(replace(kept, layer=Layer.RENDERED, text="Words that scripts drew"),))
    source.put(STORY.replace(b"1.7", b"1.9"))
    source.again()
    now = source.archive.latest_snapshot(source.url)
    assert now is not None
    (standing,) = standings(source.archive, known, Page(source.archive, now))
    assert (standing.drift, standing.verdict, standing.open) == (None, Verdict.UNDECIDED, True)


def test_what_this_version_of_the_judge_sees_otherwise_is_no_drift(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.quoted(SPEECH).put(STORY.replace(b"1.7", b"1.9"))
    judged = Judge.judge

    def stricter(self: Judge, quotation: Quotation, *rest: object, **more: object) -> Judged:
        found = judged(self, quotation, *rest, **more)  # type: ignore[arg-type]
        return replace(found, judgement=Judgement(Verdict.ABSENT))

    monkeypatch.setattr(Judge, "judge", stricter)
    found = source.again()
    assert (found.drift, found.lost) == (Drift.EDITED_ELSEWHERE, ())
    assert found.standings[0].doubt is not None
    assert found.standings[0].doubt.code == "judged-otherwise"


def test_what_an_edit_forgot_in_the_scripts_does_not_make_it_stand(source: Source) -> None:
    data = '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"BODY"}</script></body>'
    body = (
        " ".join(line for line in STORY.decode().replace("<p>", "\n").split("\n") if "</p>" in line)
        .partition("</article>")[0]
        .replace("</p>", "")
    )
    both = STORY.replace(b"</body>", data.replace("BODY", body).encode())
    source.quoted(DATE, body=both)
    source.put(
        both.replace(
            b"<p>The bridge over the river Lorn will close on the 13th",
            b"<p>The bridge over the river Lorn will close on the 31st",
        )
    )
    found = source.again()
    assert found.drift is Drift.QUOTE_ALTERED
    (judged,) = found.quotes
    assert [(change.in_quote, change.in_source) for change in judged.judgement.changes] == [("13th", "31st")]
    assert "as-shown" in [notice.code for notice in judged.judgement.warnings]
    findings = Verification(source.archive.root, Request(re_extract=True)).findings()
    assert [finding.detail for finding in findings if finding.check == "re-judge" and not finding.ok] == []


def test_a_twin_that_stood_there_before_is_no_edit_of_what_was_removed(source: Source) -> None:
    teaser = "<ul><li>About 4,200 drivers use the bridge on each working day, as the county says, and more on Sundays.</li></ul></main>"
    body = STORY.replace(b"</main>", teaser.encode())
    source.quoted(COUNT, body=body)
    source.put(
        body.replace(
            b"<p>About 4,200 drivers use the bridge each day, the county says, and some of them cross it twice before noon.</p>",
            b"",
        )
    )
    found = source.again()
    assert (found.drift, found.lost[0].verdict, len(found.looks)) == (Drift.QUOTE_REMOVED, Verdict.ALTERED, 2)
    source.put(
        body.replace(b"4,200 drivers use the bridge each day, the", b"4,700 drivers use the bridge each day, the")
    )
    assert source.again().drift is Drift.QUOTE_ALTERED
    assert [
        finding.detail for finding in Verification(source.archive.root, Request()).findings() if finding.ok is False
    ] == []


def test_words_that_stand_only_in_a_correction_are_not_what_the_page_says(source: Source) -> None:
    source.quoted(DATE)
    note = b"<p>Correction: An earlier version of this article said: " + DATE.encode() + b".</p></article>"
    source.put(STORY.replace(b"13th", b"31st").replace(b"</article>", note))
    found = source.again()
    assert found.drift is Drift.QUOTE_ALTERED
    assert "the page bears a note now: “Correction: An earlier version" in found.reason
    (standing,) = found.lost
    assert standing.judged is not None
    assert [(change.in_quote, change.in_source) for change in standing.judged.judgement.changes] == [("13th", "31st")]
    assert standing.judged.judgement.warnings[0].code == "in-correction"
    assert all(
        item.ok
        for item in Verification(source.archive.root, Request(re_extract=True)).findings()
        if "recheck" in item.subject
    )


def test_a_note_that_a_page_was_withdrawn_is_said(source: Source) -> None:
    source.quoted(SPEECH)
    source.put(STORY.replace(b"</article>", b"<p>This article has been withdrawn by the editors.</p></article>"))
    found = source.again()
    assert (found.drift, found.exit_code) == (Drift.EDITED_ELSEWHERE, 0)
    note = "This article has been withdrawn by the editors."
    assert found.reason.startswith("the article was edited; the quotation still stands; ")
    assert f"bears a note now: \u201c{note}" in found.reason
    assert found.note is not None
    assert found.note.startswith(note)
    assert found.to_json()["note"] == source.last().note == found.note
    again = source.again()
    assert (again.note, again.to_json()["note"], "note" in source.last().told) == (None, None, False)
    assert all(finding.ok for finding in Verification(source.archive.root, Request()).findings())


TWICE = article(
    "The harbour wall at Port Anna",
    "The council met on Tuesday in the old town hall. The wall will be rebuilt before the winter storms. So its minutes say.",
    "Fishermen had asked for that since the flood of last year, when four boats were lost in one night.",
    "The county sent its own letter on Friday. The wall will be rebuilt before the winter storms. It bears three signatures and no date at all.",
)
WALL = "The wall will be rebuilt before the winter storms."


def picked(source: Source, prefix: str) -> None:
    """Quotes the sentence that the page says twice, in the place behind the words."""
    source.quoted(body=TWICE)
    assert quote(source.archive, source.url, Quotation(WALL, prefix=prefix), None).holds


def faults(source: Source) -> list[str]:
    findings = Verification(source.archive.root, Request()).findings()
    return [finding.detail for finding in findings if finding.ok is False]


def second(old: str, new: str, body: bytes = TWICE) -> bytes:
    head, middle, tail = body.partition(b"The county sent")
    assert old.encode() in tail
    return head + middle + tail.replace(old.encode(), new.encode())


def first(old: str, new: str) -> bytes:
    assert old.encode() in TWICE
    return TWICE.replace(old.encode(), new.encode(), 1)


def test_the_place_that_was_quoted_is_followed_and_not_its_twin(source: Source) -> None:
    picked(source, "letter on Friday. ")
    source.put(second("before the winter storms", "after the winter storms"))
    found = source.again()
    assert found.drift is Drift.QUOTE_ALTERED
    (judged,) = found.quotes
    assert [(change.in_quote, change.in_source) for change in judged.judgement.changes] == [("before", "after")]
    assert "picked-place" in [notice.code for notice in judged.judgement.warnings]
    source.put(second(f" {WALL}", ""))
    assert source.again().drift is Drift.QUOTE_REMOVED
    assert faults(source) == []


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(first("before the winter storms", "after the winter storms"), id="the twin was altered"),
        pytest.param(first(f" {WALL}", ""), id="the twin was removed"),
        pytest.param(first("</p>", f"</p><p>Again: {WALL} Said at last.</p>"), id="a third was added before it"),
        pytest.param(
            second(" its own letter on Friday.", " another one too:").replace(b"three signatures and no date at all", b"a seal"),
            id="what stands around it was reworded",
        ),
    ],
)  # fmt: skip
def test_an_edit_beside_the_place_that_was_quoted_leaves_it_standing(source: Source, body: bytes) -> None:
    picked(source, "letter on Friday. ")
    source.put(body)
    found = source.again()
    assert (found.drift, found.standings[0].holds) == (Drift.EDITED_ELSEWHERE, True)
    judged = found.standings[0].judged
    assert judged is not None
    assert [item.prefix.endswith(("on Friday. ", "one too: ")) for item in judged.judgement.matches] == [True]


def test_of_words_quoted_without_a_place_any_place_serves(source: Source) -> None:
    source.quoted(WALL, body=TWICE)
    source.put(second("before the winter storms", "after the winter storms"))
    assert source.again().drift is Drift.EDITED_ELSEWHERE


def test_what_only_another_extractor_reads_otherwise_is_no_drift(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.quoted(SPEECH)
    monkeypatch.setattr("archiver.capture.fetching.are_of_today", lambda _: False)

    def half_blind(exchange: Exchange, *, references: bool = False) -> Reading:
        reading = read_here(exchange, references=references)
        texts = [replace(text, content=text.content.replace(SPEECH, ""), version="next") for text in reading.texts]
        return replace(reading, texts=tuple(texts))

    found = recheck(source.archive, source.url, source.options, confirm_after=0, read=half_blind)
    assert (found.lost, found.exit_code) == ((), 0)
    (standing,) = found.standings
    assert standing.doubt is not None
    assert standing.doubt.code == "read-otherwise"


LENGTH = "The new bridge is 300 metres long"


def bridge(sentence: str, beside: str = "") -> bytes:
    page = article(
        "The bridge",
        "The council met on Tuesday in the old town hall to speak of the bridge, and of what it is to cost.",
        sentence,
        "Fishermen had asked for that since the flood of last year, when four boats were lost in one night.",
    )
    box = f"<aside><h3>Most read</h3><ul><li><a href='/x'>{beside}</a></li></ul></aside></main>"
    return page.replace(b"</main>", box.encode()) if beside else page


def test_a_teaser_that_says_it_still_does_not_speak_for_the_article(source: Source) -> None:
    source.quoted(LENGTH, body=bridge(f"{LENGTH}, the mayor says."))
    source.put(bridge("The new bridge is 330 metres long, the mayor says.", beside=f"{LENGTH}, says mayor"))
    found = source.again()
    assert (found.drift, found.exit_code) == (Drift.QUOTE_ALTERED, 1)
    (judged,) = found.quotes
    assert [(change.in_quote, change.in_source) for change in judged.judgement.changes] == [("300", "330")]
    assert judged.judgement.warnings[0].code == "in-place"
    assert source.again().drift is Drift.QUOTE_ALTERED
    findings = list(Verification(source.archive.root, Request(re_extract=True)).findings())
    assert [finding.detail for finding in findings if finding.ok is False] == []


def test_figures_that_were_exchanged_within_a_sentence_are_altered(source: Source) -> None:
    rose = "Prices rose by 5 percent in Spain and by 6 percent in France."
    source.quoted("5 percent", body=bridge(rose))
    source.put(bridge("Prices rose by 6 percent in Spain and by 5 percent in France."))
    found = source.again()
    assert (found.drift, found.reason) == (
        Drift.QUOTE_ALTERED,
        "the quotation is there with other words (number)",
    )
    findings = list(Verification(source.archive.root, Request(re_extract=True)).findings())
    assert [finding.detail for finding in findings if finding.ok is False] == []


def test_a_sentence_that_reads_otherwise_round_the_words_is_told(source: Source) -> None:
    source.quoted(LENGTH, body=bridge(f"{LENGTH}."))
    source.put(bridge(f"The claim that {LENGTH} is false."))
    found = source.again()
    assert found.reason == "the article was edited; the quotation still stands, in a sentence that reads otherwise now"
    assert [notice.code for notice in found.standings[0].remarks] == ["hidden-denial", "sentence-changed"]
    again = source.again()
    assert [notice.code for notice in again.standings[0].remarks] == ["hidden-denial", "sentence-changed"]


def test_of_several_quotations_it_is_said_how_many_stand_in_another_sentence(source: Source) -> None:
    other = "four boats were lost in one night"
    source.quoted(LENGTH, other, body=bridge(f"{LENGTH}."))
    source.put(bridge(f"As the mayor says, {LENGTH}, and will be paid for."))
    said = "all 2 quotations still stand, 1 of them in a sentence that reads otherwise now"
    assert source.again().reason == f"the article was edited; {said}"
    source.site.routes["/story"] = Answer(b"", 301, {"Location": "/elsewhere"})
    source.site.put("/elsewhere", bridge(f"As the mayor says, {LENGTH}, and will be paid for."))
    assert source.again().reason.endswith(
        "all quotations stand there, 1 of them in a sentence that reads otherwise now"
    )
