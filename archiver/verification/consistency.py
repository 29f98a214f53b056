"""Whether the log has only grown since an older head of it was seen."""

from __future__ import annotations

from collections.abc import Iterable

from archiver.errors import DamagedArchive
from archiver.log import Checkpoint, Log
from archiver.log.proofs import Prover, consistent
from archiver.signing import VerifyingKey
from archiver.verification.findings import Finding


def check_growth(log: Log, head: Checkpoint, older: bytes, keys: Iterable[VerifyingKey], source: str) -> Finding:
    """Proves that the head grew out of an older checkpoint, signed by one of the keys; ``source`` says where that one is from.

    A log that was cut back, forked or begun anew under the same key fails: nobody but the key's holder can make one, and he cannot
    make one that grows out of a head that somebody else has kept.
    """
    subject = "log/checkpoint"
    try:
        past = Checkpoint.opened_by_any(older, keys)
    except DamagedArchive as error:
        return Finding(subject, "growth", False, f"{source} is no head of this log: {error}")
    if past.size > head.size:
        return Finding(
            subject, "growth", False, f"the log was cut back: it has {head.size} leaves where {source} has {past.size}"
        )
    try:
        prover = Prover(log.tile, head.size)
        proof = prover.consistency(past.size)
    except DamagedArchive as error:
        return Finding(subject, "growth", False, f"cannot be compared with {source}: {error}")
    if not consistent(past.size, head.size, past.root, head.root, proof):
        return Finding(
            subject,
            "growth",
            False,
            f"the log has gone another way than that of {source}: of its first {past.size} leaves at least one is not the same (which one, two "
            "heads do not tell). If the archive was copied and both copies went on, keep both, go on in one, and take over what only the other "
            "has with `archiver export` and `archiver import`; if not, somebody made the log anew",
        )
    return Finding(subject, "growth", True, f"grew from the {past.size} leaves of {source}")
