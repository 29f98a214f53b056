"""What left its place to another."""

from __future__ import annotations

import pytest
from difflooks import STORY, kinds, look, read

from archiver.diffing import article_same, compare

LABEL = "Advertisement"


def page(*paragraphs: str) -> bytes:
    story = "".join(f"<p>{words}</p>" for words in STORY)
    return f"<nav><a href=/>Home</a></nav><main><article><h1>The bridge</h1>{story}{''.join(paragraphs)}</article></main>".encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Deaths in Spain|12|Deaths in France|15", "Deaths in Spain|15|Deaths in France|12"),
        ("Who won the vote that day?|Yes|Who lost the vote that day?|No", "Who won the vote that day?|No|Who lost the vote that day?|Yes"),
        ("Guilty|Jones|Not guilty|Smith", "Guilty|Smith|Not guilty|Jones"),
        ("Spain|12|France|15", "Spain|15|France|12"),
        ("First|Voss|Moss", "First|Moss|Voss"),
        (f"Jones|{STORY[2]}|Smith|{STORY[3]}", f"Smith|{STORY[2]}|Jones|{STORY[3]}"),
    ],
)  # fmt: skip
def test_what_was_exchanged_is_edited_though_both_pages_show_it(old: str, new: str) -> None:
    one, two = (look(*STORY[:2], *words.split("|"), STORY[4]) for words in (old, new))
    assert set(kinds(compare(one, two))) == {"removed", "added"}
    assert not article_same(one, two)


def test_a_list_of_figures_is_read_as_it_stands() -> None:
    shape = "<dl><dt>Deaths in Spain</dt><dd>{}</dd><dt>Deaths in France</dt><dd>{}</dd></dl>"
    lists = [shape.format(*both) for both in ((12, 15), (15, 12))]
    assert not article_same(*(read(page(words)) for words in lists))


def test_an_aside_that_says_what_the_article_said_does_not_say_it_in_its_place() -> None:
    high, shut = "The wall is twelve feet high.", "Every gate was shut by noon."
    old = look(*STORY[:2], high, *STORY[2:], around=("Home", shut))
    new = look(*STORY[:2], shut, *STORY[2:], around=("Home", high))
    assert not article_same(old, new)


def test_furniture_that_was_moved_is_no_change() -> None:
    old, new = look(STORY[0], LABEL, *STORY[1:]), look(*STORY[:3], LABEL, *STORY[3:])
    assert article_same(old, new)
    assert article_same(new, old)
    beside = look(*STORY, around=("Home | News", LABEL))
    assert article_same(old, beside)
    assert article_same(beside, old)


def test_what_the_extractor_chose_otherwise_is_no_change() -> None:
    """Both pages show both, in the same order."""
    around = ("Share this", "Print it")
    old, new = (look(*STORY, *label, around=()) for label in (around[:1], around[1:]))
    whole = look(*STORY, *around, around=()).texts[1]
    old, new = (type(side)((side.texts[0], whole)) for side in (old, new))
    assert article_same(old, new)


def test_what_a_new_design_put_elsewhere_is_no_change() -> None:
    name, date = "By Ada Voss", "12 May 2020"
    old = look(name, *STORY, around=("Home", date))
    new = look(date, *STORY, around=("Home",))
    moved = type(new)(
        (new.texts[0], type(new.texts[0])(new.texts[1].layer, f"{new.texts[1].content}\n{name}", "t", "1"))
    )
    assert article_same(old, moved)
