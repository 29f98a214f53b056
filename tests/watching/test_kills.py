"""A watch that is killed at random moments; `benchmarks/watch.py kills 50` is the long form."""

from __future__ import annotations

import random
from pathlib import Path

import watchsite
from watchkills import Trial


def test_a_kill_loses_no_alert_and_repeats_none(tmp_path: Path) -> None:
    with watchsite.running() as port:
        watchsite.tell(port, "/mode/200")
        trial = Trial(tmp_path, port, pages=3)
        trial.make()
        chance = random.Random(11)
        killed = 0
        for longest in (1.0, 0.5, 0.2, 0.1, 0.05, 0.02):  # a quick machine is done before a late kill
            killed += trial.kill_one(chance, longest)
            if killed == 2:
                break
        watchsite.tell(port, "/edit/0")
        trial.settle()
        assert trial.faults() == []
        assert trial.counts()[0] >= 1
    assert killed
