"""Packs of a log whose key was exchanged or lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs import Stranger
from packsamples import sample
from sealing import write

from archiver.archive import Archive
from archiver.custody import keys as custody
from archiver.packs.checking import PackCheck
from archiver.packs.collecting import collect
from archiver.packs.packing import pack_files, signing_key
from archiver.signing import KeyRing, VerifyingKey


@pytest.fixture
def archive_root(tmp_path: Path) -> Path:
    with Archive.create(tmp_path / "archive", KeyRing(tmp_path / "keys")) as archive:
        sample(archive, 1, pages=1)
    return tmp_path / "archive"


def made(root: Path, path: Path) -> tuple[Path, VerifyingKey]:
    with Archive.open(root, KeyRing(root.parent / "keys")) as archive:
        ids = [archive.catalogue.quotes()[0].id]
        return write(path, pack_files(collect(archive, ids), signing_key(archive))), archive.key


def exchange(root: Path, *, lost: bool = False) -> None:
    with Archive.open(root, KeyRing(root.parent / "keys")) as archive:
        if lost:
            path = archive.keys.path_of(archive.key)
            assert path is not None
            path.unlink()
            custody.lose_key(archive, "the disk died")
        else:
            custody.rotate_key(archive, 'the old laptop "was" sold')


def answer(path: Path, key: VerifyingKey | None, ring: KeyRing) -> bool | None:
    found = list(PackCheck(ring, key).findings(path))
    assert [finding.detail for finding in found if finding.ok is False and finding.check != "signer"] == []
    (signer,) = [finding for finding in found if finding.check == "signer"]
    return signer.ok


def test_whoever_knew_the_old_key_believes_the_one_it_handed_over_to(
    archive_root: Path, stranger: Stranger, tmp_path: Path
) -> None:
    _, first = made(archive_root, tmp_path / "one.wacz")
    exchange(archive_root)
    exchange(archive_root)
    pack, last = made(archive_root, tmp_path / "two.wacz")
    assert last != first
    assert answer(pack, first, KeyRing(tmp_path / "a")) is True
    assert answer(pack, last, KeyRing(tmp_path / "b")) is True
    code, words = stranger.run(pack, first.vkey)
    assert (code, "handed over" in words) == (0, True), words
    assert stranger.run(pack, last.vkey)[0] == 0


def test_a_key_that_says_it_follows_a_lost_one_is_not_believed(
    archive_root: Path, stranger: Stranger, tmp_path: Path
) -> None:
    _, first = made(archive_root, tmp_path / "one.wacz")
    exchange(archive_root, lost=True)
    pack, last = made(archive_root, tmp_path / "two.wacz")
    assert answer(pack, first, KeyRing(tmp_path / "a")) is None
    assert stranger.run(pack, first.vkey)[0] == 1
    assert stranger.run(pack, last.vkey)[0] == 0


def test_a_pack_from_before_an_exchange_is_as_good_as_it_is_old(archive_root: Path, tmp_path: Path) -> None:
    pack, first = made(archive_root, tmp_path / "one.wacz")
    exchange(archive_root)
    _, last = made(archive_root, tmp_path / "two.wacz")
    ring = KeyRing(tmp_path / "met")
    ring.remember(first)
    ring.remember(last)
    assert answer(pack, None, ring) is None
    assert answer(pack, first, ring) is True


def test_a_handover_of_somebody_else_is_not_followed(archive_root: Path, stranger: Stranger, tmp_path: Path) -> None:
    """Another archive's key hands over to its own next one: that says nothing of this log's."""
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "archive"
    with Archive.create(other, KeyRing(other.parent / "keys")) as archive:
        sample(archive, 2, pages=1)
        theirs = archive.key
    exchange(archive_root)
    pack, _ = made(archive_root, tmp_path / "one.wacz")
    assert answer(pack, theirs, KeyRing(tmp_path / "a")) is False
    assert stranger.run(pack, theirs.vkey)[0] == 1
