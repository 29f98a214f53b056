from __future__ import annotations

import json
from dataclasses import replace

import pytest
from website import STORY, Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.errors import InputError, NetworkError, UnknownId
from archiver.model import Verdict
from archiver.quoting import Judge, Quotation, quote, record_quotes
from archiver.verification import Request, Verification

TRUE = "Nobody has been hurt on this bridge, and nobody will be."


def test_a_page_without_snapshot_is_captured_and_the_quote_recorded(
    archive: Archive, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY)
    judged = quote(archive, url, Quotation(TRUE, "Ada Voss", "p. 3"), options)
    assert judged.judgement.verdict is Verdict.VERBATIM
    recorded = archive.find_quote(judged.id or "")
    assert (recorded.text, recorded.verdict, recorded.speaker, recorded.note) == (TRUE, "verbatim", "Ada Voss", "p. 3")
    annotation = json.loads(archive.stored_record(archive.catalogue.leaf(recorded.leaf)).block)
    assert annotation["type"] == "Annotation"
    selectors = {item["type"]: item for item in annotation["target"]["selector"]}
    text = next(text for text in archive.texts(archive.find_snapshot(url)) if text.layer == recorded.layer)
    position = selectors["TextPositionSelector"]
    assert text.content[position["start"] : position["end"]] == selectors["TextQuoteSelector"]["exact"]
    quote(archive, url, Quotation("It is quite another thing"), options)
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        (TRUE, "verbatim"),
        ('"We will not ask the ferrymen to work at night," said county engineer Ada Voss.', "typographic"),
        ("will close on the 31st of May", "altered"),
        ("We will ask the ferrymen to work at night", "altered"),
        ("The moon is a harsh mistress to those who never looked up", "absent"),
    ],
)
def test_verdicts(archive: Archive, site: Website, options: Options, words: str, verdict: str) -> None:
    judged = quote(archive, site.put("/story", STORY), Quotation(words), options)
    assert judged.judgement.verdict.value == verdict
    assert judged.to_json()["holds"] is (verdict in ("verbatim", "typographic"))


def test_what_is_not_the_page_leaves_it_undecided(archive: Archive, site: Website, options: Options) -> None:
    gone = quote(archive, site.put("/gone", article("Not found", TRUE), 404), Quotation(TRUE), options)
    assert (gone.judgement.verdict, gone.judgement.warnings[0].code) == (Verdict.UNDECIDED, "source-status")
    cut = replace(options, fetch=replace(options.fetch, max_body=len(STORY) - 60))
    short = quote(archive, site.put("/cut", STORY), Quotation("the county says something that is not there"), cut)
    assert (short.judgement.verdict, short.to_json()["text_complete"]) == (Verdict.UNDECIDED, False)
    found = quote(archive, site.url + "/cut", Quotation(TRUE), cut)
    assert found.judgement.verdict is Verdict.UNDECIDED
    assert "would make it verbatim" in found.judgement.warnings[0].detail
    binary = quote(archive, site.put("/x", bytes(range(256)) * 8, Content_Type="image/png"), Quotation(TRUE), options)
    assert binary.judgement.warnings[0].detail == "an image (image/png) is not read by this version"
    pdf = quote(archive, site.put("/p", b"%PDF-1.7 \x00\xff", Content_Type="application/pdf"), Quotation(TRUE), options)
    assert pdf.judgement.verdict is Verdict.UNDECIDED
    assert pdf.judgement.warnings[0].to_json() == {
        "code": "pdf-damaged",
        "detail": "the PDF is damaged, or none at all: it cannot be opened",
    }
    mislabelled = quote(archive, site.put("/m", b"\x89PNG\r\n \x00\xfe"), Quotation(TRUE), options)
    assert mislabelled.judgement.warnings[0].detail == "the server calls it text/html, but its bytes are no text"


def test_the_same_quote_is_recorded_once(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    first, second = (quote(archive, url, Quotation(TRUE), options) for _ in range(2))
    assert first.id == second.id
    assert quote(archive, url, Quotation(TRUE, "Ada Voss"), options).id != first.id
    size = archive.head().size
    snapshot = archive.find_snapshot(url)
    judge = Judge(archive)
    many = [Quotation(words) for words in ("some of them cross it twice", "set aside 2 million", TRUE)]
    recorded = record_quotes(archive, [(judge.judge(item, snapshot), item) for item in many])
    assert archive.head().size == size + 2
    assert recorded[2].id == first.id


def test_offline_and_empty_and_unknown(archive: Archive) -> None:
    with pytest.raises(NetworkError, match="--offline"):
        quote(archive, "http://127.0.0.1/none", Quotation("words"), None)
    with pytest.raises(InputError, match="empty"):
        Quotation(" \n")
    for marks in ("...", "[…]", "“ . . . ”"):
        with pytest.raises(InputError, match="empty but for marks"):
            quote(archive, "http://127.0.0.1/none", Quotation(marks), None)
    with pytest.raises(UnknownId):
        quote(archive, "s-00000000", Quotation("words"), None)


def test_verify_finds_a_forged_anchor(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    snapshot = capture(archive, url, options)
    judged = Judge(archive).judge(Quotation(TRUE), snapshot)
    match = judged.judgement.matches[0]
    span = replace(match.spans[0], start=match.spans[0].start + 1)
    forged = replace(judged, judgement=replace(judged.judgement, matches=(replace(match, spans=(span,)),)))
    recorded = record_quotes(archive, [(forged, Quotation(TRUE))])[0]
    run = Verification(archive.root, Request(), archive.keys)
    failed = [finding for finding in run.findings() if finding.ok is False]
    assert [finding.check for finding in failed] == ["anchor"]
    assert failed[0].quotes == (recorded.id,)


def test_two_anchors_of_the_same_words_are_two_quotes(archive: Archive, site: Website, options: Options) -> None:
    page = article(
        "Twice", "On Monday the mayor said no and left at once.", "On Friday the mayor said no and stayed there."
    )
    url = site.put("/twice", page)
    monday = quote(archive, url, Quotation("the mayor said no and", prefix="On Monday "), options)
    friday = quote(archive, url, Quotation("the mayor said no and", prefix="On Friday "), options)
    assert monday.id != friday.id


def test_another_spelling_of_the_address_is_said(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    capture(archive, url, options)
    judged = quote(archive, url + "/", Quotation(TRUE), options)
    assert judged.url == url
    assert "other-address" in [notice.code for notice in judged.judgement.warnings]
    same = quote(archive, url + "#part", Quotation(TRUE), options)
    assert "other-address" not in [notice.code for notice in same.judgement.warnings]


def test_a_part_of_a_page_carries_no_verdict_and_hides_no_good_one(
    archive: Archive, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY)
    good = capture(archive, url, options)
    site.put("/story", article("Part", "Only this."), 206)
    part = capture(archive, url, options)
    assert archive.latest_snapshot(url) == good
    assert (
        quote(archive, part.id, Quotation("words that are not there"), options).judgement.verdict is Verdict.UNDECIDED
    )


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InputError, match="no Unicode"):
        Quotation("a \ud800 b")


def test_a_prefix_or_suffix_that_picks_nothing_is_said(archive: Archive, site: Website, options: Options) -> None:
    page = article("Twice", "On Monday the mayor said no and left.", "On Friday the mayor said no and stayed.")
    url = site.put("/twice", page)

    def codes(quotation: Quotation) -> list[str]:
        notices = quote(archive, url, quotation, options).judgement.warnings
        return [notice.code for notice in notices if notice.code.endswith("-unused")]

    words = "the mayor said no and"
    assert codes(Quotation(words, prefix="On Friday", suffix="stayed")) == []
    assert codes(Quotation(words, prefix="On Sunday")) == ["prefix-unused"]
    assert codes(Quotation(words, suffix="died")) == ["suffix-unused"]
    assert codes(Quotation("the mayor said yes and left", prefix="On Monday")) == []
    assert codes(Quotation("words that stand nowhere near it", prefix="On Monday")) == []


FRONT = article("The Lorn Courier", "News of the river and its towns, and of the roads that lead there, each day.")


@pytest.mark.parametrize(
    ("to", "words", "said"),
    [
        ("/", TRUE, "/, the front page of a site; that is what was judged"),
        ("/news", TRUE, "/news; that is what was judged"),
        ("/", "News of the river and its towns", None),  # it holds: `cite` tells where the address led
        ("/old/", TRUE, None),  # a slash is no other page
    ],
)
def test_where_redirects_led_is_said_of_what_does_not_hold(
    archive: Archive, site: Website, options: Options, to: str, words: str, said: str | None
) -> None:
    site.put(to, FRONT)
    site.put("/old", b"", 301, Location=to)
    judged = quote(archive, site.url + "/old", Quotation(words), options)
    led = [notice.detail for notice in judged.judgement.warnings if notice.code == "led-on"]
    assert led == ([] if said is None else [f"the address led on to {site.url}{said}"])
    run = Verification(archive.root, Request(re_extract=True), archive.keys)
    assert [finding for finding in run.findings() if finding.ok is False] == []
