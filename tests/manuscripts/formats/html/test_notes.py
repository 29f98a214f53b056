"""What a sign of a note looks like in HTML."""

from __future__ import annotations

import pytest

from archiver.manuscripts.formats.html.notes import is_sign, is_way_back, label_of, leads_to_another, places


@pytest.mark.parametrize(
    ("words", "said", "raised", "sign"),
    [
        ("1", {}, True, True), ("[12]", {}, False, True), ("*", {}, False, True), ("3", {"class": "footnote-ref"}, False, True),
        ("3", {"href": "#fn3"}, False, True), ("3", {"href": "#section"}, False, False), ("note 3", {"role": "doc-noteref"}, False, True),
        ("Section 3", {"href": "#fn"}, True, False), ("the note", {}, True, False), ("", {}, True, False),
    ],
)  # fmt: skip
def test_is_sign(words: str, said: dict[str, str], raised: bool, sign: bool) -> None:
    assert is_sign(words, said, raised=raised) is sign


def test_ways_back() -> None:
    assert all(map(is_way_back, ("↩︎", "^", "[1]", "Back", "↑ ", "a")))
    assert not any(map(is_way_back, ("see there", "Smith")))


def test_labels_and_places() -> None:
    assert label_of("[1]", "fn") == "1"
    assert label_of("", "fn") == "fn"
    assert places('<p id=a>x<a name="b">y</a><i ID="c" id="a"><meta name="d"></p id=z>') == {"a": 0, "b": 9, "c": 26}


def test_a_number_behind_note_is_spoken_of_and_no_way_back() -> None:
    assert leads_to_another("Smith, supra note ")
    assert not leads_to_another("Smith, 1999. ")
