from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from website import STORY, Answer, Website, article

Run = Callable[..., Ran]


@pytest.fixture
def paper(site: Website, tmp_path: Path) -> Path:
    site.put("/new", STORY)
    site.put("/gone", b"no", 404)
    site.routes["/old"] = Answer(b"", 301, {"Location": "/new"})
    file = tmp_path / "paper.md"
    file.write_bytes(
        f"First.\r\n\r\nIt [moved]({site.url}/old), is [gone]({site.url}/gone) and [here]({site.url}/new).\r\n".encode()
    )
    file.chmod(0o640)
    return file


def test_nothing_is_written_before_somebody_says_so(made: Run, paper: Path, site: Website) -> None:
    before = paper.read_bytes()
    ran = made("check", paper, "--fix-links")
    assert paper.read_bytes() == before
    assert "--- a/" in ran.out
    assert f"-It [moved]({site.url}/old), is" in ran.out
    assert f"+It [moved]({site.url}/new), is" in ran.out
    assert "3 links looked at: 1 to be replaced; nothing was written (--yes writes it)." in ran.err
    assert f"Not replaced: {site.url}/gone: gone: the server answered 404" in ran.err
    assert "3 sources not in the archive will be fetched" in ran.err


def test_with_yes_it_is_written_and_the_rest_stays(made: Run, paper: Path, site: Website) -> None:
    before = paper.read_bytes()
    ran = made("check", paper, "--fix-links", "--yes")
    assert paper.read_bytes() == before.replace(b"/old)", b"/new)")
    assert paper.stat().st_mode & 0o777 == 0o640
    assert "+It [moved]" in ran.out
    assert "1 replaced." in ran.err
    again = made("check", paper, "--fix-links", "--yes")
    assert "none is to be replaced" in again.err
    assert "+It" not in again.out


@pytest.mark.parametrize(("answer", "written"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_it_is_asked(
    made: Run, paper: Path, monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    before = paper.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdin", Terminal(answer))
        patch.setattr("archiver.cli.check.linkfixing.sys.stderr", Terminal())
        made("check", paper, "--fix-links")
    assert (paper.read_bytes() != before) is written


def test_in_json_each_fix_is_a_line_and_the_diff_is_still_shown(made: Run, paper: Path, site: Website) -> None:
    ran = made("check", paper, "--fix-links", "--json", "--quiet")
    links = [line for line in ran.lines if "link" in line]
    assert [(line["link"], line["replacement"], line["written"]) for line in links] == [
        (f"{site.url}/old", f"{site.url}/new", False),
        (f"{site.url}/gone", None, False),
    ]
    assert "+It [moved]" in ran.err


def test_offline_it_goes_by_what_is_known(made: Run, paper: Path, site: Website) -> None:
    ran = made("check", paper, "--fix-links", "--offline")
    assert site.requests == []
    assert "0 links looked at: none is to be replaced. 3 links could not be looked at." in ran.err


def test_a_file_that_somebody_changed_meanwhile_is_left(
    made: Run, paper: Path, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(_: object, __: object) -> bool:
        paper.write_bytes(b"mine")
        return True

    monkeypatch.setattr("archiver.cli.check.linkfixing.Fixing._may", change)
    ran = made("check", paper, "--fix-links")
    assert ran.code == 2
    assert "was changed while it was checked" in ran.err
    assert paper.read_bytes() == b"mine"


def test_a_table_takes_no_fixes(made: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("url,quote\nhttp://127.0.0.1/,some words\n")
    assert "--fix-links is for manuscripts" in made("check", "t.csv", "--fix-links").err


def test_the_summary_is_the_last_line_of_json(made: Run, paper: Path) -> None:
    ran = made("check", paper, "--fix-links", "--json")
    assert any("link" in line for line in ran.lines)
    assert list(ran.lines[-1]) == ["schema_version", "summary"]
    assert "--fix-links" not in ran.lines[-1]["summary"]["coverage"]


def test_a_page_that_says_that_it_is_gone_is_told_by_what_it_says(made: Run, site: Website, tmp_path: Path) -> None:
    url = site.put("/soft", article("Page not found", "Sorry, the page you were looking for could not be found."))
    file = tmp_path / "paper.md"
    file.write_text(f"It was [here]({url}).\n")
    ran = made("check", file, "--fix-links")
    assert f"Not replaced: {url}: gone: the page says that there is no such page (" in ran.err
    assert "answered 200" not in ran.err
