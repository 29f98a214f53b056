from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from rechecking.conftest import spoil_text
from website import STORY, Website, article

from archiver.archive import Archive

Run = Callable[..., Ran]
TRUE = "some of them cross it twice before noon"


@pytest.mark.parametrize("words", [("t.csv", "--csv", "results.csv"), ("--csv", "results.csv", "t.csv")])
def test_a_file_behind_csv_is_answered_with_where_the_results_go(
    made: Run, tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("url,quote\nhttps://example.org/,some words\n")
    ran = made("check", *words)
    assert (ran.code, ran.out) == (2, "")
    assert (
        ran.err
        == "archiver: --csv takes no file; the results go to stdout: `--csv > FILE`; see `archiver check --help`.\n"
    )
    assert "does not exist" in made("check", "--csv", "missing.csv").err


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


def test_a_damaged_snapshot_fails_its_rows_and_the_check_goes_on(made: Run, site: Website, tmp_path: Path) -> None:
    story = site.put("/story", STORY)
    ferry = site.put("/ferry", article("Ferry", "The ferry over the Lorn will run at night from June on."))
    file = tmp_path / "t.csv"
    file.write_text(f"url,quote\n{story},{TRUE}\n{ferry},ferry over the Lorn will run at night\n{story},{TRUE}\n")
    assert made("check", file).code == 0
    with Archive.open(tmp_path / "archive") as archive:
        spoil_text(archive, story)
    ran = made("check", file, "--json")
    damaged, sound, again = ran.lines
    assert (ran.code, damaged["verdict"], damaged["holds"], damaged["location"]) == (1, "undecided", None, {"line": 2})
    assert (sound["verdict"], sound["location"]) == ("verbatim", {"line": 3})
    assert damaged["warnings"][0]["code"] == again["warnings"][0]["code"] == "snapshot-damaged"
    ran = made("check", file)
    assert ran.out.count("because       warc/") == 2
    assert "3 rows: 1 holds, 0 do not, 2 could not be decided" in ran.err
    file.write_text(f"url,quote\n{ferry},ferry over the Lorn will run at night\n")
    assert made("check", file).code == 0


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
        patch.setattr("archiver.cli.check.command.check_rows", interrupted)
        ran = made("check", file, "--json")
    assert ran.code == 130
    assert [line.get("verdict", "error") for line in ran.lines] == ["verbatim", "error"]
    assert "Interrupted: 1 source captured, 1 of 2 rows judged.\nRun the same command again to go on." in ran.err
    assert "1 row: 1 holds" in ran.err
    assert "Contacted" in ran.err


def test_what_does_not_hold_stands_beside_what_the_page_says_and_what_to_do(
    made: Run, site: Website, tmp_path: Path
) -> None:
    url, table, paper = site.put("/story", STORY), tmp_path / "t.csv", tmp_path / "paper.md"
    altered, absent = "some of them cross it thrice before noon", "twice around noon dogs swam it"
    table.write_text(f"url,quote\n{url},{altered}\n{url},{absent}\n{url},{TRUE}\n")
    paper.write_text(f"“{altered}” ([a]({url})).\n\n“{absent}” ([a]({url})).\n\n“{TRUE}” ([a]({url})).\n")
    for file, places in ((table, ("line 2: ", "line 3: ", "line 4: ")), (paper, ("line 1: ", "line 3: ", "line 5: "))):
        ran = made("check", file)
        first, second, third = (ran.out.split(place, 1)[1].split("\nline ", 1)[0] for place in places)
        assert "⟦some of them cross it twice before noon⟧" in first
        assert "twice → thrice" in first
        assert "next          Quote what the source says, or mark" in first
        assert "nearest       “" in second
        assert "twice before noon" in second
        assert "not in that   around, dogs, swam" in second
        assert "next          Look whether another source is meant" in second
        assert "next" not in third
    assert all("nearest" not in line for line in made("check", table, "--json").lines), "the fields of JSON are fixed"


def test_the_next_step_is_another_where_the_page_said_it_at_another_time(
    made: Run, site: Website, tmp_path: Path
) -> None:
    url, table = site.put("/story", STORY), tmp_path / "t.csv"
    made("snapshot", url)
    site.put("/story", STORY.replace(b"twice before noon", b"once before noon"))
    made("snapshot", url)
    table.write_text(f"url,quote\n{url},{TRUE}\n")
    ran = made("check", table)
    assert (ran.code, "next          Cite the snapshot that has it, with its date" in ran.out) == (1, True), ran.out
