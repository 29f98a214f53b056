from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from website import STORY, Website

from archiver.cli.check.taking import path_of
from archiver.manuscripts.articles import article_address

Run = Callable[..., Ran]


@pytest.fixture
def article(site: Website) -> str:
    """An article with a true and a false quotation, as a wiki serves it."""
    url = site.put("/story", STORY)
    text = (
        f'It "will close on the 31st of May for repairs that the county says".<ref>{url}</ref>\n\n'
        f"More.<ref>{{{{cite web |url={url} |title=Bridge |quote=some of them cross it twice before noon}}}}</ref>\n"
    )
    site.put("/w/index.php?title=Bridge&oldid=12&action=raw", text.encode(), Content_Type="text/x-wiki; charset=UTF-8")
    question = article_address(f"{site.url}/wiki/Bridge").question.removeprefix(site.url)
    answer = {
        "query": {"pages": [{"title": "Bridge", "revisions": [{"revid": 12, "timestamp": "2026-01-01T00:00:00Z"}]}]}
    }
    site.put(question, json.dumps(answer).encode(), Content_Type="application/json")
    return f"{site.url}/w/index.php?title=Bridge&oldid=12"


def test_an_article_is_checked_by_address_and_revision(made: Run, article: str) -> None:
    ran = made("check", article)
    assert ran.code == 1, ran.err
    assert "13th → 31st" in ran.out
    assert "2 quotations: 1 holds, 1 does not" in ran.out
    assert "Checking Bridge, revision 12, recorded as s-" in ran.err
    assert made("check", article, "--offline").code == 1


def test_the_newest_revision_is_said(made: Run, article: str, site: Website) -> None:
    ran = made("check", f"{site.url}/wiki/Bridge", "--json")
    assert ran.lines[0]["article"]["revision"] == 12
    assert ran.lines[0]["article"]["title"] == "Bridge"
    assert len(ran.lines[0]["article"]["payload_sha256"]) == 64
    assert ran.lines[-1]["summary"]["manuscript"] == "Bridge, revision 12"


def test_reports_and_a_copy_with_notes_are_written(made: Run, article: str, tmp_path: Path) -> None:
    ran = made("check", article, "--report", "o.sarif", "--report", "o.html", "--annotate", "copy.wikitext")
    assert ran.code == 1, ran.err
    run = json.loads((tmp_path / "o.sarif").read_text())["runs"][0]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "Bridge.wikitext"
    assert 'county says"<!-- archiver: altered.' in (tmp_path / "copy.wikitext").read_text()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["https://example.org/page"], "is not the address of a wiki's article"),
        (["no-such-file.md"], "does not exist"),
        (["https://w.example/wiki/A", "--fix-links"], "changes a file"),
        (["https://w.example/wiki/A?oldid=1", "--offline"], "is not in the archive"),
    ],
)
def test_what_cannot_be_checked_is_one_sentence(made: Run, arguments: list[str], why: str) -> None:
    ran = made("check", *arguments)
    assert ran.code == 2
    assert why in ran.err


def test_an_article_has_the_name_that_its_copy_would_have() -> None:
    assert path_of(article_address("https://w.x/wiki/AC/DC_(band)?oldid=1")).as_posix() == "AC_DC_band.wikitext"
    assert path_of(article_address("https://w.x/w/index.php?oldid=5")).as_posix() == "revision-5.wikitext"
