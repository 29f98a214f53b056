"""One meaning of every operation, whichever store it is: in memory, a folder, obstore (its own memory here, S3 in tests/sequencing/test_s3)."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from storing import behaves

from archiver.store import Address, Changed, MemoryStore, ObjectStore
from archiver.store.folder import FolderStore


def _obstore() -> ObjectStore:
    remote = pytest.importorskip("obstore.store")
    from archiver.store.cloud import CloudStore

    return CloudStore(remote.MemoryStore(), Address("s3", "bucket", ""))


@pytest.fixture(params=["memory", "folder", "obstore"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    if request.param == "memory":
        return MemoryStore()
    return FolderStore(tmp_path / "store") if request.param == "folder" else _obstore()


def test_every_store_does_the_same(store: ObjectStore, tmp_path: Path) -> None:
    behaves(store, tmp_path)


def test_of_many_at_once_one_wins(store: ObjectStore) -> None:
    tag, won = store.create("head", b"0"), []

    def swap(number: int) -> None:
        try:
            store.replace("head", b"%d" % number, tag)
            won.append(number)
        except Changed:
            pass

    threads = [threading.Thread(target=swap, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert store.get("head")[0] == b"%d" % won[0]
