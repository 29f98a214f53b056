"""Passages."""

from __future__ import annotations

from archiver.match import prepare
from archiver.match.passage import Passage, Sought, find_passage
from archiver.match.quotation import Quotation


def passage(quote: str, source: str) -> Passage | None:
    prepared = prepare(source)
    return find_passage(Sought.of(Quotation(quote).solid, prepared.words.find), prepared.pages[0])


def test_pieces_in_another_order_are_moved() -> None:
    found = passage(
        "the boats went out again … the storm had passed by", "the storm had passed by and the boats went out again"
    )
    assert found is not None
    assert len(found.runs) == 1
    assert len(found.moved) == 1


def test_nothing_shared() -> None:
    assert passage("one two three four", "five six seven eight") is None
