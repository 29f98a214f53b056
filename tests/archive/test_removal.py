"""Taking members out of WARC files: what goes is gone, what stays is found where it lies now, whatever else lies in the file."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from tampering import note

from archiver.archive import Archive, removal
from archiver.digests import Digest
from archiver.errors import DamagedArchive
from archiver.model import StoredLeaf
from archiver.warc import search, segment_files


def filled(archive: Archive) -> tuple[Path, list[StoredLeaf], bytes]:
    """The one file, its leaves and bytes; two of the members were recorded twice."""
    members = [note(number) for number in range(10)]
    archive.record([*members, members[3], members[6]])
    archive.close()
    (path,) = segment_files(archive.root)
    with Archive.open(archive.root, read_only=True) as reader:
        return path, list(reader.catalogue.leaves()), path.read_bytes()


def taken_out(root: Path, doomed: list[StoredLeaf]) -> tuple[int, list[str]]:
    """How many members were found, and what was said."""
    with Archive.open(root) as archive:
        named = {leaf.index: leaf.sha256 for leaf in doomed}
        with (
            archive.locks.holding_log(),
            removal.holding(root, archive.locks, archive.log, archive.catalogue, named, []) as work,
        ):
            notices = work.run()
        assert not archive.locks.marked(), "it is over"
        return work.found, notices


def digests(path: Path) -> list[str]:
    return sorted(member.sha256.hex for member in search(path))


@pytest.mark.parametrize("seed", range(12))
def test_what_goes_is_gone_and_what_stays_is_found(archive: Archive, seed: int) -> None:
    """Beside members that no leaf knows in half of the cases, so that the file is searched; those stay."""
    chance = random.Random(seed)
    path, leaves, data = filled(archive)
    doomed = chance.sample(leaves[2:], chance.randrange(1, 9))
    pieces = [data[leaf.offset : leaf.offset + leaf.length] for leaf in leaves]
    strange = [note(100 + number) for number in range(chance.randrange(1, 4))] if seed % 2 else []
    for member in strange:
        pieces.insert(chance.randrange(len(pieces) + 1), member.data)
    path.write_bytes(b"".join(pieces))
    gone = {leaf.index for leaf in doomed}
    kept = [leaf for leaf in leaves if leaf.index not in gone]
    found, notices = taken_out(archive.root, doomed)
    assert len({leaf.sha256 for leaf in doomed}) <= found <= len(doomed)
    assert notices == []
    assert digests(path) == sorted([*(leaf.sha256 for leaf in kept), *(member.sha256.hex for member in strange)])
    with Archive.open(archive.root, read_only=True) as reader:
        for leaf in kept:
            assert reader.stored_record(reader.catalogue.leaf(leaf.index)).record_id == leaf.record_id
        assert {leaf.index for leaf in reader.catalogue.leaves() if leaf.kind == "erased"} == gone


@pytest.mark.parametrize("seed", range(12))
def test_what_is_left_of_a_damaged_member_goes_where_it_can_be_nothing_else(archive: Archive, seed: int) -> None:
    chance = random.Random(seed)
    path, leaves, data = filled(archive)
    leaves = leaves[:12]  # those that were recorded twice have a copy, which would be taken for them
    end = leaves[-1].offset + leaves[-1].length
    doomed = chance.sample(leaves[2:], chance.randrange(1, 9))
    damaged = {leaf.index for leaf in chance.sample(leaves, chance.randrange(1, 7)) if leaf.index not in (5, 8)}
    gone = {leaf.index for leaf in doomed} - {5, 8}
    pieces = {leaf.index: bytearray(data[leaf.offset : leaf.offset + leaf.length]) for leaf in leaves}
    for index in damaged:
        pieces[index][len(pieces[index]) // 2] ^= 4
    path.write_bytes(b"".join(pieces[leaf.index] for leaf in leaves) + data[end:])
    expected, mixed = b"", 0
    for broken, run in groupby(leaves, key=lambda leaf: leaf.index in damaged):
        together = [leaf.index for leaf in run]
        if broken and not gone.issuperset(together):
            expected += b"".join(pieces[index] for index in together)
            mixed += bool(gone.intersection(together))
        else:
            expected += b"".join(pieces[index] for index in together if index not in gone)
    _, notices = taken_out(archive.root, [leaf for leaf in leaves if leaf.index in gone])
    assert path.read_bytes() == expected + data[end:]
    assert len(notices) == mixed
    assert all("cannot be told apart" in notice for notice in notices)


def test_a_copy_of_what_goes_in_another_file_goes_too(archive: Archive) -> None:
    path, leaves, data = filled(archive)
    leaf = leaves[4]
    other = path.with_name("copies.warc.gz")
    other.write_bytes(data[leaf.offset : leaf.offset + leaf.length] * 2 + note(100).data)
    path.write_bytes(data[: leaf.offset] + data[leaf.offset + leaf.length :])
    with Archive.open(archive.root) as made:
        made.rebuild()
    taken_out(archive.root, [leaf])
    assert digests(other) == [member.sha256.hex for member in search(other)]
    assert leaf.sha256 not in digests(other) + digests(path)
    assert len(digests(other)) == 1


def test_another_writer_keeps_what_it_has_open(archive: Archive) -> None:
    leaf, _ = archive.record([note(1), note(2)])[:2]
    data = (archive.root / leaf.file).read_bytes()
    with (
        Archive.open(archive.root) as other,
        other.locks.holding_log(),
        pytest.raises(removal.ArchiveError, match="Another process is recording"),
        removal.holding(other.root, other.locks, other.log, other.catalogue, {leaf.index: leaf.sha256}, []),
    ):
        pytest.fail("it is not held")
    assert (archive.root / leaf.file).read_bytes() == data


def test_who_looks_for_a_member_that_was_moved_waits_for_the_erasure_and_no_longer(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(lambda slept: slept >= 4)
    monkeypatch.setattr(removal, "time", clock)
    (leaf,) = archive.record([note(1)])
    assert removal.moved(archive.locks, archive.catalogue, leaf) is None, "it was not moved"
    assert clock.slept == 0
    mark = archive.locks.mark(removal.MARK)
    mark.touch()
    clock.done = lambda slept: slept == 3 and mark.unlink() is None
    assert removal.moved(archive.locks, archive.catalogue, leaf) is None
    assert clock.slept == 3
    mark.touch()
    clock.done = lambda _: False
    assert removal.moved(archive.locks, archive.catalogue, leaf) is None
    assert 29 <= clock.now <= 31, "half a minute, not for ever"
    mark.unlink()
    archive.catalogue.erasures.apply([], {leaf.index: (leaf.file, leaf.offset + 7)})
    there = removal.moved(archive.locks, archive.catalogue, leaf)
    assert there is not None
    assert (there.index, there.offset) == (leaf.index, leaf.offset + 7)


def test_a_verification_is_waited_for_and_no_longer_than_twenty_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    class Locks:
        def is_read(self) -> bool:
            return not clock.done(clock.slept)

    clock = Clock(lambda slept: slept >= 3)
    monkeypatch.setattr(removal, "time", clock)
    removal.refuse_beside_readers(Locks())  # type: ignore[arg-type]
    assert clock.slept == 3
    clock.done = lambda _: False
    began = clock.now
    with pytest.raises(removal.ArchiveError, match="being verified"):
        removal.refuse_beside_readers(Locks())  # type: ignore[arg-type]
    assert 20 <= clock.now - began <= 21


class Clock:
    """A time that passes only for who sleeps; ``done`` is asked how often that was."""

    def __init__(self, done: Callable[[int], bool]) -> None:
        self.done = done
        self.now = 0.0
        self.slept = 0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds
        self.slept += 1
        self.done(self.slept)


def test_marks_that_somebody_took_away_meanwhile_do_no_harm(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    path, leaves, _ = filled(archive)
    monkeypatch.setattr(removal, "drop_unfinished", lambda _: archive.locks.mark("log").unlink())
    monkeypatch.setattr(removal.kept, "forget", lambda _: archive.locks.mark(removal.MARK).unlink())
    assert taken_out(archive.root, leaves[4:5]) == (1, [])
    assert leaves[4].sha256 not in digests(path)


def test_members_are_given_from_where_an_erasure_has_just_put_them(archive: Archive) -> None:
    """Who exports has the places from before: the file was written anew, and was called changed, as if somebody had tampered with it."""
    with Archive.open(archive.root) as other:
        first, second, third = other.record([note(1), note(2), note(3)])
    taken_out(archive.root, [first])
    assert archive.catalogue.leaf(third.index).offset < third.offset
    given = archive.members([second, third])
    assert [Digest.of(given[leaf.index]).hex for leaf in (second, third)] == [second.sha256, third.sha256]
    path = archive.root / third.file
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DamagedArchive):
        archive.members([third])
