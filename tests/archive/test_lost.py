"""A ``state.db`` that is not there any more is told where the records show that there was one, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from archiver.archive.lost import lost_state, lost_watch
from archiver.model import StoredLeaf


class Catalogue:
    """Leaves of these kinds, a day each."""

    def __init__(self, *kinds: str) -> None:
        self.all = [StoredLeaf(at, kind, time=f"2026-11-{at + 10}T00:00:00Z") for at, kind in enumerate(kinds)]

    def size(self) -> int:
        return len(self.all)

    def leaves(self, kind: str) -> Iterator[StoredLeaf]:
        return (leaf for leaf in self.all if leaf.kind == kind)

    def newest_of(self, kind: str) -> StoredLeaf | None:
        return max(self.leaves(kind), key=lambda leaf: leaf.index, default=None)


def archive(*kinds: str) -> SimpleNamespace:
    return SimpleNamespace(root=Path("/a"), catalogue=Catalogue(*kinds))


@pytest.mark.parametrize("kind", ["cohort", "timestamp", "corroboration"])
def test_records_that_are_not_made_without_one(kind: str) -> None:
    made = archive("note", kind, "note", kind)
    told = lost_state(made)  # type: ignore[arg-type]
    assert told is not None
    assert "/a/state.db is lost" in told
    assert "2026-11-11T00:00:00Z" in told, "the first"
    assert "unfinished lists" in told
    assert lost_state(made, below=2) is not None  # type: ignore[arg-type]
    assert lost_state(made, below=1) is None, "it was made since"  # type: ignore[arg-type]


def test_rechecks_show_one_to_who_has_watched() -> None:
    made = archive("note", "recheck", "recheck", "note")
    assert lost_state(made) is None  # type: ignore[arg-type]
    told = lost_state(made, watched=True)  # type: ignore[arg-type]
    assert told is not None
    assert "2026-11-12T00:00:00Z" in told, "the last"
    assert lost_state(made, watched=True, below=3) is not None  # type: ignore[arg-type]
    assert lost_state(made, watched=True, below=2) is None  # type: ignore[arg-type]
    assert lost_state(archive("note"), watched=True) is None  # type: ignore[arg-type]


def test_a_watch_of_another_machine() -> None:
    told = lost_watch(archive("recheck"), "s3://bucket")  # type: ignore[arg-type]
    assert told is not None
    assert "no watch on s3://bucket" in told
    assert "2026-11-10T00:00:00Z" in told
    assert lost_watch(archive("note"), "s3://bucket") is None  # type: ignore[arg-type]
