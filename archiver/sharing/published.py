"""The log as it is shown to peers: its head, the tiles of hashes, and proofs of shared records. Nobody who asks can hold up who records."""

from __future__ import annotations

import re
import threading

from archiver.archive import Archive
from archiver.custody.reading import Frozen, frozen
from archiver.log import layout
from archiver.log.merkle import HASH_SIZE, TILE_WIDTH
from archiver.sharing.proofs import proof_of

_TILE = re.compile(r"tile/([0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class Published:
    """Any thread may ask. The lock of the log is taken once for each of its heads, however often one asks."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._frozen: tuple[bytes, Frozen] | None = None

    def checkpoint(self) -> bytes:
        """The signed head."""
        return self._now()[0].checkpoint()

    def proof(self, leaf: int) -> bytes:
        """The proof of a record with its details, under the head of now. Raises InputError where there is none, or it is erased."""
        return proof_of(self._now(), leaf)

    def tile(self, path: str) -> bytes | None:
        """A tile of hashes by its path (C2SP tlog-tiles), whole or as much of it as is asked for; None where there is none such.

        The entries are not shown: of what kinds the records are is nobody's business, and no proof needs them.
        """
        found = _TILE.fullmatch(path)
        if found is None:
            return None
        level, wanted = int(found[1]), int(found[3] or TILE_WIDTH)
        index = int(found[2].replace("x", "").replace("/", ""))
        if layout.index_path(index) != found[2] or wanted > TILE_WIDTH or (found[3] and wanted == TILE_WIDTH):
            return None
        log, head = self._now()
        there = min(TILE_WIDTH, (head.size >> (8 * level)) - index * TILE_WIDTH)
        if wanted > there:
            return None
        return log.tile(level, index, there)[: wanted * HASH_SIZE]

    def _now(self) -> Frozen:
        note = self._archive.log.checkpoint()
        with self._lock:
            if self._frozen is None or self._frozen[0] != note:
                self._frozen = (note, frozen(self._archive))
            return self._frozen[1]
