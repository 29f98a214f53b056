"""The tables of elements agree with one another."""

from __future__ import annotations

from archiver.texts import elements


def test_tables_agree() -> None:
    assert not elements.UNSEEN & elements.VOID
    assert not elements.SKIPPED & elements.VOID
    assert not elements.SKIPPED & elements.UNSEEN
    assert elements.DROPPED <= elements.VOID
    assert elements.PREFORMATTED <= elements.BLOCKS
    assert elements.SPECIAL_END <= elements.SPECIAL
    assert elements.NEVER_HIDDEN <= elements.BLOCKS


def test_elements_inside_sentences_are_no_blocks() -> None:
    assert not elements.BLOCKS & {
        "a",
        "b",
        "i",
        "em",
        "strong",
        "span",
        "sup",
        "sub",
        "q",
        "cite",
        "img",
        "wbr",
        "svg",
        "noscript",
    }


def test_names_are_lower_case() -> None:
    assert all(name == name.lower() for name in elements.BLOCKS | elements.VOID | elements.SPECIAL)
