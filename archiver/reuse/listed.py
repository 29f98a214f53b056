"""Passages that are a list of names and figures: two writers who print one table or list of guests have it from whoever made it."""

from __future__ import annotations

from collections.abc import Iterable

from archiver.reuse.words import Words

LIST = 0.6  # share of names and figures among a passage's words from which it is a list; German prose has a third
SHOUTED = 0.45  # share of a whole text's words with capitals from which they tell nothing
SAMPLE = 2000


def is_list(words: Words, ranges: Iterable[tuple[int, int]]) -> bool:
    """Whether the words of the ranges are mostly names and figures, in a text that is not written in capitals throughout."""
    forms = [words.form(word) for first, last in ranges for word in range(first, last)]
    if not forms or sum(form[:1].isupper() or form[:1].isdigit() for form in forms) < LIST * len(forms):
        return False
    sample = words.parts[1::2][:: max(1, len(words) // SAMPLE)]
    small = [form for form in sample if not form[:1].isdigit()]
    rest = sum(form[:1].isupper() for form in small)
    return not any(form[:1].isupper() for form in forms) or rest < SHOUTED * max(1, len(small))
