"""The hostile-input table and the fuzz targets in short form; `benchmarks/harden.py` is the long one."""

from __future__ import annotations

import random
import time
from collections import Counter
from itertools import islice
from pathlib import Path

import fuzz
import fuzzing
import fuzzjudge
import hostile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import DamagedArchive

TARGETS = fuzz.targets(None)
SLOW = {"pdf": 1, "wacz": 2, "import": 2, "book": 2}
"""Inputs of those that take long; the others get four."""


LARGE = {"bomb": 2_000, "endless": 10 << 20, "deep or long": 60_000}
"""Bytes of the answers of those rows that CI takes one of."""


@pytest.mark.parametrize("row", hostile.ROWS)
def test_a_hostile_answer_becomes_what_the_table_says(row: str) -> None:
    made = (hostile.ROWS[row](random.Random(f"{row}/7/{number}")) for number in range(40))
    short = (case for case in made if row not in LARGE or len(case[0]) < LARGE[row])
    for data, holds in islice(short, 1 if row in LARGE else 5):
        assert hostile.fault(hostile.Stream(row, data, holds)) is None


def test_the_table_makes_a_thousand_answers_the_same_each_time() -> None:
    rows = Counter(stream.row for stream in hostile.streams(3, 1))
    assert len(rows) * 100 >= 1000
    assert [stream.data for stream in hostile.streams(3, 1)] == [stream.data for stream in hostile.streams(3, 1)]
    assert [stream.data for stream in hostile.streams(3, 1)] != [stream.data for stream in hostile.streams(4, 1)]


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_what_chance_makes_of_its_seeds(name: str) -> None:
    faults = [fault for _, fault in fuzzing.fuzz(TARGETS[name], seed=7, most=SLOW.get(name, 4))]
    assert [fault.what for fault in faults if fault] == []


@settings(max_examples=10)
@given(st.integers(0, 1 << 40))
def test_the_judge_keeps_its_rules(seed: int) -> None:
    TARGETS["judge"].run(TARGETS["judge"].make(random.Random(seed)))


@pytest.mark.parametrize("name", ["proof", "query", "http"])
@settings(max_examples=10)
@given(st.binary(max_size=300))
def test_small_readers_take_any_bytes(name: str, data: bytes) -> None:
    assert fuzzing.trial(TARGETS[name], data) is None


def test_a_fault_is_seen_and_kept_with_how_to_repeat_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(data: bytes) -> None:
        if data == b"refused":
            raise DamagedArchive("That is none.")
        if data == b"broken":
            raise ValueError("half a character")

    target = fuzzing.Target("one", lambda chance: chance.choice((b"refused", b"broken", b"fine")), run)
    assert fuzzing.trial(target, b"refused") is None
    assert fuzz.run(target, 1, 0.2, tmp_path) == 1
    assert "python benchmarks/fuzz.py one --repeat" in next((tmp_path / "one").glob("*.json")).read_text("utf-8")
    path = next((tmp_path / "one").glob("*.bin"))
    assert path.read_bytes() == b"broken"
    assert fuzz.repeat(target, path) == 1
    assert "ValueError" in capsys.readouterr().out


def _work(seconds: float) -> None:
    """Takes so much processor time, however fast that is."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_what_takes_too_long_or_too_much_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "SECONDS", 0.02)
    monkeypatch.setattr(fuzzing, "MEGABYTES", 20)
    slow = fuzzing.trial(fuzzing.Target("slow", lambda _: b"", lambda _: _work(0.1)), b"")
    assert slow is not None
    assert "processor time" in slow.what
    monkeypatch.setattr(fuzzing, "SECONDS", 5.0)
    large = fuzzing.trial(fuzzing.Target("large", lambda _: b"", lambda _: print(end=str(bytes(60 << 20))[:0])), b"")
    assert large is None or "memory" in large.what  # only Linux tells


@pytest.mark.parametrize(
    ("rule", "quote"),
    [
        ("digit", "The river fell by 2.5 metres in 1998."),
        ("not added", "The river fell by 2.5 metres in 1998."),
        ("whole", "The river rose by 2.5 metres in 1998."),
        ("print", "The river rose by 2.5 metres in 1998."),
    ],
)
def test_the_rules_of_the_judge_can_be_broken(rule: str, quote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that is wrong is told: what the rule calls changed holds here, and what it calls whole does not."""
    monkeypatch.setattr(fuzzjudge, "_stands", lambda *_: False)
    source = "The river fell by 2.5 metres in 1998. Nobody was told."
    case = {"rule": rule, "source": source, "quote": quote, "plain": "The river fell by 2.5 metres in 1998."}
    with pytest.raises(fuzzing.Broken):
        fuzzjudge.hold(fuzzjudge.json.dumps(case).encode())
