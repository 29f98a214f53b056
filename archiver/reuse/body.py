"""What of a text is the writer's prose, and what is furniture of the page: menus, notes on cookies, related links, appeals.

Told by how the blocks of the text look, by set phrases (``data/furniture.toml``) and by phrases that the caller knows to stand on many pages.
A text that hardly has prose (a list, a poem) is taken as a whole: what nobody can tell apart is not left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archiver.reuse.words import Words

LONG, SHORT = 25, 4  # words of a block that is prose whatever its end; of one that may be a sentence
LONGEST_HEADLINE = 90  # words of a headline, or of several on one line
INNER = 12  # words from which a block with a sentence end inside is prose
LONGEST_NOTE = 150  # words of a block up to which a set phrase makes it furniture
LEAST = 0.1  # share of the words that must be prose for the rest to be left out
APART = 60  # words of no prose that part two regions of a page
NOTES = (
    0.5  # share of the words in notes from which a text without prose is nothing but them: a consent notice, a paywall
)
REGION = 0.25  # of the greatest region's words, that another one must have to count
BETWEEN = 8  # words between two separators (``Home | News | Sport``), up to which a block is a menu
_SEPARATOR = re.compile(r"\s[|｜•·›»/]+\s|[|｜]")
_END = re.compile(r"[.!?…。！？।؟][\"'”’»」』)\]]*\s*$")
_INSIDE = re.compile(r"[.!?…؟।][\"'”’»)\]]*\s|[。！？]")
_DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Body:
    """``mask`` has 1 for each word that is prose, else 0; ``size`` counts them. ``blocks`` are (first word, last word + 1). ``told`` is False where
    prose could not be told from the rest, and all counts."""

    mask: bytes
    size: int
    blocks: tuple[tuple[int, int], ...]
    told: bool


def find(words: Words, common: Collection[str] = ()) -> Body:
    """The prose of a text; ``common`` are phrases that are known to stand on many pages, matched whatever their capitals."""
    blocks = tuple(_blocks(words))
    notes = _noted(words, common)
    mask = bytearray(len(words))
    prose = [
        _is_prose(words, first, last) and not (last - first <= LONGEST_NOTE and any(notes[first:last]))
        for first, last in blocks
    ]
    for begin, end in _regions(blocks, prose):
        for (first, last), is_prose in zip(blocks[begin:end], prose[begin:end], strict=True):
            if is_prose:
                mask[first:last] = b"\1" * (last - first)
    size = sum(mask)
    noted = sum(last - first for first, last in blocks if last - first <= LONGEST_NOTE and any(notes[first:last]))
    told = size >= LEAST * len(words) or noted >= NOTES * len(words) > 0
    if not told:
        mask, size = bytearray(b"\1" * len(words)), len(words)
    return Body(bytes(mask), size, blocks, told)


def _regions(blocks: Sequence[tuple[int, int]], prose: Sequence[bool]) -> list[tuple[int, int]]:
    """Ranges of blocks in which prose prevails, the greatest and those not much smaller: a box among menus is none of them."""
    found: list[tuple[int, int, int]] = []
    begin, end, score, peak = 0, 0, 0, 0
    for k, ((first, last), is_prose) in enumerate(zip(blocks, prose, strict=True)):
        score += last - first if is_prose else first - last
        if score > peak:
            peak, end = score, k + 1
        elif score < peak - APART or score <= 0:
            found.append((peak, begin, end))
            begin, end, score, peak = k + 1, k + 1, 0, 0
    found.append((peak, begin, end))
    most = max(peak for peak, _, _ in found)
    return [(begin, end) for peak, begin, end in found if peak and peak >= REGION * most]


def repeated(texts: Iterable[str], *, least: int = 3) -> frozenset[str]:
    """Blocks that at least ``least`` of the texts have, for ``common``: what the pages of one site share is its furniture."""
    counts: dict[str, int] = {}
    for text in texts:
        for line in {line.strip().lower() for line in text.splitlines()}:
            if line:
                counts[line] = counts.get(line, 0) + 1
    return frozenset(line for line, count in counts.items() if count >= least)


def _blocks(words: Words) -> Iterable[tuple[int, int]]:
    """Lines with words, those that were only wrapped (the next begins with a small letter) joined."""
    first = 0
    for word, gap in enumerate(words.parts[0:-1:2]):
        if gap == " " or "\n" not in gap or not word:
            continue
        wrapped = words.form(word)[:1].islower() and not _END.search(gap[: gap.find("\n")]) and gap.count("\n") == 1
        if not wrapped:
            yield first, word
            first = word
    if len(words):
        yield first, len(words)


def is_headline(words: Words, first: int, last: int) -> bool:
    """True for a block that ends with no end of a sentence: a headline, a caption, a bare line."""
    return last - first <= LONGEST_HEADLINE and not _END.search(words.gap(last).split("\n", 1)[0])


def _is_prose(words: Words, first: int, last: int) -> bool:
    size = (last - first) / (2 if words.unspaced else 1)
    if (
        size > SHORT
        and len(_SEPARATOR.findall(words.text, words.start(first), words.end(last - 1))) * BETWEEN > last - first
    ):
        return False
    if size >= LONG and (words.unspaced or "," in words.text[words.start(first) : words.end(last - 1)]):
        return True
    if size < SHORT:
        return False
    after = words.gap(last)
    if _END.search(after.split("\n", 1)[0]):
        return True
    return size >= INNER and bool(_INSIDE.search(words.text, words.start(first), words.end(last - 1)))


def _noted(words: Words, common: Collection[str]) -> bytes:
    """1 for the first word of each set phrase that the text has, and for each word of a phrase known to be common."""
    out = bytearray(len(words) + 1)
    text = words.text.lower()
    if len(text) != len(words.text):  # a few letters have another length in lower case: places would be wrong
        text = "".join(char if len(low := char.lower()) != 1 else low for char in words.text)
    for phrase in (*_phrases(), *(phrase.lower() for phrase in common if phrase.strip())):
        at = text.find(phrase)
        while at >= 0:
            first, _ = words.range_of(at, at + len(phrase))
            out[first] = 1
            at = text.find(phrase, at + len(phrase))
    return bytes(out)


@cache
def _phrases() -> tuple[str, ...]:
    table = tomllib.loads((_DATA / "furniture.toml").read_text("utf-8"))
    return tuple(table["phrases"])
