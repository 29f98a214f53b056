from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archiver.citing.fragments import passage_link, text_directives
from archiver.model import Span

PAGE = """The harbour opens
We have rebuilt 140 metres of wall, and not one of the old stones was thrown away. We have rebuilt the quay.
“It’s a wall,” she said. Don't run-on, e.g., or 1,250 times.
We have rebuilt the quay.
First line of a long speech that goes on for quite a while, so that it is more than a hundred characters long in one block.
And the speech goes on in the second block, to its end here. The end.
The end."""


def directive(page: str, words: str, start: int = 0) -> str:
    at = page.index(words, start)
    (found,) = text_directives(page, [Span(at, at + len(words))])
    return found


def decoded(found: str) -> list[str]:
    return [unquote(part) for part in found.removeprefix("text=").split(",")]


def followed(page: str, found: str) -> tuple[int, int] | None:
    """Where a browser goes, by the specification's algorithm over a page whose blocks are lines: whole words, the first place that fits."""
    parts = found.removeprefix("text=").split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, end = unquote(parts[0]), unquote(parts[1]) if len(parts) > 1 else None

    def places(words: str, begin: int, *, open_left: bool, open_right: bool) -> list[tuple[int, int]]:
        pattern = re.escape(words).replace(r"\ ", " ")
        found = [(hit.start(), hit.end()) for hit in re.compile(f"(?=({pattern}))").finditer(page, begin)]
        found = [(at, at + len(words)) for at, _ in found]
        bounds = {0, len(page)} | {hit.start() for hit in re.finditer(r"\b", page)}
        return [(a, b) for a, b in found if (open_left or a in bounds) and (open_right or b in bounds)]

    for left, right in places(start, 0, open_left=bool(prefix), open_right=bool(suffix) and end is None):
        if prefix and not page[:left].rstrip().endswith(prefix):
            continue
        if end is None:
            if not suffix or page[right:].lstrip().startswith(suffix):
                return left, right
            continue
        for _, last in places(end, right, open_left=False, open_right=bool(suffix)):
            if not suffix or page[last:].lstrip().startswith(suffix):
                return left, last
    return None


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("rebuilt 140 metres of wall", ["rebuilt 140 metres of wall"]),
        ("“It’s a wall,” she said.", ["It’s a wall,” she said"]),
        ("ebuilt 140 met", ["rebuilt 140 metres"]),
        ("Don't run-on, e.g., or 1,250 times", ["Don't run-on, e.g., or 1,250 times"]),
    ],
)
def test_a_passage_in_one_block_is_named_whole_in_whole_words(words: str, parts: list[str]) -> None:
    assert decoded(directive(PAGE, words)) == parts


def test_signs_that_mean_something_are_encoded() -> None:
    found = directive(PAGE, "Don't run-on, e.g., or 1,250 times")
    assert found == "text=Don%27t%20run%2Don%2C%20e.g.%2C%20or%201%2C250%20times"


def test_a_passage_over_blocks_and_a_long_one_are_named_by_their_ends() -> None:
    both = PAGE[PAGE.index("First line") : PAGE.index(" The end.")]
    assert decoded(directive(PAGE, both)) == ["First line of a", "to its end here"]
    long = PAGE[PAGE.index("First line") : PAGE.index("\nAnd the")]
    assert decoded(directive(PAGE, long)) == ["First line of a", "long in one block"]


def test_words_that_stand_twice_are_told_apart() -> None:
    words = "We have rebuilt the quay."
    first, second = PAGE.index(words), PAGE.rindex(words)
    one, two = directive(PAGE, words), directive(PAGE, words, first + 1)
    assert followed(PAGE, one) == (first, first + len(words) - 1)
    assert followed(PAGE, two) == (second, second + len(words) - 1)
    assert "-" in two
    last = directive(PAGE, "The end", PAGE.rindex("The end"))
    assert followed(PAGE, last) == (len(PAGE) - 8, len(PAGE) - 1)


def test_scripts_without_spaces_have_their_surroundings_beside_them() -> None:
    page = "市议会星期一晚上表示大桥已经关闭，修复工程将持续到明年春天。"
    assert decoded(directive(page, "大桥已经关闭，修复工程")) == [
        "市议会星期一晚上表示-",
        "大桥已经关闭，修复工程",
        "-将持续到明年春天",
    ]


NOTED = """Start of it.
“They opened the dam,”[1] said Mayor Ruiz on 13 May. It burst[2] at night and killed nobody[3].
The dam[4] is gone, [5] he said. “They opened the dam,”[6] said the clerk. Nobody[7][8] knew.
They opened the dam,[9]
and more"""


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("They opened the dam,”[1] said Mayor Ruiz on 13 May", None), ("opened the dam,”[1]", "opened the dam"), ("killed nobody", "killed"),
        ("It burst[2] at night and killed nobody", "It burst[2] at night and killed"), ("Nobody[7][8] knew", "knew"), ("dam[4] is", "is"),
        ("killed nobody[3].\nThe dam[4] is gone", None), ("They opened the dam,”[6] said the clerk", None), ("Start of it", None),
        ("They opened the dam,[9]\nand more", None), ("is gone, [5] he said", None),
    ],
)  # fmt: skip
def test_signs_of_notes_are_in_no_link_so_that_it_leads_there_with_brackets_or_without(
    words: str, shown: str | None
) -> None:
    found = directive(NOTED, words)
    assert "%5B" not in found
    for page in (NOTED, re.sub(r"\[(\d)\]", r"\1", NOTED)):
        place = followed(page, found)
        assert place is not None
        assert re.sub(r"[\[\]]", "", page[slice(*place)]) == re.sub(r"[\[\]]", "", shown or words)


def test_several_parts_and_none() -> None:
    spans = [
        Span(PAGE.index(words), PAGE.index(words) + len(words))
        for words in ("We have rebuilt 140 metres", "not one of the old stones")
    ]
    assert text_directives(PAGE, spans) == (
        "text=We%20have%20rebuilt%20140%20metres",
        "text=not%20one%20of%20the%20old%20stones",
    )
    short = [Span(PAGE.index(words), PAGE.index(words) + len(words)) for words in ("We have", "not one")]
    assert text_directives(PAGE, short) == ("text=We%20have%20rebuilt%20140%20metres%20of%20wall%2C%20and%20not%20one",)
    assert text_directives(PAGE, []) == ()
    assert text_directives("…!?", [Span(0, 3)]) == ()


def test_links() -> None:
    assert passage_link("https://example.org/", ()) == "https://example.org/"
    assert passage_link("https://example.org/", ("text=a", "text=b")) == "https://example.org/#:~:text=a&text=b"
    assert passage_link("https://example.org/#part", ("text=a",)) == "https://example.org/#part:~:text=a"
    assert passage_link("https://example.org/#part:~:text=old", ("text=a",)) == "https://example.org/#part:~:text=a"


_WORDS = st.lists(st.sampled_from(["the", "wall", "stone", "a", "b", "quay", "it"]), min_size=1, max_size=12).map(
    " ".join
)
_PAGES = st.lists(_WORDS, min_size=1, max_size=6).map("\n".join)


@given(page=_PAGES, data=st.data())
def test_the_link_leads_to_the_passage_where_any_could(page: str, data: st.DataObject) -> None:
    bounds = sorted({0, len(page)} | {hit.start() for hit in re.finditer(r"\b", page)})
    words = [(a, b) for a, b in pairwise(bounds) if page[a:b].strip()]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start, end = words[first][0], words[last][1]
    (found,) = text_directives(page, [Span(start, end)])
    reached = followed(page, found)
    assert reached is not None, found
    # the ends of a passage stay within its first and its last line: where others are like these, it cannot be named
    lines = page[start:end].split("\n")
    assume(all(len(re.findall(rf"\b(?={re.escape(line)}\b)", page)) == 1 for line in (lines[0], lines[-1]) if line))
    assert reached == (start, end)
