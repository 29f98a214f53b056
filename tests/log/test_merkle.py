"""The tree against a naive recursive one, written straight from RFC 6962 section 2.1."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.log.merkle import TILE_WIDTH, TreeEdge, leaf_hash, node_hash, perfect_root


def mth(entries: list[bytes]) -> bytes:
    """MTH of RFC 6962: the split is at the largest power of two smaller than n."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(entries[:k]) + mth(entries[k:])).digest()


def entry(number: int) -> bytes:
    return b"entry %d" % number


# the test vectors of Certificate Transparency (google/certificate-transparency, merkletree tests)
CT_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_the_vectors_of_certificate_transparency() -> None:
    edge = TreeEdge()
    assert edge.root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for leaf, root in zip(CT_LEAVES, CT_ROOTS, strict=True):
        edge.append(leaf_hash(bytes.fromhex(leaf)))
        assert edge.root().hex() == root


def test_roots_of_every_size_to_600_are_the_naive_ones() -> None:
    entries = [entry(number) for number in range(600)]
    edge = TreeEdge()
    for size in range(601):
        assert edge.size == size
        assert edge.root() == mth(entries[:size]), size
        if size < 600:
            edge.append(leaf_hash(entries[size]))


def test_roots_around_two_full_levels_of_tiles() -> None:
    """65536 leaves are a full tile of level 1: there the edge is empty at two levels."""
    top = TILE_WIDTH * TILE_WIDTH
    wanted = {top - 257, top - 256, top - 255, top - 1, top, top + 1, top + 2, top + 255, top + 256, top + 257}
    hashes = [leaf_hash(entry(number)) for number in range(top + 257)]
    tree = _Roots(hashes)
    edge, completed = TreeEdge(), []
    for number, leaf in enumerate(hashes, 1):
        completed += edge.append(leaf)
        if number in wanted:
            assert edge.root() == tree.root(0, number), number
            assert [level for level, data in enumerate(edge.partial) if data] == _levels(number)
    assert {tile.level for tile in completed} == {0, 1}
    assert [tile.index for tile in completed if tile.level == 1] == [0]
    assert sum(tile.level == 0 for tile in completed) == 257


def _levels(size: int) -> list[int]:
    """The levels whose last tile is unfinished: the digits of the size in base 256 that are not zero."""
    levels, level = [], 0
    while size:
        size, digit = divmod(size, TILE_WIDTH)
        if digit:
            levels.append(level)
        level += 1
    return levels


class _Roots:
    """MTH over ranges of leaf hashes, with aligned subtrees remembered, so that ten large trees are cheap."""

    def __init__(self, hashes: list[bytes]) -> None:
        self._hashes = hashes
        self._known: dict[tuple[int, int], bytes] = {}

    def root(self, start: int, end: int) -> bytes:
        count = end - start
        if count == 1:
            return self._hashes[start]
        if (start, end) not in self._known:
            k = 1 << (count - 1).bit_length() - 1
            self._known[start, end] = node_hash(self.root(start, start + k), self.root(start + k, end))
        return self._known[start, end]


@pytest.mark.parametrize("power", [1, 2, 4, 8, 16, 32, 64, 128, 256])
def test_the_root_over_a_full_tile_is_that_of_its_leaves(power: int) -> None:
    hashes = [leaf_hash(entry(number)) for number in range(power)]
    assert perfect_root(b"".join(hashes)) == mth([entry(number) for number in range(power)])


@given(st.integers(0, 70_000))
@settings(max_examples=60)
def test_widths_of_the_edge_are_the_digits_of_the_size(size: int) -> None:
    edge = TreeEdge(size, [bytes(32) * (size // TILE_WIDTH**level % TILE_WIDTH) for level in range(3)])
    found = {(tile.level, tile.index, tile.width) for tile in edge.unfinished()}
    expected = set()
    for level in range(3):
        width = size // TILE_WIDTH**level % TILE_WIDTH
        if width:
            expected.add((level, size // TILE_WIDTH ** (level + 1), width))
    assert found == expected


@pytest.mark.parametrize("tiles", [1, 2, 257])
def test_whole_tiles_make_the_tree_that_their_leaves_make(tiles: int) -> None:
    hashes = [leaf_hash(entry(number)) for number in range(TILE_WIDTH)]
    one, together, completed = TreeEdge(), TreeEdge(), ([], [])
    for _ in range(tiles):
        completed[0].extend(tile for leaf in hashes for tile in one.append(leaf) if tile.level)
        completed[1].extend(together.append_tile(perfect_root(b"".join(hashes))))
    assert (together.size, together.root(), completed[1]) == (one.size, one.root(), completed[0])
    one.append(hashes[3]), together.append(hashes[3])
    assert together == one
    with pytest.raises(ValueError, match="part of one"):
        together.append_tile(hashes[0])
