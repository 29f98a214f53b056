"""Packs of a log whose key was exchanged or lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from packs import Stranger
from packsamples import sample
from sealing import write

from archiver.archive import Archive
from archiver.custody import handover_of
from archiver.custody import keys as custody
from archiver.log.handing import HandoverFile
from archiver.packs.checking import PackCheck
from archiver.packs.collecting import collect
from archiver.packs.packing import pack_files, signing_key
from archiver.packs.signer import OTHER_KEY
from archiver.signing import KeyRing, SigningKey, VerifyingKey
from archiver.verification import Finding


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
    assert stranger.run(pack, first.vkey)[0] == 3
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


def handed_over(root: Path) -> HandoverFile:
    with Archive.open(root, KeyRing(root.parent / "keys")) as archive:
        return HandoverFile.parse(handover_of(archive).to_json())


def signer_of(path: Path, key: VerifyingKey, handover: HandoverFile | None, ring: KeyRing) -> Finding:
    found = list(PackCheck(ring, key, handover=handover).findings(path))
    assert [finding.detail for finding in found if finding.ok is False and finding.check != "signer"] == []
    (signer,) = [finding for finding in found if finding.check == "signer"]
    return signer


@pytest.mark.parametrize("lost", [False, True], ids=["rotated", "lost"])
def test_a_genuine_older_pack_under_the_newer_key(
    archive_root: Path, stranger: Stranger, tmp_path: Path, *, lost: bool
) -> None:
    """The review's case: the author exchanged the key, and a stranger has the new one from the author's page, and an old pack."""
    pack, first = made(archive_root, tmp_path / "one.wacz")
    exchange(archive_root, lost=lost)
    _, middle = made(archive_root, tmp_path / "two.wacz")
    exchange(archive_root)
    _, last = made(archive_root, tmp_path / "three.wacz")
    ring = KeyRing(tmp_path / "nobody")
    for key in (middle, last):
        without = signer_of(pack, key, None, ring)
        assert (without.ok, OTHER_KEY in without.facts) == (None, True)
        assert without.detail.startswith("not confirmed: ")
        assert "--handover" in without.detail
        code, words = stranger.run(pack, key.vkey)
        assert (code, "NOT CONFIRMED" in words, "BROKEN" in words) == (3, True, False), words
        proven = signer_of(pack, key, handed_over(archive_root), ring)
        assert (proven.ok, "proves that" in proven.detail) == (True, True), proven.detail
    own = signer_of(pack, last, None, KeyRing(tmp_path / "keys"))
    assert own.ok is None
    assert "`archiver log handover --to FILE`, run in its archive" in own.detail, "its owner is not sent to himself"
    assert stranger.run(pack, first.vkey)[0] == 0


def test_what_a_thief_signs_with_the_old_key_is_not_carried_by_the_handover(archive_root: Path, tmp_path: Path) -> None:
    """The thief has a copy of the archive and its key from before the exchange, and goes on by himself: shorter, as long, longer."""
    shutil.copytree(tmp_path / "keys", tmp_path / "thief" / "keys")
    shutil.copytree(archive_root, tmp_path / "thief" / "archive")
    with Archive.open(archive_root, KeyRing(tmp_path / "keys")) as archive:
        sample(archive, 2, pages=2)
    exchange(archive_root)
    _, last = made(archive_root, tmp_path / "new.wacz")
    ring = KeyRing(tmp_path / "nobody")
    theirs = tmp_path / "thief" / "archive"
    said = []
    for seed in (7, 8, 9):
        with Archive.open(theirs, KeyRing(tmp_path / "thief" / "keys")) as archive:
            sample(archive, seed, pages=1)
        pack, _ = made(theirs, tmp_path / f"thief-{seed}.wacz")
        assert signer_of(pack, last, None, ring).ok is None
        found = signer_of(pack, last, handed_over(archive_root), ring)
        assert found.ok is False
        said.append(found.detail)
    assert "another history" in said[0]
    assert "must have signed nothing since" in said[-1]


def test_a_handover_that_proves_nothing_is_not_relied_upon(archive_root: Path, tmp_path: Path) -> None:
    pack, _ = made(archive_root, tmp_path / "one.wacz")
    exchange(archive_root)
    _, last = made(archive_root, tmp_path / "two.wacz")
    ring, good = KeyRing(tmp_path / "nobody"), handed_over(archive_root)
    # another's, who handed over to a key of their own: nothing leads to the known key
    (tmp_path / "other").mkdir()
    with Archive.create(tmp_path / "other" / "archive", KeyRing(tmp_path / "other" / "keys")) as archive:
        sample(archive, 2, pages=1)
    exchange(tmp_path / "other" / "archive")
    unrelated = signer_of(pack, last, handed_over(tmp_path / "other" / "archive"), ring)
    assert (unrelated.ok, "does not lead" in unrelated.detail) == (None, True)
    # hashes left out, or changed
    for hashes, words in (
        (good.leaf_hashes[:-32], "lacks"),
        (bytes([good.leaf_hashes[0] ^ 1]) + good.leaf_hashes[1:], "not those"),
    ):
        found = signer_of(pack, last, HandoverFile(good.rotations, hashes), ring)
        assert (found.ok, words in found.detail) == (False, True)


def test_a_pack_whose_own_log_says_that_its_key_was_exchanged_is_broken(
    archive_root: Path, stranger: Stranger, tmp_path: Path
) -> None:
    _, first = made(archive_root, tmp_path / "one.wacz")
    exchange(archive_root)
    with Archive.open(archive_root, KeyRing(tmp_path / "keys")) as archive:
        evidence = collect(archive, [archive.catalogue.quotes()[0].id])
        old = archive.keys.signing_key_of(first)
        last = archive.key
    assert old is not None
    # the head of the exchange bears both lines, so that the old key heads this pack too
    pack = write(tmp_path / "mixed.wacz", pack_files(replace(evidence, key=first), old))
    for key in (first, last):
        code, words = stranger.run(pack, key.vkey)
        assert (code, "as the pack itself says" in words) == (1, True), words
        assert any(finding.ok is False for finding in PackCheck(KeyRing(tmp_path / "a"), key).findings(pack))


def test_whose_checkpoint_is_held_against_a_pack(archive_root: Path, tmp_path: Path) -> None:
    pack, key = made(archive_root, tmp_path / "one.wacz")
    with Archive.open(archive_root, KeyRing(tmp_path / "keys")) as archive:
        head, note = archive.head(), archive.log.checkpoint()

    def growth(against: bytes) -> list[tuple[bool | None, str]]:
        found = PackCheck(KeyRing(tmp_path / "a"), key, against=against).findings(pack)
        return [(finding.ok, finding.detail) for finding in found if finding.check == "growth"]

    assert growth(note) == [(True, "the checkpoint given is this head")]
    unsigned = f"{head.text()}\n— {head.origin} AAAAAAAA\n".encode()
    foreign = head.signed(SigningKey.generate(head.origin))
    for bad in (unsigned, foreign, head.text().encode(), b"junk"):
        ((ok, detail),) = growth(bad)
        assert (ok, "no head of this log" in detail) == (False, True), detail
