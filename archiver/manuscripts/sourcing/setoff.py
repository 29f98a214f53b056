"""Which block quote a paragraph beside it belongs to: the one above, whose source it names, or the one below, which it leads to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.manuscripts.document import Block, BlockKind
from archiver.manuscripts.quotations import is_attribution

_COLONS = (":", "：")
_MOST = 200  # block quotes of one row that are looked at for its order
_DASHED = re.compile(r"\s*(?:[—–―~(\[]|-{1,3}\s)")
_TEXT = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CAPTION, BlockKind.CREDIT)
_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w’'-]{2,}")
_TITLES = frozenset(("The", "Justice", "Judge", "Professor", "Prof", "Lord", "Lady", "Sir", "Mr", "Mrs", "Der", "Die", "Das"))  # fmt: skip


def beside(blocks: Sequence[Block], number: int, step: int) -> int | None:
    """The block beside one, notes and comments in between left out."""
    note, at = blocks[number].note, number + step
    while 0 <= at < len(blocks):
        if blocks[at].note == note and blocks[at].kind is not BlockKind.COMMENT:
            return at
        if note is not None:
            return None
        at += step
    return None


def neighbour(blocks: Sequence[Block], number: int, step: int) -> int | None:
    """The paragraph beside a block; none beyond a heading or another block quote."""
    at = beside(blocks, number, step)
    return at if at is not None and blocks[at].kind in _TEXT else None


def names_source(blocks: Sequence[Block], number: int) -> bool:
    """Whether a paragraph below a block quote says whose words these are, and does not lead to the next."""
    block = blocks[number]
    if block.kind is BlockKind.CREDIT:
        return True
    if not is_attribution(block) or block.text.rstrip().endswith(_COLONS):
        return False
    above = beside(blocks, number, -1)
    if above is None or blocks[above].kind is not BlockKind.QUOTE:
        return False
    return _DASHED.match(block.text) is not None or not _leads(blocks, number)


def _leads(blocks: Sequence[Block], number: int) -> bool:
    """Whether in a row of block quotes with a line of nothing but a link between each two there is such a line before the first one, and
    none behind the last: then each is named by the line before it."""
    return _ends_with_line(blocks, number, -1) and not _ends_with_line(blocks, number, 1)


def _ends_with_line(blocks: Sequence[Block], number: int, step: int) -> bool:
    """Whether a row of such lines and block quotes, which a line is one of, ends with a line to this side."""
    at: int | None = number
    for _ in range(_MOST):
        quote = beside(blocks, at, step) if at is not None else None
        if quote is None or blocks[quote].kind is not BlockKind.QUOTE:
            return True
        while (more := beside(blocks, quote, step)) is not None and blocks[more].kind is BlockKind.QUOTE:
            quote = more
        at = more
        if at is None or not is_attribution(blocks[at]) or blocks[at].kind not in _TEXT:
            return False
    return False


def introduces(blocks: Sequence[Block], number: int) -> bool:
    """Whether a paragraph above a block quote may lead to it: it does not say whose words the block quote above itself are."""
    above = beside(blocks, number, -1)
    return above is None or blocks[above].kind is not BlockKind.QUOTE or not names_source(blocks, number)


def is_said_of(attribution: str, introduction: str) -> bool:
    """Whether the line below a block quote, which names no address, and what leads to it speak of one source: it shares a name with it, or
    the line is a mere name, and a colon leads to the words."""
    names = set(_NAME.findall(attribution)) - _TITLES
    if names & set(_NAME.findall(introduction)):
        return True
    mere = not re.search(r"[\d,;:“”\"«»(]", attribution.strip(" —–―-"))
    return mere and introduction.rstrip().endswith(_COLONS)
