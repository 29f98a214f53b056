"""What a cut drops of its sentence."""

from __future__ import annotations

import pytest
from between_bars import page_at, told

from archiver.match import dropped, judge, prepare
from archiver.match.lexicon import lexicon
from archiver.model import Verdict

EN = lexicon(("en",))


def test_cuts() -> None:
    page = prepare("No one was killed. He came because the road was open.").pages[0]
    assert dropped.cut_front(page, 1, EN) is not None
    assert dropped.cut_front(page, 6, EN) is None
    assert dropped.cut_back(page, 6, EN) is None


@pytest.mark.parametrize(
    ("marked", "governor"),
    [
        ("No one |was killed.", ("negation", "No one")), ("He is not |there.", ("negation", "is not")),
        ("He is not now |there.", ("negation", "not now")), ("Not, he says, |there.", None),
        ("It does not, on any fair reading, |apply.", ("negation", "not, on any fair reading")),
        ("It could never – as they said in Rome – |apply.", ("negation", "never – as they said in Rome")),
        ("It doesn't, on any fair reading, |apply.", ("negation", "t, on any fair reading")),
        ("It cannot (on any fair reading) |apply.", ("negation", "cannot (on any fair reading")),
        ("It does not, a b c d e f g h i j, |apply.", ("negation", "not, a b c d e f g h i j")),
        ("It does not, a b c d e f g h i j k, |apply.", None),
        ("It does, on any fair reading, |apply.", None), ("Believe it or not, in the year 1999, |boats came.", None),
        ("It does not. On any fair reading, |boats came.", None), ("It is not, in the words of the court, |the man.", None),
        ("He denies that it was not said that |they go.", ("negation", "He denies that it was not said that")),
        ("He says that no |one goes.", ("negation", "that no")), ("He does not say that |they go.", ("negation", "He does not say that")),
        ("He does not say now and here that |they go.", ("negation", "He does not say now and here that")),
        ("Only |some go.", ("quantifier", "Only")), ("Only some of |them go.", ("quantifier", "Only some of")),
        ("Hardly any |go.", ("negation", "Hardly any")), ("Few of |them go.", ("quantifier", "Few of")),
        ("If it rains, |we go.", ("modal", "If it rains")), ("If it rains |we go.", None), ("If |it rains, we go.", ("modal", "If")),
        ("If it rains, it pours, |we go.", ("modal", "If it rains, it pours")),
        ("If a b c d e f g h i j k, |we go.", ("modal", "If a b c d e f g h i j k")), ("If a b c d e f g h i j k l, |we go.", None),
        ("“If it rains,” he said, “|we go.", ("modal", "If it rains,” he said")), ("If it “rains”, |we go.", ("modal", "If it “rains")),
        ("Only if it rains, |we go.", ("modal", "Only if it rains")), ("But only if it rains, |we go.", ("modal", "But only if it rains")),
        ("As long as it rains, |we go.", ("modal", "As long as it rains")), ("Even if it rains, |we go.", None),
        ("As long as |both agree, we go.", ("modal", "As long as")), ("Only if |both agree, we go.", ("modal", "Only if")),
        ("If anybody says |they go, he errs.", ("modal", "If anybody says")),
        ("If he thinks that |they go, he errs.", ("modal", "If he thinks that")),
        ("We stay, unless he says that |they go.", ("modal", "unless he says that")), ("If you go, he says that |they go.", None),
        ("If that |they go, he errs.", None),
        ("Few, if it rains today, |go.", ("modal", "if it rains today")), ("Solely, if it rains today, |we go.", ("modal", "if it rains today")),
        ("Few, if any, of |them go.", ("quantifier", "Few, if any, of")),
        ("Most, she said, of the |men go.", ("quantifier", "Most, she said, of the")),
        ("None, in other words, of |them go.", ("negation", "None, in other words, of")), ("Kole, a friend, of |them all goes.", None),
        ("Most, as she said then, of |them go.", None),
        ("Unless it rains, |we go.", ("modal", "Unless it rains")), ("It rained. If it stops, |we go.", ("modal", "If it stops")),
        ("More than |20 go.", ("quantifier", "More than")), ("No more than |20 go.", ("negation", "No more than")),
        ("None of the |men go.", ("negation", "None of the")), ("Most of the |men go.", ("quantifier", "Most of the")),
        ("He said, up to |5 go.", ("quantifier", "up to")), ("It rained. |We go.", None), ("Every |man goes.", None), ("It is, |not so.", None),
        ("don't |go", ("negation", "don't")), ("won't be |there", ("negation", "t be")),
    ],
)  # fmt: skip
def test_a_cut_drops_what_governs_the_words_after_it(marked: str, governor: tuple[str, str] | None) -> None:
    page, first, _ = page_at(marked)
    assert told(dropped.cut_front(page, first, EN), page) == governor


@pytest.mark.parametrize(
    ("marked", "governor"),
    [
        ("We go| unless it rains.", ("modal", "unless")), ("We go|, unless it rains.", ("modal", "unless it")), ("We go|, if it rains.", None),
        ("We go| if it rains.", ("modal", "if")), ("We go| not.", ("negation", "not")), ("We are| not there.", ("negation", "not")),
        ("We may| not go.", ("negation", "not")), ("We go| not there.", None), ("We go| never, he said.", ("negation", "never")),
        ("We go| never on Monday.", None), ("We go| now.", None), ("We go|. Not now.", None),
        ("We did| nothing there.", ("negation", "nothing")), ("It is|", None), ("We go| not", ("negation", "not")), ("We go|, not now.", None),
    ],
)  # fmt: skip
def test_a_cut_drops_what_governs_the_words_before_it(marked: str, governor: tuple[str, str] | None) -> None:
    kept, _, left_out = marked.partition("|")
    page = prepare(kept + left_out).pages[0]
    assert told(dropped.cut_back(page, page.token_at(len(kept) - 1) + 1, EN), page) == governor


def test_a_condition_before_a_cut_counts_whatever_the_quotation_marks() -> None:
    for page in ("“If it rains,” he said, “we will go home.”", '"If it rains," he said, "we will go home."'):
        assert judge("will go home", page).verdict == judge("will go home", page.replace('"', "“")).verdict
        assert dropped.cut_front(prepare(page).pages[0], 5, EN) is not None


@pytest.mark.parametrize(
    ("languages", "marked", "governor"),
    [
        ("en", "By only men of |them go.", ("quantifier", "only men of")), ("en", "By only old men of |them go.", None),
        ("en", "No. |5 is.", None), ("en", "He left no |5 there.", ("negation", "left no")),
        ("de", "Er ist weder groß noch |klein.", ("negation", "noch")), ("de", "Er ist groß noch |klein.", None),
        # characters: the negation stands before the verb in Chinese, behind it in Japanese, where only a prefix is cut off in front
        ("zh", "他不|去", ("negation", "他不")), ("zh", "他没有证据|证明", None), ("zh", "没 AI |研究", ("negation", "没 AI")),
        ("ja", "彼は不|可能", ("negation", "は不")), ("ja", "彼は非|公式", ("negation", "は非")), ("ja", "彼は無|効", ("negation", "は無")),
        ("ja", "彼は未|定", ("negation", "は未")), ("ja", "彼は不可|能", None), ("ja", "彼は行かない|人", None),
        ("zh ja", "人没|去", ("negation", "人没")),
        ("ja zh", "人没|去", None),
    ],
)  # fmt: skip
def test_what_is_cut_off_in_front_by_language(languages: str, marked: str, governor: tuple[str, str] | None) -> None:
    page, first, _ = page_at(marked)
    assert told(dropped.cut_front(page, first, lexicon(tuple(languages.split()))), page) == governor


@pytest.mark.parametrize(
    ("language", "marked", "governor"),
    [
        ("ko", "그는 가지| 않았다 오늘은.", ("negation", "않았다")), ("ko", "그는 가서| 않았다 오늘은.", None),
        ("ja", "彼は行か|なかった。", ("negation", "なか")), ("ja", "彼は行か| なかった。", None), ("ja", "彼は行か|ない", ("negation", "ない")),
        ("zh", "他去|没有。", ("negation", "没有")), ("zh", "他去|没", ("negation", "没")),
        ("en", "He is guilty| of nothing.", ("negation", "of nothing")), ("en", "He is guilty| of two.", None),
        ("en", "He sat| without nothing", None),
        ("en", "We go|, unless", ("modal", "unless")), ("en", "He can| not now", ("negation", "not")), ("en", "He is| not now", ("negation", "not")),
        ("en", "We go| if", ("modal", "if")), ("en", "We go|, if it", None),
    ],
)  # fmt: skip
def test_what_is_cut_off_behind_by_language(language: str, marked: str, governor: tuple[str, str] | None) -> None:
    kept, _, left_out = marked.partition("|")
    page = prepare(kept + left_out).pages[0]
    assert told(dropped.cut_back(page, page.token_at(len(kept) - 1) + 1, lexicon((language,))), page) == governor


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The court ordered him to pay damages of not less than £500.", "The court ordered him to pay damages"),
        ("The court ordered him to pay damages of not less than £500.", "The court ordered him to pay damages …"),
        ("The board may lease the hall for not more than five years.", "The board may lease the hall"),
        ("He ran the shop for no fewer than forty years.", "He ran the shop"),
    ],
)  # fmt: skip
def test_a_bound_behind_a_cut_denies_nothing(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Компания решение обжаловать не будет.", "Компания решение обжаловать"),
    ],
)  # fmt: skip
def test_a_denial_with_its_verb_behind_a_cut_denies(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Barring a miracle the mine will close.", "The mine will close."),
    ],
)  # fmt: skip
def test_a_condition_that_begins_a_sentence_is_not_cut_off(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)


def test_what_no_reader_sees_in_a_word_moves_nothing() -> None:
    page = "Мэр сказал, что компания решение обжаловать не будет. Суд согласился."
    for hidden in ("", "\u200b", "\u00ad"):
        found = judge("компания решение обжаловать", page.replace("будет", f"буд{hidden}ет"))
        assert found.verdict is Verdict.ALTERED
