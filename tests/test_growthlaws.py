"""The figures of `benchmarks/run`: laws of growth, what is kept over a kill, and the page."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from growthlaws import BULK, LOOKUP, extrapolated, law
from growthpage import report, write_page
from growthrun import Results, Taken


@pytest.mark.parametrize("exponent", [0.0, 0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_is_found(exponent: float) -> None:
    found = law({size: 3 * size**exponent for size in (100, 1000, 10_000)}, BULK)
    assert found is not None
    assert found.exponent == pytest.approx(exponent)
    assert found.steep == (exponent > 1.1)


def test_one_size_has_no_law() -> None:
    assert law({100: 2.0}, BULK) is None


def test_the_start_of_a_process_does_not_hide_growth_that_comes_late() -> None:
    found = law({100: 1.0, 1000: 1.0, 10_000: 4.0}, LOOKUP)
    assert found is not None
    assert found.steep


def test_bulk_work_ahead_is_reckoned_linear_at_least() -> None:
    assert extrapolated({100: 1.0, 1000: 1.1}, 10_000, BULK) == pytest.approx(11.0)


def test_a_line_that_was_cut_short_is_done_again(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    taken = Taken(100, "verify", {"verify.cpu": 1.0}, "2026-01-01 10:00", "abc", 0.5)
    Results(path).add(taken)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"size": 1000, "st')
    again = Results(path)
    assert list(again.steps) == [(100, "verify")]
    again.add(Taken(1000, "verify", {"verify.cpu": 7.0}, "2026-01-01 10:01", "abc", 0.5))
    assert Results(path).costs() == {"verify.cpu": {100: 1.0, 1000: 7.0}}


def test_the_page_flags_what_is_steep_and_heavy_and_keeps_its_words(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("# Benchmarks\n\nWords.\n\n", "utf-8")
    costs = {
        "verify.cpu": {100: 1.0, 1000: 100.0},
        "verify.mb": {100: 50.0, 1000: 60.0},
        "verify.tree_mb": {100: 50.0, 1000: 700.0},
    }
    for _ in range(2):
        write_page(page, {"memory": "1 GB"}, report(costs))
    text = page.read_text("utf-8")
    assert text.startswith("# Benchmarks\n\nWords.\n\n<!--")
    assert text.count("grows too fast: `verify`: n^2.00") == 1
    assert "memory above 500 MB: `verify`: 700 MB" in text
    for name in ("bulk", "memory"):
        ElementTree.parse(tmp_path / "plots" / f"{name}.svg")  # noqa: S314  # it is our own
