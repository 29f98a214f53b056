"""What stands now where a passage stood."""

from __future__ import annotations

from difflooks import STORY, look

from archiver.diffing import Counterpart, Counterparts
from archiver.model import Layer, Span

LENGTH = "The bridge is 300 metres long, the mayor says, and he is proud of it."


def beside(passage: str, old: str, new: str) -> tuple[Counterpart | None, str, str]:
    """The counterpart, its sentences and its words."""
    one, two = (look(*STORY[:2], words, *STORY[2:]) for words in (old, new))
    content = one.texts[0].content
    start = content.index(passage)
    found = Counterparts.of(one.texts, two.texts).counterpart(Span(start, start + len(passage)))
    now = two.texts[0].content
    sides = (now[span.start : span.end] for span in (found.span, found.passage)) if found is not None else ("", "")
    return (found, *sides)


def kinds(found: Counterpart | None) -> list[str]:
    assert found is not None
    return [change.kind.value for change in found.changes if change.kind is not None]


def test_a_sentence_that_stays_is_the_same() -> None:
    found, sentence, _ = beside("300 metres", LENGTH, LENGTH)
    assert found is not None
    assert (found.same, found.changes, sentence) == (True, (), LENGTH)


def test_a_sentence_that_was_moved_is_the_same() -> None:
    one, two = look(LENGTH, *STORY), look(*STORY, LENGTH)
    found = Counterparts.of(one.texts, two.texts).counterpart(Span(4, 10))
    assert found is not None
    assert (found.same, two.texts[0].content[found.span.start :]) == (True, LENGTH)


def test_of_a_reworded_sentence_the_words_at_the_place_are_told() -> None:
    other = LENGTH.replace("300", "330").replace("proud", "fond")
    found, sentence, words = beside("is 300 metres long", LENGTH, other)
    assert (kinds(found), sentence, words) == (["number"], other, "is 330 metres long")
    assert kinds(beside("he is proud", LENGTH, other)[0]) == ["word-replaced"]
    assert kinds(beside("the mayor says", LENGTH, other)[0]) == []


def test_words_put_in_at_the_edge_of_a_passage_are_none_of_it() -> None:
    other = LENGTH.replace("The bridge is", "Some claim that the bridge is")
    assert kinds(beside("is 300 metres long", LENGTH, other)[0]) == []


def test_a_sentence_that_is_gone_has_none() -> None:
    assert beside("300 metres", LENGTH, "Nobody knows.")[0] is None


def test_beyond_the_text_there_is_none() -> None:
    laid = Counterparts.of(look(*STORY).texts, look(*STORY).texts)
    assert laid.counterpart(Span(10**6, 10**6 + 3)) is None
    assert laid.counterpart(Span(3, 3)) is None
    nothing = Counterparts.of(look(*STORY).texts, ())
    assert (nothing.layer, nothing.counterpart(Span(0, 3))) == (None, None)
    assert laid.layer is Layer.ARTICLE
