"""A peer's log only grows: an older head, and another history, are refused, and both heads kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archiver import clock
from archiver.archive import Archive
from archiver.custody import Fork, Witness
from archiver.errors import DamagedArchive
from archiver.sharing import heads
from archiver.sharing.published import Published
from archiver.signing import KeyRing
from archiver.warc import Record, seal


def grow(archive: Archive, count: int, words: str = "x") -> bytes:
    """So many leaves more; gives the head."""
    block = [f"{words} {number}".encode() for number in range(count)]
    archive.record([seal(Record("note", "metadata", "urn:x", clock.stamp(), "text/plain", item)) for item in block])
    return archive.log.checkpoint()


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(KeyRing(tmp_path / "follower"))


def see(witness: Witness, archive: Archive, note: bytes) -> int | None:
    published = Published(archive)

    def tiles(level: int, index: int, width: int) -> bytes:
        part = "" if width == 256 else f".p/{width}"
        return published.tile(f"tile/{level}/{index:03}{part}") or b""

    return heads.see(witness, note, archive.key, tiles, "http://peer.example").previous


def test_a_head_that_grew_is_kept(archive: Archive, witness: Witness) -> None:
    sizes = []
    for count in (3, 0, 300):
        assert see(witness, archive, grow(archive, count)) == (sizes[-1] if sizes else None)
        sizes.append(archive.head().size)
        last = heads.last_seen(witness, archive.key.name)
        assert last is not None
        assert last.size == sizes[-1]
    assert not heads.is_behind(witness, archive.log.checkpoint(), archive.key)


def test_a_replayed_older_head(archive: Archive, witness: Witness) -> None:
    older = archive.log.checkpoint()
    see(witness, archive, grow(archive, 3))
    assert heads.is_behind(witness, older, archive.key)
    with pytest.raises(Fork, match="cut back") as caught:
        see(witness, archive, older)
    assert caught.value.evidence is not None
    assert (caught.value.evidence / "shown-now.checkpoint").read_bytes() == older


@pytest.mark.parametrize("longer", [0, 5])
def test_another_history_of_the_same_key(archive: Archive, witness: Witness, tmp_path: Path, longer: int) -> None:
    shutil.copytree(archive.root, tmp_path / "copy")
    see(witness, archive, grow(archive, 3))
    with Archive.open(tmp_path / "copy") as copy:
        note = grow(copy, 3 + longer, "another")
        with pytest.raises(Fork, match="A FORK"):
            see(witness, copy, note)
    assert heads.last_seen(witness, archive.key.name) == archive.head()  # the forged one did not take its place


def test_tiles_that_do_not_bear_the_head_out(archive: Archive, witness: Witness) -> None:
    see(witness, archive, grow(archive, 3))
    note = grow(archive, 3)
    with pytest.raises(DamagedArchive, match="do not hash"):
        heads.see(witness, note, archive.key, lambda _, __, width: b"\0" * 32 * width, "http://peer.example")
    with pytest.raises(DamagedArchive):
        heads.see(witness, note, archive.key, lambda *_: b"", "http://peer.example")
