"""Writers, and the one that signs: nothing acknowledged is lost, nothing is there twice, the log never forks, wherever a process dies."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import store_faults as storefaults
from store_faults import Depot, Faulty

from archiver import clock
from archiver.archive import Archive
from archiver.custody.reading import root_at
from archiver.digests import Digest
from archiver.errors import ArchiveError
from archiver.log import Details, make_leaf
from archiver.sequencing import Sequencer, names
from archiver.sequencing.pending import Announced
from archiver.signing import KeyRing
from archiver.store import Changed, Object
from archiver.verification import Request, Verification
from archiver.warc import Record, seal


def faults(root: Path, keys: KeyRing) -> list[str]:
    return [
        f"{finding.check}: {finding.detail}"
        for finding in Verification(root, Request(), keys).findings()
        if finding.ok is not True
    ]


def settled(depot: Depot) -> Path:
    """What is there once a sequencer has come through: all that was acknowledged, once; a folder that verifies."""
    depot.sequence("last")
    assert depot.is_settled()
    root = depot.download()
    assert faults(root, depot.keys) == []
    with Archive.open(root, read_only=True) as archive:
        found = [snapshot.id for snapshot in archive.catalogue.snapshots()]
        lines = [leaf.sha256 for leaf in archive.catalogue.leaves()]
    assert len(set(lines)) == len(lines)  # no member has two leaves
    assert set(depot.acknowledged) <= set(found)
    return root


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    return Depot(tmp_path)


def test_what_a_writer_brings_is_taken_in_its_order_whatever_the_clock_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    depot, start = Depot(tmp_path), clock.now()
    with depot.writer() as writer:
        for late in (0, 0, 0, -5, -5, 0):  # seconds: a clock that stands still, and one that is set back
            monkeypatch.setattr(clock, "now", lambda late=late: start + timedelta(seconds=late))
            depot.record(writer, f"page-{len(depot.acknowledged)}")
    (done,) = depot.sequence()
    with Archive.open(depot.download(), read_only=True) as archive:
        leaves = archive.catalogue.leaves("capture")
        assert [leaf.uri.rpartition(":")[2] for leaf in leaves] == depot.acknowledged
    assert (done.segments, done.refused) == (6, [])


def test_what_several_writers_bring_is_a_plain_archive_once_it_is_downloaded(depot: Depot) -> None:
    with depot.writer() as one, depot.writer() as two:
        depot.record(one, "a")
        depot.record(two, "b")
        depot.record(one, "c")
        assert {snapshot.url[-1] for snapshot in one.catalogue.snapshots()} == {"a", "c"}
        with depot.writer() as three:  # who comes later sees what waits
            assert {snapshot.url[-1] for snapshot in three.catalogue.snapshots()} == {"a", "b", "c"}
    (done,) = depot.sequence()
    assert (done.segments, done.refused, done.more) == (3, [], False)
    root = settled(depot)
    assert len(list(root.glob("warc/*/*/*.warc.gz"))) == 4


def test_a_log_grows_over_many_tiles(depot: Depot) -> None:
    """Partial tiles come and go, full ones and the levels above stay."""
    with depot.writer() as writer:
        for number in range(3):
            pages = [depot.page(f"{number}-{page}") for page in range(34)]
            writer.record([member for _, members in pages for member in members])
            depot.acknowledged += [snapshot for snapshot, _ in pages]
            if number:
                depot.sequence()
    root = settled(depot)
    assert int((root / "log" / "checkpoint").read_text().split("\n")[1]) == 2 + 3 * (34 * 4 + 1)
    assert (root / "log" / "tile" / "0" / "000").exists()
    assert len(list(root.glob("log/tile/*/*.p"))) == 3


def test_a_writer_may_die_at_any_call(depot: Depot) -> None:
    """Some of them, with the two around each write; `benchmarks/store_faults.py` tries all."""
    assert storefaults.writer_dies(depot, step=2) == 4 + 4
    orphans = depot.orphans()
    assert len(orphans) == 2  # a segment that was made, and not announced, was not acknowledged: nobody takes it
    for name in orphans:
        del depot.store.objects[name]
    settled(depot)


def test_a_sequencer_may_die_at_any_call(depot: Depot) -> None:
    runs, heads = storefaults.sequencer_dies(depot, step=9)
    assert runs >= 4
    root = settled(depot)
    assert len(depot.acknowledged) == runs
    with Archive.open(root, read_only=True) as archive:
        assert len(archive.catalogue.snapshots()) == runs
        for head in heads:  # each head that ever decided is a beginning of this log
            assert root_at((archive.log, archive.head()), head.size) == head.root


def test_of_two_sequencers_one_wins_and_the_other_stops(depot: Depot) -> None:
    with depot.writer() as writer:
        depot.record(writer, "a")
    slow = Faulty(depot.store)
    sequencer = Sequencer(depot.copy("slow", slow), depot.keys)
    true_replace = depot.store.replace

    def replace(name: str, data: bytes, tag: str) -> str:
        if name == names.HEAD and not raced:
            raced.append(name)
            with depot.writer() as other:
                depot.record(other, "b")
            depot.sequence("fast")
        return true_replace(name, data, tag)

    raced: list[str] = []
    depot.store.replace = replace  # type: ignore[method-assign]
    with pytest.raises(Changed, match=r"Another sequencer has signed .* this one stops"):
        sequencer.run()
    settled(depot)


def test_who_comes_late_with_an_old_head_makes_nothing_shorter(depot: Depot) -> None:
    """A sequencer that slept between its head and its files wakes up when others have signed more."""
    with depot.writer() as writer:
        depot.record(writer, "a")

    class Asleep(Faulty):
        def __getattr__(self, name: str) -> object:
            method = super().__getattr__(name)

            def call(*arguments: object, **options: object) -> object:
                with waking:  # all its threads sleep
                    return once(*arguments, **options)

            def once(*arguments: object, **options: object) -> object:
                if name in ("create", "replace") and str(arguments[0]).startswith("log/") and not woken:
                    woken.append(1)
                    with depot.writer() as other:
                        for path in "bcd":
                            depot.record(other, path)
                    depot.sequence("others")
                    depot.sequence("others")
                return method(*arguments, **options)

            return call

    woken: list[int] = []
    waking = threading.Lock()
    depot.sequence("late", Asleep(depot.store))
    assert woken
    settled(depot)


def test_an_announcement_that_came_twice_is_signed_once(depot: Depot) -> None:
    with depot.writer() as writer:
        depot.record(writer, "a")
    (name,) = [name for name in depot.store.objects if name.startswith(names.PENDING)]
    data = depot.store.objects[name]
    depot.sequence()
    depot.store.objects[name] = data  # its writer had not heard the answer, and asked again
    (done,) = depot.sequence()
    assert done.segments == 0
    settled(depot)


def test_what_cannot_be_taken_stays_and_is_told_and_holds_up_nobody(depot: Depot) -> None:
    with depot.writer() as writer:
        for path in "abcd":
            depot.record(writer, path)
    first, second, third, _ = sorted(name for name in depot.store.objects if name.startswith(names.PENDING))
    told = json.loads(depot.store.objects[first])
    segment = depot.store.objects[told["segment"]]
    depot.store.objects[told["segment"]] = segment[:-1] + bytes([segment[-1] ^ 1])
    depot.store.objects[second] = b"{" * 50000
    del depot.store.objects[json.loads(depot.store.objects[third])["segment"]]
    *_, done = depot.sequence()
    assert [sentence[: sentence.index(".json") + 5] for sentence in done.refused] == [first, second, third]
    assert [name for name in depot.store.objects if name.startswith(names.PENDING)] == [first, second, third]
    with depot.writer() as reader:
        assert [
            snapshot.url[-1]
            for snapshot in reader.catalogue.snapshots()
            if snapshot.capture_leaf < reader.log.head().size
        ] == ["d"]


@pytest.mark.parametrize("kind", ["erasure", "key-rotation", "clock", "settings", "unheard-of"])
def test_a_writer_may_not_speak_for_the_log(depot: Depot, kind: str) -> None:
    stone = seal(
        Record(kind, "metadata", f"urn:archiver:{kind}:1", clock.stamp(), "application/json", b"{}", Digest.of(b"{}"))
    )
    details = Details(
        kind,
        stone.sha256.hex,
        stone.size,
        stone.record.record_id,
        "metadata",
        stone.record.uri,
        stone.record.date,
        "x",
        "0" * 64,
    )
    announced = Announced(
        "warc/2026/11/20261121000000000-0123456789abcdef.warc.gz", stone.size, (make_leaf(details).line,)
    )
    depot.store.create(announced.segment, stone.data)
    depot.store.create(announced.name, announced.to_bytes())
    (done,) = depot.sequence()
    assert done.segments == 0
    assert f"kind '{kind}'" in done.refused[0]
    with depot.writer() as writer, pytest.raises(ArchiveError, match="record of the kind"):
        writer.record([replace(stone, record=replace(stone.record, kind="cohort"))])


def test_what_cannot_be_taken_is_told_once_where_a_head_is_full_before_all_is_read(
    depot: Depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.sequencing.sequencer.MOST_WAITING", 3)
    monkeypatch.setattr("archiver.sequencing.sequencer.MOST_LEAVES", 1)
    for page in ("a", "b"):
        with depot.writer() as writer:
            depot.record(writer, page)
    junk = [f"{names.PENDING}{number:017}-00000000.json" for number in range(4)]
    for name in junk:
        depot.store.create(name, b"{}")
    rounds = depot.sequence()
    assert sum(one.segments for one in rounds) == 2
    told = [sum(name in sentence for sentence in rounds[2].refused) for name in junk]
    assert told == [1, 1, 1, 1]
    for name in junk:
        depot.store.delete(name)
    settled(depot)


def test_what_a_stranger_heaps_up_is_read_a_bounded_number_at_a_time_and_holds_up_nobody(
    depot: Depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("sequencer", "archive"):
        monkeypatch.setattr(f"archiver.sequencing.{module}.MOST_WAITING", 5)
    monkeypatch.setattr("archiver.sequencing.sequencer._MOST_REFUSED", 3)
    with depot.writer() as writer:
        depot.record(writer, "a")
    junk = [f"{names.PENDING}{number:017}-00000000.json" for number in range(12)]  # before all that a writer writes now
    for name in junk:
        depot.store.create(name, b"{}")
    read: list[int] = []
    listed = depot.store.list

    def counted(prefix: str, after: str = "") -> Iterator[Object]:
        read.append(0)
        for found in listed(prefix, after):
            read[-1] += prefix == names.PENDING
            yield found

    monkeypatch.setattr(depot.store, "list", counted)
    rounds = depot.sequence()
    assert [(one.segments, one.more) for one in rounds][:3] == [(0, True), (0, True), (1, False)]
    assert [len(one.notes) for one in rounds][:3] == [1, 1, 0]
    refused = rounds[-1].refused
    assert (len(refused), refused[-1]) == (4, f"9 more objects under {names.PENDING} cannot be taken.")
    with depot.writer() as late:
        assert [notice for notice in late.notices if "More than 5 objects wait" in notice]
        assert late.waiting == 6, "they are not counted to their end"
    assert max(read) == 6, "one more than are read, to see whether there are more"
    for name in junk:
        depot.store.delete(name)
    settled(depot)
