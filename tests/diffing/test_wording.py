"""Two passages laid over each other word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archiver.diffing.values import Stretch, changes_of
from archiver.diffing.wording import LONG, MOST_DIFFERENCES, Span, Words, differences
from archiver.match import prepare
from archiver.model import Layer, Text

TEXTS = st.text(alphabet="ab 1.,?!“”\n世", max_size=40)


def laid(old: str, new: str) -> tuple[Stretch, ...]:
    """Two whole texts over each other; they must have words."""
    prepared = prepare([Text(Layer.DOCUMENT, text, "t", "1") for text in (old, new)])
    one, two = prepared.pages
    words = Words.of(one, two, prepared)
    return words.stretches(Span(0, len(one.words)), Span(0, len(two.words)))


@given(TEXTS, TEXTS)
def test_the_stretches_joined_are_the_two_passages(old: str, new: str) -> None:
    old, new = f"x{old}z", f"x{new}z"
    found = laid(old, new)
    assert "".join(part.old for part in found) == old
    assert "".join(part.new for part in found) == new
    assert all(old.startswith(part.old, part.old_start) and new.startswith(part.new, part.new_start) for part in found)


@given(TEXTS)
def test_a_text_differs_from_itself_in_nothing(text: str) -> None:
    assert changes_of(laid(f"x{text}z", f"x{text}z")) == ()


def test_blanks_go_with_the_words_that_one_side_has_alone() -> None:
    def marked(old: str, new: str) -> list[tuple[str, str]]:
        return [(part.old, part.new) for part in changes_of(laid(old, new))]

    assert marked("It was very late.", "It was late.") == [("very ", "")]
    assert marked("It was late.", "It was late again.") == [("", " again")]
    assert marked("It was late.", "So it was late.") == [("It", "So it")]


def test_signs_that_differ_are_named_as_the_judge_names_them() -> None:
    (change,) = changes_of(laid("Yes, he came at last.", "Yes; he came at last."))
    assert (change.kind, change.severity, change.old, change.new) == ("punctuation", "minor", ", ", "; ")
    assert changes_of(laid("“It’s so” – now", '"It\'s so" - now')) == ()


def test_very_long_sentences_are_compared_whole_and_told_in_part() -> None:
    old = "".join(map(chr, range(1000, 1000 + 3 * LONG)))
    assert differences(old, old[:50] + "x" + old[51:]) == [(50, 51, 50, 51)]
    assert len(differences(old, "".join(f"x{word}" for word in old))) == MOST_DIFFERENCES
