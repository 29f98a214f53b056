from __future__ import annotations

from typing import Any

from archiver import match
from archiver.judging import without_twins
from archiver.model import Layer, Text

SAID = "The gate stays shut at night."
PAGE = f"The mayor spoke first, at noon. {SAID} The council laughed.\n\nThe harbour master came last, in the rain. {SAID} Nobody laughed."


def text(content: str, layer: Layer = Layer.DOCUMENT) -> Text:
    return Text(layer, content, "test", "1")


def quoted(content: str, **picked: str) -> dict[str, Any]:
    found = match.judge(SAID, (text(content),), **picked)
    told = [item.to_json() for item in found.matches]
    return {"quote": SAID, "holds": True, "layer": "document", "matches": told}


def places(page: Text) -> list[int]:
    found = match.judge(SAID, (page,))
    return [item.spans[0].start for item in found.matches] if found.holds else []


def test_the_other_place_is_blanked_and_positions_stay() -> None:
    (left,) = without_twins(quoted(PAGE, prefix="the rain. "), [text(PAGE)], [text(PAGE)]) or ()
    assert (len(left.content), places(left)) == (len(PAGE), [PAGE.rindex(SAID)])


def test_where_the_quoted_place_is_gone_none_is_left() -> None:
    for prefix, gone in (("the rain. ", f"in the rain. {SAID}"), ("at noon. ", f"at noon. {SAID}")):
        (left,) = without_twins(quoted(PAGE, prefix=prefix), [text(PAGE)], [text(PAGE.replace(gone, "There."))]) or ()
        assert places(left) == []


def test_places_that_changed_their_order_are_known_by_what_is_around_them() -> None:
    moved = "\n\n".join(PAGE.split("\n\n")[::-1])
    (left,) = without_twins(quoted(PAGE, prefix="the rain. "), [text(PAGE)], [text(moved)]) or ()
    assert places(left) == [moved.index(SAID)]


def test_one_that_is_like_neither_is_not_taken_for_the_other() -> None:
    assert without_twins(quoted(PAGE, prefix="the rain. "), [text(PAGE)], [text(f"Overheard: {SAID}")]) is None


def test_words_of_one_place_or_of_any_have_no_twins() -> None:
    assert without_twins(quoted(PAGE), [text(PAGE)], [text(PAGE)]) is None
    assert without_twins(quoted(SAID), [text(SAID)], [text(PAGE)]) is None
    assert without_twins(quoted(PAGE, prefix="the rain. "), [text(PAGE, Layer.ARTICLE)], [text(PAGE)]) is None


def test_it_is_followed_in_a_layer_that_it_was_not_quoted_from() -> None:
    then = [text(PAGE), text(PAGE.replace("\n\n", " "), Layer.ARTICLE)]
    now = [text(page.content.replace(f"rain. {SAID}", "rain."), page.layer) for page in then]
    left = without_twins(quoted(PAGE, prefix="the rain. "), then, now) or ()
    assert [places(page) for page in left] == [[], []]
