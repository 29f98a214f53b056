"""Proofs of shared records, handed out and checked: C2SP tlog-proof files that bring the details of their one leaf along."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.custody.reading import Frozen, inclusion
from archiver.errors import DamagedArchive, InputError
from archiver.log.leaves import ERASED
from archiver.log.merkle import TILE_WIDTH
from archiver.log.proved import Proved
from archiver.log.sighted import Sighted, names_its_page, record_proved, text_proved
from archiver.sharing.sighting import Sighting
from archiver.signing import VerifyingKey


@dataclass(frozen=True, slots=True)
class Shown:
    """What a peer has shown of a sighting: the proof of its record as it came, and that of its text, empty where there is none."""

    proof: bytes
    text_proof: bytes = b""


@dataclass(frozen=True, slots=True)
class Proven:
    """A sighting that is in the peer's log, under ``record.head``. ``text`` says that the digest of its text is, too; ``page`` that the record
    names the page, as that of a look has done only since proofs of it are compared.
    """

    record: Proved
    text: bool
    page: bool = True


def proof_of(now: Frozen, leaf: int) -> bytes:
    """The proof of a record with its details. Whether it may be handed out the caller knows.

    Raises InputError where the log has no such leaf, or what it was is erased.
    """
    if not 0 <= leaf < now[1].size:
        raise InputError(f"The log has no leaf {leaf}.")
    line = now[0].details_lines(leaf // TILE_WIDTH)[leaf % TILE_WIDTH]
    if line == ERASED:
        raise InputError(f"Leaf {leaf} is erased.")
    return inclusion(now, leaf, line)


def check(sighting: Sighting, shown: Shown, key: VerifyingKey) -> Proven:
    """Whether the peer's log holds what its feed says, by `log.sighted`, under the numbers that it says. Raises DamagedArchive."""
    claim = Sighted(sighting.url, sighting.time, sighting.payload, sighting.text)
    record = record_proved(claim, shown.proof, key)
    text = None if sighting.text_leaf is None else text_proved(claim, shown.text_proof, record)
    if record.leaf != sighting.leaf or (text is not None and text.leaf != sighting.text_leaf):
        raise DamagedArchive("The proof is that of another record.")
    return Proven(record, text is not None, names_its_page(record.details))
