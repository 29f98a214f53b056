from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archiver import clock
from archiver.catalogue import Alert, WatchState
from archiver.catalogue import watch_pruning as module
from archiver.watching.feed import MOST_ENTRIES

OLD = Alert("r-0", "https://example.org/", "2020-01-01T12:00:00Z", "gone", "Page gone", "It is gone.\n", {"kind": "gone"})  # fmt: skip
NEW = replace(OLD, id="r-new", at=clock.stamp())


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WatchState]:
    monkeypatch.setattr(module, "KEPT_ALERTS", 3)
    with WatchState(tmp_path / "state.db") as made:
        yield made


def told(state: WatchState, *names: str, channels: tuple[str, ...] = ()) -> list[str]:
    return [alert.id for alert in state.take_in((), [replace(OLD, id=name) for name in names], channels, 1, 0.0)]


def kept(state: WatchState) -> list[str]:
    return [alert.id for alert in state.alerts(100)]


def test_the_feed_loses_nothing() -> None:
    assert module.KEPT_ALERTS >= MOST_ENTRIES


def test_old_ones_go_and_the_newest_stay(state: WatchState) -> None:
    told(state, "r-1", "r-2", "r-3")
    assert kept(state) == ["r-3", "r-2", "r-1"]
    told(state, "r-4", "r-5")
    assert kept(state) == ["r-5", "r-4", "r-3"]
    numbers = [row[0] for row in state._ask("SELECT number FROM alerts ORDER BY number")]
    assert numbers == [3, 4, 5], "no number is given twice"


def test_a_young_one_stays_beyond_the_newest(state: WatchState) -> None:
    state.take_in((), [NEW], (), 1, 0.0)
    told(state, "r-1", "r-2", "r-3", "r-4")
    assert kept(state) == ["r-4", "r-3", "r-2", "r-new"]


def test_what_is_owed_stays_until_it_is_delivered(state: WatchState) -> None:
    told(state, "r-1", channels=("webhook", "command"))
    told(state, "r-2", "r-3", "r-4", "r-5")
    assert kept(state)[-1] == "r-1"
    for channel in ("webhook", "command"):
        ((_, owed),) = state.to_deliver(channel, 0.0, 1e12)
        state.put_delivery(replace(owed, delivered="2020-01-02T12:00:00Z"))
        told(state, f"r-after-{channel}")
        assert ("r-1" in kept(state)) is (channel == "webhook"), "the other channel is still owed"
    assert state.deliveries(["r-1"]) == {"r-1": []}


def test_what_was_taken_out_is_not_told_again(state: WatchState) -> None:
    told(state, "peer-1")
    told(state, "r-2", "r-3", "r-4", "r-5")
    assert "peer-1" not in kept(state)
    assert told(state, "peer-1", "peer-2") == ["peer-2"]
