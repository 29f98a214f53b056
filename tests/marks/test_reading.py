"""What stands in the five seed texts, and the corpus pages that must draw nothing."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.marks import Mark, MarkKind, read


def seed(shared: Path, number: int) -> tuple[str, tuple[Mark, ...]]:
    (path,) = (shared / "seeds").glob(f"{number:03}_*.txt")
    text = path.read_text("utf-8")
    return text, read(text, "en")


def words(marks: tuple[Mark, ...], kind: MarkKind) -> list[str]:
    return [mark.words for mark in marks if mark.kind is kind]


def test_the_arabic_story(shared: Path) -> None:
    _, marks = seed(shared, 0)
    assert words(marks, MarkKind.BROKEN_QUOTE) == [" And the rest of the world.”"]
    assert words(marks, MarkKind.POSTPOSED_ADJECTIVE) == ["network. South Korean."]
    assert words(marks, MarkKind.TORN_NAME) == ["Xi Jinping offered Ping"]
    assert len(marks) == 3


def test_the_spun_story(shared: Path) -> None:
    _, marks = seed(shared, 1)
    assert words(marks, MarkKind.SPUN_WORDS).count("once morest") == 3
    assert sum(word.startswith("following") for word in words(marks, MarkKind.SPUN_WORDS)) == 4
    assert words(marks, MarkKind.SPUN_QUOTATION) == ["a wrong decision once morest it."]
    assert words(marks, MarkKind.DOUBLED_VERB) == ["according to state media reported"]
    (missing,) = words(marks, MarkKind.MISSING_WORDS)
    assert {"after", "about", "could", "against", "again"} <= set(missing.split(", "))


def test_the_wire_story_put_through_another_language_has_no_marks(shared: Path) -> None:
    assert seed(shared, 2)[1] == ()


def test_the_story_of_the_invented_traveller(shared: Path) -> None:
    _, marks = seed(shared, 3)
    assert [mark.kind for mark in marks] == [MarkKind.LEFTOVER_VERB, MarkKind.AUTHOR_BOX]
    assert marks[1].words.startswith("Mark Jones is a world traveler")
    assert "“Source: Donga”" in marks[1].why


def test_the_korean_agency_story(shared: Path) -> None:
    _, marks = seed(shared, 4)
    assert words(marks, MarkKind.LEFTOVER_SCRIPT) == ["尹"]
    assert words(marks, MarkKind.LIST_MARK) == ["▲"] * 4
    assert words(marks, MarkKind.BROKEN_QUOTE) == ["“This is the core of the extended deterrence promise."]
    assert words(marks, MarkKind.HEADLINE_QUOTATION) == [
        "effective extended deterrence to dispel concerns",
        "I will try to win the trust of the Koreans",
    ]
    assert words(marks, MarkKind.STRAY_STOP) == ["coordinated. use", "opinion. .", "strong. that", "missile . threats"]
    assert words(marks, MarkKind.TORN_NAME) == ["North. Korea"]


def test_every_mark_stands_where_it_says(shared: Path) -> None:
    for number in range(5):
        text, marks = seed(shared, number)
        for mark in marks:
            assert mark.kind is MarkKind.MISSING_WORDS or text[mark.start : mark.end] == mark.words
            assert mark.why


def test_few_pages_that_people_wrote_draw_a_mark(shared: Path) -> None:
    """Every twelfth page; of all 463, nine draw one, each of them a quote mark that has no partner indeed."""
    pages = [json.loads(line) for line in (shared / "corpus/pages/pages.jsonl").read_text("utf-8").splitlines()][::12]
    marked = [
        (page["id"], mark)
        for page in pages
        for mark in read((shared / "corpus" / page["gold"]).read_text("utf-8"), page["lang"])
    ]
    assert [mark for mark in marked if mark[1].kind is not MarkKind.BROKEN_QUOTE] == []
    assert len(marked) <= 2


@given(st.text(alphabet="ab.\n “”\"„«»「」尹▲'19’", max_size=300), st.sampled_from([None, "en", "ko", "xx-yy", ""]))
def test_any_text_is_read(text: str, language: str | None) -> None:
    for mark in read(text, language):
        assert 0 <= mark.start <= mark.end <= len(text)


SLOW = {
    "opened": "“" * 60_000,
    "closed": "one two three four five six seven eight nine.” " * 3_000,
    "lines": "one two three four five six seven “eight nine.\n" * 3_000,
    "stops": "the a. b " * 20_000,
    "sources": "according to the " * 10_000,
    "following": "the days following " * 10_000,
    "lists": "▲ a the of and " * 10_000,
    "names": "the Xi Jinping offered Ping, of and to in " * 3_000,
}


@pytest.mark.parametrize("case", SLOW)
def test_texts_made_to_be_slow_are_read_soon(case: str) -> None:
    begin = time.process_time()
    assert len(read(SLOW[case], "en")) < 500
    assert time.process_time() - begin < 10


def test_an_empty_text_has_no_marks() -> None:
    assert read("") == ()
    assert read(" \n\n ") == ()
