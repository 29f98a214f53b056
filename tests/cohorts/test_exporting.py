from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

import duckdb
import pytest
from cohortlists import Study

from archiver.cohorts import export, exporting, runs_of
from archiver.errors import InputError, MissingExtra


def test_both_tables_hold_every_line_of_every_run(study: Study, tmp_path: Path) -> None:
    study.run("a \"tag\", 'quoted'")
    runs = runs_of(study.archive, "a \"tag\", 'quoted'")
    plain, typed = tmp_path / "t.csv", tmp_path / "it's.parquet"
    assert export(study.archive, runs, plain) == export(study.archive, runs, typed) == 9
    with plain.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = duckdb.read_parquet(str(typed))
    assert tuple(found.columns) == tuple(rows[0]) == tuple(exporting.COLUMNS)
    kinds = [str(kind) for kind in found.types]
    assert kinds == [kind.replace("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE") for kind in exporting.COLUMNS.values()]
    cells = found.project("tag, line, address, status, captured_at IS NULL").fetchall()
    assert [(tag, str(line)) for tag, line, *_ in cells] == [(row["tag"], row["line"]) for row in rows]
    by_address = {address: (status, never) for _, _, address, status, never in cells}
    assert by_address["=no address"] == (None, True)
    assert by_address[study.site.url + "/gone"] == (410, False)
    assert [row["address"] for row in rows if "no address" in row["address"]] == ["'=no address"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["it's.parquet", "t.csv"]


def test_what_cannot_be_written_is_said_and_leaves_nothing(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.text = study.site.url + "/a\n"
    study.run()
    runs = runs_of(study.archive, "study-1")
    (tmp_path / "there.csv").write_text("mine")
    for name, why in (
        ("there.csv", "there already"),
        ("t.xlsx", r"\.csv or \.parquet"),
        ("no/t.csv", "cannot be written"),
    ):
        with pytest.raises(InputError, match=why):
            export(study.archive, runs, tmp_path / name)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra, match=r"archiver\[scale\]"):
        export(study.archive, runs, tmp_path / "t.parquet")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["there.csv"]
    assert (tmp_path / "there.csv").read_text() == "mine"


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
def test_nothing_is_written_through_a_link_that_somebody_laid_beside_it(
    study: Study, tmp_path: Path, name: str
) -> None:
    """In a folder for everybody, under every name that can be guessed."""
    study.text = study.site.url + "/a\n"
    study.run()
    mine = tmp_path / "mine"
    mine.write_text("mine")
    for guessed in (f".{name}.{os.getpid()}.new", f".{name}.{os.getpid()}.new.csv"):
        (tmp_path / guessed).symlink_to(mine)
    export(study.archive, runs_of(study.archive, "study-1"), tmp_path / name)
    assert mine.read_text() == "mine"
    assert (tmp_path / name).stat().st_size > 100
    mode = tmp_path / "of the umask"
    mode.touch()
    assert (tmp_path / name).stat().st_mode == mode.stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="there is no such folder there")
@pytest.mark.parametrize("name", ["status=1", "o*", "o[t]her", "**", "~"])
def test_the_name_of_its_folder_is_no_cell_and_no_pattern(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    study.text = study.site.url + "/a\n"
    study.run()
    monkeypatch.chdir(tmp_path)
    Path(name).mkdir()
    Path("other").symlink_to(name)
    export(study.archive, runs_of(study.archive, "study-1"), Path(name, "t.parquet"))
    monkeypatch.chdir(name)
    assert duckdb.read_parquet("t.parquet").project("line, status").fetchall() == [(1, 200)]
