"""What every store has to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.store import Absent, Changed, ObjectStore, StoreFailed, Taken, Unlike


def behaves(store: ObjectStore, tmp_path: Path) -> None:
    """All that the rest relies on; tests/sequencing/test_s3 asks it of a server."""
    with pytest.raises(Absent):
        store.get("log/checkpoint")
    tag = store.create("log/checkpoint", b"one")
    assert store.get("log/checkpoint") == (b"one", tag)
    assert store.create("log/checkpoint", b"one") == tag  # the same once more: a call whose answer was lost
    with pytest.raises(Taken):
        store.create("log/checkpoint", b"two")
    newer = store.replace("log/checkpoint", b"three", tag)
    assert newer != tag
    with pytest.raises(Changed):
        store.replace("log/checkpoint", b"four", tag)
    assert store.replace("log/checkpoint", b"three", tag) == newer  # what lies there already is no change
    assert store.get("log/checkpoint") == (b"three", newer)
    assert store.ranges("log/checkpoint", [(0, 2), (3, 5)]) == [b"th", b"ee"]
    for spans in ([(0, 6)], [(9, 12)]):
        with pytest.raises(Unlike):
            store.ranges("log/checkpoint", spans)
    with pytest.raises(Absent):
        store.ranges("log/nothing", [(0, 1)])
    with pytest.raises(StoreFailed, match="more than the 4"):
        store.get("log/checkpoint", 4)
    spooled = tmp_path / "spooled"
    spooled.write_bytes(bytes(range(256)) * 5000)
    store.create_file("warc/2026/11/a.warc.gz", spooled)
    other = tmp_path / "other"
    other.write_bytes(b"x")
    with pytest.raises(Taken):
        store.create_file("warc/2026/11/a.warc.gz", other)
    store.fetch("warc/2026/11/a.warc.gz", tmp_path / "fetched")
    assert (tmp_path / "fetched").read_bytes() == spooled.read_bytes()
    with pytest.raises(Absent):
        store.fetch("warc/none", tmp_path / "none")
    for name in ("log/b/2", "log/b/1", "log/bb/3", "log/b/3"):
        store.create(name, name.encode())
    assert [(found.name, found.size) for found in store.list("log/b/")] == [
        ("log/b/1", 7),
        ("log/b/2", 7),
        ("log/b/3", 7),
    ]
    assert [found.name for found in store.list("log/b/", after="log/b/1")] == ["log/b/2", "log/b/3"]
    assert list(store.list("nothing/")) == []
    store.delete("log/b/2")
    store.delete("log/b/2")
    assert [found.name for found in store.list("log/b/")] == ["log/b/1", "log/b/3"]
    with pytest.raises(Changed):
        store.replace("log/b/2", b"new", tag)
