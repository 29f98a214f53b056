from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from website import STORY, Website

from archiver.bulk import Outcome
from archiver.cli.snapshot import command as snapshot


@pytest.fixture
def study(made: Callable[..., Ran], site: Website, tmp_path: Path) -> Callable[..., Ran]:
    """An archive with a list of two addresses, one of them gone."""
    (tmp_path / "urls.txt").write_text(f"{site.put('/a', STORY)}\n{site.url}/none\n")
    assert made("snapshot", "--input", "urls.txt", "--tag", "study-1").code == 0
    return made


def test_a_list_is_captured_under_a_tag_and_shown(study: Callable[..., Ran], tmp_path: Path) -> None:
    said = study("snapshot", "--input", "urls.txt", "--tag", "study-1", "--fresh").err
    assert "List study-1: of 2 addresses 1 recorded, 0 restricted, 1 gone, 0 failed, 0 lost" in said
    runs = study("cohort", "show", "study-1", "--json").lines
    assert [(run["run"], run["addresses"], run["recorded"], run["gone"], run["lost"]) for run in runs] == [
        (1, 2, 1, 1, 0),
        (2, 2, 1, 1, 0),
    ]
    shown = study("cohort", "show", "study-1", "--run", "2").out
    assert "gone          no-such-page: 1" in shown
    assert "run 1" not in shown
    assert "study-1" in study("cohort", "list").out
    assert [run["tag"] for run in study("cohort", "list", "--json").lines] == ["study-1", "study-1"]
    listed = study("list", "--tag", "study-1", "--json").lines
    assert [item["status"] for item in listed].count(404) == 2
    assert len(study("list", "--tag", "study-1", "-n", "1", "--json").lines) == 1
    assert study("cohort", "export", "study-1", "--to", "t.csv", "--json").lines[0]["rows"] == 4
    assert len((tmp_path / "t.csv").read_text().splitlines()) == 5
    paper = study("cohort", "methods", "study-1", "--json").lines[0]
    assert paper["text"] in study("cohort", "methods", "study-1").out
    assert paper["markdown"] in study("cohort", "methods", "study-1", "--markdown").out
    assert study("verify").code == 0


def test_with_json_the_list_is_the_last_line(study: Callable[..., Ran]) -> None:
    *pages, cohort = study("snapshot", "--input", "urls.txt", "--tag", "two", "--json").lines
    assert len(pages) == 2
    assert (cohort["cohort"], cohort["recorded"], cohort["lost"]) == ("two", 1, 0)


def test_ctrl_c_records_the_list_as_far_as_it_came(study: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    real = snapshot.capture_all

    def broken_off(archive: Any, wanted: Sequence[Any], *given: Any) -> Generator[Outcome]:
        yield from real(archive, wanted[:1], *given)  # a thread that is quick may have been done with the other
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "capture_all", broken_off)
        ran = study("snapshot", "--input", "urls.txt", "--tag", "cut", "--jobs", "1")
    assert ran.code == 130
    (run,) = study("cohort", "show", "cut", "--json").lines
    assert (run["addresses"], run["untried"], run["lost"], run["complete"]) == (2, 1, 0, False)
    assert study("snapshot", "--input", "urls.txt", "--tag", "cut").code == 0
    (run,) = study("cohort", "show", "cut", "--json").lines
    assert (run["untried"], run["complete"], len(run["sessions"])) == (0, True, 2)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("cohort", "show", "other"), "No list has the tag"),
        (("cohort", "show", "study-1", "--run", "3"), "has no run 3"),
        (("cohort", "methods", "study-1", "--run", "3"), "has no run 3"),
        (("cohort", "export", "study-1", "--run", "3", "--to", "t.csv"), "has no run 3"),
        (("cohort", "export", "study-1", "--to", "t.xls"), "ends with .csv or .parquet"),
        (("snapshot", "https://example.org/", "--tag", "x"), "--tag goes with a list"),
        (("snapshot", "--tag", "a\nb", "--input", "urls.txt"), "1 to 100 printable"),
        (("list", "--quotes", "--tag", "study-1"), "--tag lists snapshots"),
    ],
)
def test_what_cannot_be_is_one_sentence(study: Callable[..., Ran], words: tuple[str, ...], why: str) -> None:
    ran = study(*words)
    assert ran.code == 2
    assert why in ran.err
    assert ran.err.count("\n") == 1
