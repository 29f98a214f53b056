"""Proofs of shared records, handed out and checked: C2SP tlog-proof files that bring the details of their one leaf along."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.custody.reading import Frozen, inclusion
from archiver.errors import DamagedArchive, InputError
from archiver.log.leaves import ERASED
from archiver.log.merkle import TILE_WIDTH
from archiver.log.proofs import InclusionProof
from archiver.log.proved import Proved, proved
from archiver.model.kinds import RECHECK, TEXT
from archiver.sharing.sighting import Sighting
from archiver.signing import VerifyingKey
from archiver.urls import page_key

_ANSWERS = frozenset(("response", "revisit"))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a peer has shown of a sighting: the proof of its record as it came, and that of its text, empty where there is none."""

    proof: bytes
    text_proof: bytes = b""


@dataclass(frozen=True, slots=True)
class Proven:
    """A sighting that is in the peer's log, under ``record.head``. ``text`` says that the digest of its text is, too."""

    record: Proved
    text: bool


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
    """Whether the peer's log holds what its feed says. ``key`` is the one that a person gave for that log.

    What is checked: (1) the signature under the head, (2) that the record is in it under its number, (3) that it is the record of an answer of
    that page with that payload (or of a look, where there was no answer to show), (4) that its time is the one that is claimed, (5) the text:
    that it is a record of the same log, and of that very answer, or of the one whose payload stands for it. Whether the head grew out of
    those seen before is not looked at here. Raises DamagedArchive.
    """
    record = _open(shown.proof, sighting.leaf, key)  # (1), (2)
    details = record.details
    if details.kind in _ANSWERS:  # (3)
        if _key(details.uri) != _key(sighting.url):
            raise DamagedArchive("The record that is proven is of another page than the feed says.")
        if not sighting.payload or details.payload_sha256 != sighting.payload:
            raise DamagedArchive("The record that is proven has another payload than the feed says.")
    elif details.kind != RECHECK or sighting.payload or sighting.text:
        raise DamagedArchive(
            f"The record that is proven is no look at a page (it is of the kind {details.kind[:40]!r})."
        )
    if details.time != sighting.time:  # (4)
        raise DamagedArchive("The record that is proven is of another time than the feed says.")
    return Proven(record, sighting.text_leaf is not None and _text_is_proven(sighting, shown, record))


def _text_is_proven(sighting: Sighting, shown: Shown, record: Proved) -> bool:
    """Raises DamagedArchive where what came is a proof of something else."""
    assert sighting.text_leaf is not None  # noqa: S101  # the caller looked
    text = _open(shown.text_proof, sighting.text_leaf, record.key).details
    of_it = text.uri.startswith(f"urn:archiver:{TEXT}:s-{record.details.sha256}:") or record.details.kind == "revisit"
    if text.kind != TEXT or text.payload_sha256 != sighting.text or not of_it:
        raise DamagedArchive("The text that is proven is another one than the feed says.")
    return True


def _open(data: bytes, leaf: int, key: VerifyingKey) -> Proved:
    proof = InclusionProof.parse(data)
    if proof.index != leaf:
        raise DamagedArchive("The proof is that of another record.")
    return proved(proof, key)


def _key(url: str) -> str:
    try:
        return page_key(url)
    except InputError as error:
        raise DamagedArchive("The record that is proven names no web address.") from error
