"""Checks of the log by itself: its head, its tree, its details. Nothing here looks into a WARC file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from archiver.errors import DamagedArchive
from archiver.log import Checkpoint, Details, Log, layout
from archiver.log.leaves import open_line
from archiver.log.merkle import TILE_WIDTH, Tile, TreeEdge, leaf_hash
from archiver.signing import KeyRing, VerifyingKey
from archiver.verification.findings import Finding


@dataclass(slots=True)
class LogView:
    """What the checks of the log let the later checks rely on: the details that the signed head commits to."""

    head: Checkpoint
    details: dict[int, Details] = field(default_factory=dict)
    erased: list[int] = field(default_factory=list)


def check_signer(key: VerifyingKey, ring: KeyRing, trusted: VerifyingKey | None) -> Finding:
    """Whether the key that heads this log is one that the verifier knows from elsewhere."""
    expected = trusted or ring.known(key.name)
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


def check_tree(log: Log, view: LogView) -> Iterator[Finding]:
    """Recomputes the whole tree from the entries: every stored tile must be what they hash to, and the root must be the head's."""
    size = view.head.size
    edge, failed = TreeEdge(), False
    for bundle, width in layout.bundles_of(size):
        name = layout.tile_path("entries", bundle, width)
        try:
            entries = log.bundle(bundle, width, size)
        except DamagedArchive as error:
            yield Finding(f"log/{name}", "tree", False, str(error))
            return
        lines = _lines(log, bundle)
        for position, entry in enumerate(entries):
            index = bundle * TILE_WIDTH + position
            for tile in edge.append(leaf_hash(entry)):
                finding = _compare_tile(log, tile)
                if finding:
                    failed = True
                    yield finding
            yield from _check_line(view, index, entry, lines[position] if position < len(lines) else None)
        if len(lines) > len(entries):
            yield Finding(
                f"log/{layout.details_path(bundle)}",
                "details",
                False,
                f"has {len(lines)} lines for {len(entries)} leaves",
            )
        yield from _check_end(log, bundle)
    for tile in edge.unfinished():
        finding = _compare_tile(log, tile)
        if finding:
            failed = True
            yield finding
    if edge.root() != view.head.root:
        yield Finding("log/tile/entries", "tree", False, "the entries do not hash to the root that was signed")
    elif not failed:
        yield Finding("log", "tree", True, f"{size} leaves hash to the signed root")


def check_files(log: Log, *, writing: bool) -> Iterator[Finding]:
    """Files that the signed head does not account for; while a writer is at work there may be some."""
    for name in log.unaccounted():
        if writing:
            yield Finding(f"log/{name}", "files", True, "belongs to a head that is being written")
        else:
            yield Finding(f"log/{name}", "files", False, "is no part of the log under its signed head")


def _lines(log: Log, bundle: int) -> list[bytes]:
    try:
        return log.details_lines(bundle)
    except DamagedArchive:
        return []  # each leaf of it is then reported as lacking its details


def _check_end(log: Log, bundle: int) -> Iterator[Finding]:
    path = log.folder / layout.details_path(bundle)
    if path.is_file() and not path.read_bytes().endswith(b"\n"):
        yield Finding(f"log/{layout.details_path(bundle)}", "details", False, "does not end with a whole line")


def _check_line(view: LogView, index: int, entry: bytes, line: bytes | None) -> Iterator[Finding]:
    subject = f"log/{layout.details_path(index // TILE_WIDTH)} line {index % TILE_WIDTH + 1}"
    if line is None:
        yield Finding(subject, "details", False, f"the details of leaf {index} are missing")
        return
    try:
        details = open_line(line, entry)
    except DamagedArchive as error:
        yield Finding(subject, "details", False, f"leaf {index}: {error}")
        return
    if details is None:
        view.erased.append(index)
    else:
        view.details[index] = details


def _compare_tile(log: Log, tile: Tile) -> Finding | None:
    name = layout.tile_path(tile.level, tile.index, tile.width)
    try:
        stored = log.tile(tile.level, tile.index, tile.width)
    except DamagedArchive as error:
        return Finding(f"log/{name}", "tree", False, str(error))
    if stored != tile.data:
        return Finding(f"log/{name}", "tree", False, "is not what the entries hash to")
    return None
