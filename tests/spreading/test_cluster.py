"""What workers do not answer is answered all the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from clusters import kill, local, slow_squares

from archiver.errands import Away, Errands, each
from archiver.spreading import cluster as rules
from archiver.spreading import joined, work


def do_squares(tasks: Sequence[Any]) -> list[Any]:
    return each(tasks, lambda task, _: slow_squares([task])[0])


def squares(tasks: Iterable[tuple[str, int]], hands: Any) -> list[tuple[int, int]]:
    """What comes of numbers, by the hands or else here; with the number that came with each."""
    errands = Errands(hands, Away(do_squares, lambda _: ()), lambda task: slow_squares([task])[0])
    return [(answer[0], beside) for answer, beside in errands.run((task, task[1]) for task in tasks)]


def test_a_worker_that_dies_midway_changes_nothing(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    told: list[str] = []
    with local() as cluster, joined(cluster.scheduler_address, told.append) as hands:

        def tasks() -> Iterable[tuple[str, int]]:
            for number in range(40):
                if number == 12:
                    kill(cluster, 0)
                yield str(tmp_path), number

        assert squares(tasks(), hands) == [(number * number, number) for number in range(40)]
    assert told == []
    assert len(list(tmp_path.iterdir())) < 60  # only what the dead one had is done again


def test_where_all_workers_are_gone_it_is_done_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    monkeypatch.setattr(rules, "_PATIENCE", 0.2)
    monkeypatch.setattr(rules, "_ASK", 0.1)
    monkeypatch.setattr(rules, "_SLICE", 0.1)
    told: list[str] = []
    with local(workers=1) as cluster, joined(cluster.scheduler_address, told.append) as hands:
        kill(cluster, 0)
        assert squares([(str(tmp_path), number) for number in range(5)], hands) == [(n * n, n) for n in range(5)]
    assert len(told) == 1
    assert told[0].endswith("has no workers any more; the rest is done here.")


def test_who_is_halted_does_not_wait(cluster: Any, tmp_path: Path) -> None:
    with joined(cluster.scheduler_address, print) as hands:
        halt = threading.Event()
        halt.set()
        began = time.monotonic()
        assert hands.submit(slow_squares, [(str(tmp_path), 1)] * 50).answers(halt.is_set) is None
        assert time.monotonic() - began < 0.5


def test_a_worker_of_another_version_is_not_believed(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with joined(cluster.scheduler_address, print) as hands:
        assert hands.submit(slow_squares, [(str(tmp_path), 3)]).answers() is not None
        monkeypatch.setattr(work, "packed", lambda do, tasks: work._wrapped(("0.0.1", do, tasks)))
        assert hands.submit(slow_squares, [(str(tmp_path), 4)]).answers() is None
    assert [path.name[0] for path in tmp_path.iterdir()] == ["3"]
