"""A quotation taken apart."""

from __future__ import annotations

from archiver.match.quotation import Quotation


def test_marks_brackets_and_notes() -> None:
    solid = Quotation("He … met [the king] there [sic] (emphasis added).").solid
    assert [word.form for word in solid.words] == ["He", "met", "there"]
    assert solid.joints[1].omits
    assert solid.joints[2].brackets == ("the king",)
    assert solid.joints[3].notes == ("[sic]", "(emphasis added)")


def test_bracketed_letters_join_their_word() -> None:
    word = Quotation("[w]omen walk[ed]").solid.words
    assert [(one.form, one.outside) for one in word] == [("women", "omen"), ("walked", "walk")]


def test_word_count() -> None:
    assert Quotation("three-dimensional").word_count == 1
    assert Quotation("我们在北京").word_count == 3
    assert Quotation("http://example.org/a/b/c").word_count >= 3
