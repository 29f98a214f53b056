"""Whether a person who gives words without saying more looks for a quotation."""

from __future__ import annotations

import re

from archiver.fulltext import terms

LEAST_WORDS = 5
LEAST_CHARACTERS = 8  # of scripts without spaces
_LEAST_MARKED = 3  # words in quotation marks, whole
_OPERATORS = re.compile(r"(?:^|\s)(?:AND|OR|NOT)(?:\s|$)|\*")
_MARKED = re.compile(r"""\s*(?:"[^"]+"|“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|»[^«»]+«|「[^「」]+」|『[^『』]+』)\s*""")


def is_quotation(text: str) -> bool:
    """True for many words without an operator between them, and for fewer that stand in quotation marks."""
    found = terms.forms(text)
    characters = sum(map(terms.is_unspaced, found))
    count = len(found) - characters + characters * LEAST_WORDS // LEAST_CHARACTERS
    if _MARKED.fullmatch(text):
        return count >= _LEAST_MARKED or characters > _LEAST_MARKED
    return count >= LEAST_WORDS and not _OPERATORS.search(text)


def is_too_short(text: str) -> bool:
    """True for under three words (four characters of a script without spaces): they stand everywhere, also in what no reader sees."""
    found = terms.forms(text)
    characters = sum(map(terms.is_unspaced, found))
    return len(found) - characters < _LEAST_MARKED and characters <= _LEAST_MARKED


def unquoted(text: str) -> str:
    """The words without the quotation marks that stand around all of them."""
    return text.strip()[1:-1].strip() if _MARKED.fullmatch(text) else text.strip()
