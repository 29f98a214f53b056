"""A quotation taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.match import judge
from archiver.match.fold import fold_word
from archiver.match.quotation import Quotation
from archiver.model import Verdict


def test_marks_brackets_and_notes() -> None:
    solid = Quotation("He … met [the king] there [sic] (emphasis added).").solid
    assert [word.form for word in solid.words] == ["He", "met", "there"]
    assert solid.joints[1].omits
    assert solid.joints[2].brackets == ("the king",)
    assert solid.joints[3].notes == ("[sic]", "(emphasis added)")


def test_a_note_of_the_writer_may_end_with_a_stop() -> None:
    quotation = Quotation("The mill was sold. (Emphasis added.) It burned [Citation omitted.]. (Added.)")
    assert quotation.notes == ("(Emphasis added.)", "[Citation omitted.]")
    assert [word.form for word in quotation.solid.words] == ["The", "mill", "was", "sold", "It", "burned", "Added"]


def test_bracketed_letters_join_their_word() -> None:
    word = Quotation("[w]omen walk[ed]").solid.words
    assert [(one.form, one.outside) for one in word] == [("women", "omen"), ("walked", "walk")]
    word = Quotation("mill[] or [] man[]y").solid.words
    assert [(one.form, one.outside) for one in word] == [("mill", "mill"), ("or", None), ("man", None), ("y", None)]


def test_word_count() -> None:
    assert Quotation("three-dimensional").word_count == 1
    assert Quotation("我们在北京").word_count == 3
    assert Quotation("http://example.org/a/b/c").word_count >= 3


@pytest.mark.parametrize(
    ("text", "forms", "joints"),
    [
        ("a ... b", ["a", "b"], {1: (True, (), ())}),
        ("a . . . b", ["a", "b"], {1: (True, (), ())}),
        ("a . . b", ["a", "b"], {}),
        ("a (…) b [x] […] c", ["a", "b", "c"], {1: (True, (), ()), 2: (True, ("x",), ())}),
        ("[x] a [y] [z]", ["a"], {0: (False, ("x",), ()), 1: (False, ("y", "z"), ())}),
        ("a [x y] (emphasis added) b", ["a", "b"], {1: (False, ("x y",), ("(emphasis added)",))}),
        ("a (cleaned up) … b", ["a", "b"], {1: (True, (), ("(cleaned up)",))}),
        ("a (the old one) b", ["a", "the", "old", "one", "b"], {}),
        ("[w]omen [the] min[ute]s", ["women", "minutes"], {1: (False, ("the",), ())}),
        ("a[1]b", ["a", "b"], {1: (False, ("1",), ())}),
        ("年[x]月", ["年", "月"], {1: (False, ("x",), ())}),
        ("…", [], {0: (True, (), ())}),
    ],
)  # fmt: skip
def test_what_the_writer_put_in_stands_before_the_word_that_follows(
    text: str, forms: list[str], joints: dict[int, tuple[object, ...]]
) -> None:
    solid = Quotation(text).solid
    assert [word.form for word in solid.words] == forms
    assert {at: (joint.omits, joint.brackets, joint.notes) for at, joint in solid.joints.items()} == joints
    assert len(solid.gaps) == len(solid.words) + 1 or not solid.words


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("a. [B]e, [c]d", ("", ".", ",", "")), ("a … [b]e", ("", "", "")), ("a! … [b]e", ("", "", "")), ("min[ute]. [x] [B]e", ("", "", "")),
        ("“[B]e: “[c]d", ('"', ':"', "")),
    ],
)  # fmt: skip
def test_signs_before_a_bracketed_letter_are_signs(text: str, gaps: tuple[str, ...]) -> None:
    assert Quotation(text).solid.gaps == gaps


@pytest.mark.parametrize(
    ("source", "quote", "verdict"),
    [
        ("I said so. He left at once.", "I said so. [H]e left at once.", "elided"),
        ("She told me: you can print that.", "She told me: [Y]ou can print that.", "elided"),
        ("I said so, and then he left.", "I said so … [H]e left.", "elided"),
        ("I said so he left at once.", "I said so! [H]e left at once.", "altered"),
    ],
)
def test_a_bracketed_letter_behind_a_stop_changes_nothing(source: str, quote: str, verdict: str) -> None:
    assert judge(quote, source).verdict.value == verdict


@given(st.text(alphabet="ab .,…[](1年", max_size=30))
def test_quoted_words_are_where_they_are_said_to_be(text: str) -> None:
    solid = Quotation(text).solid
    for word in solid.words:
        letters = text[word.start : word.end].replace("[", "").replace("]", "")
        assert fold_word(letters) == word.form
        assert word.patched == (letters != text[word.start : word.end])
    assert all(0 <= at <= len(solid) for at in solid.joints)


@pytest.mark.parametrize(
    ("text", "words"),
    [("a b c", 3), ("a-b", 1), ("a.b.c.d.e.f", 3), ("我们", 1), ("我们在", 2), ("", 0), ("a 我", 2), ("… a", 2)],
)
def test_words_are_counted_as_a_reader_counts_them(text: str, words: int) -> None:
    assert Quotation(text).word_count == words


def test_a_bracket_is_given_as_it_is_written() -> None:
    quotation = Quotation("a [x] b [ x ] c [y] [z] d")
    assert quotation.bracket("x", 0) == ("[x]", 2)
    assert quotation.bracket("x", 3) == ("[ x ]", 8)
    assert quotation.bracket("y z", 0) == ("[y] [z]", 16)
    assert quotation.bracket("q", 5) == ("[q]", 5)
    assert quotation.bracket("q", 99) == ("[q]", len(quotation.text))


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Он сказал, что город не готов к зиме и просит помощи у области.", "город не готов к зиме ‹…› просит помощи"),
        ("Он сказал, что город не готов к зиме и просит помощи у области.", "город не готов к зиме <...> просит помощи"),
        ("I cannot agree. See Doe v. Roe. The text is plain, and it governs.", "I cannot agree. * * * The text is plain, and it governs."),
    ],
)  # fmt: skip
def test_the_omission_marks_of_other_countries(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED
