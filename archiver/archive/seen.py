"""Whether a log that is to be recorded into is at least the one that was verified on this machine last."""

from __future__ import annotations

from pathlib import Path

from archiver.errors import ArchiverError, DamagedArchive
from archiver.log import Checkpoint, Log
from archiver.log.proofs import Prover, consistent
from archiver.signing import KeyRing


def refuse_older(root: Path, log: Log, keys: KeyRing) -> None:
    """Raises DamagedArchive where the log is shorter than the head that was verified here last, or did not grow out of it.

    Two small files are read, and of a longer log a few of its tiles. Where those are damaged nothing is said of its past: `verify` does.
    """
    origin = log.key.name
    try:
        note = keys.known_head(origin)
        seen = None if note is None else Checkpoint.unjudged(note, origin)
    except ArchiverError:
        return  # `verify` says what is wrong with it
    if seen is None:
        return
    head = log.head()  # behind what was verified, since it may grow meanwhile
    if head.size < seen.size:
        what = f"has {head.size} leaves, where {seen.size} were verified on this machine: an older copy was put back, or it was cut back"
    elif _went_another_way(log, head, seen):
        what = f"has {head.size} leaves, and the first {seen.size} are not the same that were verified on this machine"
    else:
        return
    raise DamagedArchive(
        f"The log of {root} {what}. Nothing is recorded into it, since that would be a second history under the same key. Record in the newest "
        f"copy; if there is none and this one has to go on, `archiver verify` it, and then take {keys.head_path(origin)} away."
    )


def _went_another_way(log: Log, head: Checkpoint, seen: Checkpoint) -> bool:
    """Whether the head's own tiles prove that its first leaves are others than those of the head that was seen."""
    if seen.size in (0, head.size):
        return seen.size > 0 and head.root != seen.root
    prover = Prover(log.tile, head.size)
    try:
        beginning, proof = prover.root(seen.size), prover.consistency(seen.size)
    except DamagedArchive:
        return False
    # tiles that do not lead to the signed head are damaged, which is no second history
    return beginning != seen.root and consistent(seen.size, head.size, beginning, head.root, proof)
