"""Where the files of a log lie: C2SP tlog-tiles, with the erasable details beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.log.merkle import TILE_WIDTH

CHECKPOINT = "checkpoint"
_PLACED = re.compile(r"(tile/[0-9]{1,2}|tile/entries|details)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([0-9]{1,3}))?")
_MOST_DIGITS = 40
"""Signs of a tile's number; more than any that a file system or a log could have."""

_OWN = re.compile(
    r"(tile/([0-9]{1,2}|entries)/(x[0-9]{3}/)*[0-9]{3}(\.p/[0-9]{1,3})?|details/(x[0-9]{3}/)*[0-9]{3}|"
    r"details/(x[0-9]{3}/)*\.[0-9]{3}\.[0-9a-f]+\.new|\.checkpoint\.[0-9a-f]+\.new)"
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


def new_files(old: int, new: int) -> Iterator[str]:
    """The tiles, bundles and details that a tree of ``new`` leaves has and one of ``old`` leaves has not, or has shorter."""
    standing = partials_of(old)
    return (path for path in _grown(old, new) if path not in standing)


def _grown(old: int, new: int) -> Iterator[str]:
    before, after, level = old, new, 0
    for index in range(old // TILE_WIDTH, -(-new // TILE_WIDTH)):
        yield tile_path("entries", index, min(TILE_WIDTH, new - index * TILE_WIDTH))
        yield details_path(index)
    while after:
        for index in range(before // TILE_WIDTH, -(-after // TILE_WIDTH)):
            yield tile_path(level, index, min(TILE_WIDTH, after - index * TILE_WIDTH))
        before, after, level = before // TILE_WIDTH, after // TILE_WIDTH, level + 1


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


def is_of(name: str, size: int) -> bool:
    """Whether a path is one of a tree of this size, asked without listing them: a signed head may name any size."""
    found = _PLACED.fullmatch(name)
    if found is None:
        return name == CHECKPOINT
    folder, number, width = found.groups()
    if len(number) > _MOST_DIGITS:
        return False
    index = int(number.replace("x", "").replace("/", ""))
    level = folder.removeprefix("tile/")
    full, rest = divmod(size >> (8 * int(level)) if level.isdigit() else size, TILE_WIDTH)
    if index_path(index) != number or str(int(level) if level.isdigit() else level) != level:
        return False
    if folder == "details":
        return width is None and index < full + (rest > 0)
    return index < full if width is None else (index, int(width), width) == (full, rest, str(rest or ""))


def is_own(name: str) -> bool:
    """Whether a path relative to the log's folder is one that the log itself would write: a tile, details, an unfinished head."""
    return _OWN.fullmatch(name) is not None
