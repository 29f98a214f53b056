"""What the log commits to, in little memory: asked for by leaf, by record, by digest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SealedArchive
from tampering import leaves

from archiver.archive import Archive
from archiver.errors import DamagedArchive
from archiver.log import Details, Log
from archiver.model import StoredLeaf
from archiver.verification.committed import Committed


@pytest.fixture
def committed(sealed: SealedArchive) -> Committed:
    with Archive.open(sealed.root, read_only=True) as archive:
        log = Log(sealed.root / "log", archive.key)
        made = Committed(log)
        for logged in log.leaves():
            made.add(logged.details)
    return made


def test_each_leaf_is_told_as_it_was_recorded(sealed: SealedArchive, committed: Committed) -> None:
    found = leaves(sealed.root)
    assert len(committed) == committed.sound == len(found)
    for leaf in found:
        assert committed.known(leaf.index)
        assert committed.digest(leaf.index).hex() == leaf.sha256
        assert committed.length(leaf.index) == leaf.length
        assert committed.details(leaf.index).record_id == leaf.record_id
        assert committed.leaf_of(leaf.record_id) == committed.leaf_with(leaf.sha256) == leaf.index
        assert committed.agrees(leaf)
        assert committed.agrees(replace(leaf, file="", length=0)), (
            "nowhere, as a catalogue says of what it did not find"
        )
    assert set(committed.captures) == set(sealed.snapshots)
    assert [committed.digest(index).hex() for index in committed.quotes] == [name[2:] for name in sealed.quotes]
    assert not committed.known(len(found))
    assert committed.leaf_of("<urn:uuid:none>") is None
    assert committed.leaf_with("ab" * 32) is committed.leaf_with("no digest") is committed.leaf_with("ab") is None


@pytest.mark.parametrize("field", ["kind", "sha256", "record_id", "warc_type", "uri", "time", "length"])
def test_any_other_leaf_does_not_agree(sealed: SealedArchive, committed: Committed, field: str) -> None:
    leaf = leaves(sealed.root)[3]
    value = getattr(leaf, field)
    assert not committed.agrees(replace(leaf, **{field: value + 1 if isinstance(value, int) else value + "x"}))


def test_a_record_that_was_recorded_twice(committed: Committed) -> None:
    details = committed.details(3)
    committed.add(details)
    last = len(committed) - 1
    assert committed.leaf_of(details.record_id) == 3
    assert committed.leaves_of(details.record_id) == [3, last]
    assert committed.leaves_of("<urn:none>") == []


def test_the_same_record(committed: Committed) -> None:
    assert committed.same_record(3, 3)
    assert not committed.same_record(3, 4)
    assert not committed.same_record(3, len(committed))
    assert not committed.same_record(-1, 3)


def test_a_leaf_of_which_nothing_is_known(committed: Committed) -> None:
    committed.add(None)
    last = len(committed) - 1
    assert not committed.known(last)
    assert committed.payload(last) is None
    assert not committed.agrees(StoredLeaf(last, "note", "", "", "", "", "", "warc/x", 0, 5))
    assert committed.sound == last


def test_ids_that_are_no_uuids_are_kept_apart(committed: Committed) -> None:
    details = committed.details(3)
    ids = ["<urn:x:1>", "<urn:x:2>", "", "<urn:uuid:ABCDEF00-0000-0000-0000-000000000000>"]
    for record_id in ids:
        committed.add(Details(details.kind, details.sha256, 5, record_id, "metadata", "u", "t", "tool"))
    found = [committed.leaf_of(record_id) for record_id in ids]
    assert len(set(found)) == len(ids)


def test_places(sealed: SealedArchive, committed: Committed) -> None:
    leaf = leaves(sealed.root)[5]
    assert committed.place_of(5) is committed.block(5) is None
    committed.paths = [sealed.root / leaf.file]
    committed.place(5, 0, leaf.offset)
    assert committed.placed(5)
    assert committed.place_of(5) == (sealed.root / leaf.file, leaf.offset)
    with Archive.open(sealed.root) as archive:
        assert committed.block(5) == archive.stored_record(leaf).block
    committed.place(5, 0, leaf.offset + 1)
    assert committed.block(5) is None
    committed.paths = [Path("/nowhere")]
    assert committed.block(5) is None


def test_details_that_go_away_are_an_error_of_ours(sealed: SealedArchive, committed: Committed) -> None:
    (sealed.root / "log/details/000").write_bytes(b"")
    with pytest.raises(DamagedArchive, match="went away"):
        committed.details(3)
    (sealed.root / "log/details/000").unlink()
    with pytest.raises(DamagedArchive):
        Committed(committed._log).line(0)
