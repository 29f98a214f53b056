"""``archiver cite``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import citeproc
import pytest
from conftest import Ran
from pdffiles import Pdf, text
from website import STORY, Website

from archiver.bibliography import parse_bibliography
from archiver.citing import FORMATS

WORDS = "4,200 drivers use the bridge each day"
FALSE = "2,400 drivers use the bridge each day"


@pytest.fixture
def ids(made: Callable[..., Ran], site: Website) -> tuple[str, str, str]:
    """A quote that holds, one that does not, and their snapshot."""
    page = site.put("/story", STORY)
    good, bad = (made("--json", "quote", page, words).lines[0] for words in (WORDS, FALSE))
    return good["id"], bad["id"], good["snapshot"]


@pytest.mark.parametrize("form", FORMATS)
def test_every_form(made, ids, form: str) -> None:
    ran = made("cite", *ids[::2], "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert "SHA-256" in ran.out or "payload_sha256" in ran.out or "archivesha256" in ran.out
    assert "Bridge over the Lorn" in ran.out
    assert "4%2C200" in ran.out
    lines = made("--json", "cite", *ids[::2], "--format", form).lines
    assert [line["id"] for line in lines] == [*ids[::2]]
    assert [line["holds"] for line in lines] == [True, None]
    assert isinstance(lines[0]["citation"], dict if form == "csl-json" else str)
    assert lines[0]["passage"].endswith("#:~:text=4%2C200%20drivers%20use%20the%20bridge%20each%20day")
    assert len(lines[0]["payload_sha256"]) == 64


@pytest.mark.parametrize("form", FORMATS)
def test_a_quotation_that_does_not_hold_is_cited_aloud(made, ids, form: str) -> None:
    ran = made("--quiet", "cite", ids[1], ids[0], "--format", form)
    assert ran.code == 1
    assert (
        f"WARNING, {ids[1]}: THE SOURCE DOES NOT SAY THIS (altered): number: the source has “About 4,200”, the quotation “2,400”."
        in ran.err
    )
    assert "THE SOURCE DOES NOT SAY THIS" in ran.out
    assert (
        made("--json", "cite", ids[1], "--format", form)
        .lines[0]["warnings"][0]
        .startswith("THE SOURCE DOES NOT SAY THIS")
    )


def test_who_reads_the_citation_on_a_terminal_is_warned_once(made, ids, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ran = made("cite", ids[1])
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.count("THE SOURCE DOES NOT SAY THIS") == 1
    assert "WARNING" in made("cite", ids[1], "--format", "ris").err, "there it stands within a field"
    assert "WARNING" in made("--json", "cite", ids[1]).err


def test_files_of_several_are_read_back(made, ids) -> None:
    for form, name in (("biblatex", "x.bib"), ("bibtex", "x.bib"), ("ris", "x.ris"), ("csl-json", "x.json")):
        found = parse_bibliography(name, made("cite", *ids, "--format", form).out.encode())
        assert (len(found.entries), found.troubles) == (3, ())
        assert len({entry.url for entry in found.entries}) == 1


def test_styles(made, ids, tmp_path: Path) -> None:
    assert "“Bridge over the Lorn to close for repairs.”" in made("cite", ids[0], "--style", "chicago").out
    (tmp_path / "own.csl").write_bytes(
        (Path(citeproc.__file__).parent / "data/styles/harvard-cite-them-right.csl").read_bytes()
    )
    assert "Available at" in made("cite", ids[0], "--style", "own.csl").out
    (tmp_path / "bad.csl").write_text("<style/>")
    for arguments, said in (
        (["--style", "nature"], "apa, chicago"),
        (["--style", "bad.csl"], "no CSL style"),
        (["--style", "apa", "--format", "ris"], "--format text"),
    ):
        ran = made("cite", ids[0], *arguments)
        assert (ran.code, said in ran.err, ran.out) == (2, True, "")


def test_a_wrong_id_cites_nothing(made, ids) -> None:
    ran = made("--json", "cite", ids[0], "q-ffffffffffff")
    assert ran.code == 2
    assert [set(line) >= {"error"} for line in ran.lines] == [True]
    assert made("cite").code == 2
    assert made("cite", "words").code == 2


def test_a_source_that_could_not_be_read_is_undecided(made, site) -> None:
    page = site.put("/gone", b"<h1>Gone</h1>", 404)
    line = made("--json", "quote", page, WORDS).lines[0]
    ran = made("cite", line["id"], "--format", "biblatex")
    assert (ran.code, "could not be decided" in ran.err, "could not be decided" in ran.out) == (3, True, True)


def test_a_page_of_a_pdf(made, site) -> None:
    data = (
        Pdf()
        .page(text(72, 700, "Nothing of note"))
        .page(text(72, 700, "The bridge will close on Monday for repairs"))
        .build()
    )
    page = site.put("/paper.pdf", data, Content_Type="application/pdf")
    line = made("--json", "quote", page, "The bridge will close on Monday for repairs").lines[0]
    assert line["matches"][0]["page"] == 2
    said = {form: made("cite", line["id"], "--format", form).out for form in FORMATS}
    assert "pages           = {2}," in said["biblatex"]
    assert "SP  - 2\n" in said["ris"]
    assert "|page=2 " in said["wikipedia"]
    assert json.loads(said["csl-json"])[0]["page"] == "2"
    assert ", p. 2." in said["markdown"]
    assert f'href="{page}#page=2"' in said["html"]
    assert f"Passage: {page}#page=2" in said["text"]


def test_a_printed_page_is_named_and_the_counted_one_linked(made, site) -> None:
    words = "The bridge will close on Monday for repairs"
    file = Pdf(labels="0 << /S /D /St 245 >>").page(text(72, 700, "Nothing of note")).page(text(72, 700, words))
    page = site.put("/paper.pdf", file.build(), Content_Type="application/pdf")
    line = made("--json", "quote", page, words).lines[0]
    cited = json.loads(made("cite", line["id"], "--format", "csl-json").out)[0]
    assert cited["page"] == "246"
    assert cited["custom"]["archiver"]["passage"] == f"{page}#page=2"  # RFC 8118 counts from 1


def test_what_is_no_page_is_said_aloud(made, site) -> None:
    lost = made("--json", "snapshot", site.put("/lost", b"<h1>Not found</h1>", 404)).lines[0]["snapshot"]
    ran = made("cite", lost, "--format", "bibtex")
    assert (ran.code, f"Note, {lost}: " in ran.err) == (0, True)


def test_an_address_stands_for_its_newest_snapshot(made, ids, site) -> None:
    assert made("--json", "cite", f"{site.url}/story").lines[0]["id"] == ids[2]
