"""Group commit: one alone is served at once, many share, nobody waits for ever."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from archiver.archive import group
from archiver.archive.group import GroupCommit, Pending, fail_undone
from archiver.catalogue import Rows
from archiver.errors import ArchiveError, InputError


class Disk:
    """A commit that notes how many it took along; ``go`` lets it end."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.entered = threading.Event()
        self.go = threading.Event()
        self.go.set()

    def commit(self, batch: list[Pending]) -> None:
        self.sizes.append(len(batch))
        self.entered.set()
        assert self.go.wait(120)
        for pending in batch:
            pending.done = True


def wait_for(queue: GroupCommit, waiting: int) -> None:
    end = time.monotonic() + 120
    while len(queue._queue) < waiting:
        assert time.monotonic() < end
        time.sleep(0.001)


def test_those_who_come_during_a_commit_share_the_next() -> None:
    disk = Disk()
    disk.go.clear()
    queue = GroupCommit(disk.commit)
    with ThreadPoolExecutor(9) as pool:
        done = [pool.submit(queue.submit, Pending(()))]
        assert disk.entered.wait(120)
        done += [pool.submit(queue.submit, Pending(())) for _ in range(8)]
        wait_for(queue, 8)
        disk.go.set()
        assert [future.result(120) for future in done] == [Rows()] * 9
    assert disk.sizes == [1, 8]


class Clock:
    """A time that passes only for who sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.mark.parametrize("crowded", [True, False])
def test_commits_keep_their_distance_in_a_crowd_only(monkeypatch: pytest.MonkeyPatch, *, crowded: bool) -> None:
    clock = Clock()
    monkeypatch.setattr(group, "time", clock)
    queue = GroupCommit(Disk().commit, 0.2)
    if crowded:
        with queue.crowd():
            queue.submit(Pending(()))
            assert clock.slept == [], "the first has nothing to wait for"
            clock.now += 0.05
            queue.submit(Pending(()))
            assert clock.slept == [pytest.approx(0.15)]
            clock.now += 0.3
            queue.submit(Pending(()))
            assert len(clock.slept) == 1, "nor has who comes late"
        clock.slept.clear()
    queue.submit(Pending(()))
    queue.submit(Pending(()))
    assert clock.slept == [], "the crowd is gone, or there was none"


def test_who_is_interrupted_while_it_waits_hands_over(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk()
    queue = GroupCommit(disk.commit)
    waiting, go = threading.Event(), threading.Event()

    def interrupted(_: float) -> None:
        waiting.set()
        assert go.wait(120)
        raise KeyboardInterrupt

    real = time.sleep
    with queue.crowd(), ThreadPoolExecutor(2) as pool:
        queue.submit(Pending(()))
        queue._began = time.monotonic() + 600
        monkeypatch.setattr(group.time, "sleep", interrupted)
        first = pool.submit(queue.submit, Pending(()))
        assert waiting.wait(120)
        monkeypatch.setattr(group.time, "sleep", lambda seconds: real(min(seconds, 0.01)))
        second = pool.submit(queue.submit, Pending(()))
        wait_for(queue, 2)
        go.set()
        assert isinstance(first.exception(120), KeyboardInterrupt)
        assert second.result(120) == Rows()
    assert disk.sizes == [1, 1], "what the interrupted caller wanted was never written"


def test_what_a_commit_leaves_undone_is_an_error() -> None:
    queue = GroupCommit(lambda batch: None)  # noqa: ARG005
    with pytest.raises(ArchiveError, match="interrupted"):
        queue.submit(Pending(()))


def test_a_crowd_lasts_until_the_last_of_it_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(group, "time", clock)
    queue = GroupCommit(Disk().commit, 0.2)
    with queue.crowd():
        with queue.crowd():
            queue.submit(Pending(()))
        queue.submit(Pending(()))
        assert len(clock.slept) == 1, "one of two is still there"
    queue.submit(Pending(()))
    assert len(clock.slept) == 1


def test_a_failure_is_told_to_each_and_takes_nothing_from_who_has_his_own() -> None:
    failure, own = ArchiveError("the disk"), InputError("a wrong record")
    done, wrong, first, second = Pending(()), Pending((), error=own), Pending(()), Pending(())
    done.done = True
    fail_undone([done, wrong, first, second], failure)
    assert done.error is None
    assert wrong.error is own
    assert [str(pending.error) for pending in (first, second)] == ["the disk"] * 2
    assert type(first.error) is ArchiveError
    assert first.error is not second.error, "tracebacks of several threads would pile up in one"
    assert all(pending.done for pending in (done, wrong, first, second))


def test_a_commit_that_breaks_off_keeps_nobody_waiting() -> None:
    """Whoever was taken along is told, whoever came meanwhile goes on, and the next one leads."""
    entered, go = threading.Event(), threading.Event()
    disk = Disk()

    def commit(batch: list[Pending]) -> None:
        if not entered.is_set():
            entered.set()
            assert go.wait(120)
            raise KeyboardInterrupt
        disk.commit(batch)

    queue = GroupCommit(commit)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(queue.submit, Pending(()))
        assert entered.wait(120)
        others = [pool.submit(queue.submit, Pending(())) for _ in range(2)]
        wait_for(queue, 2)
        go.set()
        assert isinstance(first.exception(120), KeyboardInterrupt)
        assert [other.result(120) for other in others] == [Rows()] * 2
    assert queue.submit(Pending(())) == Rows()
    assert disk.sizes == [2, 1]
