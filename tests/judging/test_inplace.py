"""Whether a quotation that holds on a page holds where it stood."""

from __future__ import annotations

import pytest

from archiver import match
from archiver.diffing import Counterparts
from archiver.judging import InPlace, in_place
from archiver.model import Layer, Text

BEFORE = "The council met on Tuesday in the old town hall to speak of the bridge over the river."
AFTER = "Fishermen had asked for that since the flood of last year, when four boats were lost."
LENGTH = "The new bridge is 300 metres long"
PERCENT = "Prices rose by 5 percent in Spain and by 6 percent in France."


def page(*paragraphs: str, beside: str = "") -> list[Text]:
    article = "\n".join((BEFORE, *paragraphs, AFTER))
    return [Text(Layer.ARTICLE, article, "t", "1"), Text(Layer.DOCUMENT, f"{article}\n{beside}", "t", "1")]


def placed(quoted: str, then: list[Text], now: list[Text]) -> InPlace:
    found = match.judge(quoted, match.prepare(then))
    told = [item.to_json() for item in found.matches]
    judged = {"quote": quoted, "holds": found.holds, "layer": found.layer, "matches": told}
    assert match.judge(quoted, match.prepare(now)).holds, "else nobody asks"
    return in_place(judged, Counterparts.of(then, now), now)


@pytest.mark.parametrize(
    ("quoted", "old", "new", "changes"),
    [
        (LENGTH, f"{LENGTH}.", "The new bridge is 330 metres long.", [("300", "330")]),
        (LENGTH, f"{LENGTH}, the mayor says.", "The new bridge is 330 metres long, the mayor says.", [("300", "330")]),
        ("5 percent", PERCENT, PERCENT.replace("5", "9").replace("6", "5"), [("5", "9")]),
        ("rose by 5 percent", PERCENT, PERCENT.replace("5", "9"), [("5", "9")]),
    ],
)
def test_what_stands_elsewhere_does_not_speak_for_its_place(
    quoted: str, old: str, new: str, changes: list[tuple[str, str]]
) -> None:
    judgement = placed(quoted, page(old), page(new, beside=f"Most read: {quoted}, says mayor")).judgement
    assert judgement is not None
    assert judgement.holds is False
    assert [(change.in_quote, change.in_source) for change in judgement.changes] == changes
    (found,) = judgement.matches
    assert found.exact in new


def test_where_the_words_stand_in_their_sentence_they_hold_whatever_their_order() -> None:
    for quoted, old, new in (
        (LENGTH, f"{LENGTH}.", f"The claim that {LENGTH} is false."),
        ("the wall", "They saw the bridge and the wall on that day.", "They saw the wall and the bridge on that day."),
    ):
        assert placed(quoted, page(old), page(new)) == (None, True)
    assert placed(LENGTH, page(f"{LENGTH}."), page(f"{LENGTH}.", "Many like it.")) == (None, False)


def test_of_several_places_any_serves() -> None:
    other = "A board beside the road tells everybody: the new bridge is long, and it is new."
    board = f"A board tells everybody: {LENGTH}, and it is new."
    then, edited = page(f"{LENGTH}.", board), "The new bridge is 330 metres long."
    assert placed(LENGTH, then, page(edited, board)) == (None, False)
    assert placed(LENGTH, then, page(edited, other, beside=LENGTH)).judgement is not None


def test_where_its_sentence_is_gone_nothing_is_said() -> None:
    assert placed(LENGTH, page(f"{LENGTH}."), page("Nobody knows.", beside=LENGTH)) == (None, False)


def test_a_quotation_of_another_layer_is_none_of_the_article() -> None:
    then = page(f"{LENGTH}.", beside="Read the board beside the road")
    assert placed("Read the board beside the road", then, then) == (None, False)
