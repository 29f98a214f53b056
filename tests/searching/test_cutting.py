"""Texts that are cut for the index where they lie in an object store; those of folders are in test_catching.py."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from store_faults import Depot

from archiver.searching.catching import unread
from archiver.searching.places import index_of
from archiver.sequencing import StoreArchive
from archiver.store import MemoryStore, StoreFailed


class Mute:
    """A store that answers as long as it is told to, and counts what it is asked for of segments."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.down = False
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def ranges(self, name: str, spans: Sequence[tuple[int, int]]) -> list[bytes]:
        self.asked += 1
        if self.down:
            raise StoreFailed("It does not answer.")
        return self._store.ranges(name, spans)


def test_a_store_that_does_not_answer_leaves_nothing_out_of_the_index(tmp_path: Path) -> None:
    depot = Depot(tmp_path)
    with depot.writer() as writer:
        pages = [depot.page(path, f"Words of {path}.") for path in ("a", "b", "c")]
        writer.record([member for _, members in pages for member in members])
    depot.sequence()
    store = Mute(depot.store)
    with StoreArchive.open_store(depot.copy("reader", store), depot.keys) as archive:
        store.down, store.asked = True, 0
        with pytest.raises(StoreFailed, match="does not answer"):
            index_of(archive)
        store.down, store.asked = False, 0
        with closing(index_of(archive)) as index:
            assert unread(index) == 0
            assert index.size() == (3, 3)
        assert store.asked == 1  # the texts of a segment are asked for together
