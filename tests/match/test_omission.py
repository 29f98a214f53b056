"""What an omission mark may leave out."""

from __future__ import annotations

import pytest
from toldof import told

from archiver.match import judge, prepare
from archiver.match.omission import words_between
from archiver.model import Verdict


@pytest.mark.parametrize(
    ("between", "verdict", "warned"),
    [
        ("spoke. Her deputy", "spliced", False),
        ("spoke. She", "elided", True),
        ("of finance", "elided", False),
    ],
)
def test_a_subject_may_not_be_given_what_another_did(between: str, verdict: str, warned: bool) -> None:
    found = judge("The minister … resigned on Monday", f"The minister {between} resigned on Monday.")
    assert found.verdict.value == verdict
    assert ("across-sentences" in {notice.code for notice in found.warnings}) is warned


@pytest.mark.parametrize(
    ("page", "quote", "outcome"),
    [
        # across sentences: the end of one and the beginning of another
        ("The minister spoke. Her deputy resigned on Monday in Lorn.", "The minister … resigned on Monday in Lorn.", "spliced"),
        (
            "The minister of old and new trade spoke. Her deputy resigned on Monday in Lorn.",
            "The minister of old and new trade … resigned on Monday in Lorn.",
            "elided; (across-sentences)",
        ),
        (
            "The minister of old and new sea trade spoke. Her deputy resigned on Monday in Lorn.",
            "The minister of old and new sea trade … resigned on Monday in Lorn.",
            "elided; (across-sentences)",
        ),
        ("The minister spoke. Her old and very good deputy resigned on Monday in Lorn.", "The minister … resigned on Monday in Lorn.", "spliced"),
        (
            "The minister spoke. Her old and very good new deputy resigned on Monday in Lorn.",
            "The minister … resigned on Monday in Lorn.",
            "elided; (across-sentences)",
        ),
        ("The minister spoke. She resigned on Monday in Lorn.", "The minister … resigned on Monday in Lorn.", "elided; (across-sentences)"),
        (
            "The minister spoke. Here resigned on Monday in Lorn the whole board.",
            "The minister … resigned on Monday in Lorn the whole board.",
            "elided; (across-sentences)",
        ),
        (
            "The minister was there and spoke. Her deputy resigned on Monday in Lorn.",
            "The minister was there … resigned on Monday in Lorn.",
            "elided; (across-sentences)",
        ),
        (
            "They say that the minister spoke. Her deputy resigned on Monday in Lorn.",
            "They say that the minister … resigned on Monday in Lorn.",
            "spliced",
        ),
        (
            "The minister was ill they say. Her deputy resigned on Monday in Lorn.",
            "The minister was ill they … resigned on Monday in Lorn.",
            "elided; (across-sentences)",
        ),
        # a whole sentence, and the subject of the next left out
        ("The minister spoke. Her deputy resigned on Monday in Lorn.", "The minister spoke. … resigned on Monday in Lorn.", "spliced"),
        ("The minister spoke. She resigned on Monday in Lorn.", "The minister spoke. … resigned on Monday in Lorn.", "elided"),
        ("The minister spoke. The minister resigned on Monday in Lorn.", "The minister spoke. … resigned on Monday in Lorn.", "elided"),
        ("The minister spoke. Her deputy resigned on Monday in Lorn.", "The minister spoke. … [He] resigned on Monday in Lorn.", "elided"),
        ("The minister spoke. Her deputy resigned on Monday in Lorn.", "The minister spoke. … [Ruiz] resigned on Monday in Lorn.", "elided"),
        ("The minister spoke. Her deputy resigned on Monday in Lorn.", "The minister spoke. … [and then] resigned on Monday in Lorn.", "spliced"),
        ("The minister spoke. In the post is a picture of the old port.", "The minister spoke. … is a picture of the old port.", "elided"),
        ("The minister spoke. The old post is a picture of the old port.", "The minister spoke. … is a picture of the old port.", "spliced"),
        ("The minister spoke. Her plan to was a picture of the old port.", "The minister spoke. … was a picture of the old port.", "elided"),
        ("The minister spoke. Her deputy was seen was a picture of the old port.", "The minister spoke. … was a picture of the old port.", "elided"),
        ("The minister spoke. Her deputy Was seen there on Monday in Lorn.", "The minister spoke. … Was seen there on Monday in Lorn.", "elided"),
        (
            "The minister spoke. Yesterday there resigned on Monday in Lorn the board.",
            "The minister spoke. … resigned on Monday in Lorn the board.",
            "elided",
        ),
        (
            "The minister spoke. Her one two ten six old deputy resigned on Monday in Lorn.",
            "The minister spoke. … resigned on Monday in Lorn.",
            "elided",
        ),
        ("The minister spoke. It rained. Her deputy resigned on Monday in Lorn.", "The minister spoke. … resigned on Monday in Lorn.", "spliced"),
    ],
)  # fmt: skip
def test_the_words_after_a_mark_may_not_get_another_subject(page: str, quote: str, outcome: str) -> None:
    assert told(quote, page) == outcome


@pytest.mark.parametrize(
    ("words", "lines", "outcome"),
    [
        (150, 0, "elided"), (151, 0, "spliced; (far-ellipsis)"), (20, 1, "elided"), (20, 2, "elided; (across-paragraphs)"),
        (20, 4, "elided; (across-paragraphs)"), (20, 5, "spliced; (far-ellipsis)"),
    ],
)  # fmt: skip
def test_a_mark_leaves_out_150_words_and_four_line_ends_at_most(words: int, lines: int, outcome: str) -> None:
    left_out = [f"Boat{k}" for k in range(words)]
    between = "\n".join([*left_out[:lines], " ".join(left_out[lines:])])
    page = f"It was sold to us. {between}. It was shut in Lorn.\nThis is the one that he had with his, and for which he has to be as it was by them."
    assert told("It was sold to us. … It was shut in Lorn.", page) == outcome


def test_how_much_and_what_is_left_out_is_told() -> None:
    far = judge(
        "It was sold to us. … It was shut in Lorn.",
        "It was sold to us." + "\nBoats came in." * 5 + "\nIt was shut in Lorn.",
    )
    assert [notice.detail for notice in far.warnings] == [
        "15 words and 6 line ends are left out behind one mark", "the omission mark spans 15 words and 6 line ends",
    ]  # fmt: skip
    near = judge(
        "It was sold to us. … It was shut in Lorn.", "It was sold to us.\nBoats came in.\nIt was shut in Lorn."
    )
    assert [notice.detail for notice in near.warnings] == ["the omission mark spans 2 line ends"]
    hidden = judge(
        "They see that a trade ... meet the old aims",
        "They see that a trade deal that fails to meet the old aims is bad.",
    )
    assert [notice.detail for notice in hidden.warnings][:1] == [
        "what follows the omission mark may hang on “fails to”"
    ]


def test_two_characters_make_a_word_where_no_spaces_are_written() -> None:
    page = prepare("大桥昨天 and so on").pages[0]
    assert [words_between(page, 0, last) for last in (0, 1, 2, 3, 4)] == [0, 1, 1, 2, 2]
    assert words_between(page, 4, 7) == 3


def test_a_month_is_no_hedge() -> None:
    page = "They sold the old mill to the town in May, and it may go to us in the end."
    assert told("They sold the old mill to the town … and it may go", page) == "elided; (cut-in-sentence)"
    assert told("They sold the old mill to the town in May, and it … go to us", page) == "spliced; modal: - / may"


@pytest.mark.parametrize(
    ("page", "quote", "holds"),
    [
        ("Marsh proposed, and Singh seconded it.", "Marsh … seconded it.", False),
        ("The bank paid the fine and the town kept the land.", "The bank … kept the land.", False),
        ("Marsh, with Doyle and Singh, seconded it.", "Marsh … seconded it.", True),
        ("Marsh met Singh and then seconded it.", "Marsh … then seconded it.", True),
        ("Marsh met Doyle and Singh, and seconded it.", "Marsh … seconded it.", True),
        ("Officers who searched the car and the house seized it.", "Officers … seized it.", True),
        ("Marsh proposed, and Singh seconded it.", "Marsh proposed … it.", True),
    ],
)
def test_a_verb_may_not_be_given_to_another_of_the_same_sentence(page: str, quote: str, holds: bool) -> None:
    found = judge(quote, page)
    assert found.holds is holds
    assert any("of whom the words after it are said" in notice.detail for notice in found.warnings) is not holds


@pytest.mark.parametrize(
    ("page", "quote", "holds"),
    [
        ("Work on the hall is expected to begin in May.", "Work on the hall is … to begin in May.", False),
        ("I used to sleep well in that house.", "I … sleep well in that house.", False),
        ("Der Verein soll nach unserem Wissen Klage vorbereiten.", "Der Verein … Klage vorbereiten.", False),
        ("The surgeon told us there was but little hope.", "The surgeon told us there was … hope.", False),
        ("Work on the hall is, says Moss, to begin in May.", "Work on the hall is … to begin in May.", True),
        ("I used to sleep well in that house.", "I used to sleep … in that house.", True),
        ("Der Verein will nach unserem Wissen Klage vorbereiten.", "Der Verein will … Klage vorbereiten.", True),
    ],
)
def test_what_is_expected_or_long_past_is_not_so(page: str, quote: str, holds: bool) -> None:
    assert judge(quote, page).holds is holds


def test_what_nobody_will_say_is_not_said() -> None:
    assert not judge("we won the case", "I am not going to say we won the case.").holds
    assert judge("we won the case", "I am going to say we won the case.").holds


def test_a_bracket_may_not_make_a_fact_of_what_may_be() -> None:
    page = "La société aurait rejeté des effluents en mai."
    assert not judge("La société [a] rejeté des effluents en mai.", page).holds
    assert judge("La société aurait rejeté [ces] effluents en mai.", page).holds


@pytest.mark.parametrize(
    ("page", "quote", "holds"),
    [
        (
            "Councillor Venn said she would pay. Councillor Singh said that he had to.",
            "Councillor Venn said … that he had to.",
            False,
        ),
        ("Venn said, after the vote in the hall, that he would pay.", "Venn said … that he would pay.", True),
        ("Venn said she would pay. Singh left, saying little. It was noon.", "Venn said … It was noon.", True),
        ("The deaths were considered to be linked to it.", "The deaths were … linked to it.", False),
        ("The deaths were later found to be linked to it.", "The deaths were … found to be linked to it.", True),
    ],
)
def test_what_another_says_or_somebody_only_thinks_is_not_said_here(page: str, quote: str, holds: bool) -> None:
    assert judge(quote, page).holds is holds


def test_a_mark_behind_which_nothing_of_the_page_is_kept() -> None:
    assert not judge("n 40'ı…2…2…2…", "ailenin 40'ı 8 y").holds


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Inspectors saw cracks in the wall. The firm has promised to mend it by June.", "Inspectors saw cracks in the wall … by June."),
        ("The chief executive resigned. Police arrested a man on suspicion of theft.", "The chief executive resigned … on suspicion of theft."),
        ("The union called a strike. Ministers met in Paris for the third time.", "The union called a strike … for the third time."),
    ],
)  # fmt: skip
def test_the_tail_of_another_sentence_behind_a_whole_one_is_told(page: str, quote: str) -> None:
    assert "across-sentences" in {notice.code for notice in judge(quote, page).warnings}


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("She came close to winning the race.", "She … [won] the race."),
        ("The mayor was said to have taken the money.", "The mayor … [took] the money."),
    ],
)
def test_a_bracket_does_not_hide_what_its_word_hung_on(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.SPLICED


def test_a_bracket_may_give_a_verb_its_place() -> None:
    page = "The mayor, who is sixty, took the money and left."
    assert judge("The mayor … [took] the money and left.", page).verdict is Verdict.ELIDED
