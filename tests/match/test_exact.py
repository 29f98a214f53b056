"""Word for word."""

from __future__ import annotations

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
