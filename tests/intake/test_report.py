"""What is said of an import."""

from __future__ import annotations

from archiver.intake import report
from archiver.intake.report import Imported, Place, Problem


def test_a_problem_is_read_back_as_it_is_written() -> None:
    for problem in (Problem("cut", Place(7), "x"), Problem("a", Place(1, 2), "x", wrong=False, member="m")):
        assert Problem.from_json(problem.to_json()) == problem


def test_only_so_many_problems_are_kept_and_the_rest_counted() -> None:
    result = Imported("f", "00", 1, "WARC")
    for number in range(report.MAX_PROBLEMS + 5):
        result.note(Problem("remark", Place(number), "x", wrong=False))
    assert (len(result.problems), result.more_problems, result.wrong) == (report.MAX_PROBLEMS, 5, False)
    result.note(Problem("cut", Place(0), "x"))
    assert result.wrong


def test_what_is_recorded_of_an_import_names_no_page() -> None:
    result = Imported("f", "00", 1, "WARC", snapshots=["s-00"])
    assert "s-00" not in str(result.to_json())
    assert result.empty
