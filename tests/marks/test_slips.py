"""What translation by machine leaves, and what people write."""

from __future__ import annotations

import pytest

from archiver.marks import slips
from archiver.marks.prose import prose_of

AROUND = "It was the talk of the town that day, and the people of the city said that it was to be in the news.\n"


def found(text: str) -> list[tuple[str, str]]:
    return [(mark.kind, mark.words) for mark in slips.marks(prose_of(AROUND + text, "en"))]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [("It was said on Monday by the official news agency. Turkish. That was all that was said.", "postposed-adjective", "agency. Turkish."),
     ("They reacted to any provocations from the North. Korea in the future would see to it.", "torn-name", "North. Korea"),
     ("The talks with the United. States, which had been put off, began on Monday in the city.", "torn-name", "United. States"),
     ("It fired a missile on Monday, according to the local police said on Tuesday evening.", "doubled-verb", "according to the local police said"),
     ("He was looking forward, saying, “We will make the most of it.” did. That was all of it.", "leftover-verb", "did."),
     ("We will use more of the these in the future, he said on the stage in the evening.", "leftover-verb", "the these"),
     ("They talked for hours about the new missile . threats from the country in the north.", "stray-stop", "missile . threats")],
)  # fmt: skip
def test_slips_are_found(text: str, kind: str, words: str) -> None:
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    ["They fled from the North. Korea has been divided for more than seventy years by now.",
     "He works for a news agency. Turkish officials said on Monday that he was to be set free.",
     "According to the police, officials said on Monday that nobody was hurt in the fire there.",
     "According to media reported to be close to him, he will not stand in the next election.",
     "According to what the police said on Monday, nobody was hurt in the fire at the station.",
     "“Did he say so?” “He did.” That was all that they said to one another on that day there.",
     "He left early. he said that he was tired, and went to bed without a word to anybody.",
     "The approx. value of the house was said to be known to nobody but the owner of it."],
)  # fmt: skip
def test_people_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_text_that_sets_its_stops_apart_is_left_alone() -> None:
    assert (
        found(
            "The dog was in the house . it slept . the cat was out . the man was in the field . it rained . all was well ."
        )
        == []
    )


def test_a_torn_name_needs_the_whole_name_elsewhere() -> None:
    whole = "The president Xi Jinping offered Ping, the leader of the other country, to work for peace in the world."
    assert found(whole) == []
    assert found(
        f"{whole}\nIt was Xi Jinping that said so in a message to the leader of the other country in the north."
    ) == [("torn-name", "Xi Jinping offered Ping")]
