"""Proofs against a naive tree: the recursive definition of RFC 6962, written down once more."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import DamagedArchive
from archiver.log.merkle import EMPTY_ROOT, Tile, TreeEdge, leaf_hash
from archiver.log.proofs import (
    InclusionProof,
    Prover,
    consistency_opening,
    consistency_text,
    consistent,
    included,
    inclusion_opening,
    parse_proof,
)  # fmt: skip

LEAVES = [leaf_hash(str(number).encode()) for number in range(700)]


def mth(leaves: list[bytes]) -> bytes:
    """The Merkle Tree Hash as section 2.1 defines it."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def prover(size: int) -> Prover:
    """A prover over tiles as the log would keep them."""
    edge, tiles = TreeEdge(), {}
    for leaf in LEAVES[:size]:
        for tile in edge.append(leaf):
            tiles[tile.level, tile.index] = tile
    for tile in edge.unfinished():
        tiles[tile.level, tile.index] = tile

    def read(level: int, index: int, width: int) -> bytes:
        tile: Tile = tiles[level, index]
        assert tile.width == width
        return tile.data

    return Prover(read, size)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 255, 256, 257, 300, 511, 513, 700])
def test_every_leaf_is_proved_and_no_other(size: int) -> None:
    proving, root = prover(size), mth(LEAVES[:size])
    assert proving.root() == root
    for index in range(0, size, max(1, size // 40)):
        proof = proving.inclusion(index)
        assert included(LEAVES[index], index, size, proof, root)
        assert not included(LEAVES[(index + 1) % len(LEAVES)], index, size, proof, root)
        assert not included(LEAVES[index], index, size, (*proof, root), root)
        if proof:
            assert not included(LEAVES[index], index, size, proof[:-1], root)


@given(st.integers(1, 700), st.data())
def test_an_older_head_is_a_beginning_and_a_fork_is_not(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, new))
    proof = prover(new).consistency(old)
    old_root, new_root = mth(LEAVES[:old]), mth(LEAVES[:new])
    assert consistent(old, new, old_root, new_root, proof)
    forked = mth([*LEAVES[: old - 1], leaf_hash(b"another")]) if old else EMPTY_ROOT
    if old:
        assert not consistent(old, new, forked, new_root, proof)
    assert not consistent(old, new, old_root, hashlib.sha256(new_root).digest(), proof) or old == 0


def test_what_the_tree_does_not_have() -> None:
    proving = prover(5)
    for wrong in (-1, 5):
        with pytest.raises(ValueError, match="no leaf"):
            proving.inclusion(wrong)
    with pytest.raises(ValueError, match="does not grow"):
        proving.consistency(6)
    assert not included(LEAVES[0], 9, 5, (), LEAVES[0])
    assert not consistent(6, 5, LEAVES[0], LEAVES[0], ())


def test_the_text_of_a_proof() -> None:
    text = InclusionProof(7, (bytes(32), b"\x01" * 32), b"origin\n9\nroot\n\n\xe2\x80\x94 sig\n").text().decode()
    assert text.split("\n")[:5] == ["c2sp.org/tlog-proof@v1", "index 7", "A" * 43 + "=", "AQEB" * 10 + "AQE=", ""]
    assert text.endswith("\n\norigin\n9\nroot\n\n— sig\n")


def test_a_proof_that_ends_early_is_none() -> None:
    whole = InclusionProof(7, (bytes(32),), b"origin\n9\nroot\n\n\xe2\x80\x94 sig\n", b"salt details").text()
    for lines in range(4):
        with pytest.raises(DamagedArchive, match="no inclusion proof"):
            InclusionProof.parse(b"\n".join(whole.split(b"\n")[:lines]))


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=20), st.integers(0, 10**9))
def test_a_proof_is_read_as_it_is_written(path: list[bytes], number: int) -> None:
    head = b"origin\n9\nroot\n\n\xe2\x80\x94 sig AAAA\n"
    text = InclusionProof(number, tuple(path), head).text()
    assert parse_proof(text, head, inclusion_opening(number)) == tuple(path)
    grown = consistency_text(number, path, head)
    assert parse_proof(grown, head, consistency_opening(number)) == tuple(path)
    for data, checkpoint, opening in (
        (text, head + b"x", inclusion_opening(number)),
        (text, head, inclusion_opening(number + 1)),
        (text.replace(b"v1", b"v2"), head, inclusion_opening(number)),
        (grown, head, inclusion_opening(number)),
        (b"old 1\nAAAA\n\n" + head, head, consistency_opening(1)),
        (b"old 1\n\xff\n\n" + head, head, consistency_opening(1)),
        (b"", head, consistency_opening(1)),
    ):
        with pytest.raises(DamagedArchive):
            parse_proof(data, checkpoint, opening)


@pytest.mark.parametrize("new", range(1, 34))
def test_every_beginning_of_a_small_log_is_proved(new: int) -> None:
    whole = prover(new)
    for old in range(1, new + 1):
        proof = whole.consistency(old)
        assert consistent(old, new, mth(LEAVES[:old]), mth(LEAVES[:new]), proof)
        if old < new:
            assert not consistent(old, new, mth(LEAVES[1 : old + 1]), mth(LEAVES[:new]), proof)
            assert not consistent(old, new, mth(LEAVES[:old]), mth(LEAVES[1 : new + 1]), proof)
            assert not consistent(old, new, mth(LEAVES[:old]), mth(LEAVES[:new]), [*proof, LEAVES[0]])
            assert not consistent(old, new, mth(LEAVES[:old]), mth(LEAVES[:new]), proof[:-1])
    assert not consistent(new, new - 1, mth(LEAVES[:new]), mth(LEAVES[: new - 1]), [])


@pytest.mark.parametrize("size", range(1, 20))
def test_no_proof_that_was_changed_shows_anything(size: int) -> None:
    """Every leaf of every small tree: not with a bit of a hash, a hash less, more or moved, not for another place or root."""
    whole, root = prover(size), mth(LEAVES[:size])
    for index in range(size):
        proof = whole.inclusion(index)
        assert included(LEAVES[index], index, size, proof, root)
        wrong = [(*proof[:at], *proof[at + 1 :]) for at in range(len(proof))]
        wrong += [(*proof[:at], LEAVES[99], *proof[at:]) for at in range(len(proof) + 1)]
        wrong += [(*proof[:at], bytes([item[0] ^ 1]) + item[1:], *proof[at + 1 :]) for at, item in enumerate(proof)]
        wrong += [proof[::-1]] if len(proof) > 1 else []
        for other in wrong:
            assert not included(LEAVES[index], index, size, other, root)
        for place in (*range(index), *range(index + 1, size), -1, size):
            assert not included(LEAVES[index], place, size, proof, root)
        assert not included(LEAVES[index], index, size, proof, LEAVES[99])


def test_an_empty_log_is_the_beginning_of_every_log_and_nothing_else_is_of_itself() -> None:
    root = mth(LEAVES[:3])
    assert consistent(0, 3, EMPTY_ROOT, root, ())
    assert not consistent(0, 3, EMPTY_ROOT, root, (root,))
    assert consistent(3, 3, root, root, ())
    assert not consistent(3, 3, root, root, (root,))
    assert not consistent(3, 3, root, LEAVES[0], ())
    assert not consistent(-1, 3, root, root, ())
    for old in (1, 2, 3):
        assert not consistent(old, 4, mth(LEAVES[:old]), mth(LEAVES[:4]), ())


def test_a_tile_that_is_too_short_proves_nothing() -> None:
    tiles = b"".join(LEAVES[:5])
    assert Prover(lambda *_: tiles, 5).root() == mth(LEAVES[:5])
    for length in (0, 32, 4 * 32, 5 * 32 - 1):
        with pytest.raises(DamagedArchive, match="tile 0 at level 0 of the log is too short"):
            Prover(lambda *_, length=length: tiles[:length], 5).root()  # type: ignore[misc]


def test_each_tile_is_read_once() -> None:
    """At the width that a log of that size has it."""
    whole, read = prover(700), []

    def reading(level: int, index: int, width: int) -> bytes:
        read.append((level, index, width))
        return whole._read(level, index, width)

    once = Prover(reading, 700)
    for index in (0, 299, 600, 699, 5):
        assert included(LEAVES[index], index, 700, once.inclusion(index), mth(LEAVES[:700]))
    assert sorted(read) == [(0, 0, 256), (0, 1, 256), (0, 2, 188), (1, 0, 2)]


HEAD_TEXT = b"origin\n9\nroot\n\n\xe2\x80\x94 sig AAAA\n"


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=64), st.integers(0, 10**18 - 1), st.binary(max_size=60))
def test_an_inclusion_proof_is_read_as_it_is_written(path: list[bytes], number: int, extra: bytes) -> None:
    proof = InclusionProof(number, tuple(path), HEAD_TEXT, extra)
    assert InclusionProof.parse(proof.text()) == proof


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"tlog-proof@v1", b"tlog-proof@v2"),
        (b"index 7", b"index 07"),
        (b"index 7", b"index -7"),
        (b"index 7", b"index"),
        (b"index 7", b"index 7 "),
        (b"index 7", b"Index 7"),
        (b"index 7", b"index 1234567890123456789"),
        (b"index 7\n", b""),
        (b"extra", b"Extra"),
        (b"extra ", b"extra *"),
        (b"\n\n", b"\n"),
        (b"AAAA=\n", b"AAAA=\n\xff\n"),
        (b"AAAA=\n", b"AA==\n"),
        (b"AAAA=\n", b"AAAA\n"),
    ],
)
def test_what_is_spelt_otherwise_is_no_inclusion_proof(old: bytes, new: bytes) -> None:
    data = InclusionProof(7, (bytes(32), bytes(32)), HEAD_TEXT, b"more").text()
    assert data.count(old) >= 1
    with pytest.raises(DamagedArchive, match="no inclusion proof"):
        InclusionProof.parse(data.replace(old, new, 1))


def test_no_tree_is_higher_than_a_number_is_long() -> None:
    highest = InclusionProof(7, (bytes(32),) * 64, HEAD_TEXT)
    assert InclusionProof.parse(highest.text()) == highest
    with pytest.raises(DamagedArchive, match="no inclusion proof"):
        InclusionProof.parse(InclusionProof(7, (bytes(32),) * 65, HEAD_TEXT).text())
