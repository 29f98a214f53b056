"""Layers of one page: what several say is kept once."""

from __future__ import annotations

from archiver.fulltext import read
from archiver.fulltext.reading import PART


def test_layers_that_say_the_same_are_one() -> None:
    article = " ".join(f"word{at}" for at in range(300))
    once, twice = read([article]), read([article, f"menu {article} footer", article])
    assert len(twice.parts) == 1
    assert twice.parts[0][1] in (once.parts[0][1] + 1, once.parts[0][1] + 2)  # two of them may have one number
    assert set(twice.words.split()) == {*once.words.split(), "menu", "footer"}


def test_a_long_text_is_kept_in_parts_that_overlap() -> None:
    content = read([" ".join(f"word{at}" for at in range(3 * PART))])
    assert len(content.parts) == 3
    assert set(content.parts[0][0].split()) & set(content.parts[1][0].split())


def test_there_may_be_nothing() -> None:
    assert read([]) == read(["", "… – !"])
    assert read([]).parts == ()
    assert read(["two words"]).words.split().sort() == ["two", "words"].sort()
    assert read(["two words"]).parts == ()
