"""Checking a proof that somebody handed on, with nothing but the key of their log."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.custody.submissions import LARGEST
from archiver.errors import DamagedArchive, InputError
from archiver.log import Checkpoint, Details
from archiver.log.leaves import entry_of
from archiver.log.merkle import leaf_hash
from archiver.log.proofs import InclusionProof, included
from archiver.signing import KeyRing, VerifyingKey, parse_note


@dataclass(frozen=True, slots=True)
class Proved:
    """A record with these details is leaf number ``leaf`` of the log with this head, which ``key`` signed."""

    leaf: int
    details: Details
    head: Checkpoint
    key: VerifyingKey


def check_proof(ring: KeyRing, data: bytes, named: VerifyingKey | None = None) -> Proved:
    """Checks a C2SP tlog-proof that brings its leaf's details along. ``named`` is a key that the person trusts; it is remembered.

    Raises DamagedArchive where it does not hold, InputError where the key of the log is not known or the details are missing.
    """
    if len(data) > LARGEST:
        raise InputError("The file is too large to be a proof.")
    proof = InclusionProof.parse(data)
    if not proof.extra:
        raise InputError(
            "The proof does not say what its leaf is; ask for one that `archiver log proof --with-details` wrote."
        )
    claimed = Checkpoint.of_text(parse_note(proof.checkpoint).text)
    key = named or ring.known(claimed.origin)
    if key is None:
        raise InputError(
            f"The key of {claimed.origin[:200]} is not known here: get it from its owner and name it with --key."
        )
    head = Checkpoint.opened(proof.checkpoint, key)
    entry = entry_of(proof.extra)
    if not entry:
        raise DamagedArchive("What the proof says of its leaf is not readable.")
    if not included(leaf_hash(entry), proof.index, head.size, proof.path, head.root):
        raise DamagedArchive(f"The proof does not hold: that record is not leaf {proof.index} of the signed log.")
    if named is not None and named not in ring.known_keys(named.name):
        ring.remember(named)
    return Proved(proof.index, Details.parse(proof.extra.partition(b" ")[2]), head, key)
