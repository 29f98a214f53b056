"""Threads that keep to one processor, while children and everybody else may use all."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from archiver import children
from archiver.processors import on_one_processor, processors

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="wants Linux and two processors"
)


def of_a_thread() -> set[int]:
    """What a thread that is started here may use."""
    found: list[set[int]] = []
    thread = threading.Thread(target=lambda: found.append(os.sched_getaffinity(0)))
    thread.start()
    thread.join()
    return found[0]


def test_threads_keep_to_one_and_children_do_not() -> None:
    before = os.sched_getaffinity(0)
    beside = threading.Event()
    other: list[set[int]] = []
    waiting = threading.Thread(target=lambda: (beside.wait(20), other.append(os.sched_getaffinity(0))))
    waiting.start()
    with on_one_processor():
        assert len(os.sched_getaffinity(0)) == 1
        assert of_a_thread() == os.sched_getaffinity(0)
        assert processors() == len(before)
        with children.start("archiver.verification.worker") as child:
            assert os.sched_getaffinity(child.pid) == before
            child.communicate(timeout=60)
        with on_one_processor():
            assert len(os.sched_getaffinity(0)) == 1
        assert len(os.sched_getaffinity(0)) == 1
        assert processors() == len(before)
        beside.set()
        waiting.join()
    assert other == [before]
    assert os.sched_getaffinity(0) == of_a_thread() == before
    assert processors() == len(before)


def test_where_it_is_forbidden_nothing_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.sched_getaffinity(0)

    def forbidden(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "sched_setaffinity", forbidden)
    with on_one_processor():
        assert os.sched_getaffinity(0) == before
        assert processors() == len(before)
