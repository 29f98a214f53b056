"""Word for word."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import Verdict

SOURCE = "We will win. He said: “We will win.” And then? We will win."


def test_every_place_is_told_until_context_picks_one() -> None:
    found = judge("We will win.", SOURCE)
    assert found.verdict is Verdict.VERBATIM
    assert (len(found.matches), found.ambiguous) == (3, True)
    picked = judge("We will win.", SOURCE, prefix="He said: “")
    assert (len(picked.matches), picked.ambiguous) == (1, False)
    assert judge("We will win.", SOURCE, suffix=" And").ambiguous is True
    assert judge("We will win.", SOURCE, suffix="” And").matches[0].spans == picked.matches[0].spans
    assert len(judge("We will win.", SOURCE, prefix="nowhere").matches) == 3


def test_words_are_whole() -> None:
    assert judge("art of war", "The heart of warfare is supply.").verdict is Verdict.ABSENT


def test_signs_without_words() -> None:
    assert judge("?!", "What?! Yes.").verdict is Verdict.VERBATIM
    assert judge("?!", "What? Yes!").verdict is Verdict.ABSENT


def told(quote: str, source: str) -> list[tuple[str, str, str, int, int, str]]:
    return [
        (one.kind.value, one.in_quote, one.in_source, one.quote_start, one.source_start, one.severity)
        for one in judge(quote, source).changes
    ]


@pytest.mark.parametrize(
    ("end", "printed", "change"),
    [
        ("?", ".", ("?", ".", "major")), ("!", ".", ("!", ".", "minor")), (".", "?", (".", "?", "major")), (".", "!", (".", "!", "minor")),
        ("؟", ".", ("؟", ".", "major")),
        (".", "؟", (".", "؟", "major")), ("", "?", None), (".", ",", None), ("?", "?", None), ("?", "?”", None),
        ("?!", "?", ("?!", "?", "major")), ("?", "?!", None),
        ("…", "?", None), (" […]", "?", None), (" (…)", "?", None), ("?”", ".", ("?”", ".", "major")), ("”", "?", None), (".", ".?", None),
        (" ?", ".", ("?", ".", "major")),
        ("!", "?", ("!", "?", "major")),
    ],
)  # fmt: skip
def test_the_sign_at_the_end(end: str, printed: str, change: tuple[str, str, str] | None) -> None:
    quote, source = f"We saw the boats{end}", f"We saw the boats{printed} More came."
    at = quote.index(change[0]) if change else 0
    assert told(quote, source) == ([("punctuation", change[0], change[1], at, 16, change[2])] if change else [])


@pytest.mark.parametrize(
    ("quote", "source", "verdict"),
    [
        ("we saw the boats", "We saw the boats.", "typographic"), ("We saw the boats", "Then we saw the boats.", "typographic"),
        ("We saw", "So we saw it.", "absent"),
        ("We saw it", "So we saw it.", "typographic"), ("we SAW the boats", "We saw the boats.", "altered"),
        ("…saw the boats", "We saw the boats.", "elided"),
        ("saw the boats…", "We saw the boats there.", "elided"), ("…saw the boats", "We …saw the boats.", "verbatim"),
        ("… saw the boats", "We …saw the boats.", "typographic"),
        ("saw the boats …", "We saw the boats… there.", "typographic"), (" We saw the boats ", "We saw the boats.", "verbatim"),
        ("“We saw the boats”", "“We saw the boats”", "verbatim"),
        ("“We saw the boats”", "We saw the boats.", "typographic"), ("We", "We saw.", "verbatim"), ("WE", "We saw.", "absent"),
    ],
)  # fmt: skip
def test_the_verdict_on_what_stands_there_word_for_word(quote: str, source: str, verdict: str) -> None:
    assert judge(quote, source).verdict.value == verdict


def test_verbatim_spans_take_in_the_signs_that_are_quoted_and_others_do_not() -> None:
    (match,) = judge(" “We saw it.” ", "Then: “We saw it.” So.").matches
    assert [(span.start, span.end) for span in match.spans] == [(6, 18)]
    (match,) = judge("«We saw it»", "Then: “We saw it.” So.").matches
    assert [(span.start, span.end) for span in match.spans] == [(7, 16)]


def test_of_several_places_the_best_are_told() -> None:
    found = judge("We saw the boats.", "We saw the boats? And we saw the boats. We saw the boats.")
    assert (found.verdict, [match.spans[0].start for match in found.matches], found.changes) == (
        Verdict.VERBATIM,
        [40],
        (),
    )
    assert judge("?!", "What?! So?! Yes").ambiguous
    assert [match.spans[0].start for match in judge("?!", "What?! So?! Yes", prefix="So").matches] == [9]
    assert len(judge("?!", "What?! So?! Yes", prefix="nowhere").matches) == 2
