"""Proofs over the log: that a leaf is in it, and that an older head is a beginning of a newer one (RFC 6962 section 2.1).

What proves is made from tiles; what checks needs nothing but hashes, so that it can be done far from the archive.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archiver.errors import DamagedArchive
from archiver.log.merkle import HASH_SIZE, TILE_WIDTH, node_hash, perfect_root
from archiver.signing.keys import strict_base64

TileReader = Callable[[int, int, int], bytes]
"""(level, index, width) -> the hashes of a tile."""

_HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,17})")
_TILE_BITS = 8


class Prover:
    """Makes proofs for a tree of ``size`` leaves out of its tiles."""

    def __init__(self, read: TileReader, size: int) -> None:
        self._read = read
        self.size = size
        self._tiles: dict[tuple[int, int], bytes] = {}

    def inclusion(self, index: int) -> tuple[bytes, ...]:
        """The audit path of a leaf, from the leaf up. Raises ValueError for a leaf that the tree does not have."""
        if not 0 <= index < self.size:
            raise ValueError(f"a tree of {self.size} leaves has no leaf {index}")
        return tuple(self._path(index, 0, self.size))

    def consistency(self, old: int) -> tuple[bytes, ...]:
        """That the tree's first ``old`` leaves are the whole of an older tree. Raises ValueError where it was never that small."""
        if not 0 <= old <= self.size:
            raise ValueError(f"a tree of {self.size} leaves does not grow out of one of {old}")
        if old in (0, self.size):
            return ()
        return tuple(self._subproof(old, 0, self.size, whole=True))

    def root(self, size: int | None = None) -> bytes:
        """The root over the first ``size`` leaves (all where None; at least one)."""
        return self._range(0, self.size if size is None else size)

    def _path(self, index: int, low: int, high: int) -> list[bytes]:
        if high - low == 1:
            return []
        middle = low + _split(high - low)
        if index < middle:
            return [*self._path(index, low, middle), self._range(middle, high)]
        return [*self._path(index, middle, high), self._range(low, middle)]

    def _subproof(self, old: int, low: int, high: int, *, whole: bool) -> list[bytes]:
        if old == high:
            return [] if whole else [self._range(low, high)]
        middle = low + _split(high - low)
        if old <= middle:
            return [*self._subproof(old, low, middle, whole=whole), self._range(middle, high)]
        return [*self._subproof(old, middle, high, whole=False), self._range(low, middle)]

    def _range(self, low: int, high: int) -> bytes:
        """The root over leaves ``low`` to ``high``, which is a subtree of the whole."""
        count = high - low
        if count & (count - 1) == 0 and low % count == 0:
            return self._perfect(count.bit_length() - 1, low // count)
        middle = low + _split(count)
        return node_hash(self._range(low, middle), self._range(middle, high))

    def _perfect(self, height: int, index: int) -> bytes:
        """The root of the perfect subtree of 2**height leaves, out of the tile that holds its hashes."""
        level, rest = divmod(height, _TILE_BITS)
        first = index << rest
        tile, offset = divmod(first, TILE_WIDTH)
        data = self._tile(level, tile)
        hashes = data[offset * HASH_SIZE : (offset + (1 << rest)) * HASH_SIZE]
        if len(hashes) != HASH_SIZE << rest:
            raise DamagedArchive(f"The tile {tile} at level {level} of the log is too short.")
        return perfect_root(hashes)

    def _tile(self, level: int, index: int) -> bytes:
        if (level, index) not in self._tiles:
            width = min(TILE_WIDTH, (self.size >> (_TILE_BITS * level)) - index * TILE_WIDTH)
            self._tiles[level, index] = self._read(level, index, width)
        return self._tiles[level, index]


def _split(count: int) -> int:
    """The largest power of two below ``count``."""
    return 1 << (count - 1).bit_length() - 1


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows the leaf hash at ``index`` of the tree (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            current = node_hash(sibling, current)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and current == root


def consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the older tree is the beginning of the newer one (RFC 9162 section 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof  # an empty log is the beginning of every log
    hashes = list(proof)
    if old & (old - 1) == 0:
        hashes.insert(0, old_root)
    if not hashes:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """A proof that can be handed on: where the leaf stands, its path, and the signed checkpoint it leads to.

    ``extra`` is what the application adds, and nothing that the proof vouches for.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def text(self) -> bytes:
        """As C2SP tlog-proof writes it (https://c2sp.org/tlog-proof)."""
        extra = [f"extra {base64.b64encode(self.extra).decode()}"] if self.extra else []
        path = (base64.b64encode(item).decode() for item in self.path)
        return "\n".join([_HEADER, *extra, f"index {self.index}", *path, "", ""]).encode() + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> InclusionProof:
        """Reads what ``text`` wrote; raises DamagedArchive where it is no such file. Nothing of it is checked yet."""
        head, blank, checkpoint = data.partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
            extra = strict_base64(lines.pop(1).removeprefix("extra ")) if lines[1].startswith("extra ") else b""
            index = _INDEX.fullmatch(lines[1])
            path = tuple(strict_base64(line) for line in lines[2:])
        except (ValueError, IndexError) as error:
            raise DamagedArchive("The file is no inclusion proof of a log (C2SP tlog-proof).") from error
        if (
            lines[0] != _HEADER
            or not blank
            or not index
            or any(len(item) != HASH_SIZE for item in path)
            or len(path) > 64
        ):
            raise DamagedArchive("The file is no inclusion proof of a log (C2SP tlog-proof).")
        return cls(int(index[1]), path, checkpoint, extra)


def consistency_text(old: int, proof: Sequence[bytes], checkpoint: bytes) -> bytes:
    """A consistency proof to the checkpoint, as C2SP tlog-witness sends one (https://c2sp.org/tlog-witness)."""
    lines = [f"old {old}", *(base64.b64encode(item).decode() for item in proof), "", ""]
    return "\n".join(lines).encode() + checkpoint


def parse_proof(data: bytes, checkpoint: bytes, first: str) -> tuple[bytes, ...]:
    """The hashes of a proof file that begins with the lines of ``first`` and leads to this checkpoint.

    Takes what `InclusionProof.text` and `consistency_text` write, and nothing else; raises DamagedArchive.
    """
    head, blank, rest = data.partition(b"\n\n")
    opening = f"{first}\n".encode()
    if not blank or not (head + b"\n").startswith(opening):
        raise DamagedArchive("A proof is not readable.")
    if rest != checkpoint:
        raise DamagedArchive("A proof is for another head.")
    try:
        hashes = tuple(strict_base64(line) for line in (head + b"\n")[len(opening) :].decode("ascii").split("\n")[:-1])
    except ValueError as error:
        raise DamagedArchive("A proof is not readable.") from error
    if any(len(item) != HASH_SIZE for item in hashes):
        raise DamagedArchive("A proof is not readable.")
    return hashes


def inclusion_opening(index: int) -> str:
    """The lines with which the proof of a leaf begins."""
    return f"{_HEADER}\nindex {index}"


def consistency_opening(old: int) -> str:
    """The line with which the proof from an older head of this size begins."""
    return f"old {old}"
