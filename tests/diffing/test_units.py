"""A text as its sentences."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archiver.diffing.units import Sheet
from archiver.match import prepare


def sentences(text: str) -> list[str]:
    sheet = Sheet.of(prepare(text).pages[0])
    return [sheet.side(n, n + 1).text for n in range(len(sheet.units))]


def test_signs_belong_to_the_sentence_that_they_stand_at() -> None:
    assert sentences("“We will not,” she said. “Never!” (So it was.)\nHeadline\n第一句。第二句。") == [
        "“We will not,” she said.",
        "“Never!”",
        "(So it was.)",
        "Headline",
        "第一句。",
        "第二句。",
    ]


def test_an_opening_mark_belongs_to_what_follows_also_without_spaces() -> None:
    assert sentences("教授は「認める」と述べた。「住民は知っていた」とも語った。（続く。）") == [
        "教授は「認める」と述べた。",
        "「住民は知っていた」とも語った。",
        "（続く。）",
    ]


def test_a_line_that_was_merely_wrapped_ends_nothing() -> None:
    assert sentences("The bridge will\nclose in May.\nA ferry goes.") == [
        "The bridge will\nclose in May.",
        "A ferry goes.",
    ]


def test_sentences_that_differ_in_print_only_have_one_key() -> None:
    one, two = (Sheet.of(page) for page in (prepare('“It’s so – now.”\n"It\'s so - now."').pages * 2))
    assert one.units[0].key == two.units[1].key
    asked = Sheet.of(prepare("He saw it.\nHe saw it?").pages[0])
    assert asked.units[0].key != asked.units[1].key


@given(st.text(alphabet="aB .!?\n“”世。1,", max_size=60))
def test_every_word_is_in_one_sentence_and_passages_do_not_overlap(text: str) -> None:
    page = prepare(text).pages[0]
    sheet = Sheet.of(page)
    assert [token for unit in sheet.units for token in range(unit.first, unit.last)] == list(range(len(page.words)))
    sides = [sheet.side(n, n + 1) for n in range(len(sheet.units))]
    assert all(one.end <= two.start for one, two in pairwise(sides))
