from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from website import STORY, Website, article

Run = Callable[..., Ran]
TRUE = "some of them cross it twice before noon"


def test_results_are_csv_or_json_and_not_both(made: Run, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("url,quote\nhttp://127.0.0.1/,some words\n")
    for arguments in (["check", file, "--csv", "--json"], ["--json", "check", "--csv", file]):
        ran = made(*arguments)
        assert ran.code == 2
        assert "not as both" in ran.err
        assert list(ran.lines[0]) == ["schema_version", "error", "location"]


def test_an_error_row_keeps_what_the_person_wrote(made: Run, tmp_path: Path) -> None:
    file = tmp_path / "t.JSONL"
    file.write_text('{"url": "gopher://x/", "quote": "some words", "n": 1}\nnot json\n')
    ran = made("check", file, "--json")
    assert ran.code == 2
    first, second = ran.lines
    assert first["error"].startswith("gopher://x/ is no web page's address")
    assert {**first, "error": ""} == {
        "schema_version": 1, "error": "", "url": "gopher://x/", "quote": "some words", "input": {"n": 1}, "location": {"line": 1},
    }  # fmt: skip
    assert (second["url"], second["quote"], second["location"]) == (None, None, {"line": 2})
    out = made("check", file).out
    assert "gopher://x/" in out
    assert "some words" in out


def test_why_a_row_is_undecided_stands_with_it_and_numbers_agree(made: Run, site: Website, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(f"url,quote\n{site.url}/gone,{TRUE}\n")
    ran = made("check", file)
    assert ran.code == 3
    assert "because       the server answered with status 404" in ran.out
    assert "1 source not in the archive will be fetched:" in ran.err
    assert "1 row: 0 hold, 0 do not, 1 could not be decided (1 undecided)." in ran.err
    url = site.put("/story", STORY)
    file.write_text(f"url,quote\n{url},{TRUE}\n{url},some of them cross it thrice before noon\n")
    assert "2 rows: 1 holds, 1 does not, 0 could not be decided" in made("check", file).err
    again = made("check", file)
    assert "1 source captured before, the oldest just now: not asked again" in again.err


def test_a_row_that_holds_says_that_the_page_is_gone(made: Run, site: Website, tmp_path: Path) -> None:
    url = site.put("/story", STORY)
    made("snapshot", url)
    site.put("/story", article("Not found", "Nothing here."), 404)
    made("snapshot", url)
    file = tmp_path / "t.csv"
    file.write_text(f"url,quote\n{url},{TRUE}\n")
    ran = made("check", file)
    assert ran.code == 0
    assert "newer-not-the-page" in ran.out


def test_an_interruption_is_summed_up(
    made: Run, site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from archiver.bulk import check_rows

    url = site.put("/story", STORY)
    file = tmp_path / "t.csv"
    file.write_text(f"url,quote\n{url},{TRUE}\n{url},{TRUE}\n")

    def interrupted(*arguments: Any) -> Iterator[object]:
        yield next(check_rows(*arguments))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("archiver.cli.check.check_rows", interrupted)
        ran = made("check", file, "--json")
    assert ran.code == 130
    assert [line.get("verdict", "error") for line in ran.lines] == ["verbatim", "error"]
    assert "Interrupted: 1 source captured, 1 of 2 rows judged.\nRun the same command again to go on." in ran.err
    assert "1 row: 1 holds" in ran.err
    assert "Contacted" in ran.err
