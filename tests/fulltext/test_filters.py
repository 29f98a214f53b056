"""Filters as SQL."""

from __future__ import annotations

from archiver.fulltext import EVERYTHING, Filter


def test_a_filter_says_what_it_asks_for() -> None:
    assert not EVERYTHING
    assert EVERYTHING.condition() == ("1", [])
    assert Filter(since="2026", until="2027", pages=("org,a)", "org,b)")).condition() == (
        "1 AND captured_at >= ? AND captured_at < ? AND (page >= ? AND page < ? OR page >= ? AND page < ?)",
        ["2026", "2027", "org,a)", "org,a)\U0010ffff", "org,b)", "org,b)\U0010ffff"],
    )
