"""How many of the pages that stand in front of others are told, in how many languages, and how many others are taken for one."""

from __future__ import annotations

from collections import Counter

import pytest
from wallpages import PAGES, WALLS, WallPage

from archiver import texts

SHARE = 0.95


def code_of(source: str) -> str | None:
    wall = texts.read(source.encode(), content_type="text/html; charset=utf-8", url="https://news.example/story").wall
    return wall.code if wall else None


def test_walls_are_told_in_many_languages(capsys: pytest.CaptureFixture[str]) -> None:
    found = {wall.name: code_of(wall.source) for wall in WALLS}
    missed = [wall for wall in WALLS if found[wall.name] is None]
    languages = Counter(wall.language for wall in WALLS)
    with capsys.disabled():
        print(f"\nwalls: {len(WALLS) - len(missed)} of {len(WALLS)} told, in {len(languages)} languages")
        for wall in WALLS:
            if found[wall.name] != wall.code:
                print(f"  {wall.code} {wall.name}: {found[wall.name]}")
    assert len(WALLS) >= 60
    assert len(languages) >= 8
    assert len({wall.name for wall in WALLS}) == len(WALLS)
    assert 1 - len(missed) / len(WALLS) >= SHARE
    for language, count in languages.items():
        assert sum(wall.language == language for wall in missed) <= max(1, count // 4)


@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: wall.name)
def test_a_wall_is_told_for_what_it_is(wall: WallPage) -> None:
    assert code_of(wall.source) in (wall.code, None), "called by another name"


@pytest.mark.parametrize("name", PAGES)
def test_a_short_page_is_no_wall(name: str) -> None:
    assert code_of(PAGES[name]) is None
