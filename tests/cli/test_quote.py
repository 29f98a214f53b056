from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from pdffiles import Pdf, text
from website import STORY, Website, article

Run = Callable[..., Ran]
TRUE = "some of them cross it twice before noon"


def test_a_snapshot_that_was_there_already_is_said_with_its_age(
    made: Run, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.put("/story", STORY)
    assert "not asked again" not in made("quote", url, TRUE).out
    monkeypatch.setattr("archiver.clock.stamp", lambda *_: "2030-01-01T00:00:00Z")
    monkeypatch.setattr("archiver.cli.saying.judged.ago", lambda _: "42 days ago")
    ran = made("quote", url, TRUE)
    assert "(42 days ago; not asked again)" in ran.out
    assert "asks the page again" not in ran.out
    snapshot = made("list", "--json").lines[0]["snapshot"]
    assert "not asked again" not in made("quote", snapshot, TRUE).out


def test_an_old_good_snapshot_says_that_the_page_is_gone_since(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    made("snapshot", url)
    site.put("/story", article("Not found", "Nothing here."), 404)
    gone = made("snapshot", url, "--json").lines[0]["snapshot"]
    ran = made("quote", url, TRUE)
    assert ran.code == 0
    assert "newer-not-the-page" in ran.out
    assert gone in ran.out
    (line,) = made("quote", url, TRUE, "--json").lines
    assert "newer-not-the-page" in [warning["code"] for warning in line["warnings"]]
    # a snapshot that is named is the one that is meant
    assert "newer-not-the-page" not in made("quote", line["snapshot"], TRUE).out


def test_the_headline_of_an_undecided_quotation_says_why(
    made: Run, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = made("quote", site.put("/gone", article("Gone", "x"), 404), TRUE)
    assert ran.out.splitlines()[0] == "undecided: the server answered with status 404, so this is not the page"
    assert ran.out.count("status 404") == 1
    url = site.put("/paper.pdf", b"%PDF-1.7 \x00\xff", Content_Type="application/pdf")
    ran = made("quote", url, TRUE)
    assert ran.code == 3
    assert ran.out.splitlines()[0] == "undecided: the PDF is damaged, or none at all: it cannot be opened"
    monkeypatch.setattr("archiver.clock.stamp", lambda *_: "2030-01-01T00:00:00Z")
    assert "`archiver snapshot` with its address asks the page again" in made("quote", url, TRUE).out


def test_a_prefix_that_picks_nothing_is_said(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    assert "prefix-unused" in made("quote", url, TRUE, "--prefix", "none of this").out
    assert "prefix-unused" not in made("quote", url, TRUE, "--prefix", "the county says, and").out


def test_a_quotes_id_is_not_taken_for_an_address(made: Run, site: Website) -> None:
    quote = made("quote", site.put("/story", STORY), TRUE, "--json").lines[0]["id"]
    ran = made("quote", quote, TRUE)
    assert (ran.code, "is the id of a quote" in ran.err) == (2, True)


def test_a_blank_beside_the_passage_stays(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    assert (
        "says, and ⟦some of them cross it twice⟧ before noon." in made("quote", url, "some of them cross it twice").out
    )


def test_an_omission_at_the_end_is_shown_as_it_was_typed(made: Run, site: Website) -> None:
    """What is shown dim on a terminal is plain where there is none."""
    ran = made("quote", site.put("/story", STORY), "The council has set aside . . . .")
    assert "  quoted    The council has set aside . . . .\n" in ran.out


def test_the_page_of_a_paper_is_told(made: Run, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    file = Pdf(labels="0 << /S /r /St 9 >>").page(text(72, 700, "The bridge was closed by"))
    path.write_bytes(file.page(text(72, 700, "the county in March, and nobody was asked.")).build())
    snapshot = made("add", path, "--json").lines[0]["snapshot"]
    assert "on page   2 (printed as x)\n" in made("quote", snapshot, "the county in March").out
    assert "on page   1 (printed as ix) to 2\n" in made("quote", snapshot, "closed by the county in March").out
    (line,) = made("quote", snapshot, "the county in March", "--json").lines
    assert (line["layer"], line["matches"][0]["page"], line["matches"][0]["page_label"]) == ("pdf", 2, "x")


def test_an_id_that_is_unknown_says_which_list_has_such_ids(made: Run) -> None:
    assert "`archiver list --quotes` shows" in made("show", "q-ffff").err
    assert "`archiver list` shows" in made("show", "s-ffff").err
