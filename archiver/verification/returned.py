"""What was erased and is a leaf of the log again: taken in on purpose (`import --erased take`), or by an archiver that did not ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archiver.archive.erased import again_id
from archiver.model import Tombstone
from archiver.verification.committed import Committed
from archiver.verification.findings import Finding


def returned(committed: Committed, stones: Mapping[int, Tombstone]) -> Iterator[Finding]:
    """A finding for each erasure of which something is recorded again; it is no failure, since a person may want it so."""
    wanted = {digest for stone in stones.values() for _, digest in stone.leaves}
    if not wanted:
        return
    again: dict[str, int] = {}
    for index in range(len(committed)):
        digest = committed.digest(index).hex()
        if digest in wanted:
            again[digest] = index
    for digest in wanted:
        known = committed.leaf_of(again_id(digest))
        if known is not None:
            again[digest] = known
    for index, stone in stones.items():
        own = {leaf for leaf, _ in stone.leaves}
        leaves = sorted(again[digest] for _, digest in stone.leaves if digest in again and again[digest] not in own)
        if leaves:
            detail = f"{stone.sentence}; {len(leaves)} of its records were taken in again since, the first as leaf {leaves[0]}"
            yield Finding(f"leaf {index}", "erased", True, detail)
