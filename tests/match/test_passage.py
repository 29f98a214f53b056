"""Passages."""

from __future__ import annotations

import pytest

from archiver.match import judge, prepare
from archiver.match.index import UNKNOWN
from archiver.match.locate import Run
from archiver.match.passage import Passage, Sought, _fits, _is_name, find_passage
from archiver.match.quotation import Quotation
from archiver.model import Verdict


def passage(quote: str, source: str) -> Passage | None:
    prepared = prepare(source)
    return find_passage(Sought.of(Quotation(quote).solid, prepared.words.find), prepared.pages[0])


def test_pieces_in_another_order_are_moved() -> None:
    found = passage(
        "the boats went out again … the storm had passed by", "the storm had passed by and the boats went out again"
    )
    assert found is not None
    assert len(found.runs) == 1
    assert len(found.moved) == 1


def test_nothing_shared() -> None:
    assert passage("one two three four", "five six seven eight") is None


def _words(quote: str, source: str) -> tuple[list[str], list[str]] | None:
    """The words of the runs, and of those that stand elsewhere."""
    found = passage(quote, source)
    if found is None:
        return None
    page = prepare(source).pages[0]
    return tuple([page.slice(run.source, run.source_end) for run in runs] for runs in (found.runs, found.moved))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("quote", "source", "words"),
    [
        (
            "old men sailed home over the sea",
            "old men. They sailed home over the sea",
            (["sailed home over the sea"], []),
        ),
        (
            "Old men sailed home over the sea",
            "Then old men all sailed home over the sea",
            (["old men", "sailed home over the sea"], []),
        ),
        (
            "the grey old men sailed home over the sea",
            "many old men of it sailed home over the sea",
            (["old men", "sailed home over the sea"], []),
        ),
        (
            "the grey old men sailed home over the sea",
            "many men of it sailed home over the sea",
            (["sailed home over the sea"], []),
        ),
        (
            "sailed home … men … over the sea",
            "sailed home with men of old over the sea",
            (["sailed home", "men", "over the sea"], []),
        ),
        (
            "sailed home … over the sea … men",
            "sailed home over the sea with old men",
            (["sailed home", "over the sea", "men"], []),
        ),
        ("sailed home … men … over the sea", "men sailed home all over the sea", (["sailed home", "over the sea"], [])),
        ("[W]e … reverse", "Then we, in May, reverse it", (["we", "reverse"], [])),
        ("We … reverse", "We. Then reverse it", None),
        ("We … reverse … here", "We now reverse it here", (["We", "reverse", "here"], [])),
        ("We … reverse … here … now", "We do reverse it here just now", (["We", "reverse", "here", "now"], [])),
        ("We … reverse", "We go as we now reverse it", (["we", "reverse"], [])),
        (
            "over the sea they sailed home with nets and boats",
            "they sailed home with nets and boats over the sea",
            (["they sailed home with nets and boats"], ["over the sea"]),
        ),
        (
            "they sailed home with nets and boats over the sea",
            "over the sea they sailed home with nets and boats",
            (["they sailed home with nets and boats"], ["over the sea"]),
        ),
        (
            "Over the sea they sailed home with nets and boats",
            "they sailed home with nets and boats over the sea",
            (["they sailed home with nets and boats"], ["over the sea"]),
        ),
        (
            "they sailed home with nets and boats … over the old grey sea",
            "over the old grey sea they sailed home with nets and boats",
            (["they sailed home with nets and boats"], ["over the old grey sea"]),
        ),
        (
            "they sailed home with nets over the grand old sea and boats",
            "over the grand old sea they sailed home with nets and boats",
            (["over the grand old sea", "and boats"], ["they sailed home with nets"]),
        ),
        (
            "Ann Moore sailed home with nets and boats",
            "Karl Hall sailed home with nets and boats. Ann Moore did not",
            (["sailed home with nets and boats"], []),
        ),
        (
            "the old Ann Moore sailed home with nets and boats",
            "a young Karl Hall sailed home with nets and boats. the old Ann Moore did not",
            (["sailed home with nets and boats"], ["the old Ann Moore"]),
        ),
        ("nothing here is told at all of it", "one two three four five", None),
        ("one two three", "two one three", None),
        ("one two", "one two", (["one two"], [])),
        ("one six two seven three eight four nine", "one two three four", None),
    ],
)
def test_what_a_passage_shares_and_what_stands_elsewhere(
    quote: str, source: str, words: tuple[list[str], list[str]] | None
) -> None:
    assert _words(quote, source) == words


def _far(count: int) -> str:
    return " ".join(f"w{k}" for k in range(count))


@pytest.mark.parametrize(
    ("quote", "end", "most"),
    [
        ("old men sailed home over the sea", "old men", 20),
        ("men sailed home over the sea", "men", 3),
        ("sailed home over the sea with boats", "with boats", 20),
        ("sailed home over the sea gladly", "gladly", 3),
        ("sailed home over the sea … men", "men", 59),
    ],
)
def test_the_words_at_an_end_belong_to_a_passage_only_near_it(quote: str, end: str, most: int) -> None:
    body = "sailed home over the sea"
    for count in (most - 1, most, most + 1):
        source = f"{end} {_far(count)} {body}" if quote.startswith(end) else f"{body} {_far(count)} {end}"
        found = _words(quote, source)
        assert found is not None
        assert (end in found[0]) is (count <= most), count


@pytest.mark.parametrize(
    ("shared", "of", "near"),
    [
        (6, 8, True),
        (5, 8, True),
        (2, 8, False),
        (4, 10, True),
        (3, 10, False),
        (3, 5, True),
        (2, 5, False),
        (4, 7, False),
        (5, 7, True),
    ],
)
def test_most_words_or_fewer_that_are_rare_must_stand_in_a_passage(shared: int, of: int, near: bool) -> None:
    """Words that the page has nowhere else weigh as much as those it has not."""
    quote = [f"w{k}" for k in range(shared)] + [f"v{k}" for k in range(of - shared)]
    source = "It rained. " + " ".join(quote[:shared]) + " and it went on."
    prepared = prepare(source)
    sought = Sought.of(Quotation(" ".join(quote)).solid, prepared.words.find)
    assert sought.is_near(set(range(shared)), set(), shared, prepared.pages[0]) is near


def test_scattered_or_common_words_make_no_passage() -> None:
    words = "the old men of the town sailed home"
    prepared = prepare(f"{words}. " + "the old men of the. " * 40)
    sought = Sought.of(Quotation(words).solid, prepared.words.find)
    page = prepared.pages[0]
    assert sought.is_near(set(range(4)), set(), 4, page) is False, "words that the page has everywhere"
    assert sought.is_near({4, 5, 6, 7}, set(), 4, page) is True, "words that it has once"
    assert sought.is_near(set(range(8)), set(), 2, page) is False, "no three in a row"
    assert sought.is_near(set(range(8)), set(), 3, page) is True
    surely = Sought.of(Quotation(words).solid, prepared.words.find, surely=True)
    assert surely.is_near({4, 5, 6, 7}, set(), 4, page) is False
    assert surely.is_near(set(range(6)), set(), 4, page) is True


def test_single_characters_found_equal_count_half() -> None:
    prepared = prepare("市は大きな橋を閉鎖する")
    sought = Sought.of(Quotation("市は大きな橋を建設中").solid, prepared.words.find)
    page = prepared.pages[0]
    assert sought.unspaced
    assert sought.is_near(set(range(6)), set(), 6, page) is False
    assert sought.is_near(set(range(7)), set(), 1, page) is True
    assert sought.is_near(set(range(5)), {7, 8}, 5, page) is False
    assert sought.is_near(set(range(6)), {7, 8}, 6, page) is True


@pytest.mark.parametrize(("beginnings", "found"), [(199, True), (200, False)])
def test_of_few_words_around_marks_the_first_two_hundred_beginnings_are_looked_at(beginnings: int, found: bool) -> None:
    words = _words("We … reverse", "We left it. " * beginnings + "We now reverse it")
    assert words == ((["We", "reverse"], []) if found else None)


@pytest.mark.parametrize(("between", "found"), [(58, True), (59, True), (60, False)])
def test_pieces_around_marks_stand_in_sixty_words(between: int, found: bool) -> None:
    assert (_words("We … reverse", f"We {_far(between)} reverse it") is not None) is found


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("We … reverse … the", "We now reverse it"),  # the last piece stands nowhere
        ("… reverse", "We reverse it"),
        ("We … reverse", "Now reverse it"),
        ("We then … reverse", "We reverse it"),
    ],
)
def test_pieces_of_which_one_is_missing_are_no_passage(quote: str, source: str) -> None:
    assert _words(quote, source) is None


@pytest.mark.parametrize(
    ("piece", "last", "following", "fits"),
    [
        ("de", (0, 0, 3), None, True), ("dx", (0, 0, 3), None, True), ("xy", (0, 0, 3), None, False), ("dxyz", (0, 0, 3), None, False),
        ("dexy", (0, 0, 3), None, True), ("fg", (0, 0, 5), None, True), ("fgh", (0, 0, 5), None, False),  # the page ends before
        ("bc", None, (2, 3, 3), True), ("xc", None, (2, 3, 3), True), ("xy", None, (2, 3, 3), False), ("xabc", None, (4, 3, 3), False),
        ("de", (0, 0, 3), (5, 5, 2), False), ("de", None, None, False),
    ],
)  # fmt: skip
def test_words_at_an_end_fit_where_half_of_them_stand_just_there(
    piece: str, last: tuple[int, int, int] | None, following: tuple[int, int, int] | None, fits: bool
) -> None:
    page = prepare("a b c d e f g").pages[0]
    letters = dict(zip("abcdefg", page.words, strict=True))
    runs = [Run(*run) if run else None for run in (last, following)]
    assert _fits("".join(letters.get(letter, UNKNOWN) for letter in piece), *runs, page) is fits


@pytest.mark.parametrize(("between", "moved"), [(0, True), (1, True), (2, True), (3, False)])
def test_a_short_clause_that_changed_places_stands_beside_the_rest(between: int, moved: bool) -> None:
    body = "they sailed home with nets and boats"
    for quote, source in (
        (f"over there {body}", f"{body} {_far(between)} over there"),
        (f"{body} over there", f"over there {_far(between)} {body}"),
    ):
        words = _words(quote, source)
        assert words is not None
        assert (words[1] == ["over there"]) is moved, quote


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Ann Moore", True), ("the Moore", True), ("the Ann Lee Bo Moore", True), ("the old Moore", False), ("Ann Lee Bo Ray Moore", True),
        ("Ann Lee Bo Ray Kim Moore", False), ("old men", False),
    ],
)  # fmt: skip
def test_up_to_five_words_with_capitals_but_for_one_are_a_name(words: str, name: bool) -> None:
    prepared = prepare(words)
    assert _is_name(Sought.of(Quotation(words).solid, prepared.words.find), 0, len(words.split())) is name


@pytest.mark.parametrize(
    ("quote", "source", "moved"),
    [
        # five words elsewhere at an end count wherever they stand; fewer only near the rest
        ("over the old grey sea they sailed home with nets and boats", f"they sailed home with nets and boats. {_far(99)} over the old grey sea", 1),
        ("over the grey sea they sailed home with nets and boats", f"they sailed home with nets and boats. {_far(99)} over the grey sea", 0),
        ("over the grey sea they sailed home with nets and boats", f"they sailed home with nets and boats. {_far(50)} over the grey sea", 1),
        ("over the grey sea they sailed home with nets and boats", f"they sailed home with nets and boats. {_far(59)} over the grey sea", 1),
        ("over the grey sea they sailed home with nets and boats", f"they sailed home with nets and boats. {_far(60)} over the grey sea", 0),
        # with a mark between, any three that stand elsewhere
        ("over the sea … they sailed home with nets and boats", f"they sailed home with nets and boats. {_far(99)} over the sea", 1),
    ],
)  # fmt: skip
def test_words_at_an_end_that_stand_elsewhere(quote: str, source: str, moved: int) -> None:
    words = _words(quote, source)
    assert words is not None
    assert len(words[1]) == moved


@pytest.mark.parametrize(
    ("quote", "source", "verdict"),
    [
        ("the old mill … of the town was sold", "The old mill, a big one, of the town was sold.", "elided"),
        ("[In Lorn] the old mill … of the town was sold", "The old mill, a big one, of the town was sold.", "elided"),
        ("They met in Lorn … In the old hall … and sold the mill", "They met in Lorn, as ever in the old hall, late, and sold the mill.", "elided"),
        ("the old hall … of the town was sold", "The old mill, a big one, of the town was sold.", "altered"),
    ],
)  # fmt: skip
def test_few_words_before_a_mark_may_begin_with_another_capital(quote: str, source: str, verdict: str) -> None:
    assert judge(quote, source).verdict.value == verdict


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Born in Leith, Scotland, in 1924, she learned to fly at 17.", "Born in … 1924, she learned to fly at 17."),
        ("Born in Leith in 1924, she learned to fly at 17.", "Born in … 1924, she learned to fly at 17."),
        ("Born in Leith in 1924, she learned to fly at 17.", "Born … in 1924, she learned to fly at 17."),
        ("Born in Leith in 1924, she learned to fly at 17.", "Born in … 1924"),
        ("The club met in Leith in the spring of the year.", "The club met in … the spring of the year."),
        ("The club met with Ann and with her brother.", "The club met with … her brother."),
        ("The house of the lord of the manor was sold.", "The house of … the manor was sold."),
    ],
)  # fmt: skip
def test_a_word_that_stands_twice_is_the_one_beside_the_mark(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED
