"""Which leaf a key belongs to, in a dozen bytes of memory for each: a table of numbers, whose keys are looked up where they are kept.

A hit counts only once the whole key is the same, so nothing depends on how well the short hashes in the table are spread. These are
Python's own, which are keyed anew in each process.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from heapq import merge

from archiver.verification.columns import Column

_EMPTY = 0xFFFF_FFFF_FFFF_FFFF
_NUMBER_BITS = 36
_NUMBER = (1 << _NUMBER_BITS) - 1
_HASH_BITS = 28
_HASH = (1 << _HASH_BITS) - 1
_SMALLEST = 1024
_DIGEST = 32


class Finder:
    """Numbers below 2³⁶ - 1 by their keys; ``key_at`` gives the key of a number that was added."""

    def __init__(self, key_at: Callable[[int], bytes]) -> None:
        self._key_at = key_at
        self._table = array("Q", [_EMPTY]) * _SMALLEST
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[int]:
        """The numbers, in no order."""
        return (entry & _NUMBER for entry in self._table if entry != _EMPTY)

    def __eq__(self, other: object) -> bool:
        return self._table == other._table if isinstance(other, Finder) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def add(self, key: bytes, number: int) -> int:
        """The number that has this key: this one, where none was added with it before."""
        at, short, entry = self._slot(key)
        if entry != _EMPTY:
            return entry & _NUMBER
        self._table[at] = short << _NUMBER_BITS | number
        self._count += 1
        if self._count * 4 > len(self._table) * 3:
            self._grow()
        return number

    def find(self, key: bytes) -> int | None:
        """The number that was added first with this key, None where none was."""
        entry = self._slot(key)[2]
        return None if entry == _EMPTY else entry & _NUMBER

    def _slot(self, key: bytes) -> tuple[int, int, int]:
        """Where the entry of a key is or would be, its short hash, and what stands there."""
        short = hash(key) & _HASH
        table = self._table
        size = len(table)
        at = short * size >> _HASH_BITS
        while (entry := table[at]) != _EMPTY:
            if entry >> _NUMBER_BITS == short and self._key_at(entry & _NUMBER) == key:
                break
            at = at + 1 if at + 1 < size else 0
        return at, short, entry

    def _grow(self) -> None:
        old = self._table
        size = len(old) * 3 // 2
        table = array("Q", [_EMPTY]) * size
        for entry in old:
            if entry != _EMPTY:
                at = (entry >> _NUMBER_BITS) * size >> _HASH_BITS
                while table[at] != _EMPTY:
                    at = at + 1 if at + 1 < size else 0
                table[at] = entry
        self._table = table


class Digests(Mapping[bytes, int]):
    """Leaves by the digests of their payloads, which ``digest_at`` gives."""

    def __init__(self, digest_at: Callable[[int], bytes]) -> None:
        self._digest_at = digest_at
        self._finder = Finder(digest_at)

    def add(self, leaf: int) -> None:
        """A leaf, unless one with its digest is there."""
        self._finder.add(self._digest_at(leaf), leaf)

    def __getitem__(self, digest: bytes) -> int:
        found = self._finder.find(digest)
        if found is None:
            raise KeyError(digest)
        return found

    def __iter__(self) -> Iterator[bytes]:
        return (self._digest_at(leaf) for leaf in self._finder)

    def __len__(self) -> int:
        return len(self._finder)


class Names(Mapping[str, int]):
    """Leaves by names that are nearly all a prefix and a digest in hex."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._digests = Column(_DIGEST)
        self._leaves = array("Q")
        self._finder = Finder(self._digests.__getitem__)
        self._odd: dict[str, int] = {}
        self._odd_of: dict[int, str] = {}

    def add(self, name: str, leaf: int) -> None:
        """A name, unless it is there; leaves come in rising order."""
        digest = self._digest(name)
        if digest is None:
            if self._odd.setdefault(name, leaf) == leaf:
                self._odd_of[leaf] = name
        elif self._finder.add(digest, len(self._leaves)) == len(self._leaves):
            self._digests.extend(digest)
            self._leaves.append(leaf)

    def __getitem__(self, name: str) -> int:
        digest = self._digest(name)
        if digest is None:
            return self._odd[name]
        found = self._finder.find(digest)
        if found is None:
            raise KeyError(name)
        return self._leaves[found]

    def __iter__(self) -> Iterator[str]:
        for number in range(len(self._leaves)):
            yield self._prefix + self._digests[number].hex()
        yield from self._odd

    def __len__(self) -> int:
        return len(self._leaves) + len(self._odd)

    def leaves(self) -> Iterator[int]:
        """Those of all names, in order."""
        return merge(self._leaves, self._odd.values()) if self._odd else iter(self._leaves)

    def name_of(self, leaf: int) -> str | None:
        """The name that was added for a leaf, None where none was."""
        at = bisect_left(self._leaves, leaf)
        if at < len(self._leaves) and self._leaves[at] == leaf:
            return self._prefix + self._digests[at].hex()
        return self._odd_of.get(leaf)

    def _digest(self, name: str) -> bytes | None:
        """What stands behind the prefix of a name in the usual spelling."""
        start = len(self._prefix)
        if len(name) != start + 2 * _DIGEST or not name.startswith(self._prefix):
            return None
        try:
            digest = bytes.fromhex(name[start:])
        except ValueError:
            return None
        return digest if digest.hex() == name[start:] else None
