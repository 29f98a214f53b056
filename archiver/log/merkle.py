"""The Merkle tree of RFC 6962, kept as its right edge only.

A log is extended and checked without ever holding the whole tree: at each level of tiles (256 hashes wide, C2SP tlog-tiles) the
unfinished rightmost tile is all that a further leaf can change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

TILE_WIDTH = 256
HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """RFC 6962 section 2.1: SHA-256(0x00, entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 section 2.1: SHA-256(0x01, left, right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@lru_cache(maxsize=512)  # proofs of neighbours share their subtrees
def perfect_root(hashes: bytes) -> bytes:
    """The root over a power of two of hashes, given as one string."""
    while len(hashes) > HASH_SIZE:
        hashes = b"".join(
            hashlib.sha256(b"\x01" + hashes[at : at + 2 * HASH_SIZE]).digest()
            for at in range(0, len(hashes), 2 * HASH_SIZE)
        )
    return hashes


@dataclass(frozen=True, slots=True)
class Tile:
    """``width`` hashes of the tile ``index`` at ``level``; ``width`` is 256 for a full tile."""

    level: int
    index: int
    data: bytes

    @property
    def width(self) -> int:
        return len(self.data) // HASH_SIZE


@dataclass(slots=True)
class TreeEdge:
    """The right edge of a tree of ``size`` leaves; ``partial[L]`` holds the hashes of the unfinished tile at level L."""

    size: int = 0
    partial: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> list[Tile]:
        """Adds one leaf hash; returns the tiles that it completed, lowest level first."""
        return self._carry(leaf, 0, 1)

    def append_tile(self, root: bytes) -> list[Tile]:
        """Adds a whole tile of leaf hashes, whose root this is, where the last one is full; returns the tiles above that it completed.

        Raises ValueError where the last tile is not full.
        """
        if self.size % TILE_WIDTH:
            raise ValueError("a tile cannot be added to a part of one")
        if not self.partial:
            self.partial.append(b"")
        return self._carry(root, 1, TILE_WIDTH)

    def _carry(self, carried: bytes, level: int, leaves: int) -> list[Tile]:
        completed: list[Tile] = []
        index = self.size // leaves
        while True:
            if level == len(self.partial):
                self.partial.append(b"")
            self.partial[level] += carried
            index //= TILE_WIDTH
            if len(self.partial[level]) < TILE_WIDTH * HASH_SIZE:
                break
            tile = Tile(level, index, self.partial[level])
            completed.append(tile)
            self.partial[level] = b""
            carried, level = perfect_root(tile.data), level + 1
        self.size += leaves
        return completed

    def unfinished(self) -> Iterator[Tile]:
        """The partial tiles of the edge, lowest level first; a level whose last tile is full has none."""
        for level, data in enumerate(self.partial):
            if data:
                yield Tile(level, self.size // TILE_WIDTH ** (level + 1), data)

    def root(self) -> bytes:
        """The tree's root hash; SHA-256 of nothing for an empty tree."""
        if self.size == 0:
            return EMPTY_ROOT
        root: bytes | None = None
        for data in self.partial:
            for peak in reversed(list(_peaks(data))):
                root = peak if root is None else node_hash(peak, root)
        if root is None:  # only when every level is full, which cannot be: the top level always keeps a hash
            raise AssertionError("a tree with leaves has a peak")
        return root


def _peaks(hashes: bytes) -> Iterator[bytes]:
    """The roots of the perfect subtrees, largest first, that a run of fewer than 256 hashes falls into."""
    at, count = 0, len(hashes) // HASH_SIZE
    for bit in (128, 64, 32, 16, 8, 4, 2, 1):
        if count & bit:
            yield perfect_root(hashes[at : at + bit * HASH_SIZE])
            at += bit * HASH_SIZE
