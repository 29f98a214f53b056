from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from weakref import WeakSet

import pytest
from store_faults import Depot

from archiver import clock
from archiver.sequencing import names, set_aside
from archiver.store import MemoryStore, Object


def _segments(store: MemoryStore, prefix: str) -> list[str]:
    return [name for name in store.objects if name.startswith(prefix)]


class Name(str):
    """The name of an object, of which it is seen whether anybody keeps it."""


def test_of_what_waits_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may write to a bucket can put any number of objects there."""
    depot = Depot(tmp_path)
    with depot.writer() as writer:
        depot.record(writer, "a")
    copy = depot.copy("sequencer")
    kept: WeakSet[Name] = WeakSet()
    most = 0
    listed = depot.store.list

    def very_many(prefix: str, after: str = "") -> Iterator[Object]:
        nonlocal most
        if prefix != names.PENDING:
            yield from listed(prefix, after)
            return
        for number in range(500):
            name = Name(f"{names.PENDING}{number:017d}-00000000.json")
            kept.add(name)
            most = max(most, len(kept))
            yield Object(name, 1)

    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=2))
    monkeypatch.setattr(copy.store, "list", very_many)
    (sentence,) = set_aside(copy)
    assert "never announced" in sentence
    assert 0 < most < 5


def test_what_nobody_announced_is_set_aside_after_a_day_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    depot = Depot(tmp_path)
    with depot.writer() as writer:
        depot.record(writer, "a")
        depot.record(writer, "b")
    waiting, asleep = sorted(_segments(depot.store, names.PENDING))
    announcement = depot.store.objects.pop(asleep)  # its writer was put to sleep just before
    copy = depot.copy("sequencer")
    assert set_aside(copy) == []  # it may be about to announce it
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=2))
    (sentence,) = set_aside(copy)
    assert "never announced" in sentence
    assert len(_segments(depot.store, "quarantine/")) == 1
    assert len(_segments(depot.store, "warc/")) == 2  # the first one, and the one that waits
    assert waiting in depot.store.objects
    depot.store.objects[asleep] = announcement  # it wakes up, and tells its person that the page is recorded
    (done,) = depot.sequence()
    assert (done.segments, done.refused) == (2, [])
    assert _segments(depot.store, "quarantine/") == []
    assert set_aside(copy) == []
