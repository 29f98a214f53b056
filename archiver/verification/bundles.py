"""Bundles of 256 leaves, opened as worker processes do: the details against the entries, the entries against their tile.

Only what is sound throughout comes back, in columns. Anything else is left to the check of the tree, which says what is wrong.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from archiver.errors import DamagedArchive
from archiver.log import layout
from archiver.log.leaves import Details, open_line, unpack_entries
from archiver.log.merkle import HASH_SIZE, TILE_WIDTH, leaf_hash
from archiver.model import StoredLeaf, Trait, having

NO_DIGEST = bytes(HASH_SIZE)
_HEX = "([0-9a-f]{%d})"
_UUID = re.compile("<urn:uuid:" + "-".join(_HEX % count for count in (8, 4, 4, 4, 12)) + ">")
EVIDENCE = having(Trait.OF_THE_LOG)
_LOOKED_UP = having(Trait.LOOKED_UP)


@dataclass(frozen=True, slots=True)
class BundleTask:
    """A full bundle of the log in ``folder``; ``mark_key`` goes into the marks of its leaves."""

    folder: str
    bundle: int
    mark_key: bytes


@dataclass(frozen=True, slots=True)
class SoundBundle:
    """What leaves commit to that are all sound, in columns.

    ``hashes`` are the leaf hashes, joined as in a tile; ``span`` is the first and the last time that they claim; ``kinds`` are
    (position, kind, uri) of those that are looked up by their kind.
    """

    hashes: bytes
    digests: bytes
    payloads: bytes
    lengths: array[int]
    marks: array[int]
    keys: Sequence[bytes | str]
    span: tuple[str, str]
    kinds: Sequence[tuple[int, str, str]]


def open_bundle(task: BundleTask) -> SoundBundle | None:
    """The bundle where all of it is sound, else None."""
    folder = Path(task.folder)
    try:
        lines = (folder / layout.details_path(task.bundle)).read_bytes().split(b"\n")
        entries = list(unpack_entries((folder / layout.tile_path("entries", task.bundle)).read_bytes()))
        tile = (folder / layout.tile_path(0, task.bundle)).read_bytes()
        if len(entries) != TILE_WIDTH or len(lines) != TILE_WIDTH + 1 or lines.pop():
            return None
        hashes = b"".join([leaf_hash(entry) for entry in entries])
        opened = [open_line(line, entry) for line, entry in zip(lines, entries, strict=True)]
    except (DamagedArchive, OSError):
        return None
    details = [leaf for leaf in opened if leaf is not None]
    if hashes != tile or len(details) != TILE_WIDTH:
        return None
    times = [leaf.time for leaf in details if leaf.time]
    return SoundBundle(
        hashes,
        bytes.fromhex("".join([leaf.sha256 for leaf in details])),
        b"".join([payload_of(leaf) for leaf in details]),
        array("Q", [leaf.size for leaf in details]),
        array("Q", [mark_of(leaf, task.mark_key) for leaf in details]),
        [key_of(leaf.record_id) for leaf in details],
        (min(times, default=""), max(times, default="")),
        [(at, leaf.kind, leaf.uri) for at, leaf in enumerate(details) if leaf.kind in _LOOKED_UP],
    )


def payload_of(details: Details) -> bytes:
    """The payload digest, NO_DIGEST where there is none."""
    return bytes.fromhex(details.payload_sha256) if details.payload_sha256 else NO_DIGEST


def mark_of(leaf: Details | StoredLeaf, key: bytes) -> int:
    """All that a leaf says, in eight bytes. The key is drawn anew for each run, so that nothing can be made to fit."""
    words = (leaf.kind, leaf.sha256, leaf.record_id, leaf.warc_type, leaf.uri, leaf.time)
    data = repr(words).encode()  # has one reading only, and half characters come out escaped
    return int.from_bytes(blake2b(data, digest_size=8, key=key).digest(), "big")


def key_of(record_id: str) -> bytes | str:
    """A record id in little space: the sixteen bytes of its UUID where it has the usual spelling."""
    found = _UUID.fullmatch(record_id)
    return bytes.fromhex("".join(found.groups())) if found else record_id
