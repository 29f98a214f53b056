"""Tokens over the heads of a log: which head a token stamps, and whether that head is a beginning of the log as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.errors import BadTimestamp, DamagedArchive
from archiver.log.checkpoint import Checkpoint
from archiver.log.proofs import Prover

if TYPE_CHECKING:
    from archiver.timestamps import Roots, Token, TokenJudgement
    from archiver.timestamps.window import Anchor


@dataclass(frozen=True, slots=True)
class StampedHead:
    """A token and the head that it stamps: the ``note`` as it was stamped, and what it says."""

    token: Token
    note: bytes
    head: Checkpoint

    def anchor(self, leaf: int) -> Anchor:
        """What the token says where it is believed; ``leaf`` is its own."""
        return anchor_of(self.token, self.head.size, leaf)

    def judged(self, roots: Roots) -> TokenJudgement:
        """Whether it holds under the verifier's own roots."""
        from archiver.timestamps import judge_token  # a tenth of a second that only archives with tokens pay

        return judge_token(self.token, self.note, roots)


class StampedHeads:
    """The heads that a log has recorded. ``note_of`` gives the block of the one with this SHA-256, None where there is none."""

    def __init__(self, origin: str, prover: Prover, note_of: Callable[[bytes], bytes | None]) -> None:
        self._origin = origin
        self._prover = prover
        self._note_of = note_of

    def of(self, block: bytes, leaf: int) -> StampedHead:
        """The head that the token in the record of a leaf is over. It must have been recorded, and be a head that this log had before the leaf.

        Raises BadTimestamp for what is no token or is over something else, DamagedArchive for a head of another log.
        """
        from archiver.timestamps import read_token

        token = read_token(block)
        note = self._note_of(token.imprint)
        if note is None:
            raise BadTimestamp("it is not the time stamp of a head that this archive has recorded")
        head = Checkpoint.unjudged(note, self._origin)
        if not 0 < head.size <= min(self._prover.size, leaf) or self._prover.root(head.size) != head.root:
            raise DamagedArchive(
                f"the log is another than the one that was stamped at {token.stamp}: it was rewritten since"
            )
        return StampedHead(token, note, head)


def anchor_of(token: Token, size: int, leaf: int) -> Anchor:
    """The anchor that a token over the first ``size`` leaves makes, where it is believed."""
    from archiver.timestamps.window import Anchor

    return Anchor(size, token.time, leaf, token.digest.hex, token.signer, token.expires)
