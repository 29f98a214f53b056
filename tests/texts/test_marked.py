"""Text put together of shown and hidden pieces."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from archiver.model import Span
from archiver.texts import marked as marked_
from archiver.texts.marked import ASIDE, BACK, BLOCK, HIDE, MARKS, SHOW, Flow, settle, unmarked


def test_white_space_is_settled_and_marks_are_spans() -> None:
    assert settle(f" a \n b{BLOCK}{BLOCK} c{HIDE} d{SHOW} e ") == ("a b\nc d e", (Span(6, 7),))
    assert settle(f"a{HIDE}{SHOW}b") == ("ab", ())


def test_asides_are_no_part_of_the_text() -> None:
    assert settle(f"漢{ASIDE}かん{BACK}字") == ("漢字", ())
    assert settle(f"a{ASIDE}b{BLOCK}c{BACK}d") == ("a\ncd", ())
    assert settle(f"a{ASIDE}b{HIDE}c{BACK}d{SHOW}e") == ("ade", (Span(1, 2),))


@given(st.text(st.sampled_from([*MARKS, " ", "\n", "a", "b"]), max_size=40))
def test_any_marks_give_spans_inside_the_text(marked: str) -> None:
    text, spans = settle(marked)
    assert unmarked(text) == text
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        end = span.end


def test_what_is_hidden_does_not_stand_between_what_is_shown() -> None:
    flow = Flow()
    flow.add("It will ")
    flow.add("not ", hidden=True)
    flow.add("close.")
    flow.end_line()
    flow.add("Never.", hidden=True)
    assert (flow.settled(), flow.settled_hidden()) == ("It will close.", "not\nNever.")


def test_what_is_cut_is_gone() -> None:
    flow, box = Flow(), Flow()
    flow.add("a")
    length = flow.length
    box.add("b")
    box.add("c", hidden=True)
    flow.take(box)
    assert (flow.settled(), flow.settled_hidden()) == ("a\nb", "c")
    flow.cut(length)
    assert (flow.settled(), flow.settled_hidden()) == ("a", "")


def test_a_text_that_was_settled_keeps_what_is_not_shown_apart() -> None:
    flow = Flow()
    flow.add_settled("one two\nthree", (Span(4, 7),))
    assert (flow.settled(), flow.settled_hidden()) == ("one\nthree", "two")


def test_white_space_is_settled_as_the_expressions_say() -> None:
    """`_lines` works on bytes for speed; what it has to give is said by the two expressions."""
    random = Random(7)
    marks = [
        " ",
        "  ",
        "\n",
        "\t",
        "\r",
        "\x0c",
        "\x0b",
        "\x00",
        "\x00",
        "\x01",
        "\x02",
        "a",
        "é",
        "\u2028",
        "\xa0",
        "\x1c",
        "�",
        "漢",
        "b c",
    ]
    for _ in range(20_000):
        marked = "".join(random.choices(marks, k=random.randrange(16)))
        expected = marked_._BREAKS.sub("\n", marked_._SPACES.sub(" ", marked)).strip(" \n")
        assert _finished(marked_._lines(marked)) == _finished(expected), marked


def _finished(marked: str) -> str:
    return marked_._ABOUT_MARKS.sub(marked_._gather, marked).strip(" \n") if marked_.HIDE in marked else marked
