"""The tokens that an archive keeps, read back and judged: what each of them proves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from archiver import clock
from archiver.anchoring.records import AUTHORITY_HEADER
from archiver.archive import Archive
from archiver.errors import ArchiverError
from archiver.log.proofs import Prover
from archiver.log.stamped import StampedHeads, anchor_of
from archiver.model import StoredLeaf
from archiver.model.kinds import CHECKPOINT, TIMESTAMP
from archiver.timestamps import Anchor, Roots, Token, Window


@dataclass(frozen=True, slots=True)
class KeptToken:
    """A token of the archive. ``size`` is how many leaves the head that it stamps has; ``ok`` as of `judge_token`."""

    leaf: StoredLeaf
    ok: bool | None
    detail: str
    authority: str = ""
    token: Token | None = None
    size: int = 0

    @property
    def anchor(self) -> Anchor | None:
        """What can be relied upon; None where the token does not verify here."""
        if not self.ok or self.token is None:
            return None
        return anchor_of(self.token, self.size, self.leaf.index)

    def to_json(self) -> dict[str, Any]:
        token = self.token
        return {
            "schema_version": 1,
            "token_sha256": self.leaf.uri.rpartition(":")[2],
            "leaf": self.leaf.index,
            "time": token.stamp if token else None,
            "size": self.size if token else None,
            "authority": self.authority or None,
            "signer": token.signer if token else None,
            "serial": f"{token.serial:x}" if token else None,
            "policy": token.policy if token else None,
            "expires": clock.stamp(token.expires) if token and token.expires else None,
            "ok": self.ok,
            "detail": self.detail,
        }


def kept_tokens(archive: Archive, roots: Roots) -> Iterator[KeptToken]:
    """Every token of the archive, in the order in which they were recorded, judged with these roots."""
    heads = {leaf.uri.rpartition(":")[2]: leaf for leaf in archive.catalogue.leaves(CHECKPOINT)}

    def note_of(imprint: bytes) -> bytes | None:
        head = heads.get(imprint.hex())
        return None if head is None else archive.stored_record(head).block

    stamped = StampedHeads(archive.key.name, Prover(archive.log.tile, archive.head().size), note_of)
    for leaf in archive.catalogue.leaves(TIMESTAMP):
        try:
            yield _kept(archive, leaf, stamped, roots)
        except ArchiverError as error:
            yield KeptToken(leaf, False, str(error))


def _kept(archive: Archive, leaf: StoredLeaf, heads: StampedHeads, roots: Roots) -> KeptToken:
    record = archive.stored_record(leaf)
    stamped = heads.of(record.block, leaf.index)
    judged = stamped.judged(roots)
    authority = record.headers.get(AUTHORITY_HEADER.lower(), "")
    return KeptToken(leaf, judged.ok, judged.detail, authority, stamped.token, stamped.head.size)


def window_of(archive: Archive, roots: Roots, tokens: Iterable[KeptToken] | None = None) -> Window:
    """The anchors of an archive that verify with these roots, and the size of its log. ``tokens`` are its own, where they were read."""
    anchors = tuple(
        anchor
        for kept in (kept_tokens(archive, roots) if tokens is None else tokens)
        if (anchor := kept.anchor) is not None
    )
    return Window(anchors, archive.head().size)
