"""Quotations in the headline that do not stand in the body: neither as a quotation nor as running words, nor with words left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from archiver.marks.mark import Mark, MarkKind, at
from archiver.marks.prose import Prose, words_of
from archiver.marks.quotemarks import Quoted

_FEWEST_WORDS = 4
_BODY_WORDS = 150  # a body shorter than that may leave out what its headline says
_FIRST = 12  # words and a stop at its end: the first paragraph of the body
_SENTENCE = re.compile(r"[.!?][”\"’')]*$")
_ABOVE = 12  # lines above the body in which its headline and the lines below that stand
_STRETCH = 3  # a quotation with words left out stands within so many times its own words
_STEPS = 1_000_000  # characters and comparisons of one text; no headline needs a hundredth, and what would take more is not told


def marks(prose: Prose, quoted: Sequence[Quoted]) -> Iterator[Mark]:
    """Double-quoted quotations of four words and more above the first paragraph of the body."""
    if not prose.is_english:
        return
    first = next(
        (paragraph for paragraph in prose.prose if paragraph.words >= _FIRST and _SENTENCE.search(paragraph.text)), None
    )
    if first is None:
        return
    body = words_of(prose.text[first.start :])
    if len(body) < _BODY_WORDS:
        return
    head = [paragraph for paragraph in prose.paragraphs if paragraph.start < first.start][-_ABOVE:]
    lines = [paragraph for paragraph in head if paragraph.is_prose and not _SENTENCE.search(paragraph.text)]
    places: dict[str, list[int]] = {}
    for place, word in enumerate(body):
        places.setdefault(word, []).append(place)
    left = _STEPS
    for one in quoted:
        if not any(line.start <= one.start and one.end <= line.end for line in lines):
            continue
        length = one.end - one.start
        if length > left:
            continue
        words = words_of(prose.text[one.start : one.end])
        left -= length
        if prose.text[one.end - 1] in ",." or len(words) < _FEWEST_WORDS:
            continue
        missing = any(word not in places for word in words)
        steps = 0 if missing else sum(len(places[word]) for word in words)
        if steps > left:
            continue
        left -= steps
        if missing or not _stands(words, places):
            yield at(
                MarkKind.HEADLINE_QUOTATION, prose.text, one.start, one.end,
                "the headline quotes these words; the body below has them nowhere, neither in this form nor with words left out",
            )  # fmt: skip


def _stands(words: list[str], places: Mapping[str, list[int]]) -> bool:
    """Do the words follow one another in the body, perhaps with others between? One step for each place of each word."""
    wanted: dict[str, list[int]] = {}
    for number in reversed(range(len(words))):
        wanted.setdefault(words[number], []).append(number)
    last, reach = len(words) - 1, _STRETCH * len(words)
    begun: list[int | None] = [None] * len(words)  # where the latest run of the words up to each began
    for place, word in sorted((place, one) for one in wanted for place in places[one]):
        for number in wanted[word]:
            begun[number] = begun[number - 1] if number else place
        start = begun[last]
        if wanted[word][0] == last and start is not None and place - start < reach:
            return True
    return False
