"""The log of an archive as it is at one moment, for proofs out of its tiles while others may go on recording."""

from __future__ import annotations

import contextlib

from archiver.archive import Archive
from archiver.errors import DamagedArchive, ForkedLog, InputError
from archiver.log import Checkpoint, Log
from archiver.log.proofs import InclusionProof, Prover

Frozen = tuple[Log, Checkpoint]
"""A log that stays as it is, and its head."""


def frozen(archive: Archive) -> Frozen:
    """The log with the unfinished tiles of this moment in memory; the others do not change any more."""
    log = Log(archive.root / "log", archive.key)
    with contextlib.ExitStack() as stack:
        if archive.writable:
            stack.enter_context(archive.locks.holding_log())
        return log, log.hold_edge()


def root_at(now: Frozen, size: int) -> bytes:
    """The root over the first ``size`` leaves; raises DamagedArchive where the tiles do not bear the head out."""
    log, head = now
    prover = Prover(log.tile, head.size)
    if head.size and prover.root() != head.root:
        raise DamagedArchive("The tiles of the log do not hash to its signed head; run `archiver verify`.")
    return prover.root(size)


def consistency(now: Frozen, old: int | Checkpoint) -> tuple[int, tuple[bytes, ...]]:
    """(size, proof) that the log grew out of an older head, or out of its first so many leaves.

    Raises InputError for a size that the log never had, ForkedLog where the older head is not a beginning of this log.
    """
    log, head = now
    size = old if isinstance(old, int) else old.size
    if size > head.size:
        if isinstance(old, int):
            raise InputError(f"The log has {head.size} leaves and never had {size}.")
        raise ForkedLog(
            f"That checkpoint has {size} leaves, and this log {head.size}: the log was cut back, or it was copied and the copies have "
            "gone on apart."
        )
    if isinstance(old, Checkpoint) and size and root_at(now, size) != old.root:
        raise ForkedLog(
            f"A FORK: that checkpoint and this log differ within the first {size} leaves, and the same key signed both; keep both."
        )
    if size == 0:
        return 0, ()
    return size, Prover(log.tile, head.size).consistency(size)


def inclusion(now: Frozen, leaf: int, extra: bytes = b"") -> bytes:
    """A C2SP tlog-proof file for a leaf; raises InputError where the log has no such leaf."""
    log, head = now
    if not 0 <= leaf < head.size:
        raise InputError(f"The log has {head.size} leaves, and no leaf {leaf}.")
    path = Prover(log.tile, head.size).inclusion(leaf)
    return InclusionProof(leaf, path, log.checkpoint(), extra).text()
