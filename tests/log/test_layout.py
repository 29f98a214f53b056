"""Paths as C2SP tlog-tiles writes them."""

from __future__ import annotations

import pytest

from archiver.log import layout


@pytest.mark.parametrize(
    ("index", "path"),
    [
        (0, "000"),
        (7, "007"),
        (999, "999"),
        (1000, "x001/000"),
        (1067, "x001/067"),
        (999_999, "x999/999"),
        (1_000_000, "x001/x000/000"),
        (1_234_067, "x001/x234/067"),  # the example of C2SP tlog-tiles
    ],
)
def test_tile_numbers(index: int, path: str) -> None:
    assert layout.index_path(index) == path
    assert layout.tile_path(0, index) == f"tile/0/{path}"
    assert layout.tile_path("entries", index, 5) == f"tile/entries/{path}.p/5"
    assert layout.details_path(index) == f"details/{path}"


def test_the_tiles_of_a_size_that_the_specification_names() -> None:
    """tlog-tiles: a tree of 70,000 leaves has 273 full tiles and one of 112 at level 0, one full and one of 17 at level 1, one of 1."""
    tiles = layout.tiles_of(70_000)
    assert sum(level == 0 and width == 256 for level, _, width in tiles) == 273
    assert [tile for tile in tiles if tile[2] != 256] == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]
    assert (1, 0, 256) in tiles
    assert layout.bundles_of(70_000)[-1] == (273, 112)


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000])
def test_what_is_unfinished_is_a_part_of_what_there_is(size: int) -> None:
    everything = {layout.tile_path(*tile) for tile in layout.tiles_of(size)}
    everything |= {layout.tile_path("entries", *bundle) for bundle in layout.bundles_of(size)}
    partial = {path for path in everything if ".p/" in path}
    assert layout.partials_of(size) == partial


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("tile/0/000", True),
        ("tile/0/000.p/17", True),
        ("tile/entries/x001/x234/067", True),
        ("tile/63/000", True),
        ("details/000", True),
        ("details/x001/000", True),
        (".checkpoint.4711.new", True),
        (".checkpoint.0a1b2c3d.new", True),
        ("details/x001/.000.0a1b2c3d.new", True),
        (".checkpoint.mine.new", False),
        ("checkpoint", False),
        ("timestamps/1.tsr", False),
        ("tile/0/000~", False),
        ("details/000.bak", False),
        ("tile/notes/000", False),
        (".DS_Store", False),
    ],
)
def test_only_files_of_its_own_are_healed_away(name: str, *, own: bool) -> None:
    assert layout.is_own(name) is own


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 65_536, 65_537, 70_000])
def test_a_path_is_known_without_listing_all(size: int) -> None:
    everything = {layout.tile_path(*tile) for tile in layout.tiles_of(size)} | {layout.CHECKPOINT}
    for index, width in layout.bundles_of(size):
        everything |= {layout.tile_path("entries", index, width), layout.details_path(index)}
    near = {path for other in (0, 1, size + 1, size + 300, 2 * size) for path in layout.new_files(0, other)}
    strange = {
        "tile/00/000",
        "tile/0/x000/000",
        "tile/0/000.p/00",
        "tile/0/000.p/0",
        "details/000.p/1",
        "tile/0/" + "x111/" * 2000 + "111",
    }
    for path in everything | near | strange:
        assert layout.is_of(path, size) == (path in everything), path


def test_a_head_of_any_size_is_no_list_of_its_files() -> None:
    assert layout.is_of("tile/0/x001/000", 10**18)
    assert next(iter(layout.new_files(0, 10**18))) == "tile/entries/000"
