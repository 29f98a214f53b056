"""The log on disk: appended to in batches, read in order, brought back to its last signed head after a crash."""

from __future__ import annotations

import contextlib
import os
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from archiver import durable
from archiver.errors import DamagedArchive, NotReadable
from archiver.log import layout
from archiver.log.checkpoint import Checkpoint
from archiver.log.growth import put_tiles
from archiver.log.leaves import ERASED, Details, Leaf, entry_and_details, open_line, unpack_entries
from archiver.log.merkle import HASH_SIZE, TILE_WIDTH, TreeEdge, leaf_hash
from archiver.log.proofs import Prover, included
from archiver.log.writes import Writes
from archiver.plainfile import open_plain, read_plain
from archiver.signing.keys import SigningKey, VerifyingKey

_MOST_PROVED = 512
"""Tiles of 8 KiB whose hashes are kept once they were proved."""
_MEMBER_DIGEST = re.compile(rb'"sha256":"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class LoggedLeaf:
    """Leaf number ``index`` with its details; None where they were erased."""

    index: int
    entry: bytes
    details: Details | None


@dataclass(frozen=True, slots=True)
class _ProvedTile:
    """The hashes of a full tile, and where each line of its details began in its file, and the last ended. An erasure moves lines: so a line
    that is read there is held against its hash, and looked for where it does not agree.
    """

    hashes: bytes
    starts: array[int]

    @classmethod
    def of(cls, hashes: bytes, lines: Sequence[bytes]) -> _ProvedTile:
        return cls(hashes, array("Q", accumulate((len(line) + 1 for line in lines), initial=0)))

    def hash_of(self, position: int) -> bytes:
        return self.hashes[position * HASH_SIZE : (position + 1) * HASH_SIZE]


class Log:
    """One archive's log under ``folder``, headed by checkpoints that ``key`` signs.

    Who appends or heals holds the archive's log lock; so does a reader who wants the unfinished tiles, since the next append
    replaces them. The head is replaced in one step, and full tiles do not change. Methods raise DamagedArchive where the files
    are not what the head says.
    """

    def __init__(self, folder: Path, key: VerifyingKey) -> None:
        self.folder = folder
        self.key = key
        self._edge: TreeEdge | None = None
        self._root = b""
        self._bundle: list[bytes] = []
        self._held: dict[str, bytes] = {}
        self._opened: tuple[bytes, Checkpoint] | None = None
        self._proved: dict[int, _ProvedTile] = {}

    def create(self, signer: SigningKey) -> None:
        """Makes the empty log: a folder and a signed head of size 0."""
        durable.make_folder(self.folder)
        durable.write_file(
            self.folder / layout.CHECKPOINT, Checkpoint(self.key.name, 0, TreeEdge().root()).signed(signer)
        )

    def head(self) -> Checkpoint:
        """The signed head, its signature checked; of the same bytes once."""
        note, opened = self._read(layout.CHECKPOINT), self._opened
        if opened is None or opened[0] != note:
            opened = self._opened = note, Checkpoint.opened(note, self.key)
        return opened[1]

    def checkpoint(self) -> bytes:
        """The signed head as it lies there: a note, to be handed on. Its signature is checked."""
        note = self._read(layout.CHECKPOINT)
        Checkpoint.opened(note, self.key)
        return note

    def hold_edge(self) -> Checkpoint:
        """Reads the head and everything that the next append changes; this object then reads the log as it is now.

        For one who reads long while others append, and never appends itself.
        """
        self._held = {}
        note = self._read(layout.CHECKPOINT)
        head = Checkpoint.opened(note, self.key)
        names = {layout.details_path(head.size // TILE_WIDTH), *layout.partials_of(head.size)}
        held = {}
        for name in filter(lambda name: (self.folder / name).is_file(), names):
            with contextlib.suppress(
                FileNotFoundError
            ):  # the writer beside us has signed another head: whoever holds no lock looks again
                held[name] = read_plain(self.folder / name)
        self._held = {**held, layout.CHECKPOINT: note}
        return head

    def append(self, leaves: Sequence[Leaf], *signers: SigningKey) -> Checkpoint:
        """Adds the leaves and signs the new head; durable on return, and not before. Raises OSError where the disk fails.

        There is one signer but where the key is exchanged: then the old key and the new one sign, so that either opens this head.

        What has been written before the head is renamed is no part of the log yet: `heal` takes it away again.
        """
        head = self.head()
        if not leaves:
            return head
        edge, bundle = self.edge_at(head)
        self._edge = None  # until the head is signed, what is in memory is a guess
        with Writes() as writes:
            self._append_details(head.size, [leaf.line for leaf in leaves], writes)
            put_tiles(edge, bundle, leaves, lambda name, data: self._write(name, data, writes))
            writes.settle()
        self._check_written(head.size, edge.size)
        new = Checkpoint(head.origin, edge.size, edge.root())
        durable.replace_file(self.folder / layout.CHECKPOINT, new.signed(*signers))
        self._edge, self._root, self._bundle = edge, new.root, bundle
        self._drop_partials(head.size, new.size)
        return new

    def leaves(self, start: int = 0) -> Iterator[LoggedLeaf]:
        """The leaves from ``start`` on that the head has, each with its details checked against its entry."""
        size = self.head().size
        for bundle in range(start // TILE_WIDTH, -(-size // TILE_WIDTH)):
            first = bundle * TILE_WIDTH
            entries = self.bundle(bundle, min(TILE_WIDTH, size - first), size)
            lines = self.details_lines(bundle)
            if len(lines) < len(entries):
                raise DamagedArchive(
                    f"log/{layout.details_path(bundle)} has {len(lines)} lines where the log has {len(entries)}."
                )
            for position, (entry, line) in enumerate(zip(entries, lines, strict=False)):
                if first + position >= start:
                    yield LoggedLeaf(first + position, entry, open_line(line, entry))

    def proved_details(self, head: Checkpoint, index: int) -> Details | None:
        """The details of a leaf, None where they were erased, proved to be what a signed head of this log commits to.

        The hashes of a full tile that was once proved are kept: they never change, and the details are held against them each time. Of its
        details only the line is read then, not the 128 kB that all of them are.
        """
        tile, position = divmod(index, TILE_WIDTH)
        proved = self._proved.get(tile)
        if proved is not None and position + 1 < len(proved.starts):
            found = entry_and_details(self._line(tile, *proved.starts[position : position + 2]))
            if found is not None and proved.hash_of(position) == leaf_hash(found[0]):
                return found[1]
        lines = self.details_lines(
            tile
        )  # also where a line has changed: whether it was erased is told by the whole file
        if position >= len(lines):
            raise DamagedArchive(f"log/{layout.details_path(tile)} has too few lines.")
        found = entry_and_details(line := lines[position])
        if line == ERASED:
            return None
        hashed = leaf_hash(b"" if found is None else found[0])
        if proved is None:
            width = min(TILE_WIDTH, head.size - tile * TILE_WIDTH)
            hashes = self.tile(0, tile, width)
            path = Prover(self.tile, head.size).inclusion(index)
            if not included(hashed, index, head.size, path, head.root):
                raise _not_committed(index)
            if width == TILE_WIDTH:
                # the path was made of this tile, so the head commits to all of it
                while len(self._proved) >= _MOST_PROVED:
                    self._proved.pop(next(iter(self._proved)), None)
                self._proved[tile] = _ProvedTile.of(hashes, lines)
        else:
            hashes = proved.hashes
            self._proved[tile] = _ProvedTile.of(hashes, lines)
        if found is None or hashes[position * HASH_SIZE : (position + 1) * HASH_SIZE] != hashed:
            raise _not_committed(index)
        return found[1]

    def _line(self, bundle: int, start: int, end: int) -> bytes:
        """The bytes of a bundle's details between two places, without the newline; what cannot be read is empty."""
        name = layout.details_path(bundle)
        if name in self._held:
            return self._held[name][start : end - 1]
        try:
            with open_plain(self.folder / name, 0) as file:
                file.seek(start)
                return file.read(end - start - 1)
        except OSError:
            return b""

    def bundle(self, index: int, width: int, size: int) -> list[bytes]:
        """The first ``width`` entries of a bundle, as a log of ``size`` leaves keeps them."""
        stored = min(TILE_WIDTH, size - index * TILE_WIDTH)
        entries = list(unpack_entries(self._read(layout.tile_path("entries", index, stored))))
        if len(entries) != stored:
            raise DamagedArchive(
                f"log/{layout.tile_path('entries', index, stored)} holds {len(entries)} entries, not {stored}."
            )
        return entries[:width]

    def details_bytes(self, bundle: int) -> bytes:
        """The details of one bundle as they are stored."""
        return self._read(layout.details_path(bundle))

    def details_lines(self, bundle: int) -> list[bytes]:
        """The lines of one bundle's details; a last one without its newline is left out."""
        return self.details_bytes(bundle).split(b"\n")[:-1]

    def tile(self, level: int, index: int, width: int) -> bytes:
        return self._read(layout.tile_path(level, index, width))

    def file(self, name: str) -> bytes:
        """A file of the log by its path in the log's folder."""
        return self._read(name)

    def known_digests(self, wanted: set[str]) -> set[str]:
        """Those of the digests (hex) that some leaf names as its member's, by looking through all details unchecked.

        For healing, which must not set aside what the log knows, whatever the catalogue says.
        """
        found: set[str] = set()
        for bundle in range(-(-self.head().size // TILE_WIDTH)):
            found.update(digest.decode() for digest in _MEMBER_DIGEST.findall(self.details_bytes(bundle)))
        return found & wanted

    def files(self) -> set[str]:
        """Every path, relative to the log's folder, that the head accounts for."""
        size = self.head().size
        paths = {layout.CHECKPOINT}
        paths.update(layout.tile_path(level, index, width) for level, index, width in layout.tiles_of(size))
        for index, width in layout.bundles_of(size):
            paths.add(layout.tile_path("entries", index, width))
            paths.add(layout.details_path(index))
        return paths

    def unaccounted(self) -> list[str]:
        """Files in the log's folder that the head does not account for."""
        size = self.head().size
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if not _is_folder(path))
        return sorted(path for path in found if not layout.is_of(path, size))

    def heal(self) -> list[str]:
        """Takes away what a crash left behind the head: unsigned tiles, temporary files, lines of details beyond the size.

        Nothing of it was ever acknowledged. Returns one sentence for each thing done. A file that the log itself would never
        have written is left where it is, for `archiver verify` to name.
        """
        done = []
        for name in self.unaccounted():
            if layout.is_own(name):
                (self.folder / name).unlink()
                done.append(f"log/{name} was written for a head that was never signed; it is removed.")
        size = self.head().size
        bundle, kept = divmod(size, TILE_WIDTH)
        path = self.folder / layout.details_path(bundle)
        if kept and path.is_file():
            data = read_plain(path)
            end = _end_of_lines(data, kept)
            if end < len(data):
                with path.open("r+b") as file:
                    file.truncate(end)
                    os.fsync(file.fileno())
                done.append(f"log/{layout.details_path(bundle)} is cut back to the {size} leaves of the signed head.")
        self._edge = None
        return done

    def edge_at(self, head: Checkpoint) -> tuple[TreeEdge, list[bytes]]:
        """The right edge of the tree under a head, and the entries of its unfinished bundle; the caller may let both grow."""
        if self._edge is not None and self._edge.size == head.size and self._root == head.root:
            return self._edge, self._bundle
        edge = TreeEdge(head.size)
        count = head.size
        while count:
            count, width = divmod(count, TILE_WIDTH)
            level = len(edge.partial)
            edge.partial.append(self.tile(level, count, width) if width else b"")
            if len(edge.partial[level]) != width * HASH_SIZE:
                raise DamagedArchive(f"log/{layout.tile_path(level, count, width)} has a wrong length.")
        if edge.root() != head.root:
            raise DamagedArchive(
                "The tiles of the log do not add up to its signed head; nothing is appended to a broken log."
            )
        rest = head.size % TILE_WIDTH
        entries = self.bundle(head.size // TILE_WIDTH, rest, head.size) if rest else []
        if b"".join(leaf_hash(entry) for entry in entries) != (edge.partial[0] if rest else b""):
            raise DamagedArchive("The newest entries of the log are not those of its signed head; nothing is appended.")
        return edge, entries

    def _append_details(self, size: int, lines: Sequence[bytes], writes: Writes) -> None:
        at = 0
        while at < len(lines):
            bundle, used = divmod(size + at, TILE_WIDTH)
            chunk = lines[at : at + TILE_WIDTH - used]
            path = self.folder / layout.details_path(bundle)
            former = path.read_bytes() if used else b""
            end = _end_of_lines(former, used)
            if former.count(b"\n", 0, end) != used:
                raise DamagedArchive(f"log/{layout.details_path(bundle)} lacks lines; nothing is appended to it.")
            data = b"".join(line + b"\n" for line in chunk)
            writes.put(path, data, end)  # a crash can have left lines behind it, of leaves that were never signed
            if path.read_bytes() != former[:end] + data:
                raise _unlike(path)
            at += len(chunk)

    def _write(self, name: str, data: bytes, writes: Writes) -> None:
        path = self.folder / name
        writes.put(path, data)
        if path.read_bytes() != data:
            raise _unlike(path)

    def _check_written(self, old: int, new: int) -> None:
        """Hashes the entries again as the disk gives them back: one flipped bit ended a public log for good."""
        for bundle in range(old // TILE_WIDTH, -(-new // TILE_WIDTH)):
            width = min(TILE_WIDTH, new - bundle * TILE_WIDTH)
            entries = self.bundle(bundle, width, new)
            if b"".join(leaf_hash(entry) for entry in entries) != self.tile(0, bundle, width):
                raise DamagedArchive("New entries of the log do not hash to their tile; nothing was signed.")

    def _drop_partials(self, old: int, new: int) -> None:
        """Partial tiles of the former head are not needed any more; a crash before this is healed later."""
        for name in layout.partials_of(old) - layout.partials_of(new):
            (self.folder / name).unlink(missing_ok=True)
            self._remove_if_empty((self.folder / name).parent)

    @staticmethod
    def _remove_if_empty(folder: Path) -> None:
        try:
            folder.rmdir()
        except OSError:
            return  # it holds the newer partial tile

    def _read(self, name: str) -> bytes:
        if name in self._held:
            return self._held[name]
        try:
            return read_plain(self.folder / name)
        except PermissionError as error:
            path = self.folder / name
            raise NotReadable(
                f"You may not read {path}; let yourself read it (or ask its owner), and try again."
            ) from error
        except OSError as error:
            raise DamagedArchive(f"log/{name} cannot be read: {error.strerror}.") from error


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _end_of_lines(data: bytes, count: int) -> int:
    """Where the first ``count`` lines end, or the last whole one before that."""
    end = 0
    for _ in range(count):
        following = data.find(b"\n", end) + 1
        if not following:
            break
        end = following
    return end


def _not_committed(index: int) -> DamagedArchive:
    return DamagedArchive(f"Leaf {index} is not what the signed head of the log commits to; run `archiver verify`.")


def _unlike(path: Path) -> DamagedArchive:
    return DamagedArchive(f"{path} does not read back as it was written; nothing was recorded. Check the disk.")
