"""What one who may write to the bucket leaves there stops neither the writers nor the sequencer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from store_faults import Depot

from archiver import clock
from archiver.archive.commit import Commit, file_member
from archiver.log import make_leaf
from archiver.log.leaves import entry_of, open_line
from archiver.model import StoredLeaf
from archiver.sequencing import names, whole_copy
from archiver.sequencing.pending import Announced
from archiver.sequencing.recorder import put_segment
from archiver.store.objects import LARGEST
from archiver.verification import Request, Verification

STRAY = "warc/2026/11/20261121000000000-0123456789abcdef.warc.gz"


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    return Depot(tmp_path)


def details_of(depot: Depot) -> list[bytes]:
    """The lines of what a writer announced."""
    (name,) = [name for name in depot.store.objects if name.startswith(names.PENDING)]
    return [line.encode() for line in json.loads(depot.store.objects[name])["lines"]]


def stands_by(depot: Depot) -> list[str]:
    """That a writer opens and records all the same; what the sequencer says."""
    with depot.writer() as writer:
        depot.record(writer, "after")
    *_, done = depot.sequence()
    copy = depot.copy()
    with copy.held():
        copy.bring_up()
        with copy.catalogue() as catalogue:
            assert {snapshot.id for snapshot in catalogue.snapshots()} >= set(depot.acknowledged)
    return done.refused


def test_a_segment_that_is_not_as_long_as_announced(depot: Depot) -> None:
    with depot.writer() as writer:
        depot.record(writer, "before")
    lines = details_of(depot)
    size = sum(found.size for line in lines if (found := open_line(line, entry_of(line))))
    depot.store.create(STRAY, b"short")
    stray = Announced(STRAY, size, tuple(lines))
    depot.store.create(stray.name, stray.to_bytes())
    (refused,) = stands_by(depot)
    assert "5 bytes" in refused


def test_an_announcement_without_end(depot: Depot) -> None:
    depot.store.objects[names.pending_of(STRAY)] = bytes(LARGEST + 1)
    (refused,) = stands_by(depot)
    assert "more than the" in refused


def test_leaves_that_are_in_the_log_already(depot: Depot) -> None:
    with depot.writer() as writer:
        depot.record(writer, "before")
    lines = details_of(depot)
    (name,) = [name for name in depot.store.objects if name.startswith(names.PENDING)]
    segment = json.loads(depot.store.objects[name])["segment"]
    data = depot.store.objects[segment]
    depot.sequence()
    again = tuple(make_leaf(found).line for line in lines if (found := open_line(line, entry_of(line))))
    stray = Announced(STRAY, len(data), again)
    depot.store.create(STRAY, data)
    depot.store.create(stray.name, stray.to_bytes())
    stands_by(depot)


def test_a_partial_tile_of_a_width_that_is_no_number(depot: Depot) -> None:
    with depot.writer() as writer:
        depot.record(writer, "before")
    size = depot.copy().store.get(names.CHECKPOINT)[0].split(b"\n")[1].decode()
    for width in ("²", "٣", "9" * 5000, "\x1b[2J"):
        depot.store.objects[f"log/tile/0/000.p/{width}"] = b"x"
    depot.store.objects[f"log/tile/entries/000.p/{size}²"] = b"x"
    assert stands_by(depot) == []


def test_a_file_that_names_a_stamp_that_never_was(depot: Depot) -> None:
    """Signed, every verification would say that a time stamp was stripped."""
    copy = depot.copy()
    with copy.held():
        copy.bring_up()
        with copy.catalogue() as catalogue:
            commit = Commit(catalogue, STRAY, 0, catalogue.size())
            stamp = StoredLeaf(0, "timestamp", "0" * 64, uri=f"urn:archiver:timestamp:{'0' * 64}", time=clock.stamp())
            commit.add([file_member("x.warc.gz", copy.settings.origin, stamp)])
    stray = put_segment(depot.store, commit, copy.root)
    depot.store.create(stray.name, stray.to_bytes())
    (refused,) = stands_by(depot)
    assert "names the time stamp '0000" in refused
    with whole_copy(depot.copy("reader")) as root:
        assert [item for item in Verification(root, Request(), depot.keys).findings() if item.ok is False] == []
