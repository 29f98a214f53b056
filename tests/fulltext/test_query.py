"""Queries for words: read, told to the index, and held against a text."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import InputError
from archiver.fulltext import Query, parse_query, schema, terms
from archiver.fulltext.query import LONGEST, MOST_WORDS

TEXT = "The flood warning came late. High water stood in the old town; no storm was seen. 洪水警报发布太晚。"


def found(query: str, text: str = TEXT) -> list[str] | None:
    placed = terms.placed(text)
    places = parse_query(query).places(placed.forms)
    return None if places is None else [text[placed[first].start : placed[last].end] for first, last in places]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("flood", ["flood"]),
        ("FLOOD Late", ["flood", "late"]),
        ("flood hail", None),
        ("flood AND late", ["flood", "late"]),
        ("hail OR late", ["late"]),
        ("hail OR late warning", ["warning", "late"]),
        ("(hail OR late) warning", ["warning", "late"]),
        ("flood NOT hail", ["flood"]),
        ("flood NOT storm", None),
        ("flood NOT (hail OR storm)", None),
        ("flo* wat*", ["flood", "water"]),
        ("flo wat", None),
        ('"high water"', ["High water"]),
        ("“high water”", ["High water"]),
        ('"water high"', None),
        ('"high wat*"', ["High water"]),
        ('"stood in the old" NOT "old city"', ["stood in the old"]),
        ("洪水", ["洪水"]),
        ("警报 洪水", ["洪水", "警报"]),
        ("水洪", None),
        ("晚", ["晚"]),
        ("太晚", ["太晚"]),
        ("no-storm", ["no storm"]),
        ("no-flood", None),
        ("and", None),
        ("or flood", None),
    ],
)
def test_a_query_finds_what_it_says(query: str, words: list[str] | None) -> None:
    assert found(query) == words


@pytest.mark.parametrize(
    "level",
    ["(%s)", "a (%s)", "a OR b (%s)", "a OR b c NOT d NOT (%s)", "a OR NOT c b (%s)", "a NOT b NOT (c d %s)", "a OR b NOT (c OR d %s)"],
)  # fmt: skip
def test_brackets_in_one_another_are_no_more_than_the_index_can_read(level: str) -> None:
    asked, deepest = 'x* "y z 東京"', 0
    for depth in range(30):
        try:
            query = parse_query(asked)
        except InputError:
            break
        index_of("x").execute("SELECT rowid FROM words WHERE words MATCH ?", (query.expression(),)).fetchall()
        deepest, asked = depth, level % asked
    assert 5 <= deepest < 29


def index_of(*texts: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    schema.create(connection)
    for at, text in enumerate(texts):
        connection.execute(
            "INSERT INTO words (rowid, x) VALUES (?, ?)", (at, b" ".join(terms.read(terms.cut(text)).words).decode())
        )
    return connection


@given(
    st.lists(
        st.sampled_from(
            ["flood", "(", ")", '"', "AND", "OR", "NOT", "high", "water", "stor*", "洪水", "晚", "-", "*", "hail"]
        ),
        max_size=9,
    )
)
def test_the_index_gives_every_text_that_is_meant(pieces: list[str]) -> None:
    try:
        query = parse_query(" ".join(pieces))
    except InputError:
        return
    texts = [TEXT, "flood and hail", "a storm at high water", "nothing of that"]
    connection = index_of(*texts)
    try:
        given_by_index = {
            row[0] for row in connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (query.expression(),))
        }
    finally:
        connection.close()
    meant = {at for at, text in enumerate(texts) if query.places(terms.placed(text).forms) is not None}
    assert meant <= given_by_index
    if query.exact:
        assert meant == given_by_index


@given(st.text(alphabet=st.characters() | st.sampled_from("\"()*:^+-{}ANDOR \\'“”"), max_size=80))
def test_no_query_is_an_error_of_the_index(text: str) -> None:
    try:
        query = parse_query(text)
    except InputError:
        return
    connection = index_of(TEXT)
    try:
        connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (query.expression(),)).fetchall()
    finally:
        connection.close()
    query.places(terms.placed(TEXT).forms)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no word"),
        ('""', "no word"),
        ("AND", "no word"),
        ("NOT flood", "only what is not wanted"),
        ("x" * (LONGEST + 1), "too long"),
        (" ".join(map(str, range(MOST_WORDS + 1))), "more than"),
        ("(" * 30 + "a", "brackets"),
    ],
)
def test_what_is_no_query_is_said_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_query(text)


def test_a_long_phrase_is_looked_for_by_its_shingles_too() -> None:
    assert [phrase.forms for phrase in parse_query('"one of the floods" late').needed()] == [
        ("one", "of", "the", "floods")
    ]
    assert parse_query('"one of"').needed() == []
    assert parse_query('"one of the floods" OR late').needed() == []
    assert isinstance(parse_query("flood"), Query)
