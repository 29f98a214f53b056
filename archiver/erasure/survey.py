"""One look through every record that stays: which of them speak of what goes, and which certificates they need."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from archiver.archive import Archive
from archiver.erasure.needles import Needles
from archiver.errors import DamagedArchive
from archiver.model import ERASED, VIEWS, StoredLeaf, Trait, having
from archiver.model.snapshoturi import snapshot_in
from archiver.warc import inflate, limit_of

_SILENT = having(Trait.SILENT) | {ERASED}
_EXCHANGE = having(Trait.EXCHANGE)
_BODIES = having(Trait.BODY)
_ID = re.compile(rb"<[^<>\s]{8,512}>|[sq]-[0-9a-f]{64}")

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Survey:
    """``mentions`` are the leaves of records that speak of what goes, each with the id of the snapshot or quote that it belongs to
    (else its kind and number); ``ids`` the ids among those looked for that were found. ``certificates`` are those, of the ones asked
    for, that a capture which stays used.
    """

    mentions: list[tuple[StoredLeaf, str]] = field(default_factory=list)
    certificates: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for _, name in self.mentions))


def survey(
    archive: Archive,
    going: Collection[int],
    looked_for: Needles,
    certificates: Collection[str],
    *,
    kinds: Collection[str] | None = None,
    progress: Progress | None = None,
) -> Survey:
    """Reads every record (of the ``kinds`` that are named) but those of the leaves that go.

    A payload is searched as it was received: what a content coding hides is not found in it, though it may be in the texts that were
    drawn from it. Damaged records are passed over.
    """
    found = Survey()
    pattern, ids = looked_for.pattern(), {name.encode() for name in looked_for.ids}
    wanted = re.compile(b"|".join(digest.encode() for digest in sorted(certificates)) or rb"(?!)")
    files = _Files(archive.root)
    waiting: list[StoredLeaf] = []
    total = archive.catalogue.size()
    try:
        for leaf in archive.catalogue.leaves():
            if progress is not None and leaf.index % 1000 == 0:
                progress(leaf.index, total)
            if leaf.kind in _SILENT or leaf.index in going or (kinds is not None and leaf.kind not in kinds):
                continue
            content = files.content(leaf)
            if leaf.kind == "capture":
                found.certificates.update(match.decode() for match in wanted.findall(content))
                owner = leaf.uri.rpartition(":")[2]
                found.mentions += [(item, owner) for item in waiting]
                waiting = []
            named = ids.intersection(
                _ID.findall(content if leaf.kind not in _BODIES else content[: _head_end(content)])
            )
            found.ids.update(name.decode() for name in named)
            if not named and not pattern.search(content):
                continue
            if leaf.kind in _EXCHANGE:
                waiting.append(leaf)  # the capture that it belongs to comes behind it
            else:
                found.mentions.append((leaf, _owner(leaf)))
    finally:
        files.close()
    found.mentions += [(item, _owner(item)) for item in waiting]
    return found


def _head_end(content: bytes) -> int:
    """Where the WARC header ends: what a page says of itself is no reference between records."""
    return max(content.find(b"\r\n\r\n"), 0)


def _owner(leaf: StoredLeaf) -> str:
    if leaf.kind == "quote":
        return f"q-{leaf.sha256}"
    if leaf.kind == "capture" or leaf.kind in VIEWS:
        return leaf.uri.rpartition(":")[2]
    if leaf.kind == "text" and (snapshot := snapshot_in(leaf.uri)):
        return snapshot
    return f"{leaf.kind} record (leaf {leaf.index})"


class _Files:
    """The WARC file read last is kept open, since neighbouring leaves mostly lie in one."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._name = ""
        self._file: BinaryIO | None = None

    def content(self, leaf: StoredLeaf) -> bytes:
        """A record, uncompressed; nothing where it cannot be read."""
        if not leaf.file:
            return b""
        try:
            if self._file is None or self._name != leaf.file:
                self.close()
                self._file, self._name = (self._root / leaf.file).open("rb"), leaf.file
            self._file.seek(leaf.offset)
            return inflate(self._file.read(leaf.length), limit_of(leaf.warc_type))
        except (OSError, DamagedArchive):
            return b""

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
