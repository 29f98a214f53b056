"""The words of a gap, and what is kept beside them."""

from __future__ import annotations

from archiver.match import prepare
from archiver.match.gapwords import Torn
from archiver.match.lexicon import lexicon
from archiver.match.quantity import phrase_at
from archiver.model import ChangeKind

TORN = Torn(
    prepare("He said, and they knew, that it fell.").pages[0], 2, 5, ["and", "they", "knew"], ["he"], ["that"], lexicon(("en",))
)  # fmt: skip


def test_where_the_words_are_parted_and_end() -> None:
    assert TORN.parted(0, 1)
    assert not TORN.parted(1, 2)
    assert TORN.ends_clause()
    governor = TORN.governor(ChangeKind.MODAL, 1, 3)
    assert (governor.first, governor.last) == (3, 5)


def test_the_longest_phrase_counts() -> None:
    assert phrase_at(["far", "from", "it"], 0, {"far", "far from"}) == 2
    assert phrase_at(["far", "from", "it"], 2, {"far", "far from"}) == 0
