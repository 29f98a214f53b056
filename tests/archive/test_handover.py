"""The exchange of keys at a disk that fails and a process that dies: it has happened, or it has not, and the archive opens either way."""

from __future__ import annotations

import errno
import shutil
import threading
from pathlib import Path

import pytest
from faults import STRIDE, Disk, Killed, first_step

from archiver.archive import Archive, config, handover
from archiver.custody import lose_key, rotate_key
from archiver.errors import ArchiveError, ReadOnlyArchive
from archiver.log import Checkpoint
from archiver.signing import KeyRing, SigningKey
from archiver.verification import Finding, Request, Verification
from archiver.warc import Member, Record, seal


def note(number: int) -> Member:
    return seal(Record("note", "metadata", f"urn:x:{number}", "2026-11-20T00:00:00Z", "text/plain", b"%d" % number))


def faults(root: Path, ring: KeyRing) -> list[Finding]:
    return [finding for finding in Verification(root, Request(), ring).findings() if finding.ok is not True]


def _exchange(root: Path, ring: KeyRing, *, lost: bool) -> str | None:
    """The new key where the exchange was acknowledged."""
    try:
        with Archive.open(root, ring) as archive:
            rotation, _ = (lose_key if lost else rotate_key)(archive, "a test")
            return rotation.new.vkey
    except (ArchiveError, Killed):
        return None


@pytest.mark.slow
@pytest.mark.parametrize("lost", [False, True], ids=["rotated", "lost"])
@pytest.mark.parametrize("how", ["once", "on", "kill"])
def test_wherever_it_breaks_off_the_archive_has_one_key_and_is_sound(tmp_path: Path, how: str, *, lost: bool) -> None:
    base = tmp_path / "base"
    with Archive.create(base / "archive", KeyRing(base / "config")) as archive:
        archive.record([note(number) for number in range(3)])
        old = archive.key
        older = archive.log.checkpoint()
        if lost:
            archive.keys.signing_path(old.name).unlink()
    at, exchanged, taken_back = first_step(how), 0, 0
    while True:
        at += STRIDE
        run = tmp_path / f"run{at}"
        shutil.copytree(base, run)
        root, ring = run / "archive", KeyRing(run / "config")
        disk = Disk(at, how, errno.ENOSPC if how == "on" else errno.EIO)
        with disk.attached():
            acknowledged = _exchange(root, ring, lost=lost)
        assert [finding for finding in faults(root, ring) if finding.ok is False] == [], at
        with Archive.open(root, ring) as again:
            assert acknowledged in (None, again.settings.key)
            happened = again.key != old
            exchanged += happened
            taken_back += not happened
            assert not (root / handover.NEXT).exists()
            if happened or not lost:
                again.record([note(999)])
        # the owner, and one who knew the old key and had kept a head
        if happened or not lost:
            assert faults(root, ring) == [], at
        stranger = KeyRing(run / "stranger")
        stranger.remember(old)
        stranger.remember_head(old.name, older)
        found = faults(root, stranger)
        assert [(finding.check, finding.ok) for finding in found] == (
            [("signer", None)] if lost and happened else []
        ), at
        shutil.rmtree(run)
        if not disk.failed:
            assert acknowledged
            break
    assert exchanged * STRIDE > 3
    assert taken_back * STRIDE > 15


def test_nothing_but_the_key_changes_in_the_settings() -> None:
    old, new = SigningKey.generate("o").public, SigningKey.generate("o").public
    written = f'# mine\nformat = {config.FORMAT}\norigin = "o"\njobs = 3\nkey = "{old.vkey}"  # the key\n'.encode()
    changed = handover.with_key(written, new)
    assert changed == written.replace(old.vkey.encode(), new.vkey.encode())
    named_behind = written + b"# it was " + old.vkey.encode() + b" first\n"
    assert handover.with_key(named_behind, new) == changed + b"# it was " + old.vkey.encode() + b" first\n"
    named_before = b"# " + old.vkey.encode() + b"\n" + written
    assert config.parse(handover.with_key(named_before, new), Path("x")).key == new.vkey


def test_an_archive_that_was_open_notices(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "a") as first, Archive.open(tmp_path / "a") as second:
        first.record([note(1)])
        rotate_key(first)
        size = first.head().size
        with pytest.raises(ArchiveError, match="exchanged while it was open; open the archive again"):
            second.record([note(2)])
        with pytest.raises(ArchiveError, match=r"being exchanged|exchanged while it was open"):
            second.record([note(2)])
        first.record([note(3)])
        with pytest.raises(ArchiveError, match="open the archive again"):
            second.head()
        assert first.head().size == size + 1
    assert faults(tmp_path / "a", KeyRing()) == []


def test_others_record_while_the_key_is_exchanged(tmp_path: Path) -> None:
    """What is acknowledged is there, whoever signed it."""
    root = tmp_path / "a"
    Archive.create(root).close()
    stop, wrote, kept, refusals = threading.Event(), threading.Event(), list[str](), list[str]()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                with Archive.open(root) as other:
                    for _ in range(3):
                        kept.append(other.record([note(number)])[0].record_id)
                        wrote.set()
            except ArchiveError as error:
                refusals.append(str(error))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(6):
            if turn == 3:  # on a fast disk six exchanges are over before the writer has opened the archive
                assert wrote.wait(60)
            with Archive.open(root) as archive:
                rotate_key(archive)
    finally:
        stop.set()
        writer.join()
    with Archive.open(root) as archive:
        there = {leaf.record_id for leaf in archive.catalogue.leaves()}
        assert len(list(archive.catalogue.leaves("key-rotation"))) == 6
    assert set(kept) <= there
    assert all("open the archive again" in refusal for refusal in refusals), refusals
    assert kept
    assert faults(root, KeyRing()) == []


def test_reading_while_the_exchange_is_unsettled(tmp_path: Path) -> None:
    """A read-only opening settles nothing, and reads under the key that signed the head."""
    root = tmp_path / "a"
    with Archive.create(root) as archive:
        old, before = archive.key, (root / config.FILE).read_bytes()
        rotate_key(archive)
        new, after = archive.key, (root / config.FILE).read_bytes()
        archive.record([note(1)])
    (root / config.FILE).write_bytes(before)
    (root / handover.NEXT).write_bytes(after)
    with Archive.open(root, read_only=True) as archive:
        assert archive.key == new
    assert (root / handover.NEXT).exists()
    assert faults(root, KeyRing()) == []
    with Archive.open(root) as archive:
        assert "exchanged" in archive.notices[0]
        assert archive.key == new
    # a stranger who settles it learns no key by that
    (root / config.FILE).write_bytes(before)
    (root / handover.NEXT).write_bytes(after)
    stranger = KeyRing(tmp_path / "stranger")
    stranger.remember(old)
    Archive.open(root, stranger).close()
    assert stranger.known_keys(old.name) == (old,)


@pytest.mark.parametrize("waiting", [b"", b"\xff", b"junk"])
def test_what_is_laid_down_and_is_no_settings_is_taken_away(tmp_path: Path, waiting: bytes) -> None:
    root = tmp_path / "a"
    Archive.create(root).close()
    (root / handover.NEXT).write_bytes(waiting)
    with Archive.open(root) as archive:
        assert len(archive.notices) == 1
        archive.record([note(1)])
    assert not (root / handover.NEXT).exists()
    assert faults(root, KeyRing()) == []


def test_a_read_only_archive_keeps_its_key(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "a") as archive:
        archive.make_read_only()
        with pytest.raises(ReadOnlyArchive):
            rotate_key(archive)
        archive.keys.signing_path(archive.key.name).unlink()
        with pytest.raises(ReadOnlyArchive):
            lose_key(archive)
    assert list((KeyRing().folder / "keys").iterdir()) == [], "no key was made for nothing"


def test_an_archive_that_is_only_read_keeps_its_key(tmp_path: Path) -> None:
    root = tmp_path / "a"
    Archive.create(root).close()
    before = (root / "archive.toml").read_bytes(), (root / "log" / "checkpoint").read_bytes()
    with Archive.open(root, read_only=True) as archive, pytest.raises(ReadOnlyArchive, match="its key stays as it is"):
        archive.exchange_key(SigningKey.generate(archive.key.name), lambda *_: note(1))
    assert ((root / "archive.toml").read_bytes(), (root / "log" / "checkpoint").read_bytes()) == before


def test_the_head_of_the_exchange_opens_with_either_key(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "a") as archive:
        old = archive.key
        rotate_key(archive)
        head = (archive.root / "log" / "checkpoint").read_bytes()
        assert Checkpoint.opened(head, old) == Checkpoint.opened(head, archive.key)
        archive.record([note(1)])
        with pytest.raises(ArchiveError):
            Checkpoint.opened((archive.root / "log" / "checkpoint").read_bytes(), old)
