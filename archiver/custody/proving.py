"""Checking a proof that somebody handed on, with nothing but the key of their log."""

from __future__ import annotations

from archiver.custody.submissions import LARGEST
from archiver.errors import InputError
from archiver.log import Checkpoint
from archiver.log.proofs import InclusionProof
from archiver.log.proved import Proved, proved
from archiver.signing import KeyRing, VerifyingKey, parse_note


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
    found = proved(proof, key)
    if named is not None and named not in ring.known_keys(named.name):
        ring.remember(named)
    return found
