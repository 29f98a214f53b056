"""The heads of peers: each must have grown out of the last one seen, as a witness sees to it. Two that cannot both be true are kept."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.custody import Witness, Witnessed
from archiver.errors import DamagedArchive
from archiver.log import Checkpoint
from archiver.log.handing import HandoverFile
from archiver.log.proofs import Prover, TileReader
from archiver.signing import VerifyingKey, parse_note


@dataclass(slots=True)
class FromPeer:
    """A head as a witness is shown it (`custody.submissions.Shown`), the proof fetched beforehand: no peer keeps others waiting at the lock.

    ``old`` is the size that the proof begins with.
    """

    checkpoint: bytes
    shown_at: str
    old: int = 0
    hashes: tuple[bytes, ...] = ()
    published: bool = True

    def proof(self, old: int, head: Checkpoint) -> tuple[bytes, ...]:  # noqa: ARG002
        if old != self.old:
            raise HeadMoved("Another head of that log was seen meanwhile.")
        return self.hashes

    def source(self) -> str:
        return self.shown_at

    def handover(self) -> HandoverFile | None:
        return None  # a person named the key; a new one is named again


class HeadMoved(DamagedArchive):
    """Somebody else saw a newer head of the same log meanwhile: ask the peer again."""


def see(witness: Witness, note: bytes, key: VerifyingKey, tiles: TileReader, shown_at: str) -> Witnessed:
    """Judges a head that a peer shows now, and keeps it. ``tiles`` reads the peer's tiles, ``shown_at`` is said where it fails.

    Raises DamagedArchive where the head is not signed with that key or its tiles do not bear it out, `custody.Fork` (with both heads kept)
    where it is older than the last one seen or did not grow out of it, HeadMoved, and what ``tiles`` raises.
    """
    head = Checkpoint.opened(note, key)
    last = last_seen(witness, key.name)
    shown = FromPeer(note, shown_at)
    if last is not None and 0 < last.size < head.size:
        prover = Prover(tiles, head.size)
        if prover.root() != head.root:
            raise DamagedArchive(f"The tiles that {shown_at} shows do not hash to its signed head.")
        shown = FromPeer(note, shown_at, last.size, prover.consistency(last.size))
    return witness.see(shown, key)


def last_seen(witness: Witness, origin: str) -> Checkpoint | None:
    """The last head of a log that was seen here, None before the first."""
    note = witness.last_seen(origin)
    return None if note is None else Checkpoint.of_text(parse_note(note).text)


def is_behind(witness: Witness, note: bytes, key: VerifyingKey) -> bool:
    """Whether a signed head is older than the last one seen: asked for once more, it may be newer. Raises DamagedArchive."""
    last = last_seen(witness, key.name)
    return last is not None and Checkpoint.opened(note, key).size < last.size
