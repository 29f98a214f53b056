"""What witnesses have said of the log: heads that somebody else saw and signed, and when. Each is an anchor from outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from archiver.errors import ArchiverError, DamagedArchive
from archiver.log import Checkpoint, Log
from archiver.log.proofs import Prover
from archiver.model.kinds import COSIGNATURE
from archiver.printable import count
from archiver.signing import CosignerKey, KeyRing, Note, VerifyingKey, open_cosignatures, parse_note
from archiver.signing.witnesses import Witnesses
from archiver.timestamps.window import Anchor
from archiver.verification.findings import Finding


class CosignatureCheck:
    """Checks the cosigned heads in a log; ``anchors`` are complete once `findings` has ended.

    ``named`` are keys of witnesses that the verifier trusts beside those met before.
    """

    def __init__(self, ring: KeyRing, named: Iterable[CosignerKey] = ()) -> None:
        self._ring = ring
        self._named = tuple(named)
        self.anchors: list[Anchor] = []

    def findings(
        self,
        log: Log,
        head: Checkpoint,
        leaves: Sequence[int],
        block: Callable[[int], bytes | None],
        keys: Sequence[VerifyingKey],
    ) -> Iterator[Finding]:
        """``leaves`` are those of cosigned heads, ``keys`` all that the log has had. A head that is not a beginning of the log is a fork."""
        if not leaves:
            return
        try:
            known = tuple(dict.fromkeys((*self._named, *Witnesses(self._ring).known())))
        except ArchiverError as error:
            yield Finding("witnesses", COSIGNATURE, None, str(error))
            known = self._named
        prover = Prover(log.tile, head.size)
        strangers: Counter[str] = Counter()
        for leaf in leaves:
            try:
                seen, note = _beginning(block(leaf), leaf, prover, keys)
                said = [item for key in known for item in open_cosignatures(note, key)]
            except DamagedArchive as error:
                yield Finding(f"leaf {leaf}", COSIGNATURE, False, str(error))
                continue
            self.anchors += [Anchor(seen.size, item.time, leaf, "", item.key.name) for item in said]
            believed = {(key.name, key.key_id) for key in known} | {(key.name, key.key_id) for key in keys}
            strangers.update(line.name for line in note.signatures if (line.name, line.key_id) not in believed)
            if not said:
                strangers[""] += 1
        yield from self._told(len(leaves), strangers)

    def _told(self, heads: int, strangers: Counter[str]) -> Iterator[Finding]:
        for who in sorted({anchor.authority for anchor in self.anchors}):
            mine = [anchor for anchor in self.anchors if anchor.authority == who]
            last = max(mine, key=lambda anchor: (anchor.size, anchor.time))
            yield Finding(
                "witnesses",
                COSIGNATURE,
                True,
                f"{who} saw {last.size} leaves at {last.time:%Y-%m-%dT%H:%M:%SZ} ({count(len({anchor.size for anchor in mine}), 'cosigned head')})",
            )
        silent = strangers.pop("", 0)
        if silent:
            yield Finding(
                "witnesses", COSIGNATURE, True,
                f"{silent} of {count(heads, 'cosigned head')} {'is' if silent == 1 else 'are'} a beginning of this log, "
                f"but none of their witnesses is known here, so they "
                f"count for nothing ({', '.join(sorted(strangers)[:5])}); get their keys from them and name them with --witness",
            )  # fmt: skip


def _beginning(block: bytes | None, leaf: int, prover: Prover, keys: Sequence[VerifyingKey]) -> tuple[Checkpoint, Note]:
    """The cosigned head, which must be one that this log had before the leaf was recorded. Raises DamagedArchive."""
    if block is None:
        raise DamagedArchive("the record of a cosigned head cannot be read")
    seen = Checkpoint.opened_by_any(block, keys)
    if seen.size > leaf or (seen.size and prover.root(seen.size) != seen.root):
        raise DamagedArchive(
            f"a witness saw a head of {seen.size} leaves that is not a beginning of this log: the log was forked, or cut back"
        )
    return seen, parse_note(block)
