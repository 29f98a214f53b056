"""Hands for tests: some of this process, and a Dask cluster whose workers are threads of it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archiver.capture.spreadreading import close_children
from archiver.hands import Answers, Errand
from archiver.spreading import work


class Direct:
    """Does tasks where they are handed over, after a journey as bytes; ``able`` says of each errand whether it is done at all."""

    def __init__(self, able: Callable[[int], bool] = bool) -> None:
        self.sizes: list[int] = []
        self.tasks: list[Any] = []
        self._able = able

    def width(self) -> int:
        return 2

    def submit(self, do: Errand, tasks: Sequence[Any]) -> _Done:
        self.sizes.append(len(tasks))
        self.tasks += tasks
        return _Done(work.packed(do, tasks) if self._able(len(self.sizes)) else None)


class _Done:
    def __init__(self, sent: bytes | None) -> None:
        self._sent = sent

    def answers(self, halted: Callable[[], bool] | None = None) -> Answers | None:
        assert halted is None or not halted()
        return None if self._sent is None else work.unwrapped(work.answer(self._sent))


@contextmanager
def local(workers: int = 2) -> Iterator[Any]:
    """A cluster whose workers are threads of this process."""
    from distributed import LocalCluster

    cluster = LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=False,
        host="127.0.0.1",
        protocol="tcp://",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        silence_logs=logging.CRITICAL,
    )
    try:
        yield cluster
    finally:
        cluster.close()
        close_children()


def kill(cluster: Any, number: int) -> None:
    """Takes a worker away in the midst of whatever it does."""
    worker = cluster.workers[number]
    cluster.sync(cluster.scheduler.remove_worker, address=worker.address, stimulus_id="test", close=False)


def slow_squares(tasks: Sequence[Any]) -> list[Any]:
    """Each number's square, in its time, with the thread that made it; a note is left in a folder that it was begun."""
    answers = []
    for folder, number in tasks:
        (Path(folder) / f"{number}-{time.monotonic_ns()}").touch()
        time.sleep(0.02)
        answers.append((number * number, threading.current_thread().name))
    return answers
