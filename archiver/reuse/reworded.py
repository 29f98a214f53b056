"""A statement found again in other words: by the words that carry it, whatever their endings.

For what the judge calls absent: “accelerate peace” and “accelerating peace”, a statement told instead of quoted. Finds candidates
to be shown as reworded; never says that two texts say the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archiver.match.lexicon import is_function_word
from archiver.reuse.words import Words

PREFIX = 4  # letters that two forms of a word share at least
ALIKE = 0.6  # share of the longer form that they share
LEAST = 2  # carrying words that are found again
SHARE, WEIGHTY = 0.5, 0.4  # share of them, plain and where rare words weigh more
RARE = 3  # sentences up to which a word is rare; one of them at least must be found again
_STOP = re.compile(r"[.!?…。！？।؟\n]")


@dataclass(frozen=True, slots=True)
class Sentences:
    """A text's sentences as ranges of words, and each one's carrying words by their first letters."""

    words: Words
    ranges: Sequence[tuple[int, int]]
    stems: Sequence[dict[str, list[str]]]
    counts: Counter[str]


def read(words: Words) -> Sentences:
    ranges: list[tuple[int, int]] = []
    first = 0
    for word in range(1, len(words) + 1):
        gap = words.gap(word)
        if word == len(words) or (gap != " " and _STOP.search(gap)):
            ranges.append((first, word))
            first = word
    stems = [_by_letters(_carrying(words, first, last)) for first, last in ranges]
    counts = Counter(key for entry in stems for key in entry)
    return Sentences(words, ranges, stems, counts)


def find(carried: Iterable[str], text: Sentences, beside: tuple[int, int] = (0, 0)) -> tuple[int, int] | None:
    """The sentence of a text that has most of the carrying words; None where none has enough. Sentences that touch the range ``beside`` are
    left out."""
    wanted = list(dict.fromkeys(carried))
    if len(wanted) < LEAST:
        return None
    weights = {form: 1 / max(1, text.counts[form[:PREFIX]]) for form in wanted}
    total = sum(weights.values())
    best, score = None, 0.0
    for (first, last), stems in zip(text.ranges, text.stems, strict=True):
        if first < beside[1] and last > beside[0]:
            continue
        found = [form for form in wanted if any(alike(form, other) for other in stems.get(form[:PREFIX], ()))]
        rare = any(text.counts[form[:PREFIX]] <= RARE for form in found)
        weight = sum(weights[form] for form in found)
        enough = len(found) >= LEAST and len(found) >= SHARE * len(wanted) and weight >= WEIGHTY * total and rare
        if enough and weight > score:
            best, score = (first, last), weight
    return best


def holds(carried: Iterable[str], words: Words, first: int, last: int) -> bool:
    """Whether a range of words has enough of the carrying words by itself."""
    wanted = list(dict.fromkeys(carried))
    stems = _by_letters(_carrying(words, first, last))
    found = [form for form in wanted if any(alike(form, other) for other in stems.get(form[:PREFIX], ()))]
    return len(found) >= LEAST and len(found) >= SHARE * len(wanted)


def carrying(words: Words, first: int, last: int) -> list[str]:
    """The words of a range that carry its meaning, lower case: no articles, prepositions, pronouns or auxiliaries."""
    return _carrying(words, first, last)


def _carrying(words: Words, first: int, last: int) -> list[str]:
    forms = (form.lower() for form in words.parts[2 * first + 1 : 2 * last : 2])
    return [form for form in forms if carries(form)]


def carries(form: str) -> bool:
    """Whether a lower-case word carries meaning, as far as its letters and the commonest words tell."""
    return len(form) > 2 and not is_function_word(form)


def _by_letters(forms: Iterable[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for form in forms:
        out.setdefault(form[:PREFIX], []).append(form)
    return out


def alike(one: str, two: str) -> bool:
    """Two forms of one word, as far as their letters tell: strike and strikes, iron and ironclad."""
    if one == two or (min(len(one), len(two)) >= PREFIX and (one.startswith(two) or two.startswith(one))):
        return True
    same = 0
    for mine, theirs in zip(one, two, strict=False):
        if mine != theirs:
            break
        same += 1
    return same >= PREFIX and same >= ALIKE * max(len(one), len(two))
