from __future__ import annotations

import time

from manuscripts_helpers import markdown

from archiver.manuscripts.document import Block, BlockKind, Manuscript, Quoted
from archiver.manuscripts.quotations import Form, Passage, find_quotations
from archiver.manuscripts.readers import read_manuscript


def found(text: str) -> list[Passage]:
    return list(find_quotations(markdown(text)).passages)


def test_a_quotation_across_paragraphs_is_one() -> None:
    text = "She wrote: “One is here.\n\n“Two is there.\n\n“Three ends,” and left. “Four.”\n"
    one, two = found(text)
    assert one.text == "One is here.\nTwo is there.\nThree ends,"
    assert [part.block for part in one.parts] == [0, 1, 2]
    assert (one.closed, two.text) == (True, "Four.")


def test_single_marks_may_open_again_too() -> None:
    (one,) = found("She wrote: ‘It’s one.\n\n‘It’s two,’ and left.\n")
    assert (one.text, one.closed) == ("It’s one.\nIt’s two,", True)
    assert [one.text for one in found("In the ‘nineties.\n\n‘Two words,’ she said.\n")] == ["Two words,"]


def test_french_paragraphs_open_again_with_either_mark() -> None:
    assert [one.text for one in found("Il dit : « Un.\n\n» Deux. »\n")] == ["Un.\nDeux."]


def test_an_open_mark_ends_with_its_paragraph() -> None:
    one, two = found("He said “one two.\n\nThen “three” came.\n")
    assert (one.text, one.closed) == ("one two.", False)
    assert (two.text, two.closed) == ("three", True)


def test_a_block_quote_is_one_quotation_without_its_last_line() -> None:
    (one,) = found("> First “inner” words.\n>\n> Second words.\n>\n> — Smith, [Title](http://a.org)\n")
    assert (one.form, one.text) == (Form.BLOCK, "First “inner” words.\nSecond words.")
    assert one.attribution is not None
    assert one.attribution.block == 2


def test_the_last_line_may_stand_in_the_paragraph() -> None:
    for last in ("— Ada Voss", "-- [Ada](http://a.org)", "([Ada](http://a.org), p. 3)", "[Ada](http://a.org)"):
        (one,) = found(f"> The words are these.\n> {last}\n")
        assert one.text == "The words are these.", last
    (one,) = found("> The dash – so it seems – belongs here.\n")
    assert one.text == "The dash – so it seems – belongs here."
    (one,) = found("> The words are these (3 in 2021).[^1]\n\n[^1]: x\n")
    assert one.text == "The words are these (3 in 2021)."
    (one,) = found("> He came.\n> And he went – quite so\n")
    assert one.text == "He came.\nAnd he went – quite so"


def test_marks_around_the_whole_of_a_block_quote_are_none_of_its_words() -> None:
    assert [one.text for one in found("> “All of it.”\n")] == ["All of it."]
    assert [one.text for one in found("> “One” and “two”\n")] == ["“One” and “two”"]
    assert [one.text for one in found("> “First.\n>\n> “Second.”\n")] == ["First.\nSecond."]


def test_two_block_quotes_with_a_name_between_are_two() -> None:
    assert len(found("> One.\n>\n> — A, [x](http://a.org)\n\n> Two.\n")) == 2


def test_headings_comments_and_lists_of_works_hold_no_quotations() -> None:
    assert found("# The “quoted” heading\n\n# References\n\nSmith, “The title of a work.” 2020.\n") == []


def test_what_the_markup_calls_a_quotation_is_one_and_its_marks_are_not() -> None:
    block = Block(BlockKind.PARAGRAPH, "He said “the inner words” aloud", 1, (Quoted(8, 25, "http://a.org"),))
    (one,) = find_quotations(Manuscript("test", (block,))).passages
    assert (one.form, one.text) == (Form.MARKUP, "“the inner words”")
    assert one.named is not None
    assert one.named.url == "http://a.org"


def test_code_holds_no_quotations() -> None:
    assert found('Call `print("hello there")` now.\n\n```\n"code here"\n```\n') == []


def test_what_begins_with_a_quotation_in_it_is_read_whole() -> None:
    inner, outer = Quoted(0, 5), Quoted(0, 20)
    block = Block(BlockKind.PARAGRAPH, "Inner words and more", 1, (inner, outer))
    assert [one.text for one in find_quotations(Manuscript("html", (block,))).passages] == ["Inner words and more"]


def test_block_quotes_with_sources_of_their_own_are_two() -> None:
    one, two = found(
        "> First words.[^1]\n\n> Second words.\n>\n> Third words.[^2]\n\n[^1]: http://a.org\n[^2]: http://b.org\n"
    )
    assert (one.text, two.text) == ("First words.", "Second words.\nThird words.")
    (one,) = found("> First words.[^1]\n>\n> Second words.\n>\n> — Ada Voss\n\n[^1]: http://a.org\n")
    assert one.text == "First words.\nSecond words."
    (one,) = found("> First words.[^1]\n>\n> Second words.[^2]\n\n[^1]: A remark.\n[^2]: http://b.org\n")
    assert one.text == "First words.\nSecond words."


def test_a_link_behind_the_marks_of_a_block_quote_is_none_of_its_words() -> None:
    (one,) = found("> “All of these words.” http://a.org/1\n")
    assert one.text == "All of these words."
    assert one.attribution is not None


def test_the_last_line_may_be_a_short_name() -> None:
    (one,) = found("> The words are these.\n> — Ada\n")
    assert one.text == "The words are these."
    (one,) = found("> Will he come back?\n> — No!\n")
    assert one.text == "Will he come back?\n— No!"


def test_a_block_quote_of_masses_of_paragraphs_takes_no_masses_of_time() -> None:
    blocks = tuple(Block(BlockKind.QUOTE, "Some words.", number) for number in range(1, 30_001))
    began = time.process_time()
    (one,) = find_quotations(Manuscript("docx", blocks)).passages
    assert len(one.parts) == 30_000
    assert time.process_time() - began < 10


def test_a_link_behind_a_sentence_in_a_block_quote_is_none_of_its_words() -> None:
    assert [one.text for one in found("> One two three. [op](http://a.org)\n")] == ["One two three."]
    assert [one.text for one in found("> One two [three](http://a.org)\n")] == ["One two three"]
    assert [one.text for one in found("> [One two three.](http://a.org)\n")] == ["One two three."]


def test_what_is_quoted_within_a_quotation_keeps_its_marks_whatever_the_markup() -> None:
    within = "He said “no” to us"
    assert [one.text for one in found("<q>He said <q>no</q> to us</q>.\n")] == [within]
    assert [one.text for one in found("A <q>He said <q>no</q> to us</q>.\n")] == [within]
    assert [one.text for one in found("> He said <q>no</q> to us\n")] == [within]
    assert [one.text for one in found("<blockquote>\nHe said <q>no</q> to us\n</blockquote>\n")] == [within]
    page = read_manuscript(
        "a.html", b"<p><q>He said <q>no</q> to us</q><blockquote>He said <q>no</q> to us</blockquote>"
    )
    assert [one.text for one in find_quotations(page).passages] == [within, within]
    wiki = read_manuscript("a.wikitext", b"A <q>He said <q>no</q> to us</q>.\n")
    assert [one.text for one in find_quotations(wiki).passages] == [within]


def test_a_block_quote_by_html_within_a_line_is_a_quotation() -> None:
    (one,) = found('Text: <blockquote cite="http://a.org">One two three.</blockquote> and more.\n')
    assert (one.text, one.named.url if one.named else None) == ("One two three.", "http://a.org")


def test_the_bars_of_a_line_block_are_no_words() -> None:
    assert [one.text for one in found('Verse:\n\n| "One two, \n| three four" [@a]\n')] == ["One two,\nthree four"]
    table = found('| "One two" | "three four" |\n|---|---|\n| "five six" | "seven" |\n')
    assert [one.text for one in table] == ["One two", "three four", "five six", "seven"]
    assert [one.text for one in found('```\n| x\n```\n\nA "one | two" b\n')] == ["one | two"]
