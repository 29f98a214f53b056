"""A pool that is started when a page has to be read, and not before. The children stand for themselves in test_reading.py."""

from __future__ import annotations

from typing import Any

import pytest

from archiver.capture import LazyPool


class Counted:
    """In the place of a pool: how many were started, which of them halted and ended."""

    made: list[Counted]

    def __init__(self, workers: int | None = None) -> None:
        self.workers, self.halted, self.ended = workers, False, False
        Counted.made.append(self)

    def __call__(self, exchange: Any, *, references: bool = False) -> tuple[str, Any, bool]:
        return ("read by a child", exchange, references)

    def halt(self) -> None:
        self.halted = True

    def __exit__(self, *_: object) -> None:
        self.ended = True


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> list[Counted]:
    Counted.made = []
    monkeypatch.setattr("archiver.capture.lazypool.ReadingPool", Counted)
    return Counted.made


def test_children_are_started_with_the_first_page_once_and_ended(made: list[Counted]) -> None:
    pool = LazyPool(workers=3)
    assert made == []
    page: Any = object()
    assert [pool(page, references=True), pool(page, references=True)] == [("read by a child", page, True)] * 2
    (one,) = made
    assert (one.workers, one.ended) == (3, False)
    pool.close()
    assert one.ended
    pool.close()  # twice is once


def test_what_was_halted_before_it_was_started_is_halted_then(made: list[Counted]) -> None:
    pool = LazyPool()
    pool.halt()
    assert made == []
    pool.warm()
    assert [one.halted for one in made] == [True]


def test_a_small_run_reads_here(made: list[Counted], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "archiver.capture.lazypool.read_here", lambda page, *, references: ("read here", page, references)
    )
    pool = LazyPool(small=True)
    pool.warm()
    page: Any = object()
    assert pool(page) == ("read here", page, False)
    assert made == []
