"""Bundles of 256 leaves, opened as worker processes do: the details against the entries, the entries against their tile.

Only what is sound throughout comes back, in columns. Anything else is left to the check of the tree, which says what is wrong.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path

from archiver.errors import DamagedArchive
from archiver.log import layout
from archiver.log.leaves import Details, PlainLines, entry_around, open_line, plain_lines, unpack_entries
from archiver.log.merkle import HASH_SIZE, TILE_WIDTH, leaf_hash, perfect_root
from archiver.model import StoredLeaf, Trait, having
from archiver.plainfile import read_plain

NO_DIGEST = bytes(HASH_SIZE)
KEY_SIZE = 16
_AT_ONCE = 8  # bundles
_HEX = "[0-9a-f]{%d}"
_UUID = re.compile("<urn:uuid:" + "-".join(_HEX % count for count in (8, 4, 4, 4, 12)) + ">")
EVIDENCE = having(Trait.OF_THE_LOG)
_LOOKED_UP = having(Trait.LOOKED_UP)


@dataclass(frozen=True, slots=True)
class BundleTask:
    """Full bundles of the log in ``folder``, from ``first`` on and before ``end``; ``mark_key`` goes into the marks of their leaves."""

    folder: str
    first: int
    end: int
    mark_key: bytes


@dataclass(frozen=True, slots=True)
class SoundBundle:
    """What leaves commit to that are all sound, in columns.

    ``root`` is the hash above their tile; ``span`` is the first and the last time that they claim; ``kinds`` are (position, kind, uri) of
    those that are looked up by their kind.
    """

    root: bytes
    digests: bytes
    payloads: bytes
    lengths: array[int]
    marks: array[int]
    keys: bytes
    span: tuple[str, str]
    kinds: Sequence[tuple[int, str, str]]


def bundle_tasks(folder: Path, count: int, mark_key: bytes) -> Iterator[BundleTask]:
    """The first ``count`` bundles of a log, some at a time: one alone is read in less time than it takes two processes to speak of it."""
    for first in range(0, count, _AT_ONCE):
        yield BundleTask(str(folder), first, min(first + _AT_ONCE, count), mark_key)


def files_of(task: BundleTask) -> list[Path]:
    """The files of its bundles: details, entries, tile of each."""
    return [path for number in range(task.first, task.end) for path in _files(task.folder, number)]


def _files(folder: str, number: int) -> list[Path]:
    names = (layout.details_path(number), layout.tile_path("entries", number), layout.tile_path(0, number))
    return [Path(folder) / name for name in names]


def open_bundles(task: BundleTask, read: Callable[[Path], bytes] = read_plain) -> list[SoundBundle | None]:
    """Each bundle where all of it is sound, else None. ``read`` gives the whole of a file."""
    return [_open_bundle(_files(task.folder, number), task.mark_key, read) for number in range(task.first, task.end)]


def _open_bundle(files: Sequence[Path], mark_key: bytes, read: Callable[[Path], bytes]) -> SoundBundle | None:
    try:
        lines, entries, tile = map(read, files)
        plain = plain_lines(lines, TILE_WIDTH)
        opened = _open_plain(lines, plain, entries) if plain is not None else _open_any(lines, entries)
    except (DamagedArchive, OSError):
        return None
    if opened is None or opened[1] != tile:
        return None
    columns, hashes = opened
    times = [time for time in columns.times if time]
    words = zip(
        columns.kinds, columns.digests, columns.record_ids, columns.warc_types, columns.uris, columns.times, strict=True
    )
    return SoundBundle(
        perfect_root(hashes),
        bytes.fromhex("".join(columns.digests)),
        b"".join([bytes.fromhex(payload) if payload else NO_DIGEST for payload in columns.payloads]),
        array("Q", map(int, columns.sizes)),
        array("Q", [mark(said, mark_key) for said in words]),
        b"".join([key_of(record_id, mark_key) for record_id in columns.record_ids]),
        (min(times, default=""), max(times, default="")),
        [
            (at, kind, uri)
            for at, (kind, uri) in enumerate(zip(columns.kinds, columns.uris, strict=True))
            if kind in _LOOKED_UP
        ],
    )


def _open_plain(lines: bytes, plain: PlainLines, entries: bytes) -> tuple[PlainLines, bytes] | None:
    """The columns and leaf hashes of lines in the usual spelling. An entry has one spelling only, so the whole bundle is made again
    from the lines and compared at once.
    """
    around = {kind: entry_around(kind) for kind in set(plain.kinds)}
    made, hashes = [], []
    for line, kind in zip(lines.split(b"\n"), plain.kinds, strict=False):  # behind the last line there is an empty one
        before, behind = around[kind]
        entry = before + sha256(bytes.fromhex(line[:64].decode()) + line[65:]).hexdigest().encode() + behind
        made.append(len(entry).to_bytes(2, "big") + entry)
        hashes.append(sha256(b"\0" + entry).digest())
    return (plain, b"".join(hashes)) if b"".join(made) == entries else None


def _open_any(lines: bytes, entries: bytes) -> tuple[PlainLines, bytes] | None:
    """The same for lines of every spelling."""
    unpacked, separate = list(unpack_entries(entries)), lines.split(b"\n")
    if len(unpacked) != TILE_WIDTH or len(separate) != TILE_WIDTH + 1 or separate.pop():
        return None
    opened = [open_line(line, entry) for line, entry in zip(separate, unpacked, strict=True)]
    details = [leaf for leaf in opened if leaf is not None]
    if len(details) != TILE_WIDTH:
        return None
    return PlainLines.of(details), b"".join([leaf_hash(entry) for entry in unpacked])


def payload_of(details: Details) -> bytes:
    """The payload digest, NO_DIGEST where there is none."""
    return bytes.fromhex(details.payload_sha256) if details.payload_sha256 else NO_DIGEST


def mark_of(leaf: Details | StoredLeaf, key: bytes) -> int:
    """All that a leaf says, in eight bytes. The key is drawn anew for each run, so that nothing can be made to fit."""
    return mark((leaf.kind, leaf.sha256, leaf.record_id, leaf.warc_type, leaf.uri, leaf.time), key)


def mark(words: tuple[str, ...], key: bytes) -> int:
    """The same of what is at hand in columns."""
    said = "\n".join(words)
    if said.count("\n") != len(words) - 1:
        said = repr(words)  # in one line, so no other words are spelled like that
    data = said.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8, key=key).digest(), "big")


def key_of(record_id: str, key: bytes) -> bytes:
    """A record id in sixteen bytes (`KEY_SIZE`): those of its UUID where it has the usual spelling, else a digest under the key of the run."""
    if _UUID.fullmatch(record_id):
        return bytes.fromhex(record_id[10:46].replace("-", ""))
    return blake2b(record_id.encode("utf-8", "surrogatepass"), digest_size=KEY_SIZE, key=key).digest()
