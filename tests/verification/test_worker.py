"""Checking in several processes: the answers are those of one, whatever becomes of the children."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import page_members

from archiver.archive.commit import _details
from archiver.log import make_leaf
from archiver.verification.member_checks import Checked, MemberTask
from archiver.verification.worker import Crew


@pytest.fixture
def tasks(tmp_path: Path) -> list[MemberTask]:
    made = []
    for number in range(12):
        members = page_members(f"https://example.org/{number}", b"x" * number)[1]
        path = tmp_path / f"{number}.warc.gz"
        path.write_bytes(b"".join(member.data for member in members))
        at, listed = 0, []
        for index, member in enumerate(members):
            listed.append((100 * number + index, at, member.size, make_leaf(_details(member)).line))
            at += member.size
        if number == 5:
            listed[2] = (502, *listed[2][1:3], listed[1][3])  # the details of another
        made.append(MemberTask(str(path), listed))
    return made


def answers(crew: Crew, tasks: list[MemberTask]) -> list[tuple[Checked, int]]:
    return list(crew.run((task, number) for number, task in enumerate(tasks)))


def test_answers_come_in_order_and_are_those_of_one_process(tasks: list[MemberTask]) -> None:
    with Crew(0) as alone, Crew(2) as crew:
        expected = answers(alone, tasks)
        assert answers(crew, tasks) == expected
    assert [number for _, number in expected] == list(range(12))
    assert [len(checked.problems) for checked, _ in expected] == [0] * 5 + [1] + [0] * 6


def test_few_tasks_are_under_way_at_once(tasks: list[MemberTask]) -> None:
    taken = []

    def counting() -> Iterator[tuple[MemberTask, int]]:
        for number, task in enumerate(tasks):
            taken.append(number)
            yield task, number

    with Crew(2) as crew:
        for done, _ in enumerate(crew.run(counting())):
            assert len(taken) - done <= 6


def test_children_that_die_are_done_without(tasks: list[MemberTask]) -> None:
    with Crew(0) as alone, Crew(2) as crew:
        expected = answers(alone, tasks)
        crew._children[0].kill()
        crew._children[0].wait()
        assert answers(crew, tasks) == expected
        crew._children[1].kill()
        crew._children[1].wait()
        assert answers(crew, tasks) == expected


def test_where_no_child_can_be_started_the_work_is_done_here(
    tasks: list[MemberTask], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> object:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with Crew(2) as crew:
        assert len(answers(crew, tasks)) == 12


def test_a_child_ends_with_its_input() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "archiver.verification.worker"], input=b"", capture_output=True, check=True
    )
    assert (ran.stdout, ran.stderr) == (b"", b"")


def test_nobody_is_left_behind(tasks: list[MemberTask]) -> None:
    """Whoever wants no more answers goes, and the children with him."""
    with Crew(2) as crew:
        next(crew.run((task, 0) for task in tasks))
    assert [child.poll() is not None for child in crew._children] == [True, True]
