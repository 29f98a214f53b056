"""Paragraphs that stand under every text of one sender: “About the company”, the note on the author, the appeal to subscribe.

Prose, and the same words in both texts, but no copy: told by their place, whole blocks at the end of both, with little but their like behind them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.reuse.body import Body
from archiver.reuse.passages import Stretch
from archiver.reuse.words import Words

BEHIND = 40  # words of prose that may come after it
EDGE = 3  # words by which it may miss the border of its block
SHARE = 0.5  # of either text's prose, from which on it is the text itself
_ABOUT = re.compile(
    r"(?:about|über|acerca de|sobre|à propos|a propos|chi è|informazioni su|over|om|о компании|関于|关于|關於|について|소개)\b",
    re.IGNORECASE,
)
SITE = "whole paragraphs at the end of two pages of one site"
ABOUT = "whole paragraphs at the end of both that say who sends it"


def find(
    stretches: Sequence[Stretch], a: Body, b: Body, words_a: Words, words_b: Words, *, site: bool
) -> dict[Stretch, str]:
    """Which passages stand under every text, and why they are taken to; ``site`` where both pages are of one site."""
    found: dict[Stretch, str] = {}
    end_a, end_b = len(words_a), len(words_b)
    for stretch in sorted(stretches, key=lambda stretch: -stretch.a_end):
        if stretch.a_end > end_a or stretch.b_end > end_b:
            continue  # it lies under what was found already
        if sum(a.mask[stretch.a_end : end_a]) > BEHIND:
            break  # all others stand still further from the end
        if sum(b.mask[stretch.b_end : end_b]) > BEHIND:
            continue
        why = SITE if site else ABOUT if _is_about(words_a, stretch.a) and _is_about(words_b, stretch.b) else ""
        if why and _is_whole(stretch, a, b) and not _is_most(stretch, a, b):
            found[stretch] = why
            end_a, end_b = stretch.a, stretch.b
    return found


def _is_whole(stretch: Stretch, a: Body, b: Body) -> bool:
    """True where it begins and ends with blocks in both texts."""
    return all(
        any(abs(start - first) <= EDGE for first, _ in body.blocks)
        and any(abs(end - last) <= EDGE for _, last in body.blocks)
        for start, end, body in ((stretch.a, stretch.a_end, a), (stretch.b, stretch.b_end, b))
    )


def _is_most(stretch: Stretch, a: Body, b: Body) -> bool:
    return (
        sum(a.mask[stretch.a : stretch.a_end]) >= SHARE * a.size
        or sum(b.mask[stretch.b : stretch.b_end]) >= SHARE * b.size
    )


def _is_about(words: Words, start: int) -> bool:
    """True where the passage, or the line before it, begins with a heading like “About …”."""
    begin = words.start(start)
    line_before = words.text[:begin].rstrip().rpartition("\n")[2].strip()
    return bool(
        _ABOUT.match(words.text[begin : begin + 20].strip()) or (len(line_before) < 60 and _ABOUT.match(line_before))
    )
