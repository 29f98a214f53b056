"""Errands are answered in the order of their tasks, whoever does them in the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from clusters import Direct

from archiver import errands
from archiver.carried import Seen
from archiver.errands import Away, Errands, each


def lengths(tasks: Sequence[Any]) -> list[Any]:
    """The length of each file, and whether its bytes came along."""
    answers = each(tasks, lambda path, read: len(read(path, 0, -1)))
    return [
        (answer, not isinstance(sent.files, Seen)) if isinstance(answer, int) else answer
        for sent, answer in zip(tasks, answers, strict=True)
    ]


def here(path: str) -> tuple[Any, bool]:
    try:
        return "here", Path(path).exists()
    except OSError:
        return "here", False


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    made = [tmp_path / str(number) for number in range(9)]
    for number, path in enumerate(made):
        path.write_bytes(b"x" * number)
    return [str(path) for path in made]


AWAY = Away(lengths, lambda path: [(path, 0, -1)])


def run(hands: Direct, tasks: Sequence[str], away: Away = AWAY) -> list[tuple[Any, int]]:
    return list(Errands(hands, away, here).run((task, number) for number, task in enumerate(tasks)))


def test_workers_that_see_the_files_read_them(files: list[str]) -> None:
    hands = Direct()
    assert run(hands, files) == [((number, False), number) for number in range(9)]
    assert hands.sizes[0] == 1
    assert max(hands.sizes) > 1  # small ones go together


def test_workers_that_do_not_see_them_get_the_bytes(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    real = errands.seen
    monkeypatch.setattr(errands, "seen", lambda parts: Seen(dict.fromkeys(real(parts).files, (1, 2, 3, 4))))
    assert run(Direct(), files) == [((number, True), number) for number in range(9)]


def test_what_nobody_did_is_done_here(files: list[str]) -> None:
    told = run(Direct(able=lambda number: number != 2), files)
    assert [number for _, number in told] == list(range(9))
    assert [answer for answer, _ in told].count(("here", True)) == 1


def test_what_cannot_be_read_and_what_is_too_much_is_done_here(files: list[str]) -> None:
    told = run(Direct(), [files[0], files[1] + "gone", files[2]])
    assert [answer[0] for answer, _ in told] == [0, "here", 2]
    for parts in ([(files[0], 0, 1 << 30)], None):
        assert run(Direct(), files[:2], Away(lengths, lambda _, parts=parts: parts)) == [
            (("here", True), n) for n in (0, 1)
        ]
