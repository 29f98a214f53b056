from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from website import STORY, Website

Run = Callable[..., Ran]
NOTE = re.compile("<!-- archiver: .*? -->")


@pytest.fixture
def paper(site: Website, tmp_path: Path) -> Path:
    url = site.put("/story", STORY)
    file = tmp_path / "paper.md"
    file.write_text(
        f'It "will close on the 31st of May for repairs" [a]({url}), and "some of them cross it twice before noon" [a]({url}).\n'
    )
    return file


def test_the_copy_has_a_note_where_something_is_amiss(made: Run, paper: Path, tmp_path: Path) -> None:
    before = paper.read_text()
    ran = made("check", paper, "--annotate", "checked.md")
    assert ran.code == 1
    assert "Wrote checked.md with 1 note." in ran.err
    copy = (tmp_path / "checked.md").read_text()
    assert NOTE.sub("", copy) == before == paper.read_text()
    (note,) = NOTE.findall(copy)
    assert note.startswith("<!-- archiver: altered. The source says “13th”, the quotation “31st”.")
    assert re.search(r"\(f-[0-9a-f]{12}\) -->$", note)


def test_with_annotate_all_each_quotation_has_one(made: Run, paper: Path, tmp_path: Path) -> None:
    made("check", paper, "--annotate", "checked.md", "--annotate-all")
    _, second = NOTE.findall((tmp_path / "checked.md").read_text())
    assert "archiver: verbatim. The source says exactly this." in second


def test_where_a_source_is_archived_is_said_on_wish(made: Run, paper: Path, tmp_path: Path) -> None:
    made("check", paper, "--annotate", "checked.md", "--archived-links")
    notes = NOTE.findall((tmp_path / "checked.md").read_text())
    assert len(notes) == 2
    assert all(
        re.search(r"Archived: in the archive \S+ as s-[0-9a-f]{64}, payload sha256:[0-9a-f]{64} ", note)
        for note in notes
    )


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--annotate", "paper.md"], "never over the manuscript"),
        (["--annotate", "no/such/p.md"], "There is no folder"),
        (["--annotate", "p.html"], "ends in .md"),
        (["--annotate", "there.md"], "is there already"),
        (["--annotate", "a.md", "--report", "html=a.md"], "to one file"),
        (["--annotate-all"], "--annotate-all goes with --annotate"),
        (["--archived-links"], "--archived-links goes with --annotate"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_fetched(
    made: Run, paper: Path, site: Website, tmp_path: Path, arguments: list[str], why: str
) -> None:
    (tmp_path / "there.md").write_text("mine")
    ran = made("check", paper, *arguments)
    assert ran.code == 2
    assert why in ran.err
    assert site.requests == []
    assert (tmp_path / "there.md").read_text() == "mine"


def test_with_yes_a_copy_is_written_over(made: Run, paper: Path, tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("mine")
    assert made("check", paper, "--annotate", "there.md", "--yes").code == 1
    assert NOTE.findall((tmp_path / "there.md").read_text())
