"""An erasure that breaks off at any step: either nothing has happened, or the next open brings it to its end by itself."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faults import STRIDE, Disk, Killed, first_step
from remains import faults, left_of, rebuilt
from samples import page_members, quote_member

from archiver.archive import Archive
from archiver.archive.removal import MARK
from archiver.erasure import erase, make_plan
from archiver.errors import ArchiveError, DamagedArchive, ErasedId
from archiver.verification import Request, Verification

SECRET = "The zyxomma colony at Quellbruck numbers exactly forty-one hives this summer."
URL = "https://quellbruck.example/hives"
WORDS = (URL, "quellbruck", SECRET, "zyxomma", "forty-one")


def fill(root: Path, *, pages: int = 3) -> str:
    """An archive with a secret page (with a quote and a revisit) among others, in two segments; the id of the secret one."""
    with Archive.create(root) as archive:
        for number in range(pages):
            _, members = page_members(f"https://example.org/{number}", b"<p>nothing to hide</p>" * 40)
            archive.record(members)
        secret = page_members(URL, SECRET.encode() * 9, SECRET)
        archive.record(secret[1])
        with Archive.open(root) as other:
            again = page_members(URL, SECRET.encode() * 9, revisit_of=secret)
            other.record(again[1])
            other.record([quote_member(*secret, exact="exactly forty-one hives", text=SECRET)])
            other.record(page_members("https://example.org/z", b"<p>the last</p>" * 40)[1])
        archive.record(page_members("https://example.org/y", b"<p>the next to last</p>" * 40)[1])
        (root / "quarantine").mkdir()
        (root / "quarantine" / "torn").write_bytes(SECRET.encode())
    return secret[0]


def attempt(root: Path, name: str) -> bool:
    """Whether the erasure was acknowledged; what dies is let go as the kernel would let it go."""
    archive = None
    held = []
    from archiver.archive import removal

    real = removal.hold

    def holding(*arguments: object) -> object:
        segment = real(*arguments)  # type: ignore[arg-type]
        held.append(segment)
        return segment

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(removal, "hold", holding)
        try:
            archive = Archive.open(root)
            erase(archive, make_plan(archive, [name]), "court order")
        except (ArchiveError, Killed):
            return False
        finally:
            for segment in [*held, archive and archive._recorder._segment]:
                if segment is not None:
                    segment._lock.release(force=True)
            if archive is not None:
                archive.catalogue.close()
    return True


def assert_all_or_nothing(root: Path, name: str, stays: set[str], *, acknowledged: bool) -> bool:
    """Opens it again; returns whether it is erased now."""
    with Archive.open(root) as again:
        try:
            again.find_snapshot(name)
            erased = False
        except ErasedId:
            erased = True
        assert erased or not acknowledged
        assert stays <= {snapshot.id for snapshot in again.catalogue.snapshots()}
        for snapshot in again.catalogue.snapshots():
            again.texts(snapshot)
        again.record(page_members("https://example.org/later", b"later" * 50)[1])
        rebuilt(again)
    assert faults(root) == []
    if erased:
        assert left_of(root, *WORDS) == []
        assert not (root / "locks" / f"{MARK}.writing").exists()
    else:
        assert len({word for _, word in left_of(root, *WORDS)}) == len(WORDS)
    return erased


@pytest.mark.slow
@pytest.mark.parametrize("how", ["once", "on", "kill"])
def test_every_step_may_fail(tmp_path: Path, how: str) -> None:
    base = tmp_path / "base"
    secret = fill(base)
    with Archive.open(base) as archive:
        stays = {snapshot.id for snapshot in archive.catalogue.snapshots() if "example.org" in snapshot.url}
    outcomes = set()
    at = first_step(how)
    while True:
        at += STRIDE
        root = tmp_path / f"run{at}"
        shutil.copytree(base, root)
        disk = Disk(at, how, errno.ENOSPC if how == "on" else errno.EIO)
        with disk.attached():
            acknowledged = attempt(root, secret)
        # before anybody mends it, nothing of it is taken for tampering
        read = [finding for finding in Verification(root, Request()).findings() if finding.ok is False]
        assert read == [], at
        outcomes.add((acknowledged, assert_all_or_nothing(root, secret, stays, acknowledged=acknowledged)))
        shutil.rmtree(root)
        if not disk.failed:
            assert acknowledged
            break
    assert at > 60, "the steps were counted"
    assert outcomes == {(False, False), (False, True), (True, True)}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    "step", ["blank_details", "cut_out", "Erasures.apply", "clear_remains", "forget_runs", "Erasures.compact"]
)
def test_killed_around_a_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, when: str) -> None:
    """Those that SQLite takes among them."""
    from archiver.archive import removal
    from archiver.catalogue.erasures import Erasures

    root = tmp_path / "a"
    secret = fill(root)
    owner, name = (Erasures, step.partition(".")[2]) if "." in step else (removal, step)
    real = getattr(owner, name)

    def killed(*arguments: object) -> object:
        if when == "after":
            real(*arguments)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, killed)
        assert not attempt(root, secret)
    assert [finding for finding in Verification(root, Request()).findings() if finding.ok is False] == []
    assert assert_all_or_nothing(root, secret, set(), acknowledged=False)


@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path) -> None:
    base = tmp_path / "base"
    secret = fill(base)
    with Archive.open(base) as archive:
        stays = {snapshot.id for snapshot in archive.catalogue.snapshots() if "example.org" in snapshot.url}
    words = (
        "import sys; from pathlib import Path; from archiver.archive import Archive; from archiver.erasure import erase, make_plan\n"
        "with Archive.open(Path(sys.argv[1])) as a:\n"
        "    plan = make_plan(a, [sys.argv[2]]); print('go', flush=True); erase(a, plan, 'court order'); print('done', flush=True)\n"
    )
    chance = random.Random(4)
    for number in range(24 // (1 if STRIDE == 1 else 8)):
        root = tmp_path / f"run{number}"
        shutil.copytree(base, root)
        with subprocess.Popen([sys.executable, "-c", words, str(root), secret], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"go\n"
            time.sleep(chance.uniform(0, 0.12))
            os.kill(child.pid, signal.SIGKILL)
            acknowledged = child.stdout.read() == b"done\n"
        assert_all_or_nothing(root, secret, stays, acknowledged=acknowledged)


def test_a_catalogue_that_is_lost_in_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Details are empty, files are not written anew yet, and nobody knows any more where it lay: the digests in the tombstone do."""
    root = tmp_path / "a"
    secret = fill(root)
    with monkeypatch.context() as patch, Archive.open(root) as archive:
        patch.setattr("archiver.archive.removal.cut_out", _broken)
        with pytest.raises(ArchiveError, match="goes on with it"):
            erase(archive, make_plan(archive, [secret]), "court order")
    for path in root.glob("catalogue.db*"):
        path.unlink()
    with Archive.open(root) as again:
        assert any("brought to its end" in notice for notice in again.notices)
        rebuilt(again)
    assert left_of(root, *WORDS) == []
    assert faults(root) == []


def test_locks_that_are_lost_in_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "a"
    secret = fill(root)
    with monkeypatch.context() as patch, Archive.open(root) as archive:
        patch.setattr("archiver.archive.removal.cut_out", _broken)
        with pytest.raises(ArchiveError):
            erase(archive, make_plan(archive, [secret]), "court order")
    shutil.rmtree(root / "locks")
    with Archive.open(root, read_only=True) as reading:
        with pytest.raises(ErasedId):
            reading.find_snapshot(secret)
        assert [snapshot for snapshot in reading.catalogue.snapshots() if snapshot.url == URL] == []
    with Archive.open(root) as again:
        assert any("brought to its end" in notice for notice in again.notices)
    assert left_of(root, *WORDS) == []
    assert faults(root) == []


def test_a_disk_without_room_keeps_nobody_from_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "a"
    secret = fill(root)
    with monkeypatch.context() as patch:
        patch.setattr("archiver.archive.removal.cut_out", _broken)
        with Archive.open(root) as archive, pytest.raises(ArchiveError):
            erase(archive, make_plan(archive, [secret]), "court order")
        with Archive.open(root) as again:
            assert any("cannot be brought to its end yet" in notice for notice in again.notices)
            assert len(again.catalogue.snapshots()) >= 3
        unfinished = faults(root)
        assert [finding for finding in unfinished if finding.ok is False] == []
        assert any("broke off" in finding.detail for finding in unfinished)
    Archive.open(root).close()
    assert left_of(root, *WORDS) == []
    assert faults(root) == []


def _broken(*_: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_forged_catalogue_has_nothing_erased(tmp_path: Path) -> None:
    """Only a tombstone that stands under the signed head takes anything out, whatever the catalogue names."""
    root = tmp_path / "a"
    secret = fill(root)
    with Archive.open(root) as archive:
        leaf = archive.catalogue.leaf(archive.catalogue.snapshot(secret).response_leaf)
        last = archive.catalogue.size() - 1
    before = {path: path.read_bytes() for path in (root / "warc").rglob("*.gz")}
    with contextlib.closing(sqlite3.connect(root / "catalogue.db")) as forged:
        forged.execute("INSERT INTO erasures VALUES (?, '2026', 'forged')", [last])
        forged.execute("INSERT INTO erased_leaves VALUES (?, ?, ?)", [leaf.index, leaf.sha256, last])
        forged.commit()
    assert any("rebuild" in finding.detail for finding in faults(root))
    with Archive.open(root) as archive:
        assert any("does not bear out" in notice for notice in archive.notices)
        assert archive.texts(archive.find_snapshot(secret))
        archive.rebuild()
    assert {path: path.read_bytes() for path in (root / "warc").rglob("*.gz")} == before
    assert faults(root) == []


def test_a_catalogue_that_names_another_record_is_not_followed(tmp_path: Path) -> None:
    """The row of a doomed leaf says that its member is another one, which stays."""
    root = tmp_path / "a"
    secret = fill(root)
    with Archive.open(root) as archive:
        doomed = archive.catalogue.leaf(archive.catalogue.snapshot(secret).texts[0].leaf)
        stays = next(leaf for leaf in archive.catalogue.leaves("text") if leaf.index != doomed.index)
        archive.catalogue.connection.conn.execute(
            "UPDATE leaves SET sha256 = ?, offset = ?, length = ? WHERE idx = ?",
            [stays.sha256, stays.offset, stays.length, doomed.index],
        )
        archive.catalogue.connection.conn.commit()
        size = archive.head().size
        with pytest.raises(DamagedArchive, match="rebuild"):
            erase(archive, make_plan(archive, [secret]), "court order")
        assert archive.head().size == size
        archive.rebuild()
        erase(archive, make_plan(archive, [secret]), "court order")
    assert left_of(root, *WORDS) == []
    assert faults(root) == []


def test_others_who_record_on_after_it_broke_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "a"
    secret = fill(root)
    with Archive.open(root) as archive:
        plan = make_plan(archive, [secret])
    with Archive.open(root) as other:
        with monkeypatch.context() as patch:
            patch.setattr("archiver.warc.segments.SEGMENT_LIMIT", 1)  # into a file of its own
            other.record(page_members("https://example.org/other", b"other" * 50)[1])
        with monkeypatch.context() as patch, Archive.open(root) as archive:
            patch.setattr("archiver.archive.removal.cut_out", _broken)
            with pytest.raises(ArchiveError):
                erase(archive, make_plan(archive, plan.asked), "court order")
        for number in range(300):
            other.record(page_members(f"https://example.org/on{number}", b"on" * 50)[1][:1])
    with Archive.open(root) as again:
        assert any("brought to its end" in notice for notice in again.notices)
        rebuilt(again)
    assert left_of(root, *WORDS) == []
    assert faults(root) == []
