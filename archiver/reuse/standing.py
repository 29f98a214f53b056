"""Paragraphs that stand under every text of one sender: “About the company”, the note on the author, the appeal to subscribe.

Prose, and the same words in both texts, but no copy: told by their place, whole blocks at the end of both, with little but their like behind them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from archiver.reuse import speech
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
TO_READERS = 2  # words by which a paragraph speaks of the paper or to its reader
_DATA = Path(__file__).with_name("data")
_PROFILE = re.compile(  # of a writer: “Ann Roe is a writer who lives …”
    r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [A-ZÀ-ÖØ-Þ][\w’'.-]+){1,3},? (?:is|was|ist|est|es|è|é|er|är|jest|является)\b"
)
LAST = "whole paragraphs at the end of both that speak of themselves, their writer or to the reader, and all that they share"
SITE = "whole paragraphs at the end of two pages of one site"
ABOUT = "whole paragraphs at the end of both that say who sends it"


def find(
    stretches: Sequence[Stretch], a: Body, b: Body, words_a: Words, words_b: Words, *, site: bool
) -> dict[Stretch, str]:
    """Which passages stand under every text, and why they are taken to; ``site`` where both pages are of one site."""
    found: dict[Stretch, str] = {}
    alone = _is_alone(stretches, a, b, words_a)
    end_a, end_b = len(words_a), len(words_b)
    for stretch in sorted(stretches, key=lambda stretch: -stretch.a_end):
        if stretch.a_end > end_a or stretch.b_end > end_b:
            continue  # it lies under what was found already
        if sum(a.mask[stretch.a_end : end_a]) > BEHIND:
            break  # all others stand still further from the end
        if sum(b.mask[stretch.b_end : end_b]) > BEHIND:
            continue
        why = SITE if site else ABOUT if _is_about(words_a, stretch.a) and _is_about(words_b, stretch.b) else alone
        if why and _is_whole(stretch, a, b) and not _is_most(stretch, a, b):
            found[stretch] = why
            end_a, end_b = stretch.a, stretch.b
    return found


def _is_alone(stretches: Sequence[Stretch], a: Body, b: Body, words: Words) -> str:
    """``LAST`` where all that two texts share stands at the end of both and speaks to the reader, of the article or of its writer, as what one
    publisher's papers print does."""
    if not stretches:
        return ""
    begin_a, begin_b = min(stretch.a for stretch in stretches), min(stretch.b for stretch in stretches)
    whole = max(stretch.a_end for stretch in stretches), max(stretch.b_end for stretch in stretches)
    others = sum(a.mask[begin_a : whole[0]]) - sum(stretch.equal for stretch in stretches)
    if others > BEHIND or sum(b.mask[begin_b : whole[1]]) - sum(stretch.equal for stretch in stretches) > BEHIND:
        return ""
    direct = speech.find(words).direct
    ranges = [word for stretch in stretches for word in range(stretch.a, stretch.a_end)]
    told = sum(not direct[word] and words.form(word).lower() in _to_readers() for word in ranges)
    shared = words.text[words.start(begin_a) : words.end(whole[0] - 1)]
    of_itself = any(phrase in shared.lower() for phrase in _table()["of_itself"])
    return LAST if told >= TO_READERS or of_itself or _PROFILE.match(shared) else ""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((_DATA / "furniture.toml").read_text("utf-8"))


@cache
def _to_readers() -> frozenset[str]:
    return frozenset(_table()["to_readers"])


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
