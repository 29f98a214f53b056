"""What a proof that brings its leaf's details along shows to somebody who has nothing but the key of the log."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.errors import DamagedArchive
from archiver.log.checkpoint import Checkpoint
from archiver.log.leaves import Details, entry_of
from archiver.log.merkle import leaf_hash
from archiver.log.proofs import InclusionProof, included
from archiver.signing.keys import VerifyingKey


@dataclass(frozen=True, slots=True)
class Proved:
    """A record with these details is leaf number ``leaf`` of the log with this head, which ``key`` signed."""

    leaf: int
    details: Details
    head: Checkpoint
    key: VerifyingKey


def proved(proof: InclusionProof, key: VerifyingKey) -> Proved:
    """Checks the signature, the details and the path. Raises DamagedArchive where one of them does not hold."""
    head = Checkpoint.opened(proof.checkpoint, key)
    entry = entry_of(proof.extra)
    if not entry:
        raise DamagedArchive("What the proof says of its leaf is not readable.")
    if not included(leaf_hash(entry), proof.index, head.size, proof.path, head.root):
        raise DamagedArchive(f"The proof does not hold: that record is not leaf {proof.index} of the signed log.")
    return Proved(proof.index, Details.parse(proof.extra.partition(b" ")[2]), head, key)
