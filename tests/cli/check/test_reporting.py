from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from website import STORY, Website

Run = Callable[..., Ran]


@pytest.fixture
def paper(site: Website, tmp_path: Path) -> Path:
    url = site.put("/story", STORY)
    file = tmp_path / "paper.md"
    file.write_text(f'It "will close on the 31st of May for repairs that the county says" [a]({url}).\n')
    return file


def test_reports_are_written_beside_the_words(made: Run, paper: Path, tmp_path: Path) -> None:
    ran = made(
        "check",
        paper,
        "--report",
        "o.html",
        "--report",
        "sarif=o.json",
        "--report",
        "o.CSV",
        "--report",
        "github=o.txt",
    )
    assert ran.code == 1
    assert "altered" in ran.out
    assert ran.err.count("Wrote ") == 4
    assert (tmp_path / "o.html").read_text().startswith("<!DOCTYPE html>")
    result = json.loads((tmp_path / "o.json").read_text())["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "paper.md"
    assert (tmp_path / "o.CSV").read_text().startswith("line,column,")
    assert (tmp_path / "o.txt").read_text().startswith("::error file=paper.md,line=1,")


def test_a_report_on_stdout_stands_there_alone(made: Run, paper: Path) -> None:
    ran = made("check", paper, "--report", "github")
    assert [line[:8] for line in ran.out.splitlines()] == ["::error ", "::notice"]
    assert made("check", paper, "--csv").out.splitlines()[0].startswith("line,column,")


def test_json_and_reports_in_files_go_together(made: Run, paper: Path, tmp_path: Path) -> None:
    ran = made("check", paper, "--json", "--report", "o.sarif")
    assert ran.lines[-1]["summary"]["fails"] == 1
    assert (tmp_path / "o.sarif").exists()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--report", "o.pdf"], "is no report"),
        (["--report", "sarif=paper.md"], "over the manuscript"),
        (["--report", "no/such/o.html"], "There is no folder"),
        (["--report", "o.html", "--report", "html=./o.html"], "to one file"),
        (["--report", "github", "--csv"], "Only one thing"),
        (["--report", "github", "--json"], "Only one thing"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is_fetched(
    made: Run, paper: Path, site: Website, arguments: list[str], why: str
) -> None:
    ran = made("check", paper, *arguments)
    assert ran.code == 2
    assert why in ran.err
    assert site.requests == []


def test_a_table_takes_no_report(made: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("url,quote\nhttp://127.0.0.1/,some words\n")
    ran = made("check", "t.csv", "--report", "o.html")
    assert ran.code == 2
    assert "--report is for manuscripts" in ran.err


def test_ci_is_told_the_path_in_its_own_folder(
    made: Run, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made("check", paper, "--quiet")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))
    assert f"file={tmp_path.name}/paper.md," in made("check", paper, "--report", "github").out
