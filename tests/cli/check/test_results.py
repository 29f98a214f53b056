from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from website import STORY, Website

from archiver.cli.check.results import OWN
from archiver.printable import harmless_cell

Run = Callable[..., Ran]


def read(ran: Ran, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ran.out), delimiter=separator))


def test_the_persons_table_comes_back_with_verdicts_and_reasons(made: Run, site: Website, tmp_path: Path) -> None:
    url = site.put("/story", STORY)
    gone = site.url + "/gone"
    file = tmp_path / "T.CSV"
    file.write_text(
        f"Id;URL;Quote;Page\nA;{url};some of them cross it twice before noon;3\nB;{url};some of them cross it thrice before noon;4\n"
        f"C;{gone};some words here;5\nD;;no address;6\nE;{url};words of nobody who ever lived in this town at all;7\n"
    )
    ran = made("check", file, "--csv")
    assert ran.code == 1
    first, second, third, fourth, fifth = read(ran, ";")
    assert list(first) == [*OWN, "Id", "Page"]
    assert (first["Id"], first["Page"], first["verdict"], first["holds"], first["reasons"]) == (
        "A",
        "3",
        "verbatim",
        "yes",
        "",
    )
    assert second["verdict"] == "altered"
    assert "twice" in second["reasons"]
    assert third["verdict"] == "undecided"
    assert third["reasons"].startswith("the server answered with status 404")
    assert (fourth["line"], fourth["quote"], fourth["Id"]) == ("5", "no address", "D")
    assert (fourth["verdict"], fourth["error"], fourth["reasons"]) == (
        "error",
        "The row has no url.",
        "The row has no url.",
    )
    assert "does not say this" in fifth["reasons"]


def test_columns_that_are_called_like_ours_are_kept_apart(made: Run, tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    rows = [{"url": "gopher://x/", "quote": "some words", "id": 7, "more": {"a": [1]}}, {"url": "u", "note": "é"}]
    file.write_text("\n".join(json.dumps(row) for row in rows))
    ran = made("check", file, "--csv", "--offline")
    assert ran.code == 2
    first, second = read(ran)
    assert (first["id"], first["input_id"], first["more"], first["note"]) == ("", "7", '{"a": [1]}', "")
    assert (first["url"], first["quote"]) == ("gopher://x/", "some words")
    assert (second["input_id"], second["note"]) == ("", "é")


@pytest.mark.parametrize(
    "cell", ["=1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "\t=1", "\ta", "\r=1", "\n=1", " =1", "\u200b=1"]
)
def test_what_a_spreadsheet_would_run_is_quoted(cell: str) -> None:
    assert harmless_cell(cell).startswith("'")
    assert "\t" not in harmless_cell(cell)


@pytest.mark.parametrize("cell", ["a=1", "1-2", "“=1”", ""])
def test_what_it_would_not_is_left(cell: str) -> None:
    assert harmless_cell(cell) == cell


def test_csv_output_defuses_formulas(made: Run, site: Website, tmp_path: Path) -> None:
    url = site.put("/story", STORY)
    file = tmp_path / "t.csv"
    file.write_text(f'url,quote,@mine\n{url},"=cmd|calc",＝x\n')
    ran = made("check", file, "--csv")
    assert ",'@mine" in ran.out
    (row,) = read(ran)
    assert (row["quote"], row["'@mine"]) == ("'=cmd|calc", "'＝x")
