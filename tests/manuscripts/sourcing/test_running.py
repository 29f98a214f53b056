"""*(ebd.)* and *(ibid.)* in the running text."""

from __future__ import annotations

import pytest
from growth import assert_linear
from manuscripts_helpers import paired, pairing

A, B = "http://a.org/1", "http://b.org/2"
FIRST = "«Eins zwei drei» [@k]. "


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (FIRST + "«Vier fünf sechs» (ebd.).", [["k"], ["k"]]),
        (FIRST + "Danach nichts.\n\n«Vier fünf sechs» (*ebd.*, S. 4).", [["k"], ["k"]]),
        (FIRST + "«Vier fünf sechs» (vgl. ebenda, Abs. 2). «Sieben acht neun» [ebd.].", [["k"], ["k"], ["k"]]),
        (
            f"“One two three” ([a]({A})). “Four five six” (ibid., 12), and “seven eight nine” ([b]({B})).",
            [[A], [A], [B]],
        ),
        (f"“One two three” ([a]({A})). “Four five six” ([b]({B})). “Seven eight nine” (ibid.).", [[A], [B], [B]]),
        (f"“One two three.”[^1] “Four five six” (ibid.).\n\n[^1]: <{A}>", [[A], [A]]),
        (FIRST + "Es heißt:\n\n> Vier fünf sechs. (ebd., S. 4)", [["k"], ["k"]]),
        (FIRST + "Er meint die Zeitschrift Ebd. Und «vier fünf sechs».", [["k"], []]),
    ],
)
def test_it_is_the_source_that_was_cited_last(text: str, sources: list[list[str]]) -> None:
    assert [found for _, found in paired(text)] == sources


def test_its_page_is_its_own() -> None:
    last = pairing("«Eins zwei drei» [@k, S. 3]. «Vier fünf sechs» (ebd., S. 4). «Sieben acht neun» (ebd.).").pairs
    assert [one.sources[0].locator for one in last] == ["3", "4", None]


@pytest.mark.parametrize(
    "between",
    [
        "«Eins zwei drei» [@k; @l]. ",
        FIRST + "Anders Voss (2019). ",
        FIRST + "Anders (Voss, Deiche, S. 12). ",
        FIRST + "Anders Voss.[^1] ",
        FIRST + "\n\n# Zweitens\n\n",
        "",
    ],
)
def test_what_cannot_be_told_is_said(between: str) -> None:
    last = pairing(between + "«Vier fünf sechs» (ebd.).\n\n[^1]: Voss, Deiche, Kiel.").pairs[-1]
    assert [(one.url, one.key, one.why) for one in last.sources] == [
        (None, None, "“ebd.” refers to a source before it that cannot be told")
    ]


def test_one_without_a_quotation_is_a_sentence_that_was_not_checked() -> None:
    found = pairing(FIRST + "Der Deich ist alt (ebd.).")
    assert (found.lone, found.sentences) == ((), 1)


def test_thousands_of_them_take_time_that_grows_with_them() -> None:
    assert_linear(pairing, lambda n: "«Eins zwei drei» (<http://a.org>) (ebd.) (2019) " * n, 4000, 60)
    assert_linear(pairing, lambda n: "«Eins zwei drei» [@a] (ebd., S. 4)\n\n" * n, 4000, 60)
