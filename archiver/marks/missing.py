"""Common words that stand nowhere in a text long enough to miss them, and how likely that is.

For each word of ``data/missing.toml`` that does not stand in the prose, the chance of that: where one of its substitutes stands n times, that of n
choices all of the substitute (beta-binomial), else that of no occurrence in so many words (negative binomial). The product of these chances over
the missing words is small by selection already, since the words with the smallest ones are in it; the expectation of its inverse over texts as people
write them is the product of (2 - p) over all words, and by Markov's inequality product * that bounds the chance of so much missing from above.
It takes the words to be missing independently of one another, and a text that is news: said in the mark as what it is, a bound under a model.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.marks.data import table
from archiver.marks.mark import Mark, MarkKind
from archiver.marks.prose import Prose

LONG_ENOUGH = 250
"""Words of prose from which on a missing word can mean something."""

_RARE = 1e-3
_RARER = 1e-4  # where no substitute stands for any of them
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """``expected`` occurrences; ``substitutes`` with how often each stands; ``chance`` of none under the model."""

    word: str
    expected: float
    substitutes: tuple[tuple[str, int], ...]
    chance: float


def missing_words(prose: Prose) -> tuple[tuple[Missing, ...], float]:
    """The missing words, and the bound on the chance that so much is missing; no words and 1.0 where the text is short or not English."""
    words = prose.words
    if len(words) < LONG_ENOUGH or not prose.is_english:
        return (), 1.0
    running, single = f" {' '.join(words)} ", Counter(words)
    found, product, bound = [], 1.0, 1.0
    for word, facts in table("missing").items():
        stands = {other: running.count(f" {other} ") if " " in other else single[other] for other in facts["others"]}
        expected = facts["per_1000"] * len(words) / 1000
        chosen = sum(stands.values())
        chance = _all_substitutes(facts, chosen) if chosen else (1 + expected / facts["spread"]) ** -facts["spread"]
        bound *= 2 - chance
        if f" {word} " not in running:
            product *= chance
            found.append(Missing(word, expected, tuple((other, n) for other, n in stands.items() if n), chance))
    return tuple(found), min(1.0, product * bound)


def marks(prose: Prose) -> Iterator[Mark]:
    """One mark of the whole text, where what is missing is too much for chance."""
    found, chance = missing_words(prose)
    replaced = [each for each in found if each.substitutes]
    if len(found) < _FEWEST or chance > (_RARE if replaced else _RARER):
        return
    named = ", ".join(each.word for each in found)
    usual = ", ".join(f"“{each.word}” {each.expected:.1f} times" for each in found)
    instead = "".join(
        f"“{other}” stands {number} time{'s' * (number > 1)} and “{each.word}” never; "
        for each in replaced
        for other, number in each.substitutes
    )
    yield Mark(
        MarkKind.MISSING_WORDS, named, 0, len(prose.text),
        f"none of them in {len(prose.words)} words of prose; English news has in as many {usual}; {instead}"
        f"so much is missing by chance in less than 1 of {_round(1 / chance)} texts, if words were chosen independently",
    )  # fmt: skip


def _all_substitutes(facts: dict[str, float], chosen: int) -> float:
    a, both = facts["share"] * facts["weight"], facts["weight"]
    return math.prod((a + i) / (both + i) for i in range(chosen))


def _round(number: float) -> str:
    """One digit and noughts, downwards: 40,000."""
    size = 10 ** math.floor(math.log10(number))
    return f"{math.floor(number / size) * size:,}"
