"""Quotations in the headline that do not stand in the body: neither as a quotation nor as running words, nor with words left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archiver.marks.mark import Mark, MarkKind, at
from archiver.marks.prose import Prose, words_of
from archiver.marks.quotemarks import Quoted

_FEWEST_WORDS = 4
_BODY_WORDS = 150  # a body shorter than that may leave out what its headline says
_FIRST = 12  # words and a stop at its end: the first paragraph of the body
_SENTENCE = re.compile(r"[.!?][”\"’')]*$")
_ABOVE = 12  # lines above the body in which its headline and the lines below that stand
_STRETCH = 3  # a quotation with words left out stands within so many times its own words


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
    for one in quoted:
        if not any(line.start <= one.start and one.end <= line.end for line in lines):
            continue
        words = words_of(prose.text[one.start : one.end])
        if prose.text[one.end - 1] not in ",." and len(words) >= _FEWEST_WORDS and not _stands(words, body):
            yield at(
                MarkKind.HEADLINE_QUOTATION, prose.text, one.start, one.end,
                "the headline quotes these words; the body below has them nowhere, neither in this form nor with words left out",
            )  # fmt: skip


def _stands(words: list[str], body: list[str]) -> bool:
    """Do the words follow one another in the body, perhaps with others between?"""
    reach = _STRETCH * len(words)
    for begin in (place for place, word in enumerate(body) if word == words[0]):
        left = iter(body[begin : begin + reach])
        if all(word in left for word in words):
            return True
    return False
