"""Checking in several processes: the answers are those of one, whatever becomes of the children."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from clusters import Direct
from conftest import SealedArchive
from samples import page_members
from tampering import damage, leaves, note

from archiver.archive import Archive
from archiver.archive.commit import _details
from archiver.carried import IN_PLACE, Brought, brought
from archiver.hands import Errand, lend
from archiver.log import layout, make_leaf
from archiver.verification.bundles import BundleTask
from archiver.verification.catalogue_portions import PortionTask
from archiver.verification.member_checks import Checked, ExchangeTask, MemberCheck, MemberTask
from archiver.verification.relations import RelationTask, relations
from archiver.verification.worker import Crew, _parts


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
            assert len(taken) - done <= 8


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


class Elsewhere(Direct):
    """Hands on a machine where the folder ``sealed`` is not."""

    def submit(self, do: Errand, tasks: Sequence[Any]) -> Any:
        return super().submit(do, pickle.loads(pickle.dumps(tasks).replace(b"/sealed/", b"/absent/")))  # noqa: S301


@pytest.mark.parametrize("damaged", ["response", "text", None])
@pytest.mark.parametrize("shared", [True, False])
def test_lent_hands_give_the_same_whether_they_see_the_files_or_get_their_bytes(
    sealed: SealedArchive, shared: bool, damaged: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # captures apart from their exchanges, quotes from their texts
    monkeypatch.setattr("archiver.verification.placing._CHUNK_MEMBERS", 1)
    monkeypatch.setattr("archiver.errands._SECONDS", 0)
    if damaged:
        damage(sealed.root, leaves(sealed.root, damaged)[0])
    expected = sealed.findings()
    hands = Direct() if shared else Elsewhere()
    with lend(hands):
        assert sealed.findings() == expected
    if damaged:
        assert sum(hands.sizes) > len(leaves(sealed.root))
    else:  # the one run of all members is found as it should be, in no second way; the other errand is the catalogue's, or the bytes
        assert hands.sizes == [1, 1]
    assert any(finding.ok is False for finding in expected) is (damaged is not None)


def test_bundles_of_the_log_are_opened_from_their_bytes(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "sealed") as archive:
        archive.record([note() for _ in range(300)])
    tasks = [BundleTask(str(tmp_path / "sealed" / "log"), 0, 1, b"k")]
    with Crew(0) as alone:
        ((expected, _),) = alone.run((task, None) for task in tasks)
    assert expected != [None]
    hands = Elsewhere()
    with lend(hands), Crew(0) as crew:
        assert list(crew.run((task, None) for task in tasks)) == [(expected, None)]
    assert hands.sizes == [1, 1]


@pytest.mark.parametrize("shared", [True, False])
def test_the_catalogue_is_read_where_it_lies_or_by_who_asks(sealed: SealedArchive, shared: bool) -> None:
    size = len(leaves(sealed.root))
    tasks = [PortionTask(str(sealed.root / "catalogue.db"), 0, size, "0000", "g", b"k")]
    with Crew(0) as alone:
        ((expected, _),) = alone.run((task, None) for task in tasks)
    assert expected is not None
    assert expected.indices == range(size)
    hands = Direct() if shared else Elsewhere()
    with lend(hands), Crew(0) as crew:
        for _ in range(2):
            assert list(crew.run((task, None) for task in tasks)) == [(expected, None)]
    assert len(hands.sizes) == (2 if shared else 1)  # the second time it is known that they do not see it


def test_a_task_reads_what_was_said_of_it_and_nothing_else(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.verification.placing._CHUNK_MEMBERS", 1)
    monkeypatch.setattr("archiver.errands._SECONDS", 0)
    hands = Direct()
    with lend(hands):
        sealed.findings()
        damage(sealed.root, leaves(sealed.root, "response")[0])
        sealed.findings()
    kinds = set()
    lines = (sealed.root / "log" / layout.details_path(0)).read_bytes().split(b"\n")
    located = [
        ((str(sealed.root / leaf.file), leaf.offset, leaf.length), lines[leaf.index]) for leaf in leaves(sealed.root)
    ]
    capture, answer = (leaves(sealed.root, kind)[0].index for kind in ("capture", "request"))
    apart = ExchangeTask([(capture, located[capture], [located[answer]])])
    for task in [*(sent.task for sent in hands.tasks), apart]:
        kinds.add(type(task).__name__)
        parts, read = _parts(task), []
        if isinstance(task, PortionTask):
            assert parts == [(task.path, 0, IN_PLACE)]
            continue
        files = brought(parts or ())

        def reading(*part: Any, files: Brought = files, read: list[Any] = read) -> bytes:
            read.append(part)
            return files.read(*part)

        if isinstance(task, RelationTask):
            relations(task, reading)
        else:
            MemberCheck().check(task, reading)
        assert set(read) == set(parts or ())
    assert kinds == {"RunTask", "MemberTask", "AnchorTask", "ExchangeTask", "RelationTask", "PortionTask"}


def test_a_worker_starts_without_what_writes_signs_and_locks() -> None:
    """Two of them start with every large archive; what they need not load is time of each."""
    code = (
        "import sys; before = {*sys.modules}; import archiver.verification.worker; "  # coverage loads some itself
        "print([m for m in ('warcio', 'fsspec', 'cryptography', 'filelock', 'tomllib') if m in {*sys.modules} - before])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
