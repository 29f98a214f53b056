"""The index: quotations, verbatim and nearly, words and copies."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest

from archiver.fulltext import (
    EVERYTHING,
    FILE,
    ORDERLESS,
    Capture,
    Filter,
    Fulltext,
    Unavailable,
    UnusableIndex,
    empty,
    open_index,
    parse_query,
    read,
)

Put = Callable[..., None]

WORDS = [
    f"{a}{b}"
    for a in ("stone", "river", "wall", "ferry", "light", "north")
    for b in ("", "s", "ing", "ed", "er", "land", "bank")
]


def text_of(seed: int, words: int = 300) -> str:
    picker = random.Random(seed)
    return " ".join(picker.choice(WORDS) + str(picker.randrange(40)) for _ in range(words))


@pytest.fixture
def index() -> Iterator[Fulltext]:
    with Fulltext(open_index(None), None) as made:
        yield made


def put(index: Fulltext, *texts: str, first: int = 1, page: str = "org,example)/") -> None:
    captures = [
        Capture(
            at, f"s-{at:064x}", f"2026-01-{at % 28 + 1:02}T00:00:00Z", f"{page}{at}", sha256(text.encode()).digest()
        )
        for at, text in enumerate(texts, first)
    ]
    index.add(captures, {sha256(text.encode()).digest(): read([text]) for text in texts}, {})


def names(index: Fulltext, quotation: str, where: Filter = EVERYTHING) -> list[str]:
    return [name for candidate in index.passages(quotation, where) for name in index.captures(candidate.text, where)]


def test_a_quotation_is_found_first_where_it_stands(index: Fulltext) -> None:
    texts = [text_of(seed) for seed in range(200)]
    put(index, *texts)
    for at in (0, 57, 199):
        quotation = " ".join(texts[at].split()[100:112])
        assert names(index, quotation)[0] == f"s-{at + 1:064x}"


def test_with_two_words_changed_it_is_found_too(index: Fulltext) -> None:
    texts = [text_of(seed) for seed in range(200)]
    put(index, *texts)
    for at in range(0, 200, 7):
        words = texts[at].split()[20:34]
        words[3], words[9] = "other", "words"
        best = next(index.passages(" ".join(words)))
        assert index.captures(best.text) == [f"s-{at + 1:064x}"]
        assert 0.2 < best.share < 1


def test_where_every_third_word_is_changed_the_rest_of_them_finds_it(index: Fulltext) -> None:
    texts = [text_of(seed) for seed in range(50)]
    put(index, *texts)
    words = texts[30].split()[50:62]
    words[1::3] = ["other"] * 4
    (best, *_) = index.passages(" ".join(words))
    assert best.share < ORDERLESS
    assert index.captures(best.text) == [f"s-{31:064x}"]


def test_where_no_three_words_stand_together_the_rarest_of_them_find_it(index: Fulltext) -> None:
    common = ["the", "and", "of", "it", "was", "who", "is", "to", "that", "on"]
    picker = random.Random(1)
    texts = [
        " ".join(picker.choice(common) if at % 3 else f"rare{seed}x{at % 40}" for at in range(200))
        for seed in range(300)
    ]
    texts[130] += " statement is we who was present lo to"
    put(index, *texts, *(f"otherwise {word} of it lo and {word}" for word in common))
    found = names(index, "statement is otherwise who was otherwise lo to")
    assert f"s-{131:064x}" in found[:3]


def test_what_is_left_out_or_put_in_with_a_mark_does_not_hide_it(index: Fulltext) -> None:
    texts = [text_of(seed) for seed in range(100)]
    put(index, *texts)
    words = texts[60].split()
    for gap in ("…", "[...]", "[the minister]", "(…)"):
        quotation = f"{' '.join(words[10:17])} {gap} {' '.join(words[40:47])}"
        best = next(index.passages(quotation))
        assert (best.share, index.captures(best.text)) == (1.0, [f"s-{61:064x}"])


def test_a_long_text_is_found_at_its_end_and_does_not_pass_for_everything(index: Fulltext) -> None:
    book = text_of(1, 60_000)
    put(index, book, *(text_of(seed) for seed in range(2, 60)))
    assert names(index, " ".join(book.split()[59_980:59_995]))[0] == f"s-{1:064x}"
    assert names(index, " ".join(book.split()[8185:8200]))[0] == f"s-{1:064x}"  # over the border of two parts
    assert all(c.share < 0.3 for c in index.passages("never said anywhere by anyone at all in this world"))


def test_captures_of_the_same_text_are_found_together_and_by_time_and_page(index: Fulltext) -> None:
    put(index, *(text_of(7) for _ in range(3)))
    quotation = " ".join(text_of(7).split()[5:15])
    assert index.size() == (3, 1)
    assert names(index, quotation) == [f"s-{at:064x}" for at in (3, 2, 1)]
    assert names(index, quotation, Filter(until="2026-01-03T00:00:00Z")) == [f"s-{1:064x}"]
    assert names(index, quotation, Filter(since="2026-01-04T00:00:00Z")) == [f"s-{3:064x}"]
    assert names(index, quotation, Filter(pages=("org,example)/2",))) == [f"s-{2:064x}"]
    assert names(index, quotation, Filter(pages=("com,",))) == []


def test_words_are_found_newest_first_and_in_pages(index: Fulltext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.fulltext.index._PAGE", 3)
    put(index, *(f"flood number{at} came" for at in range(8)), "a storm came")
    found = list(index.words(parse_query("flood came")))
    assert found == sorted(found, reverse=True)
    assert len(found) == index.count(parse_query("flood")) == 8
    assert len(list(index.words(parse_query("came NOT flood")))) == 1
    assert list(index.words(parse_query('"number3 came"'))) == list(index.words(parse_query("number3")))
    assert list(index.words(parse_query('"a storm came"'))) == [9]
    assert list(index.words(parse_query('"came storm a"'))) == []


def test_a_letter_that_stands_for_several_words_is_no_error(index: Fulltext) -> None:
    put(index, "قال رسول الله ﷺ في الحديث الشريف كلمة طيبة صدقة", "قال رسول الله صلى الله عليه وسلم في الحديث")
    for query in ("ﷺ", '"رسول الله ﷺ"', "الله NOT ﷻ", "صلى"):
        assert list(index.words(parse_query(query))) == [2, 1]
    assert names(index, "رسول الله ﷺ في الحديث") == [f"s-{2:064x}", f"s-{1:064x}"]


def test_copies_are_told_by_how_much_they_share(index: Fulltext) -> None:
    original = text_of(3, 400).split()
    wrapped = text_of(4, 300) + " " + " ".join(original) + " " + text_of(5, 500)
    excerpt = text_of(6, 200) + " " + " ".join(original[100:160])
    put(index, *(text_of(seed, 500) for seed in range(100, 220)), wrapped, excerpt)
    found = index.alike(" ".join(original))
    assert [index.captures(item.text) for item in found[:2]] == [[f"s-{121:064x}"], [f"s-{122:064x}"]]
    assert found[0].shared > 0.9
    assert 0.25 < found[0].of_it < 0.45
    assert 0.08 < found[1].shared < 0.25
    assert 0.15 < found[1].of_it < 0.35
    assert len(found) < 6
    assert index.alike("") == []


def test_captures_go_in_all_or_none(index: Fulltext) -> None:
    put(index, text_of(1))
    capture = Capture(9, "s-9", "2026-01-01T00:00:00Z", "org,example)/", b"unknown")
    with pytest.raises(Unavailable, match="emptied by another process"):
        index.add([capture], {b"other": read([text_of(2)])}, {"next_leaf": "10"})
    assert (index.size(), "next_leaf" in index.about()) == ((1, 1), False)
    put(index, text_of(1), text_of(2))  # once more, with what is there already
    assert index.size() == (2, 2)


def test_what_is_cleared_or_settled(index: Fulltext) -> None:
    put(index, *(text_of(seed) for seed in range(30)))
    quotation = " ".join(text_of(3).split()[5:15])
    index.settle()
    assert names(index, quotation)[:1] == [f"s-{4:064x}"]
    index.clear()
    assert (index.size(), list(islice(index.passages(quotation), 1)), set(index.about())) == (
        (0, 0),
        [],
        {"version", "generation"},
    )


def test_what_was_read_for_an_index_that_was_emptied_since_is_not_put_in(tmp_path: Path) -> None:
    with Fulltext(open_index(tmp_path / FILE), tmp_path / FILE) as index:
        put(index, text_of(1))
        assert empty(tmp_path)  # an erasure
        with pytest.raises(Unavailable, match="emptied by another process"):
            put(index, text_of(2))
    with Fulltext(open_index(tmp_path / FILE), tmp_path / FILE) as index:
        assert index.size() == (0, 0)
        put(index, text_of(2))


def test_rows_that_nobody_here_wrote_are_told(tmp_path: Path) -> None:
    with Fulltext(open_index(tmp_path / FILE), tmp_path / FILE) as index:
        put(index, text_of(1))
        index._connection.execute("UPDATE parts SET text = 'x', size = 'y'")
        with pytest.raises(UnusableIndex, match="not what `archiver` writes"):
            names(index, " ".join(text_of(1).split()[5:15]))
        with pytest.raises(UnusableIndex, match="not what `archiver` writes"):
            index.alike(text_of(1))


def test_many_texts_are_put_in_by_several_statements(index: Fulltext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.fulltext.index._AT_ONCE", 2)
    texts = [text_of(seed, 30) for seed in range(7)]
    put(index, *texts)
    for at, text in enumerate(texts, 1):
        assert names(index, " ".join(text.split()[3:15]))[0] == f"s-{at:064x}"
        assert index.has(sha256(text.encode()).digest())
    assert not index.has(sha256(b"another").digest())
    index.keep_little()
    assert index.size() == (7, 7)


def test_an_index_that_is_emptied_in_the_middle_of_a_search_gives_nothing(
    index: Fulltext, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(index, *(text_of(seed) for seed in range(20)))
    quotation = " ".join(sorted(text_of(3).split()[100:112]))
    counted = index._counted

    def then_emptied(table: str, asked: Sequence[str]) -> list[tuple[int, str, str]]:
        found = counted(table, asked)
        if table == "shingles":
            index.clear()
        return found

    assert names(index, quotation)
    monkeypatch.setattr(index, "_counted", then_emptied)
    assert names(index, quotation) == []
