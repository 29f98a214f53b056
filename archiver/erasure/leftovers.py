"""Whether what an interrupted run left in ``quarantine/`` can hold anything of what is erased.

Such a file is the tail of a WARC file: members of records that were never acknowledged, the last one torn. Each begins with a header
that says which page it is of, so that a tail can be read like other records, and is spared only where it was read to its end and nothing
in it speaks of what goes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from archiver.erasure.needles import Needles, spelt
from archiver.model import Quote, Snapshot

_NAMES = re.compile(rb"<[^<>\s]{8,512}>|[0-9a-f]{64}")
_MOST = 256 << 20
_PIECE = 1 << 20
_OVERLAP = 1 << 14
_HEAD_END = b"\r\n\r\n"


class Leftovers:
    """What the records that go could be known by in a tail: addresses, titles, ids, digests of contents, the words of quotes."""

    def __init__(self, needles: Needles, snapshots: Iterable[Snapshot], quotes: Iterable[Quote]) -> None:
        pages, quoted = tuple(snapshots), tuple(quotes)
        self._speaks = needles.pattern()
        words = spelt(quote.text for quote in quoted)
        self._words = re.compile(b"|".join(re.escape(word) for word in sorted(words)) or rb"(?!)")
        self._names = {name.removeprefix("s-").removeprefix("q-").encode() for name in needles.ids}
        self._names.update(page.payload_sha256.encode() for page in pages)
        self._names.update(text.sha256.encode() for page in pages for text in page.texts)

    def spare(self, path: Path) -> bool:
        """True where a file of the quarantine certainly holds nothing of what goes."""
        try:
            return not any(self._found_in(piece) for piece in _contents(path))
        except (_CannotBeTold, OSError):
            return False

    def _found_in(self, content: bytes) -> bool:
        return bool(
            self._speaks.search(content)
            or self._words.search(content)
            or not self._names.isdisjoint(_NAMES.findall(content))
        )


class _CannotBeTold(Exception):
    """What a file holds cannot be read."""


def _contents(path: Path) -> Iterator[bytes]:
    """What the members of a tail inflate to, in pieces that overlap."""
    total = 0
    with path.open("rb") as file:
        data = file.read(_PIECE)
        while data:
            inflater, before, begun = zlib.decompressobj(31), b"", False
            while data and not inflater.eof:
                try:
                    piece = inflater.decompress(data, _PIECE)
                except zlib.error as error:
                    raise _CannotBeTold from error
                data = inflater.unconsumed_tail or inflater.unused_data
                if not data:
                    data = file.read(_PIECE)
                total += len(piece)
                if total > _MOST:
                    raise _CannotBeTold
                content = before + piece
                begun = begun or _HEAD_END in content
                yield content
                before = content[-_OVERLAP:]
            if not begun:  # torn before it says what it is
                raise _CannotBeTold
