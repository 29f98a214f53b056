from __future__ import annotations

import pytest
from manuscripts_helpers import markdown

from archiver.archive import Archive
from archiver.manuscripts import plan_check
from archiver.manuscripts.planning import Planned
from archiver.manuscripts.sourcing.keys import Works
from archiver.manuscripts.weighing import counting, works
from archiver.model import Judgement, Verdict
from archiver.quoting import Judged

A, B, PERMA = "https://a.example/x", "https://b.example/y", "https://perma.cc/AB12-CD34"


def _planned(archive: Archive, cited: str) -> Planned:
    (one,) = plan_check(archive, "paper.md", markdown(f"“One two three.”[^1]\n\n[^1]: {cited}\n"), Works({})).quotations
    return one


def _tried(*verdicts: str) -> list[Judged]:
    return [Judged("One two three.", A, None, Judgement(Verdict(verdict))) for verdict in verdicts]


@pytest.mark.parametrize(
    ("verdicts", "count"),
    [
        (("absent", "undecided"), [0]),
        (("absent", "verbatim"), [0]),
        (("undecided", "verbatim"), [1]),
        (("undecided", "absent"), [1]),
        (("undecided", "undecided"), [0]),
    ],
)
def test_a_copy_counts_where_its_page_could_not_be_read(
    archive: Archive, verdicts: tuple[str, ...], count: list[int]
) -> None:
    one = _planned(archive, f"Smith, {A} [{PERMA}].")
    assert (counting(one, _tried(*verdicts)), works(one)) == (count, 1)


def test_other_sources_count_beside(archive: Archive) -> None:
    one = _planned(archive, f"{A} [{PERMA}]; {B}.")
    assert works(one) == 2
    assert counting(one, _tried("undecided", "verbatim", "absent")) == [1, 2]
    assert counting(one, _tried("altered", "verbatim", "undecided")) == [0, 2]
