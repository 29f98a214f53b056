"""Words that say how much of what follows is meant."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.match.lexicon import lexicon
from archiver.match.quantity import (
    continued,
    denial_in,
    denial_phrase,
    dropped_quantity,
    is_amount,
    is_quantity,
    phrase_length,
)
from archiver.model import ChangeKind, Layer, Text, Verdict

EN = lexicon(("en",))


@pytest.mark.parametrize(
    ("dropped", "kept", "begins"),
    [
        ("only two of the", "nine families", 0),
        ("most of", "the members", 0),
        ("two in", "three voters", 0),
        ("he said up to", "five tonnes", 2),
        ("half", "the patients", 0),
        ("the city of", "london is", None),
        ("two", "of the nine", None),
        ("hundreds of", "people came", None),
        ("in 2019 of", "the war", None),
    ],
)
def test_dropped_quantities(dropped: str, kept: str, begins: int | None) -> None:
    assert dropped_quantity(dropped.split(), kept.split(), EN) == begins


def test_denials() -> None:
    assert denial_in(["he", "denied", "that", "it", "was"], EN) == (1, 2)
    assert denial_in(["the", "court", "ruled", "out", "a", "retrial"], EN) == (2, 4)
    assert denial_in(["the", "court", "met", "in", "may"], EN) is None
    assert denial_in(list("他否认了"), lexicon(("zh",))) == (1, 3)


def test_the_warning_names_the_word_on_which_a_cut_hangs() -> None:
    found = judge("the treaty had been signed in May", "The minister denied that the treaty had been signed in May.")
    assert found.holds
    assert found.warnings[0].detail == "the beginning of the sentence is left out; it hangs on “denied that”"
    found = judge("100 people came to the hall that night", "About 100 people came to the hall that night.")
    assert found.holds
    assert "“About”" in found.warnings[0].detail


@pytest.mark.parametrize(
    "language", ["en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "pl", "cs", "ru", "uk", "tr", "vi"]
)
def test_every_denial_of_the_lists_is_one(language: str) -> None:
    words = lexicon((language,))
    for denial in words.denials:
        parts = denial.split()
        assert len(parts) <= 3
        alone = parts[0] in words.denials_that | words.denials  # “stopped short” is told by its first word
        assert denial_phrase([*parts, "that"], 0, words) == (1 if alone else len(parts)), denial
        found = denial_in(["x", *parts, "that"], words)
        if not words.denial_stems:
            assert found == (1, 1 + (1 if parts[0] in words.denials else len(parts))), denial
        if len(parts) > 1:
            assert denial_phrase([*parts, "653", "cases"], 0, words) in (0, 1), "declined to 653 denies nothing"


def test_a_word_that_denies_only_before_that_is_a_phrase_and_no_denial_by_itself() -> None:
    for word in EN.denials_that - EN.denials:
        assert denial_phrase([word], 0, EN) == 1
        assert denial_in([word, "x"], EN) is None
    assert denial_phrase(["met"], 0, EN) == 0


@pytest.mark.parametrize(
    ("dropped", "kept", "begins"),
    [
        ("more than", "5 boats", 0), ("more than", "$ 5", 0), ("more than", "$ boats", None), ("more than", "$", None),
        ("more than", "the boats", None), ("more than", "a third", 0), ("more than", "half", 0), ("more than", "whole third", None),
        ("more than", "million", 0), ("more than", "one boat", None), ("more than", "one third", 0), ("he had less than", "5", 2),
        ("as many as", "5", 0), ("only more than", "5", 0), ("only 20 more than", "5", 0), ("two thirds", "of it", 0), ("the two thirds", "of it", 0),
        ("most", "the", None), ("most in", "the", None), ("most of the many of", "the boats", 0), ("some boats of", "the", None),
        ("some of the old", "boats", None), ("part of", "the town", 0), ("a part of", "the town", 0), ("the old part of", "the town", None),
        ("many of", "the", 0), ("many of", "boats", None), ("5 of", "the boats", 0), ("5 of", "boats", None), ("2019 of", "the boats", None),
        ("5 in", "6 boats", 0), ("5 in", "boats", None), ("5 out of every", "6", 0), ("most in", "6 boats", None), ("5 in", "the 6", None),
        ("20 to", "30 boats", 0), ("from 20 to", "30 boats", None), ("20 and", "30 boats", None), ("between 20 and", "30 boats", 1),
        ("sold 20 or", "30", 1), ("20 to", "boats", None), ("boats to", "30", None), ("to", "30", None), ("between 20 to", "30", 1),
        ("only two of all the", "nine", 0), ("a b most of", "the", 2), ("most of the the the", "boats", 0),
        ("most of the the the the", "boats", None),
        ("", "the", None), ("most of", "", None),
    ],
)  # fmt: skip
def test_a_quantity_is_dropped_with_all_that_belongs_to_it_and_only_before_what_it_counts(
    dropped: str, kept: str, begins: int | None
) -> None:
    assert dropped_quantity(dropped.split(), kept.split(), EN) == begins


@pytest.mark.parametrize(
    ("kept", "following", "rest"),
    [
        ("20", "to 30", ("number", 2)), ("20", "to boats", None), ("from 20", "to 30", None), ("20", "and 30", None), ("boats", "to 30", None),
        ("between 20", "and 30", ("number", 2)), ("2019", "to 2020", None), ("20", "to 2020", None), ("20", "percent of", ("unit", 1)),
        ("20", "per cent of", ("unit", 2)), ("20", "percentage points", ("unit", 2)), ("20 boats", "percent", None), ("boats", "percent", None),
        ("20 people", "or more", ("quantifier", 2)), ("20", "or more", ("quantifier", 2)), ("people", "or more", None),
        ("20 old people", "or more", None), ("20 people", "or boats", None), ("20", "plus", ("quantifier", 1)),
        ("20 people", "at least", ("quantifier", 2)),
        ("20", "", None), ("", "or more", None), ("million", "or more", ("quantifier", 2)), ("one", "or more", None),
    ],
)  # fmt: skip
def test_the_rest_of_a_quantity_behind_a_cut(kept: str, following: str, rest: tuple[str, int] | None) -> None:
    assert continued(kept.split(), following.split(), EN) == rest


def test_the_rest_of_a_quantity_in_other_scripts() -> None:
    assert continued(["20"], list("以上が"), lexicon(("ja",))) == ("quantifier", 1)
    assert continued(["人"], list("以上が"), lexicon(("ja",))) is None
    assert continued(["20"], list("人が"), lexicon(("ja",))) is None
    assert continued(["20명"], ["이상"], lexicon(("ko",))) == ("quantifier", 1)
    assert continued(["사람"], ["이상"], lexicon(("ko",))) is None
    assert phrase_length(list("最多"), lexicon(("zh",)).bounds) == 2
    assert phrase_length(["at", "least"], ()) == 0


@pytest.mark.parametrize(
    ("word", "quantity", "amount"),
    [
        ("1499", True, True), ("1500", False, True), ("2100", False, True), ("2101", True, True), ("999", True, True), ("12000", True, True),
        ("1,900", True, True), ("five", True, True), ("half", False, True), ("million", False, True), ("one", True, False), ("boats", False, False),
    ],
)  # fmt: skip
def test_a_year_is_no_quantity(word: str, quantity: bool, amount: bool) -> None:
    assert (is_quantity(word, EN), is_amount(word, EN)) == (quantity, amount)


def test_a_denial_among_characters_is_told_with_its_tokens() -> None:
    korean = lexicon(("ko",))
    assert denial_in(["그는", "요구를", "거부했다", "오늘"], korean) == (2, 3)
    assert denial_in(["그는", "요구를", "오늘"], korean) is None
    assert denial_in(list("该部否认了消息"), lexicon(("zh",))) == (2, 4)
    assert denial_in(list("否认"), lexicon(("zh",))) == (0, 2)


def test_a_quantity_is_widened_over_eight_words_at_most() -> None:
    assert dropped_quantity([*["two"] * 9, "more", "than"], ["5"], EN) == 3


@pytest.mark.parametrize(
    ("dropped", "kept", "begins"),
    [
        ("more than", "this third", 0), ("more than", "every third", None), ("between $ 20 and", "$ 30", 2), ("$ 20 to", "$ 30", 1),
        ("$ 20 to", "30", 1), ("20 to", "$ 30", 0), ("from $ 20 to", "$ 30", None), ("between $ 20 and", "$", None), ("20 to", "$", None),
        ("20 to", "$ boats", None), ("not all of", "the boats", 0), ("all of", "the boats", None), ("not all the", "boats", None),
    ],
)  # fmt: skip
def test_sums_of_money_and_whole_numbers_of_things(dropped: str, kept: str, begins: int | None) -> None:
    assert dropped_quantity(dropped.split(), kept.split(), EN) == begins


@pytest.mark.parametrize(
    ("kept", "following", "rest"),
    [
        ("$ 20", "to $ 30", ("number", 3)), ("between $ 20", "and $ 30", ("number", 3)), ("from $ 20", "to $ 30", None), ("$ 20", "to $", None),
        ("$ 20", "to 30", ("number", 2)), ("from the 20", "to 30", ("number", 2)), ("between the 20", "and 30", None), ("20", "to", None),
        ("20 old people", "at least", None), ("20", "at the least", None), ("20", "or more boats", ("quantifier", 2)),
    ],
)  # fmt: skip
def test_the_rest_of_a_sum_behind_a_cut(kept: str, following: str, rest: tuple[str, int] | None) -> None:
    assert continued(kept.split(), following.split(), EN) == rest


def test_a_number_denies_nothing_only_where_it_follows_at_once() -> None:
    for words, count in (("ruled out a 653", 2), ("ruled out 653", 0), ("ruled out", 2)):
        assert denial_phrase(words.split(), 0, EN) == count, words
        assert denial_in(words.split(), EN) == ((0, count) if count else None), words


_NUMBERS = (
    "The firm lost three hundred boats in 2019. It paid 5 million people in all. The mayor was fined $1.2 billion over it. Two thirds of members "
    "voted no. Fifty-five ships sank. It has 10 – two of them red – dogs. They came in 2019 million by million. "
    "She sold two million-dollar homes there. Some 12 half-price tickets went, and 5 third graders sang."
)


@pytest.mark.parametrize(
    ("quotation", "hidden"),
    [
        ("The firm lost three … boats in 2019.", "hundred"), ("It paid 5 [...] people in all.", "million"),
        ("The mayor was fined $1.2 … over it.", "billion"), ("Two … of members voted no.", "thirds"), ("Fifty-… ships sank.", "five"),
        ("The firm lost three hundred … in 2019.", None), ("The firm lost … boats in 2019.", None), ("It has 10 … dogs.", None),
        ("They came in 2019 … by million.", None), ("She sold two … homes there.", None), ("Some 12 … tickets went", None),
        ("and 5 … sang.", None),
    ],
)  # fmt: skip
def test_a_mark_that_hides_the_rest_of_a_number_makes_it_another(quotation: str, hidden: str | None) -> None:
    found = judge(quotation, [Text(Layer.ARTICLE, _NUMBERS, "test", "1")])
    told = [change.in_source for change in found.changes if change.kind is ChangeKind.NUMBER]
    assert (found.holds, told) == ((True, []) if hidden is None else (False, [hidden]))


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("8 of 10 mice died.", "10 mice died."),
        ("In the trial 40 of 312 patients relapsed.", "312 patients relapsed."),
        ("Eight of ten samples were positive.", "ten samples were positive"),
        ("Hooguit tien mensen kwamen opdagen.", "tien mensen kwamen opdagen"),
    ],
)  # fmt: skip
def test_a_part_in_figures_is_not_cut_from_its_whole(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)
