"""The state of a citation, and what newer snapshots and rechecks add to it."""

from __future__ import annotations

import pytest
from website import STORY, Website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.model import Verdict
from archiver.quoting import Quotation, quote
from archiver.rechecking import recheck
from archiver.web.facts.citation import VERDICTS, Live, Standing
from archiver.web.facts.listing import cited

TRUE = "some of them cross it twice before noon"


@pytest.fixture
def url(archive: Archive, site: Website, options: Options) -> str:
    url = site.put("/story", STORY)
    quote(archive, url, Quotation(TRUE), options)
    return url


def live(archive: Archive) -> Live | None:
    return cited(archive, archive.catalogue.quotes()[:1])[0].state.live


def test_every_verdict_has_a_standing() -> None:
    assert sorted(verdict for verdicts in VERDICTS.values() for verdict in verdicts) == sorted(Verdict)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<div hidden>The keeper confessed to it in June.</div>", "is not shown"),
        (b"<p>Few believe that the keeper confessed to it in June.</p>", "“Few believe that”"),
        (b"<p>The keeper confessed to it in June in part.</p>", "“in part”"),
        (b"<p>The keeper confessed to it in June, and left.</p>", ""),
    ],
)
def test_a_quotation_that_holds_with_a_remark_does_not_plainly_hold(
    archive: Archive, site: Website, options: Options, body: bytes, told: str
) -> None:
    url = site.put("/keeper", b"<!doctype html><title>Keeper</title><p>The light is out.</p>" + body)
    quote(archive, url, Quotation("the keeper confessed to it in June"), options)
    state = cited(archive, archive.catalogue.quotes()[:1])[0].state
    assert state.standing is Standing.HOLDS
    assert told in state.detail
    assert bool(state.detail) is bool(told)


def test_a_newer_snapshot_tells_what_became_of_the_page(
    archive: Archive, site: Website, options: Options, url: str
) -> None:
    assert live(archive) is None
    site.put("/story", STORY.replace(b"1.7 million", b"1.9 million"))
    capture(archive, url, options)
    assert live(archive) is not None
    assert "the page has changed" in str(live(archive))
    site.put("/story", b"gone", 410)
    capture(archive, url, options)
    found = live(archive)
    assert found is not None
    assert found.code == "gone"
    assert found.sentence.startswith("page gone (410); the snapshot of 20")
    assert found.sentence.endswith(" has it")


@pytest.mark.parametrize(
    ("body", "status", "code", "sentence"),
    [
        (STORY, 200, "unchanged", "page unchanged on"),
        (STORY.replace(b"1.7 million", b"1.9 million"), 200, "edited-elsewhere", "these words unchanged on"),
        (STORY.replace(b"twice before noon", b"thrice before noon"), 200, "quote-altered", ": twice → thrice"),
        (
            STORY.replace(b"About 4,200 drivers", b"<!--").replace(b"before noon.", b"-->"),
            200,
            "quote-removed",
            "no longer on the live page",
        ),
        (b"gone", 404, "gone", " has it"),
        (b"later", 503, "unreachable", "could not be looked at on"),
    ],
)
def test_a_recheck_tells_what_became_of_the_quotation(
    archive: Archive, site: Website, options: Options, url: str, body: bytes, status: int, code: str, sentence: str
) -> None:
    site.put("/story", body, status)
    recheck(archive, url, options, confirm_after=0)
    found = live(archive)
    assert found is not None
    assert found.code == code
    assert sentence in found.sentence


def test_of_words_that_never_stood_there_no_snapshot_has_them(
    archive: Archive, site: Website, options: Options, url: str
) -> None:
    quote(archive, url, Quotation("elephants have crossed the bridge since the days of the first king"), options)
    site.put("/story", b"gone", 404)
    recheck(archive, url, options, confirm_after=0)
    state = cited(archive, archive.catalogue.quotes())[1].state
    assert (state.standing, state.word, state.detail) == (Standing.FAILS, "not in the source", "")
    assert state.live is not None
    assert state.live.sentence.endswith("shows what it said")
    assert state.to_json()["live"]["code"] == "gone"


def test_of_a_page_that_was_gone_already_no_snapshot_shows_what_it_said(
    archive: Archive, site: Website, options: Options, url: str
) -> None:
    gone = site.put("/gone", b"gone", 410)
    for _ in range(2):
        capture(archive, gone, options)
    first = archive.catalogue.snapshots()[-2]
    quote(archive, first.id, Quotation("The bridge closed in May"), options)
    found = cited(archive, archive.catalogue.quotes()[-1:])[0].state.live
    assert found is not None
    assert found.sentence == "page gone (410)"


def test_each_quotation_is_told_what_became_of_it_and_not_of_its_neighbours(
    archive: Archive, site: Website, options: Options, url: str
) -> None:
    quote(archive, url, Quotation("elephants have crossed the bridge since the days of the first king"), options)
    quote(archive, url, Quotation("About 4,200 drivers use the bridge"), options)
    site.put("/story", STORY.replace(b"twice before noon", b"thrice before noon"))
    recheck(archive, url, options, confirm_after=0)
    altered, absent, standing = (item.state.live for item in cited(archive, archive.catalogue.quotes()))
    assert altered is not None
    assert altered.sentence.endswith(": twice → thrice")
    assert absent is not None
    assert absent.sentence.startswith("page edited, and does not say this either on ")
    assert standing is not None
    assert standing.sentence.startswith("page edited, these words unchanged on ")


def test_a_list_asks_few_questions_however_long_it_is_and_says_what_each_alone_does(
    archive: Archive, site: Website, options: Options
) -> None:
    """Asked for one by one, the rows of a list cost more than all else on its page."""
    for number in range(8):
        story = site.put(f"/{number}", STORY)
        quote(archive, story, Quotation(TRUE), options)
        if number % 2:
            site.put(f"/{number}", STORY.replace(b"1.7 million", b"1.9 million") if number % 4 == 1 else b"gone")
            (recheck if number < 4 else capture)(archive, story, options)
    quotes, asked = archive.catalogue.quotes(), list[str]()
    conn = archive.catalogue.connection.conn
    counts = []
    for some in (quotes[:4], quotes):
        asked.clear()
        conn.set_trace_callback(asked.append)
        listed = cited(archive, some)
        conn.set_trace_callback(None)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 4, counts
    assert len({str(item.state.live) for item in listed}) > 2
    assert listed == tuple(item for each in quotes for item in cited(archive, [each]))


def test_a_misshapen_row_takes_nothing_from_the_rest_of_a_list(
    archive: Archive, site: Website, options: Options, url: str
) -> None:
    quote(archive, site.put("/other", STORY), Quotation(TRUE), options)
    bad, good = archive.catalogue.quotes()
    with archive.catalogue.connection.writing() as conn:
        conn.execute("UPDATE snapshots SET status = 'two hundred' WHERE id = ?", [bad.snapshot])
    one, other = cited(archive, [bad, good])
    assert one.snapshot is None
    assert other.snapshot is not None
    assert other.snapshot.id == good.snapshot
