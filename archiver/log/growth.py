"""What a log becomes when leaves are added to it: its new files, before anybody writes or signs one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.errors import DamagedArchive
from archiver.log import layout
from archiver.log.leaves import Leaf, pack_entries
from archiver.log.merkle import TILE_WIDTH, TreeEdge, leaf_hash

if TYPE_CHECKING:
    from archiver.log.checkpoint import Checkpoint
    from archiver.log.journal import Log


@dataclass(frozen=True, slots=True)
class Growth:
    """From one head to ``size`` leaves with the root hash ``root``. ``files`` are those of the log's folder that are new or longer then."""

    old: Checkpoint
    size: int
    root: bytes
    files: dict[str, bytes]


def grown(log: Log, head: Checkpoint, leaves: Sequence[Leaf]) -> Growth:
    """What the log under this head, its own, becomes with further leaves; nothing is written. Raises DamagedArchive."""
    held, entries = log.edge_at(head)
    edge, bundle, files = TreeEdge(held.size, list(held.partial)), list(entries), dict[str, bytes]()
    put_tiles(edge, bundle, leaves, files.__setitem__)
    at = 0
    while at < len(leaves):
        number, used = divmod(head.size + at, TILE_WIDTH)
        chunk = leaves[at : at + TILE_WIDTH - used]
        former = log.details_lines(number)[:used] if used else []
        if len(former) != used:
            raise DamagedArchive(f"log/{layout.details_path(number)} lacks lines; nothing is appended to it.")
        lines = [*former, *(leaf.line for leaf in chunk)]
        files[layout.details_path(number)] = b"".join(line + b"\n" for line in lines)
        at += len(chunk)
    return Growth(head, edge.size, edge.root(), files)


def put_tiles(edge: TreeEdge, bundle: list[bytes], leaves: Sequence[Leaf], put: Callable[[str, bytes], None]) -> None:
    """Lets the edge and its unfinished bundle grow, and puts the tiles and bundles that this makes, by their paths in the log's folder."""
    standing = layout.partials_of(edge.size)
    for leaf in leaves:
        bundle.append(leaf.entry)
        if len(bundle) == TILE_WIDTH:
            put(layout.tile_path("entries", edge.size // TILE_WIDTH), pack_entries(bundle))
            bundle.clear()
        for tile in edge.append(leaf_hash(leaf.entry)):
            put(layout.tile_path(tile.level, tile.index), tile.data)
    if bundle:
        put(layout.tile_path("entries", edge.size // TILE_WIDTH, len(bundle)), pack_entries(bundle))
    for tile in edge.unfinished():
        name = layout.tile_path(tile.level, tile.index, tile.width)
        if name not in standing:  # a tile that the signed head rests on is never opened for writing
            put(name, tile.data)
