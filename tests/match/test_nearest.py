from __future__ import annotations

import pytest

from archiver.match import prepare
from archiver.match.nearest import nearest
from archiver.model import Layer, Text

PAGE = (
    "The wall at Port Anna\n\nThe harbour office closed the crossing after a storm. Nobody was hurt.\n\n"
    "The council did not say who will pay for the work, which is expected to cost 2.4 million pounds. Some of them cross it twice."
)


def test_it_is_the_sentence_with_most_of_the_words_and_says_which_it_lacks() -> None:
    found = nearest("The Council flatly refused to pay for any of the work", prepare(PAGE))
    assert found is not None
    assert found.sentence == (
        "The council did not say who will pay for the work, which is expected to cost 2.4 million pounds."
    )
    assert {"flatly", "refused"} <= set(found.lacking)
    assert not {"Council", "pay", "work"} & set(found.lacking)


@pytest.mark.parametrize(
    "words",
    [
        "Bananas ripen quickly under warm glass",
        "pay for work with ripe bananas, dark coffee, stolen silver spoons",
        "of the and to",
        "Nobody",
        "",
        "… — !",
        "[^]-x] work",
    ],
)
def test_nothing_is_near_where_too_few_words_stand_together(words: str) -> None:
    assert nearest(words, prepare(PAGE)) is None
    assert nearest(words, prepare("")) is None


def test_words_that_stand_far_apart_are_not_near() -> None:
    filler = "It rained on the hills all day. " * 40
    far = prepare(f"The harbour was full. {filler}Engineers came. {filler}Autumn tides rose.")
    assert nearest("harbour engineers autumn tides", far) is not None, "tides and autumn stand together"
    assert nearest("harbour engineers tides elsewhere", far) is None


def test_a_script_without_spaces() -> None:
    found = nearest(
        "市は堤防の費用を支払うと述べた", prepare("港は閉鎖された。市は堤防の費用について何も述べなかった。船は出た。")
    )
    assert found is not None
    assert found.sentence == "市は堤防の費用について何も述べなかった。"


def test_what_readers_are_shown_goes_before_what_they_are_not() -> None:
    words = "The council will pay for the work"
    texts = (
        Text(Layer.EMBEDDED, "The council will gladly pay for the work", "x", "1"),
        Text(Layer.PDF, "Today the council will gladly pay for the work.", "x", "1"),
    )
    found = nearest(words, prepare(texts))
    assert found is not None
    assert found.sentence.startswith("Today")
