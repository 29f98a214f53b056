"""Recording: many callers share a commit, nothing is acknowledged that is not durable, and a failure harms nobody else."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from faults import STRIDE, Disk, Killed, first_step
from samples import page_members

from archiver.archive import Archive
from archiver.catalogue import Catalogue
from archiver.errors import ArchiveError, ArchiverError, ReadOnlyArchive
from archiver.log import Log
from archiver.signing import KeyRing, SigningKey, VerifyingKey
from archiver.verification import Request, Verification
from archiver.warc import Locks, Member, Record, Segment, seal


def note(number: int) -> Member:
    return seal(Record("note", "metadata", f"urn:x:{number}", "2026-11-20T00:00:00Z", "text/plain", b"%d" % number))


def ids(archive: Archive) -> set[str]:
    return {leaf.record_id for leaf in archive.catalogue.leaves()}


def assert_sound(root: Path) -> None:
    bad = [finding for finding in Verification(root, Request()).findings() if finding.ok is not True]
    assert not bad, bad


def test_leaves_come_back_in_the_order_of_the_members(archive: Archive) -> None:
    members = [note(number) for number in range(5)]
    leaves = archive.record(members)
    assert [leaf.record_id for leaf in leaves] == [member.record.record_id for member in members]
    assert [leaf.sha256 for leaf in leaves] == [member.sha256.hex for member in members]
    assert leaves == [archive.catalogue.leaf(leaf.index) for leaf in leaves]
    assert [archive.stored_record(leaf).block for leaf in leaves] == [b"0", b"1", b"2", b"3", b"4"]
    assert archive.record([]) == []


def test_32_threads_share_commits(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[int] = []
    real = Log.append

    def counting(log: Log, leaves: list[object], signer: SigningKey) -> object:
        if not commits:  # the first one lasts until all others wait
            end = time.monotonic() + 120
            while len(archive._recorder.group._queue) < 31:
                assert time.monotonic() < end
                time.sleep(0.001)
        commits.append(len(leaves))
        return real(log, leaves, signer)  # type: ignore[arg-type]

    monkeypatch.setattr(Log, "append", counting)
    barrier = threading.Barrier(32)

    def work(number: int) -> list[str]:
        barrier.wait()
        found = []
        for step in range(8):
            members = [note(1000 * number + step), note(step)]
            leaves = archive.record(members)
            assert [leaf.record_id for leaf in leaves] == [member.record.record_id for member in members]
            found += [leaf.record_id for leaf in leaves]
        return found

    with ThreadPoolExecutor(32) as pool:
        acknowledged = [record_id for found in pool.map(work, range(32)) for record_id in found]
    assert len(set(acknowledged)) == 32 * 8 * 2
    assert set(acknowledged) <= ids(archive)
    assert commits[0] == 2
    assert commits[1] >= 2 * 31, "those who wait share the next commit"
    assert sum(commits) == 32 * 8 * 2
    assert_sound(archive.root)


def test_one_callers_wrong_members_fail_for_him_only(archive: Archive) -> None:
    wrong = seal(Record("capture", "metadata", "urn:x", "2026-11-20T00:00:00Z", "application/json", b"no json"))
    barrier = threading.Barrier(16)

    def work(number: int) -> bool:
        barrier.wait()
        members: list[Member] = [note(number), wrong] if number % 4 == 0 else [note(number)]
        if number == 1:
            members = [None]  # type: ignore[list-item]
        try:
            archive.record(members)
        except ArchiverError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(work, range(16)))
    assert done == [number % 4 != 0 and number != 1 for number in range(16)]
    assert len(ids(archive)) == 2 + 11
    assert archive.record([note(99)])
    assert_sound(archive.root)


def test_a_caller_who_is_interrupted_does_not_interrupt_the_others(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in the thread that happens to commit: the others are told that their records are not safe, as an error of ours."""
    entered, go = threading.Event(), threading.Event()
    real = Segment.append

    def interrupted(segment: Segment, members: list[Member]) -> object:
        entered.set()
        go.wait(120)
        monkeypatch.setattr(Segment, "append", real)
        raise KeyboardInterrupt

    monkeypatch.setattr(Segment, "append", interrupted)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(archive.record, [note(1)])
        entered.wait(120)
        second = pool.submit(archive.record, [note(2)])
        go.set()
        assert isinstance(first.exception(120), KeyboardInterrupt)
        assert isinstance(second.exception(120), ArchiveError)
    with pytest.raises(ArchiveError, match="open the archive again"):
        archive.record([note(3)])
    archive.close()
    with Archive.open(archive.root) as again:
        again.record([note(4)])
    assert_sound(archive.root)


def test_the_writing_order(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """B1: members, then details, entries and tiles, then the head, then the catalogue; each durable before the next."""
    trace: list[str] = []
    archive.record([note(0)])
    real_fsync, real_replace, real_add = os.fsync, os.replace, Catalogue.add

    def where(path: object) -> str:
        name = Path(str(path)).relative_to(archive.root).as_posix()
        for part in ("warc", "log/details", "log/tile", "log/checkpoint", "log/.checkpoint"):
            if name.startswith(part):
                return part
        return name

    def fsync(descriptor: int) -> None:
        trace.append(f"sync {where(Path(f'/proc/self/fd/{descriptor}').readlink())}")
        real_fsync(descriptor)

    def replace(source: object, target: object) -> None:
        trace.append(f"rename {where(target)}")
        real_replace(source, target)  # type: ignore[arg-type]

    def add(catalogue: Catalogue, rows: object) -> None:
        trace.append("catalogue")
        real_add(catalogue, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(Catalogue, "add", add)
    archive.record([note(1)])
    order = [item for at, item in enumerate(trace) if at == 0 or trace[at - 1] != item]
    assert order[0] == "sync warc"
    assert order[-4:] == ["sync log/.checkpoint", "rename log/checkpoint", "sync log", "catalogue"]
    # side by side, but all before the head
    assert set(order[1:-4]) == {"sync log/details", "sync log/tile"}
    assert trace.count("sync log/details") == 2, "the file, and its folder"


def test_without_a_signing_key_nothing_is_written_and_it_can_be_brought_later(archive: Archive) -> None:
    key = archive.keys.signing_path(archive.key.name)
    hidden = key.with_suffix(".away")
    archive.close()
    key.rename(hidden)
    with Archive.open(archive.root) as again:
        head = again.head()
        for _ in range(2):
            with pytest.raises(ReadOnlyArchive, match="signing key"):
                again.record([note(1)])
        hidden.rename(key)
        again.record([note(2)])
        assert again.head().size == head.size + 1


def test_anothers_signing_key_is_refused(archive: Archive) -> None:
    path = archive.keys.signing_path(archive.key.name)
    path.write_bytes(SigningKey.generate(archive.key.name).pem())
    archive.close()
    with Archive.open(archive.root) as again, pytest.raises(ReadOnlyArchive, match="not the one"):
        again.record([note(1)])


def test_a_busy_log_is_no_reason_to_give_up_for_good(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Locks.holding_log
    monkeypatch.setattr(Locks, "holding_log", lambda locks: real(locks, 0.01))
    with real(archive.locks), pytest.raises(ArchiveError, match="has held the log"):
        archive.record([note(1)])
    archive.record([note(2)])


def test_a_closed_archive_records_nothing(archive: Archive) -> None:
    archive.close()
    archive.close()
    with pytest.raises(ArchiveError, match="closed"):
        archive.record([note(1)])


def test_two_archives_in_one_process(archive: Archive) -> None:
    """As two processes would: each has its segment, both see what the other recorded."""
    with Archive.open(archive.root) as other:
        for number in range(6):
            (archive if number % 2 else other).record([note(number)])
        assert ids(archive) == ids(other)
        assert len({leaf.file for leaf in archive.catalogue.leaves()}) == 2
    assert_sound(archive.root)


def test_settings_that_were_changed_by_hand_are_recorded(archive: Archive) -> None:
    archive.close()
    path = archive.root / "archive.toml"
    path.write_bytes(path.read_bytes().replace(b"jobs = 16", b"jobs = 17"))
    bad = [finding for finding in Verification(archive.root, Request()).findings() if finding.ok is not True]
    assert [finding.subject for finding in bad] == ["archive.toml"]
    with Archive.open(archive.root) as again:
        again.record([note(1)])
        again.record([note(2)])
        assert again.recorded_settings() == path.read_bytes()
        assert sum(1 for _ in again.catalogue.leaves("settings")) == 2
    assert_sound(archive.root)


def test_damaged_recorded_settings_do_not_end_recording(archive: Archive) -> None:
    leaf = next(archive.catalogue.leaves("settings"))
    archive.close()
    path = archive.root / leaf.file
    data = bytearray(path.read_bytes())
    data[leaf.offset + leaf.length // 2] ^= 1
    path.write_bytes(data)
    with Archive.open(archive.root) as again:
        again.record([note(1)])
    bad = [finding for finding in Verification(archive.root, Request()).findings() if finding.ok is not True]
    assert [finding.subject for finding in bad] == [f"{leaf.file} at byte {leaf.offset}"]


def test_a_full_segment_is_followed_by_a_new_one(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.warc.segments.SEGMENT_LIMIT", 2000)
    for number in range(12):
        archive.record([note(number)])
    assert len({leaf.file for leaf in archive.catalogue.leaves()}) >= 2
    assert_sound(archive.root)


def _record(root: Path, members: list[Member]) -> bool:
    """Whether the members were acknowledged; what dies is let go as the kernel would let it go."""
    archive = None
    try:
        archive = Archive.open(root)
        archive.record(members)
    except (ArchiveError, Killed):
        return False
    finally:
        if archive is not None and archive._recorder._segment is not None:
            archive._recorder._segment._lock.release()
        if archive is not None:
            archive.catalogue.close()
    return True


@pytest.mark.slow
@pytest.mark.parametrize("how", ["once", "on", "kill"])
@pytest.mark.parametrize("filled", [0, 250])
def test_every_step_of_recording_may_fail(tmp_path: Path, filled: int, how: str) -> None:
    """B2 in process: opened, recorded, broken off at each step in turn; the next open mends it all by itself."""
    base = tmp_path / "base"
    with Archive.create(base) as archive:
        if filled:
            archive.record([note(number) for number in range(filled)])
    _, members = page_members("https://example.org/", b"body")
    members = [*members, *(note(number) for number in range(4))]
    wanted = {member.record.record_id for member in members}
    at, outcomes = first_step(how), set()
    while True:
        at += STRIDE
        root = tmp_path / f"run{at}"
        shutil.copytree(base, root)
        disk = Disk(at, how, errno.ENOSPC if how == "on" else errno.EIO)
        with disk.attached():
            acknowledged = _record(root, members)
        with Archive.open(root) as again:
            present = wanted & ids(again)
            assert present in (set(), wanted), "all or none"
            assert not acknowledged or present == wanted
            outcomes.add((acknowledged, bool(present)))
            assert len(again.catalogue.snapshots()) == bool(present)
            again.record([note(999)])
        assert_sound(root)
        shutil.rmtree(root)
        if not disk.failed:
            assert acknowledged
            break
    assert at > 25, "the steps were counted"
    assert outcomes == {(False, False), (False, True), (True, True)}


@pytest.mark.slow
def test_a_failed_process_never_acknowledges_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever step failed: from then on the same object refuses, and what others record meanwhile is sound."""
    base = tmp_path / "base"
    Archive.create(base).close()
    at, refused = first_step("once"), 0
    while True:
        at += STRIDE
        root = tmp_path / f"run{at}"
        shutil.copytree(base, root)
        with Archive.open(root) as archive:
            disk = Disk(at, "once")
            with disk.attached():
                try:
                    archive.record([note(1)])
                except ArchiveError:
                    refused += 1
            if disk.failed:
                with contextlib.suppress(ArchiveError):
                    archive.record([note(2)])
                with Archive.open(root) as other:
                    other.record([note(3)])
                    findings = list(Verification(root, Request()).findings())
                    assert not [finding for finding in findings if finding.ok is False], at
        with Archive.open(root):
            pass
        assert_sound(root)
        shutil.rmtree(root)
        if not disk.failed:
            break
    assert refused * STRIDE > 15


def test_enospc_of_the_catalogue_is_an_error_of_ours(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log has it, the caller is told that it failed, and the next open puts it into the catalogue."""
    archive.record([])
    archive.catalogue.connection.conn.execute("PRAGMA max_page_count = 1")
    with pytest.raises(ArchiveError, match="full"):
        archive.record([note(number) for number in range(400)])
    with pytest.raises(ArchiveError, match="open the archive again"):
        archive.record([note(1)])
    archive.close()
    with Archive.open(archive.root) as again:
        assert again.catalogue.size() == again.head().size > 400
        assert "lacked" in again.notices[0]
    assert_sound(archive.root)


def test_a_key_ring_is_only_asked_once_and_late(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[VerifyingKey] = []
    real: Callable[[KeyRing, VerifyingKey], SigningKey | None] = KeyRing.signing_key_of
    monkeypatch.setattr(KeyRing, "signing_key_of", lambda ring, key: (asked.append(key), real(ring, key))[1])
    with Archive.open(archive.root) as again:
        assert asked == []
        again.record([note(1)])
        again.record([note(2)])
    assert asked == [archive.key]


@pytest.mark.parametrize(
    ("error", "words"), [(OSError(5, "Input/output error"), "Input/output error"), (OSError("odd"), "odd")]
)
def test_the_disks_own_words_are_told(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Locks, "holding_log", failing)
        with pytest.raises(
            ArchiveError, match=rf"Recording in .* failed: {words}; what was acknowledged before is safe"
        ):
            archive.record([note(1)])
        with pytest.raises(ArchiveError, match=rf"Erasing in .* failed: {words}\. "):
            archive.take_out(lambda: pytest.fail("nothing is asked for"))
        with pytest.raises(ArchiveError, match=rf"was not exchanged: {words};"):
            archive.exchange_key(SigningKey.generate(archive.key.name), lambda *_: note(1))
    archive.record([note(2)])  # nothing was written, so nothing is broken
    with monkeypatch.context() as patch:
        patch.setattr("archiver.archive.opening.Catalogue", failing)
        with pytest.raises(ArchiveError, match=f"cannot be opened: {words}"):
            Archive.open(archive.root)
        patch.setattr("archiver.archive.making.make_again", failing)
        with pytest.raises(ArchiveError, match=f"cannot be made again: {words}"):
            archive.rebuild()


def test_after_a_write_that_failed_nothing_else_is_done_either(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Log, "append", failing)
    with pytest.raises(ArchiveError, match="Input/output"):
        archive.record([note(1)])
    monkeypatch.undo()
    head = (archive.root / "log" / "checkpoint").read_bytes()
    for act in (
        lambda: archive.record([note(2)]),
        lambda: archive.take_out(lambda: pytest.fail("nothing is asked for")),
        lambda: archive.exchange_key(SigningKey.generate(archive.key.name), lambda *_: note(1)),
    ):
        with pytest.raises(ArchiveError, match="open the archive again"):
            act()
    assert (archive.root / "log" / "checkpoint").read_bytes() == head
    archive.close()
    assert archive.locks.marked(), "its file is looked at by the next one"


def test_a_process_that_ends_well_leaves_no_mark(archive: Archive) -> None:
    archive.record([note(1)])
    assert archive.locks.marked()
    archive.close()
    assert not archive.locks.marked()


def test_whether_anything_could_be_recorded_is_known_before(archive: Archive) -> None:
    assert archive.records
    assert archive.numbered == archive.head().size
    key = archive.keys.signing_path(archive.key.name)
    key.rename(key.with_suffix(".away"))
    assert archive.records is False, "nothing was recorded by it yet"
    with pytest.raises(ReadOnlyArchive, match="signing key"):
        archive.ready()
    key.with_suffix(".away").rename(key)
    archive.record([note(1)])
    key.unlink()
    assert archive.records, "it has read its key"
    archive.ready()
    with Archive.open(archive.root, read_only=True) as reader:
        assert not reader.records
    archive.make_read_only()
    assert archive.records is False
    with pytest.raises(ReadOnlyArchive, match="nothing was fetched or recorded"):
        archive.ready()
    with pytest.raises(ReadOnlyArchive, match="nothing was tried"):
        archive.ready("tried")


def test_nothing_is_stated_or_planned_that_could_not_be_recorded(archive: Archive) -> None:
    """A statement that both keys have signed, or a plan of what is to go, is made only once it is sure to be written."""

    def exchange(here: Archive) -> None:
        here.exchange_key(SigningKey.generate(here.key.name), lambda *_: pytest.fail("nothing is stated"))

    def take_out(here: Archive) -> None:
        here.take_out(lambda: pytest.fail("nothing is planned"))

    key = archive.keys.signing_path(archive.key.name)
    key.rename(key.with_suffix(".away"))
    with pytest.raises(ReadOnlyArchive, match="signing key"):
        take_out(archive)
    key.with_suffix(".away").rename(key)
    with Archive.open(archive.root) as other:
        archive.make_read_only()
        for act in (exchange, take_out):
            with pytest.raises(ReadOnlyArchive, match="has become read-only"):
                act(other)


def test_a_mark_that_somebody_took_away_meanwhile_does_no_harm(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Log.append

    def append(log: Log, leaves: list[object], signer: SigningKey) -> object:
        archive.locks.mark("log").unlink()
        return real(log, leaves, signer)  # type: ignore[arg-type]

    monkeypatch.setattr(Log, "append", append)
    (leaf,) = archive.record([note(1)])
    assert archive.stored_record(leaf).block == b"1"
    archive.record([note(2)])
