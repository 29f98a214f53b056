"""A source that says itself that something is not true: “It is false that | the mine is safe”, “Es ist ein Märchen, dass | …”.

What somebody denies is a report of two voices, and is warned of (`hanging`); this is one voice, and a cut turns what it says round as one behind
“It is not true that” does.
"""

from __future__ import annotations

from archiver.match import meaning
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon
from archiver.match.meaning import Governor
from archiver.match.negation import lowered, negation_count
from archiver.match.quantity import phrase_at
from archiver.model import ChangeKind

_REACH = 10  # words before the cut among which it stands
_DEGREE = 2  # words between “it is” and “false”: “simply”, “a complete”
_SAYING = 2  # words between “false” and “that”: “to say”


def untrue_before(page: Page, first: int, lexicon: Lexicon) -> Governor | None:
    """The words that call untrue what begins at token ``first``, to the cut; None without any."""
    begin = max(meaning.clause_start(page, first), first - _REACH)
    words = lowered(page.forms(begin, first))
    if not words or words[-1] not in lexicon.complementizers:
        return None
    for at in range(len(words)):
        verb = phrase_at(words, at, lexicon.impersonal)
        for degree in range(_DEGREE + 1) if verb else ():
            after = at + verb + degree
            count = phrase_at(words, after, lexicon.untruths)
            if count and len(words) - 1 - after - count <= _SAYING:
                return (
                    None
                    if negation_count(words[: after + 1], lexicon)
                    else Governor(ChangeKind.NEGATION, begin + at, first)
                )
    return None
