from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from store_faults import Depot

from archiver import clock
from archiver.sequencing import names, set_aside
from archiver.store import MemoryStore


def _segments(store: MemoryStore, prefix: str) -> list[str]:
    return [name for name in store.objects if name.startswith(prefix)]


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
