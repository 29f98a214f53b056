"""Paragraphs of Markdown whose brackets have no end, or stand in one another without end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import assert_linear

from archiver.manuscripts.document import Link, NoteMark
from archiver.manuscripts.formats.markdown import reader


@pytest.mark.parametrize(
    "grown",
    [
        lambda n: "^[" * n, lambda n: "[^" * n, lambda n: "[^" * n + " ]", lambda n: "^[" * 3 * n + "]", lambda n: "[a ^[" * n,
        lambda n: "[a " + "^[" * 3 * n + "](http://a.org)", lambda n: "![" * n + "]", lambda n: "[" * n + r"\]", lambda n: "[a ^[b ![c" * n,
        lambda n: "[@a " * n, lambda n: "[a](" * n, lambda n: "[" * n + "]" * n,
    ],
)  # fmt: skip
def test_brackets_without_end_are_read_in_linear_time(grown: Callable[[int], str]) -> None:
    assert_linear(lambda text: reader.read(text.encode(), "a.md"), grown, 10_000, seconds=20)


def test_brackets_that_close_are_read_as_before() -> None:
    text = "So [the *mayor* [sic]](http://a.org) said.^[In [her book](http://b.org).] More [^n] [^ x [^"
    blocks = reader.read(f"{text}\n\n[^n]: A note.".encode(), "a.md").blocks
    assert [block.text for block in blocks] == [
        "So the mayor [sic] said. More  [^ x [^",
        "In her book.",
        "A note.",
    ]
    links = [mark.url for block in blocks for mark in block.marks if isinstance(mark, Link)]
    assert links == ["http://a.org", "http://b.org"]
    assert sum(isinstance(mark, NoteMark) for mark in blocks[0].marks) == 2
