"""A few of the made page pairs of `benchmarks/drift.py`: what nobody touched stands, what was altered is told."""

from __future__ import annotations

from pathlib import Path

from drift import faults, rows, run
from driftcase import Case, Maker
from driftpages import Corpus
from driftset import PARTS, cases
from driftsite import running

from archiver.archive import Archive


def few(shared: Path) -> list[Case]:
    """One pair of each part of the set, several of altered quotations, on small pages; none that waits."""
    made = cases(Maker(Corpus(shared / "corpus"), seed=3, most_bytes=40_000), len(PARTS))
    return [case for case in made if not any(answer.delay for answer in case.answers)]


def test_quotations_that_nobody_touched_stand_and_altered_ones_are_told(shared: Path, archive: Archive) -> None:
    wanted = few(shared)
    with running() as site:
        results = list(run(archive, site, wanted))
    assert len(results) >= len(PARTS) - 2
    said = [line for result in results for line in faults(result)]
    table = rows(results)[-1]
    assert (table.false, table.told) == (0, table.altered), said
    assert table.right == table.pairs, said
    assert table.altered >= 4


def test_the_same_seed_makes_the_same_pairs(shared: Path) -> None:
    one, two = (cases(Maker(Corpus(shared / "corpus"), seed=3, most_bytes=30_000), len(PARTS)) for _ in range(2))
    assert one == two
    other = cases(Maker(Corpus(shared / "corpus"), seed=4, most_bytes=30_000), len(PARTS))
    assert [case.page for case in other] != [case.page for case in one]
