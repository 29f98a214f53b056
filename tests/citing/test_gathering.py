from __future__ import annotations

import sqlite3
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from mementos import Copied, PublicArchive, SavePageNow, just_now
from website import STORY, Website, website

from archiver.archive import Archive
from archiver.capture import AssetRun, Options, SecondHand, capture, capture_copy
from archiver.citing import cite
from archiver.copies import date_in
from archiver.errors import DamagedArchive, UnknownId
from archiver.intake import Given, add_file
from archiver.memento import Keeper, Wish
from archiver.quoting import Quotation, quote

WORDS = "4,200 drivers use the bridge each day"


def test_a_quotation_with_its_page(archive: Archive, site: Website, options: Options) -> None:
    page = site.put("/story?a=1", STORY)
    judged = quote(archive, f"{page}#top", Quotation(WORDS, speaker="Ada Voss"), options)
    assert judged.id is not None
    citation = cite(archive, judged.id)
    assert citation.id == judged.id
    assert citation.url == f"{page}#top"
    assert citation.title == "Bridge over the Lorn to close for repairs"
    assert citation.passage == f"{page}#top:~:text=4%2C200%20drivers%20use%20the%20bridge%20each%20day"
    assert citation.quote is not None
    assert (citation.quote.text, citation.quote.verdict, citation.quote.warning, citation.quote.speaker) == (
        WORDS,
        "verbatim",
        None,
        "Ada Voss",
    )
    assert citation.archive == archive.settings.origin
    assert citation.payload_sha256 == judged.snapshot.payload_sha256
    assert (citation.copies, citation.provenance, citation.is_live) == ((), (), True)
    assert cite(archive, judged.id[:14]) == citation


def test_a_snapshot_by_id_or_address(archive: Archive, site: Website, options: Options) -> None:
    page = site.put("/story", STORY)
    taken = capture(archive, page, options)
    citation = cite(archive, taken.id)
    assert (citation.id, citation.quote, citation.passage) == (taken.id, None, None)
    assert cite(archive, page) == citation
    site.put("/story", b"gone", 410)
    capture(archive, page, options)
    assert cite(archive, page) == replace(citation, is_live=False)
    with pytest.raises(UnknownId):
        cite(archive, "s-0123456789ab")
    site.put("/story", b"try later", 503)
    capture(archive, page, options)
    assert cite(archive, page).is_live is None  # neither there nor gone


ALTERED = "THE SOURCE DOES NOT SAY THIS (altered): number: the source has “4,200”, the quotation “2,400”"
ABSENT = "THE SOURCE DOES NOT SAY THIS (absent): nothing near it was found"


@pytest.mark.parametrize(
    ("words", "verdict", "warning"),
    [
        ("About 2,400 drivers use the bridge each day", "altered", ALTERED),
        ("The mayor promised a tunnel to everybody who asked for it", "absent", ABSENT),
    ],
)
def test_a_quotation_that_does_not_hold(
    archive: Archive, site: Website, options: Options, words: str, verdict: str, warning: str
) -> None:
    judged = quote(archive, site.put("/story", STORY), Quotation(words), options)
    citation = cite(archive, str(judged.id))
    assert citation.quote is not None
    assert (citation.quote.verdict, citation.quote.warning) == (verdict, warning)
    assert any(part.startswith("WARNING, quotation q-") for part in citation.statements())
    assert (citation.passage is None) == (verdict == "absent")


def test_what_is_no_page_is_said(archive: Archive, site: Website, options: Options) -> None:
    judged = quote(archive, site.put("/lost", b"<h1>Not found</h1>", 404), Quotation(WORDS), options)
    citation = cite(archive, str(judged.id))
    assert citation.quote is not None
    assert (citation.quote.holds, "could not be decided" in str(citation.quote.warning)) == (None, True)
    assert any("404" in part or "no-such-page" in part for part in citation.provenance)


def test_a_copy_at_second_hand(archive: Archive, site: Website, options: Options) -> None:
    page = "http://127.0.0.1:2/story"
    copies = PublicArchive(site)
    copies.put(page, [Copied("20140126200624", STORY)])
    taken = capture_copy(archive, page, options, SecondHand(Wish(copies.gate), live_first=False))
    citation = cite(archive, taken.id)
    assert citation.url == page
    assert citation.copy is not None
    assert (citation.copy.uri, citation.copy.datetime) == (
        f"{copies.gate}20140126200624/{page}",
        "2014-01-26T20:06:24Z",
    )
    assert "it is a copy at second hand" in citation.provenance[0]
    assert citation.is_live is None  # this archive never saw the page at its address


def test_what_makes_a_quotation_that_holds_doubtful_is_said(archive: Archive, site: Website, options: Options) -> None:
    hidden = STORY.replace(b"</body>", b"<div hidden><p>Only machines read this sentence here.</p></div></body>")
    judged = quote(archive, site.put("/story", hidden), Quotation("Only machines read this sentence here."), options)
    assert judged.holds
    citation = cite(archive, str(judged.id))
    assert any(
        one.startswith("of the quotation: found only in text that a reader of the page is not shown")
        for one in citation.provenance
    )


def test_a_public_copy_of_the_same_content_is_named(
    archive: Archive, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.capture.keeping._not_for_the_public", lambda _: None)
    page = site.put("/story", STORY)
    first = capture(archive, page, options)
    assert cite(archive, first.id).copies == ()
    stamp = just_now()
    SavePageNow(site, {"status": "success", "timestamp": stamp, "original_url": page})
    second = capture(archive, page, replace(options, keeper=Keeper(f"{site.url}/save", wait=5.0, pause=0.01)))
    for taken in (first, second):
        copy = cite(archive, taken.id).copy
        assert copy is not None
        assert (copy.uri, date_in(copy.uri)) == (f"{site.url}/web/{stamp}/{page}", copy.datetime)
    site.put("/story", STORY.replace(b"4,200", b"4,300"))
    third = capture(archive, page, options)
    assert cite(archive, third.id).copies == ()  # it shows other words


def test_a_certificate_that_did_not_hold_is_said(archive: Archive, site: Website, options: Options) -> None:
    """That of the page, and that of what belongs to it: of an image or a style nothing was said."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    doubted = replace(options, assets=AssetRun(4, 4, 4), fetch=replace(options.fetch, verify_tls=False))
    with website(context) as secure:
        picture = f'<img src="{secure.put("/a.png", b"no picture")}"></article>'.encode()
        plain = capture(archive, site.put("/story", STORY.replace(b"</article>", picture)), doubted)
        page = capture(archive, secure.put("/story", STORY), doubted)
    (said,) = cite(archive, plain.id).provenance
    assert said.startswith("127.0.0.1 gave what belongs to the page: ")
    (said,) = cite(archive, page.id).provenance
    assert said.startswith("the server's certificate was not trusted: ")


def test_a_file_that_was_handed_in(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_bytes(STORY)
    taken, _ = add_file(archive, tmp_path / "saved.html", Given(note="by mail"))
    citation = cite(archive, taken.id)
    assert (citation.url, citation.passage) == (None, None)
    assert "supplied by the person who keeps this archive (saved.html)" in citation.provenance[0]
    assert "remark of the person who keeps the archive: by mail" in citation.provenance[1]


@pytest.mark.parametrize(
    "change", ["UPDATE quotes SET leaf = (SELECT max(leaf) FROM quotes)", "UPDATE snapshots SET title = 'Another'"]
)
def test_a_changed_catalogue_makes_no_citation(archive: Archive, site: Website, options: Options, change: str) -> None:
    page = site.put("/story", STORY)
    judged = quote(archive, page, Quotation(WORDS), options)
    quote(archive, page, Quotation("some of them cross it twice before noon"), options)
    with sqlite3.connect(archive.root / "catalogue.db") as database:
        database.execute(change)
    with pytest.raises(DamagedArchive, match="catalogue says"):
        cite(archive, str(judged.id))
