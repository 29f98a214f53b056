"""What is said of a text before it is judged: never that a quotation is absent where the judge finds it."""

from __future__ import annotations

import random
from itertools import product

import pytest

from archiver.match import Prospect, judge
from archiver.model import Layer, Text, Verdict

SPEECH = (
    "The river council closed the old harbour in 2019, after a storm had carried away 1,250 boats. “We don’t know,” said Ann O’Hara, "
    "“whether the harbour will ever be opened again.” İstanbul’s half-timbered market was well-known; Änderungen an der Straße kosteten "
    "rund 40 % mehr als im Frühjahr. On the west side of the bridge stood a lantern that nobody had painted for thirty-five years."
)
OTHER = (
    "A meadow lay behind the village, and in the village there was a basket maker whose daughter counted the ladders. The engine of the "
    "captain’s boat was made of copper. Nobody in the island’s market had seen it, whether in the winter or after it."
)


def texts(*contents: str) -> list[Text]:
    return [Text(layer, content, "x", "1") for layer, content in zip(Layer, contents, strict=False)]


def variants(quotation: str, picker: random.Random) -> list[str]:
    """The words in other orders, without some, with others, with capitals and marks."""
    words = quotation.split()
    mixed = picker.sample(words, len(words))
    at = picker.randrange(len(words))
    return [
        quotation,
        " ".join([*words[:at], "otherwise", *words[at + 1 :]]),
        " ".join([*words[at:], *words[:at]]),
        " ".join([*words[:at], "…", *words[at + 2 :]]),
        " ".join([*words[:at], "[then]", f"[{words[at][:1]}]{words[at][1:]}", *words[at + 1 :]]),
        " ".join(words[::2]),
        " ".join(mixed),
        quotation.upper(),
        quotation.title(),
        quotation.replace("’", "'").replace(",", ""),
    ]


PRINTS = [
    lambda text: text,
    lambda text: text.replace(" ", "\n", 40).replace("\n", "\u00a0", 3),
    lambda text: text.replace("river", "ri-\nver").replace("har", "har\u00ad"),
    lambda text: text.replace("ch", "c\u200bh").replace("Ä", "A\u0308"),
    lambda text: text.replace("council", "council²").replace("side", "ſide"),
    lambda text: text.upper(),
    lambda text: text.replace("fi", "ﬁ").replace("1,250", "１，２５０").replace("40", "٤٠").replace("a", "ａ"),
]


@pytest.mark.parametrize("number", range(len(PRINTS)))
def test_what_the_judge_finds_is_never_given_up(number: int) -> None:
    picker = random.Random(number)
    content = PRINTS[number](SPEECH)
    words = SPEECH.split()
    found = 0
    for length in (2, 3, 5, 8, 13, 24):
        for _ in range(2):
            at = picker.randrange(len(words) - length)
            for quotation, page in product(variants(" ".join(words[at : at + length]), picker), (content, OTHER)):
                if judge(quotation, page).verdict is not Verdict.ABSENT:
                    found += 1
                    assert not Prospect.of(quotation).is_none_in(texts(page)), (quotation, page)
    assert found > 60


@pytest.mark.parametrize(
    "quotation",
    [
        "the old harbour in 2019, after a storm had carried away 1,250 boats",
        "We don’t know whether the harbour will ever be opened again",
        "the council closed … after a storm had carried away a thousand boats",
        "on the west side",
        "Straße kosteten rund 40 % mehr",
    ],
)
def test_a_text_of_other_words_is_given_up(quotation: str) -> None:
    assert judge(quotation, OTHER).verdict is Verdict.ABSENT
    assert Prospect.of(quotation).is_none_in(texts(OTHER))
    assert not Prospect.of(quotation).is_none_in(texts(OTHER, SPEECH)), "one layer has it"


def test_words_in_a_row_are_not_enough_for_a_long_quotation() -> None:
    quotation = "whether in the winter every bridge stays closed depends upon melting mountain snow"
    assert judge(quotation, OTHER).verdict is Verdict.ABSENT
    assert Prospect.of(quotation).is_none_in(texts(OTHER))


@pytest.mark.parametrize(
    "content", ["ri-\nver", "ri\u00adver", "x² and y", "ΟΔΟΣ", "e\u0301", "ｶﾞｽ", "ภาษาไทยนั้น", "a\u0301b"]
)
def test_nothing_is_said_of_texts_in_which_folding_does_more(content: str) -> None:
    assert not Prospect.of("seven words that stand nowhere at all here").is_none_in(texts(content))


@pytest.mark.parametrize("quotation", ["?!", "… the …", "ıssız bir ada", "$ % +"])
def test_nothing_is_said_of_quotations_that_are_for_the_judge_alone(quotation: str) -> None:
    assert not Prospect.of(quotation).is_none_in(texts(OTHER))


CHINESE = "市政府昨日宣布，因上周的风暴损坏了三艘渡船，旧港口将在２０２６年五月关闭。居民表示担忧，Kindle 也要停产。他说：“我们不知道以后会怎样。”"
OTHER_CHINESE = "岛上的村民每年冬天都会修理自己的木屋，而今年因为大雪，他们直到三月才开始动工。船长的铜壶还在桌子上。"


def test_characters_without_spaces() -> None:
    picker, found, given_up = random.Random(1), 0, 0
    for length in (2, 4, 7, 12, 20, 34):
        for _ in range(6):
            at = picker.randrange(len(CHINESE) - length)
            piece, place = CHINESE[at : at + length], picker.randrange(length)
            changed = [
                piece,
                piece[:place] + "甲" + piece[place + 1 :],
                piece[place:] + piece[:place],
                piece.replace("２０２６", "2026"),
                "".join(picker.sample(piece, length)),
                "".join(char + "甲" * (number % 4 == 3) for number, char in enumerate(piece)),
                "".join("甲" if number % 5 == 4 else char for number, char in enumerate(piece)),
                f"{piece[:place]}……{piece[place + 2 :]}",
            ]
            for quotation, page in product(changed, (CHINESE, OTHER_CHINESE, CHINESE + SPEECH)):
                verdict = judge(quotation, page).verdict
                none = Prospect.of(quotation).is_none_in(texts(page))
                assert not none or verdict is Verdict.ABSENT, (quotation, page)
                found += verdict is not Verdict.ABSENT
                given_up += none
    assert found > 200
    assert given_up > 200
    assert Prospect.of(SPEECH[:60]).is_none_in(texts(CHINESE))
    assert not Prospect.of("Kindle 也要停产").is_none_in(texts(CHINESE))


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (" 甲 乙 丙 丁 ", 1),
        (" 甲 乙 木 丁 ", 3 / 4),  # the first two stand in a row, the last may stand alone
        (" 甲 乙 木 丁 丙 ", 3.5 / 4),
        (" 丙 乙 ", 1 / 4),
        (" 木 ", 0),
        (" 乙 丙 ", 2 / 4),
    ],
)
def test_what_stands_in_a_row_counts_whole_and_what_is_there_a_half(text: str, share: float) -> None:
    assert Prospect(("甲",), tuple("甲乙丙丁"), unspaced=True)._unspaced_share(text) == share


@pytest.mark.parametrize(("apart", "given_up"), [(4, True), (5, False), (6, False)])
def test_a_text_with_just_enough_characters_is_left_to_the_judge(apart: int, given_up: bool) -> None:
    quotation = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地人"
    page = quotation[:13] + "木" + "木".join(quotation[14:24:2][:apart])
    assert Prospect.of(quotation).is_none_in(texts(page)) is given_up
