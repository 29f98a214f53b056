"""A worker leaves the interpreter it works in as it was."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from archiver.hands import Answers
from archiver.spreading.work import answer, packed, unwrapped

BEFORE = (611, 7, 9)
RARELY = 50_000

_both = threading.Barrier(2, timeout=20)
_first_is_gone = threading.Event()


@pytest.fixture(autouse=True)
def _thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*BEFORE)
    yield
    gc.set_threshold(*before)


def look(tasks: Sequence[str]) -> list[int]:
    return [gc.get_threshold()[0] for _ in tasks]


def fail(tasks: Sequence[str]) -> list[int]:
    raise ValueError(f"{len(tasks)} tasks, and none can be done")


def look_together(tasks: Sequence[str]) -> list[int]:
    """Both are at it at once, and the second goes on when the first has left."""
    _both.wait()
    if tasks[0] == "second":
        _first_is_gone.wait(20)
    return look(tasks)


def test_cycles_are_seldom_looked_for_during_tasks() -> None:
    answers = unwrapped(answer(packed(look, ["a", "b"])))
    assert isinstance(answers, Answers)
    assert answers.items == [RARELY, RARELY]
    assert gc.get_threshold() == BEFORE


def test_what_fails_leaves_the_interpreter_as_it_was() -> None:
    with pytest.raises(ValueError, match="none can be done"):
        answer(packed(fail, ["a"]))
    assert gc.get_threshold() == BEFORE


def test_the_last_of_two_threads_puts_it_back() -> None:
    _both.reset()
    _first_is_gone.clear()
    with ThreadPoolExecutor(2) as pool:
        second = pool.submit(answer, packed(look_together, ["second"]))
        first = pool.submit(answer, packed(look_together, ["first"]))
        assert unwrapped(first.result(30)).items == [RARELY]
        assert gc.get_threshold()[0] == RARELY
        _first_is_gone.set()
        assert unwrapped(second.result(30)).items == [RARELY]
    assert gc.get_threshold() == BEFORE
