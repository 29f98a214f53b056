"""Where the files of a log lie: C2SP tlog-tiles, with the erasable details beside it."""

from __future__ import annotations

import re

from archiver.log.merkle import TILE_WIDTH

CHECKPOINT = "checkpoint"
_OWN = re.compile(
    r"(tile/([0-9]{1,2}|entries)/(x[0-9]{3}/)*[0-9]{3}(\.p/[0-9]{1,3})?|details/(x[0-9]{3}/)*[0-9]{3}|"
    r"details/(x[0-9]{3}/)*\.[0-9]{3}\.[0-9]+\.new|\.checkpoint\.[0-9]+\.new)"
)


def index_path(index: int) -> str:
    """A tile's number in groups of three digits, all but the last with an ``x``: 1234067 is ``x001/x234/067``."""
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups))


def tile_path(level: int | str, index: int, width: int = TILE_WIDTH) -> str:
    """``tile/<L>/<N>`` for a full tile, with ``.p/<W>`` for a partial one; level ``entries`` names an entry bundle."""
    path = f"tile/{level}/{index_path(index)}"
    return path if width == TILE_WIDTH else f"{path}.p/{width}"


def details_path(index: int) -> str:
    """The details of the 256 leaves of one entry bundle."""
    return f"details/{index_path(index)}"


def tiles_of(size: int) -> list[tuple[int, int, int]]:
    """(level, index, width) of every hash tile that a tree of this size has."""
    tiles = []
    level, count = 0, size
    while count:
        full, rest = divmod(count, TILE_WIDTH)
        tiles += [(level, index, TILE_WIDTH) for index in range(full)]
        if rest:
            tiles.append((level, full, rest))
        level, count = level + 1, full
    return tiles


def bundles_of(size: int) -> list[tuple[int, int]]:
    """(index, width) of every entry bundle that a tree of this size has."""
    full, rest = divmod(size, TILE_WIDTH)
    return [(index, TILE_WIDTH) for index in range(full)] + ([(full, rest)] if rest else [])


def new_files(old: int, new: int) -> list[str]:
    """The tiles, bundles and details that a tree of ``new`` leaves has and one of ``old`` leaves has not, or has shorter."""
    paths, before, after, level = list[str](), old, new, 0
    for index in range(old // TILE_WIDTH, -(-new // TILE_WIDTH)):
        width = min(TILE_WIDTH, new - index * TILE_WIDTH)
        paths += [tile_path("entries", index, width), details_path(index)]
    while after:
        for index in range(before // TILE_WIDTH, -(-after // TILE_WIDTH)):
            paths.append(tile_path(level, index, min(TILE_WIDTH, after - index * TILE_WIDTH)))
        before, after, level = before // TILE_WIDTH, after // TILE_WIDTH, level + 1
    standing = partials_of(old)
    return [path for path in paths if path not in standing]


def partials_of(size: int) -> set[str]:
    """The paths of the unfinished tiles and the unfinished entry bundle of a tree of this size."""
    paths, level, count = set(), 0, size
    if size % TILE_WIDTH:
        paths.add(tile_path("entries", size // TILE_WIDTH, size % TILE_WIDTH))
    while count:
        count, width = divmod(count, TILE_WIDTH)
        if width:
            paths.add(tile_path(level, count, width))
        level += 1
    return paths


def is_own(name: str) -> bool:
    """Whether a path relative to the log's folder is one that the log itself would write: a tile, details, an unfinished head."""
    return _OWN.fullmatch(name) is not None
