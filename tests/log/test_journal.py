"""The log on disk: appended in any batches, reopened at any size, and never harmed by a crash or a failing disk."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from faults import Disk, Killed
from trees import state_of

from archiver.errors import DamagedArchive, NotReadable
from archiver.log import Details, Leaf, Log, journal, layout, make_leaf
from archiver.log.merkle import EMPTY_ROOT, leaf_hash, node_hash
from archiver.signing import SigningKey

KEY = SigningKey.generate("example.org/log")


def leaf(number: int) -> Leaf:
    details = Details(
        "text", f"{number:064x}", number + 1, f"<urn:x:{number}>", "resource", "urn:x", "2026-11-20T00:00:00Z", "test"
    )
    return make_leaf(details, bytes(32))


def naive_root(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return node_hash(naive_root(hashes[:k]), naive_root(hashes[k:]))


def new_log(folder: Path) -> Log:
    log = Log(folder, KEY.public)
    log.create(KEY)
    return log


def check(log: Log, leaves: Sequence[Leaf]) -> None:
    """The log holds exactly these leaves, under a right head, in exactly the files that it should have."""
    head = log.head()
    assert head.size == len(leaves)
    assert head.root == naive_root([leaf_hash(item.entry) for item in leaves])
    assert [found.entry for found in log.leaves()] == [item.entry for item in leaves]
    assert log.unaccounted() == []
    assert all((log.folder / name).is_file() for name in log.files())


def test_batches_of_odd_sizes_with_a_reopening_before_each(tmp_path: Path) -> None:
    new_log(tmp_path)
    leaves = [leaf(number) for number in range(1200)]
    at = 0
    for size in (1, 2, 1, 7, 244, 1, 1, 0, 255, 256, 257, 3, 150):
        log = Log(tmp_path, KEY.public)
        head = log.append(leaves[at : at + size], KEY)
        at += size
        assert head == log.head()
        check(Log(tmp_path, KEY.public), leaves[:at])


def test_one_by_one_over_the_edge_of_a_tile_in_one_process(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    leaves = [leaf(number) for number in range(262)]
    log.append(leaves[:250], KEY)
    for at in range(250, 262):
        log.append([leaves[at]], KEY)
        check(log, leaves[: at + 1])
    assert (tmp_path / "tile/0/000").is_file()
    assert (tmp_path / "tile/1/000.p/1").is_file()
    assert not (tmp_path / "tile/0/000.p").exists(), "the partial tiles of former heads are gone, their folder too"


def test_files_are_those_of_tlog_tiles(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    log.append([leaf(number) for number in range(259)], KEY)
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {
        "checkpoint", "tile/0/000", "tile/0/001.p/3", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/3",
        "details/000", "details/001",
    }  # fmt: skip
    assert (tmp_path / "tile/0/000").stat().st_size == 256 * 32


def test_two_objects_take_turns(tmp_path: Path) -> None:
    """Two processes append in turn; neither trusts its memory where the head has moved on."""
    first, second = new_log(tmp_path), Log(tmp_path, KEY.public)
    leaves = [leaf(number) for number in range(9)]
    for at, log in enumerate([first, second, second, first, second, first, first, second, first]):
        log.append([leaves[at]], KEY)
    check(first, leaves)


def test_a_head_of_the_same_size_and_another_root_is_not_built_upon(tmp_path: Path) -> None:
    log = new_log(tmp_path / "one")
    log.append([leaf(1), leaf(2)], KEY)
    other = new_log(tmp_path / "two")
    other.append([leaf(3), leaf(4)], KEY)
    shutil.copy(tmp_path / "two" / "checkpoint", tmp_path / "one" / "checkpoint")
    with pytest.raises(DamagedArchive):
        log.append([leaf(5)], KEY)


@pytest.mark.parametrize("name", ["tile/0/001.p/3", "tile/1/000.p/1", "tile/entries/001.p/3"])
def test_nothing_is_appended_to_a_broken_edge(tmp_path: Path, name: str) -> None:
    new_log(tmp_path).append([leaf(number) for number in range(259)], KEY)
    path = tmp_path / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    head = (tmp_path / "checkpoint").read_bytes()
    with pytest.raises(DamagedArchive):
        Log(tmp_path, KEY.public).append([leaf(259)], KEY)
    path.unlink()
    with pytest.raises(DamagedArchive):
        Log(tmp_path, KEY.public).append([leaf(259)], KEY)
    assert (tmp_path / "checkpoint").read_bytes() == head


def test_details_that_a_crash_left_are_written_over(tmp_path: Path) -> None:
    """Even where nobody healed: a mark may not outlive a power cut."""
    log = new_log(tmp_path)
    log.append([leaf(0), leaf(1)], KEY)
    with (tmp_path / "details/000").open("ab") as file:
        file.write(leaf(77).line + b"\n" + leaf(78).line[:40])
    Log(tmp_path, KEY.public).append([leaf(2)], KEY)
    check(Log(tmp_path, KEY.public), [leaf(0), leaf(1), leaf(2)])


def test_missing_details_are_not_covered_up(tmp_path: Path) -> None:
    new_log(tmp_path).append([leaf(0), leaf(1)], KEY)
    path = tmp_path / "details/000"
    path.write_bytes(leaf(0).line + b"\n")
    with pytest.raises(DamagedArchive, match="lacks lines"):
        Log(tmp_path, KEY.public).append([leaf(2)], KEY)


def test_a_disk_that_gives_back_something_else_is_found_before_the_head_is_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = new_log(tmp_path)
    log.append([leaf(0)], KEY)
    real = Path.read_bytes

    def lie(path: Path) -> bytes:
        data = real(path)
        return data[:-1] + bytes([data[-1] ^ 1]) if path.name == "3" and "entries" in path.parts else data

    monkeypatch.setattr(Path, "read_bytes", lie)
    with pytest.raises(DamagedArchive, match="read back"):
        log.append([leaf(1), leaf(2)], KEY)
    monkeypatch.undo()
    assert log.head().size == 1


def test_healing_leaves_strangers_files_alone(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    log.append([leaf(0)], KEY)
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "tile/0/001").write_bytes(bytes(32 * 256))
    said = log.heal()
    assert len(said) == 1
    assert "log/tile/0/001" in said[0]
    assert log.unaccounted() == ["notes.txt"]


def test_a_held_edge_does_not_change_under_its_reader(tmp_path: Path) -> None:
    writer = new_log(tmp_path)
    writer.append([leaf(number) for number in range(300)], KEY)
    reader = Log(tmp_path, KEY.public)
    held = reader.hold_edge()
    writer.append([leaf(number) for number in range(300, 600)], KEY)
    assert reader.head() == held
    assert [found.index for found in reader.leaves()] == list(range(300))
    assert reader.tile(0, 1, 44) == b"".join(leaf_hash(leaf(number).entry) for number in range(256, 300))
    assert len(reader.details_lines(1)) == 44
    assert reader.hold_edge() == writer.head(), "asked again, it holds what is there by then"
    assert [found.index for found in reader.leaves()] == list(range(600))


def test_files_are_read_by_their_path(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    log.append([leaf(0)], KEY)
    for name in log.files():
        assert log.file(name) == (tmp_path / name).read_bytes()
    assert log.file(layout.CHECKPOINT) == log.checkpoint()
    with pytest.raises(DamagedArchive, match=r"log/tile/0/999 cannot be read"):
        log.file("tile/0/999")


def test_known_digests_are_found_in_the_details(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    log.append([leaf(number) for number in range(300)], KEY)
    assert log.known_digests({f"{1:064x}", f"{299:064x}", f"{300:064x}"}) == {f"{1:064x}", f"{299:064x}"}


@pytest.mark.parametrize("how", ["once", "on", "kill"])
@pytest.mark.parametrize(("before", "batch"), [(0, 3), (2, 2), (254, 4), (255, 1), (256, 1), (300, 5)])
def test_every_step_of_an_append_may_fail(tmp_path: Path, before: int, batch: int, how: str) -> None:
    """With the next open nothing acknowledged is missing, and the log goes on."""
    base = tmp_path / "base"
    leaves = [leaf(number) for number in range(before + batch + 1)]
    new_log(base).append(leaves[:before], KEY)
    at, steps = 0, 1
    while at < steps:
        at += 1
        folder = tmp_path / f"run{at}"
        shutil.copytree(base, folder)
        log = Log(folder, KEY.public)
        disk = Disk(at, how, errno.ENOSPC if how == "on" else errno.EIO)
        acknowledged = False
        with disk.attached():
            try:
                log.append(leaves[before:-1], KEY)
                acknowledged = True
            except (OSError, Killed):
                acknowledged = False
        steps = disk.steps + 1 if disk.failed else at
        assert disk.failed or acknowledged
        again = Log(folder, KEY.public)
        again.heal()
        size = again.head().size
        assert size in (before, before + batch)
        assert not acknowledged or size == before + batch
        check(again, leaves[:size])
        again.append([leaves[-1]], KEY)
        check(Log(folder, KEY.public), [*leaves[:size], leaves[-1]])
        shutil.rmtree(folder)
    assert at > 8, "the steps were counted"


def test_paths_are_those_of_the_layout() -> None:
    assert layout.CHECKPOINT == "checkpoint"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Log:
    """A log of 600 leaves, for who only reads."""
    log = new_log(tmp_path_factory.mktemp("long"))
    log.append([leaf(number) for number in range(600)], KEY)
    return log


@pytest.mark.parametrize("start", [0, 1, 255, 256, 257, 511, 512, 599, 600])
def test_the_log_is_read_from_any_leaf_on(long: Log, start: int) -> None:
    found = list(long.leaves(start))
    assert [one.index for one in found] == list(range(start, 600))
    assert [one.entry for one in found] == [leaf(number).entry for number in range(start, 600)]
    assert all(one.details is not None and one.details.size == one.index + 1 for one in found)


@pytest.mark.parametrize("number", [3, 298])
def test_details_that_lack_lines_are_told_by_who_reads(tmp_path: Path, number: int) -> None:
    log = new_log(tmp_path)
    log.append([leaf(at) for at in range(300)], KEY)
    path = tmp_path / layout.details_path(number // 256)
    path.write_bytes(b"".join(line + b"\n" for line in path.read_bytes().split(b"\n")[: number % 256]))
    with pytest.raises(DamagedArchive, match=f"has {number % 256} lines where the log has"):
        list(log.leaves())


@pytest.mark.parametrize("lied", ["entries", "details", "tile"])
@pytest.mark.parametrize("before", [1, 250])
def test_whatever_the_disk_gives_back_otherwise_no_head_is_signed_over_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lied: str, before: int
) -> None:
    """Whether it lies when a file is read back at once, or only when all are hashed again."""
    log = new_log(tmp_path)
    log.append([leaf(number) for number in range(before)], KEY)
    head = (tmp_path / "checkpoint").read_bytes()
    where = {"entries": "/entries/", "details": "/details/", "tile": "/tile/0/"}[lied]
    real_plain, real_bytes = journal.read_plain, Path.read_bytes

    def lie(path: Path, data: bytes) -> bytes:
        return data[:-2] + bytes([data[-2] ^ 1]) + data[-1:] if where in path.as_posix() and wrong else data

    wrong = False  # what the log stands on already is read right
    real_append = Log._append_details

    def append_details(*arguments: Any) -> None:
        nonlocal wrong
        wrong = True
        real_append(*arguments)

    monkeypatch.setattr(Log, "_append_details", append_details)
    more = [leaf(number) for number in range(before, before + 9)]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda path: lie(path, real_bytes(path)))
        with pytest.raises(DamagedArchive, match="does not read back as it was written"):
            log.append(more, KEY)
    wrong = False
    if lied != "details":
        with monkeypatch.context() as patch:
            patch.setattr(journal, "read_plain", lambda path: lie(path, real_plain(path)))
            with pytest.raises(DamagedArchive, match="nothing was signed"):
                log.append(more, KEY)
    wrong = False
    monkeypatch.undo()
    assert (tmp_path / "checkpoint").read_bytes() == head
    again = Log(tmp_path, KEY.public)
    again.heal()
    again.append(more, KEY)
    check(again, [leaf(number) for number in range(before + 9)])


def test_nothing_is_written_where_nothing_is_added_or_to_be_healed(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    log.append([leaf(number) for number in range(258)], KEY)
    before = state_of(tmp_path)
    assert log.append([], KEY) == log.head()
    assert log.heal() == []
    log.append([leaf(number) for number in range(258, 512)], KEY)
    before = state_of(tmp_path)
    assert log.heal() == [], "of whole bundles there is nothing to cut"
    assert state_of(tmp_path) == before


def test_what_was_cut_back_is_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = new_log(tmp_path)
    log.append([leaf(0)], KEY)
    with (tmp_path / "details/000").open("ab") as file:
        file.write(leaf(1).line + b"\n")
    synced: list[tuple[str, int]] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        synced.append((path.name, path.stat().st_size))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    (said,) = log.heal()
    assert "cut back to the 1 leaves" in said
    assert synced == [("000", len(leaf(0).line) + 1)]


def test_what_may_not_be_read_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = new_log(tmp_path)

    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(journal, "read_plain", refused)
    with pytest.raises(NotReadable, match=r"You may not read .*checkpoint"):
        log.head()


def test_a_link_to_a_folder_is_no_folder_of_the_log(tmp_path: Path) -> None:
    """What lies behind it is nobody's business here, but that it is there is told."""
    log = new_log(tmp_path / "log")
    (tmp_path / "other").mkdir()
    (tmp_path / "log" / "tile").symlink_to(tmp_path / "other")
    (tmp_path / "log" / "empty").mkdir()
    assert log.unaccounted() == ["tile"]
