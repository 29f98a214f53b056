from __future__ import annotations

import pytest

from archiver.manuscripts.formats.wikitext.silent import prints_nothing


@pytest.mark.parametrize(
    ("name", "named", "unnamed", "nothing"),
    [
        ("citation needed", ["date"], 0, True), ("who?", [], 0, True), ("infobox settlement", ["name"], 1, True),
        ("whatever", ["date", "reason"], 0, True),
        ("whatever", [], 0, False), ("whatever", ["date"], 1, False), ("whatever", ["value"], 0, False),
    ],
)  # fmt: skip
def test_templates_that_print_nothing(name: str, named: list[str], unnamed: int, nothing: bool) -> None:
    assert prints_nothing(name, named, unnamed) is nothing
