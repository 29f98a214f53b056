"""Checks of the log by itself: its head, its tree, its details. Nothing here looks into a WARC file."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from archiver.errors import ArchiverError, DamagedArchive
from archiver.log import Checkpoint, Log, layout
from archiver.log.leaves import entry_of, open_line
from archiver.log.merkle import HASH_SIZE, TILE_WIDTH, Tile, TreeEdge, leaf_hash
from archiver.model import LASTING
from archiver.signing import KeyRing, VerifyingKey
from archiver.verification.bundles import bundle_tasks
from archiver.verification.committed import Committed
from archiver.verification.findings import Finding
from archiver.verification.worker import Crew


def check_signer(key: VerifyingKey, ring: KeyRing, trusted: VerifyingKey | None) -> Finding:
    """Whether the key that heads this log is one that the verifier knows from elsewhere."""
    try:
        expected = trusted or ring.known(key.name)
    except ArchiverError as error:
        return Finding("archive.toml", "signer", None, str(error))
    if expected is None:
        return Finding(
            "archive.toml", "signer", None,
            f"intact as far as its own key says, signer unknown: get the key {key.vkey} from its owner by another way "
            "(their page, a letter) and name it with --key",
        )  # fmt: skip
    if expected != key:
        return Finding(
            "archive.toml",
            "signer",
            False,
            f"the archive names the key {key.vkey}, but it is known under {expected.vkey}",
        )
    return Finding("archive.toml", "signer", True, f"signed by the known key {key.vkey}")


class TreeCheck:
    """Recomputes the whole tree: entries, tiles and details must agree with one another and with the signed root.

    Where they do not, the root says which of them is the one that was changed. ``complete`` says afterwards whether all leaves
    could be read.
    """

    def __init__(self, log: Log, head: Checkpoint, committed: Committed, crew: Crew, *, broken_off: bool) -> None:
        self._log = log
        self._crew = crew
        self._head = head
        self._committed = committed
        self._broken_off = broken_off
        self._by_entries = _Tree(log)
        self._by_tiles: _Tree | None = None  # made where the two part
        self._parted: list[int] = []
        self._doubtful: dict[int, str] = {}
        self.complete = False

    def findings(self) -> Iterator[Finding]:
        full = self._head.size // TILE_WIDTH
        tasks = bundle_tasks(self._log.folder, full, self._committed.mark_key)
        found = (each for some, _ in self._crew.run((task, None) for task in tasks) for each in some)
        for bundle, opened in enumerate(found):
            if opened is None:
                yield from self._check_bundle(bundle, TILE_WIDTH)
                if len(self._committed) != (bundle + 1) * TILE_WIDTH:
                    return
            else:
                self._committed.take(opened)
                self._by_entries.append_tile(opened.root)
                if self._by_tiles is not None:
                    self._by_tiles.append_tile(opened.root)
        rest = self._head.size % TILE_WIDTH
        if rest:
            yield from self._check_bundle(full, rest)
        self.complete = len(self._committed) == self._head.size
        if self.complete:
            yield from self._conclude()

    def _check_bundle(self, bundle: int, width: int) -> Iterator[Finding]:
        """Takes in the leaves of a bundle and says what is wrong with them; takes none where its entries cannot be read at all."""
        size = self._head.size
        lines = yield from self._lines(bundle, width)
        try:
            entries = self._log.bundle(bundle, width, size)
        except DamagedArchive as error:
            yield Finding(f"log/{layout.tile_path('entries', bundle, width)}", "tree", False, str(error))
            entries = [entry_of(line) for line in lines]  # the tree will say whether they are the right ones
            if len(entries) != width:
                return
        hashes = [leaf_hash(entry) for entry in entries]
        stored = self._stored_hashes(bundle, width)
        if stored != hashes and self._by_tiles is None:
            self._by_tiles = self._by_entries.copy()
        if stored != hashes:
            self._parted.append(bundle)
        self._grow(hashes, stored)
        yield from self._check_details(bundle, entries, lines, stored or hashes)

    def _grow(self, hashes: list[bytes], stored: list[bytes] | None = None) -> None:
        for leaf in hashes:
            self._by_entries.append(leaf)
        if self._by_tiles is not None:
            for leaf in stored or hashes:
                self._by_tiles.append(leaf)

    def _conclude(self) -> Iterator[Finding]:
        size, failed = self._head.size, False
        entries_hold = self._by_entries.root() == self._head.root
        tiles_hold = self._by_tiles is not None and self._by_tiles.root() == self._head.root
        for name in (self._by_tiles if tiles_hold and self._by_tiles else self._by_entries).mismatches():
            failed = True
            yield Finding(f"log/{name}", "tree", False, "is not what the entries hash to")
        if not entries_hold:
            failed = True
            for bundle in self._parted:
                width = min(TILE_WIDTH, size - bundle * TILE_WIDTH)
                name = layout.tile_path("entries", bundle, width)
                yield Finding(f"log/{name}", "tree", False, "its entries do not hash to the tree that was signed")
            if not tiles_hold:
                yield Finding("log", "tree", False, "neither entries nor tiles hash to the root that was signed")
        if not tiles_hold:
            for index, detail in self._doubtful.items():
                yield Finding(self._subject(index), "details", False, f"leaf {index}: {detail}")
        if not failed:
            yield Finding("log", "tree", True, f"{size} leaves hash to the signed root")
        empty = len(self._committed.erased)
        if self._committed.sound + empty == size and not self._doubtful:
            words = f"{size - empty} leaves say what they commit to" + (f", {empty} are empty" if empty else "")
            yield Finding("log/details", "details", True, words)

    def _stored_hashes(self, bundle: int, width: int) -> list[bytes] | None:
        """The leaf hashes as their tile has them; None where it cannot be read as that."""
        try:
            data = self._log.tile(0, bundle, width)
        except DamagedArchive:
            return None
        if len(data) != width * HASH_SIZE:
            return None
        return [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)]

    def _lines(self, bundle: int, width: int) -> Generator[Finding, None, list[bytes]]:
        """The lines of details of the leaves of a bundle, as many as there are; what is wrong with the file is yielded."""
        name = f"log/{layout.details_path(bundle)}"
        try:
            lines = self._log.details_bytes(bundle).split(b"\n")
        except DamagedArchive as error:
            yield Finding(name, "details", False, str(error))
            return []
        rest = lines.pop()  # empty where the file ends with a whole line
        if len(lines) > width or (rest and len(lines) == width):
            if self._broken_off and bundle == self._head.size // TILE_WIDTH:
                yield Finding(name, "details", None, "a run that broke off left lines behind those of the signed head")
            else:
                yield Finding(name, "details", False, f"holds more than the lines of its {width} leaves")
        elif rest:
            yield Finding(name, "details", False, "does not end with a whole line")
        return lines[:width]

    def _subject(self, index: int) -> str:
        return f"log/{layout.details_path(index // TILE_WIDTH)} line {index % TILE_WIDTH + 1}"

    def _check_details(
        self, bundle: int, entries: list[bytes], lines: list[bytes], stored: list[bytes]
    ) -> Iterator[Finding]:
        for position, entry in enumerate(entries):
            index = bundle * TILE_WIDTH + position
            if position >= len(lines):
                self._committed.add(None)
                yield Finding(self._subject(index), "details", False, f"the details of leaf {index} are missing")
                continue
            line, details = lines[position], None
            try:
                details = open_line(line, entry)
            except DamagedArchive as error:
                made = entry_of(line)
                if leaf_hash(made) == stored[position]:
                    self._doubtful[index] = str(error)  # entry and tile differ, and the line is of the tile's opinion
                    details = open_line(line, made)
                else:
                    yield Finding(self._subject(index), "details", False, f"leaf {index}: {error}")
            else:
                if details is None:
                    # whether a recorded erasure says so is seen once all leaves are known
                    self._committed.erased[index] = self._subject(index)
                    if any(b'"kind":"%b"' % kind.encode() in entry for kind in LASTING):
                        detail = f"leaf {index} was taken out, though no erasure takes out a record of its kind"
                        yield Finding(self._subject(index), "details", False, detail)
            self._committed.add(details)


class _Tree:
    """A tree that grows leaf by leaf, and the stored tiles that are not its own."""

    def __init__(self, log: Log, edge: TreeEdge | None = None, other: list[str] | None = None) -> None:
        self._log = log
        self._edge = edge or TreeEdge()
        self._other = other or []

    def copy(self) -> _Tree:
        return _Tree(self._log, TreeEdge(self._edge.size, list(self._edge.partial)), list(self._other))

    def append(self, leaf: bytes) -> None:
        for tile in self._edge.append(leaf):
            self._compare(tile)

    def append_tile(self, root: bytes) -> None:
        """A whole tile of leaves, of which it is known that it is stored as it must be."""
        for tile in self._edge.append_tile(root):
            self._compare(tile)

    def root(self) -> bytes:
        return self._edge.root()

    def mismatches(self) -> list[str]:
        """The tiles that are stored otherwise; once, when all leaves are in."""
        for tile in self._edge.unfinished():
            self._compare(tile)
        return self._other

    def _compare(self, tile: Tile) -> None:
        name = layout.tile_path(tile.level, tile.index, tile.width)
        try:
            if self._log.tile(tile.level, tile.index, tile.width) != tile.data:
                self._other.append(name)
        except DamagedArchive:
            self._other.append(name)


def check_files(unaccounted: Sequence[str], *, broken_off: bool) -> Iterator[Finding]:
    """Files that the signed head does not account for."""
    for name in unaccounted:
        if broken_off and layout.is_own(name):
            yield Finding(f"log/{name}", "files", None, "a run that broke off left it for a head that was never signed")
        else:
            yield Finding(f"log/{name}", "files", False, "is no part of the log under its signed head")
