"""A comparison as unified text: a line for each passage of a paragraph, ``-`` of the older page and ``+`` of the newer, with what stands
beside it.

Lines are numbered in sentences. What was moved is told in the ``@@`` line, once, and stands there as context: it is neither gone nor new. So the
text is for people; to patch a page with it is not what it is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.diffing.terminal import SAYS, heading
from archiver.diffing.values import Block, BlockKind, PageDiff, QuoteDiff, QuoteState, Side
from archiver.model import SHORT_ID
from archiver.printable import printable, shorten, unmarked


def to_unified(diff: PageDiff) -> list[str]:
    """The lines, without their ends; nothing of the pages steers a terminal."""
    return list(_lines(diff))


def _lines(diff: PageDiff) -> Iterator[str]:
    yield f"--- {shorten(diff.old, 200) or 'the older page'}"
    yield f"+++ {shorten(diff.new, 200) or 'the newer page'}"
    yield f"# {diff.sentence}"
    for notice in diff.notices:
        yield f"# {notice.detail}"
    for quote in diff.gravest_first:
        yield from _quote(quote)
    for block in diff.blocks:
        yield from _block(block)


def _quote(quote: QuoteDiff) -> Iterator[str]:
    yield f"# quotation {quote.id[:SHORT_ID] + ' ' if quote.id else ''}{SAYS[quote.state]}: “{shorten(unmarked(quote.text), 200)}”"
    if quote.changes and quote.old is not None and quote.new is not None:
        yield _head(quote.old, quote.new, _kinds(quote))
        yield f"-{_one(quote.old.text)}"
        yield f"+{_one(quote.new.text)}"
    elif quote.state is QuoteState.REMOVED and quote.old is not None:
        yield _head(quote.old, None, "")
        yield from _each("-", quote.old)


def _block(block: Block) -> Iterator[str]:
    yield _head(block.old, block.new, f"{heading(block)}{_kinds(block, ': ')}")
    if block.before:
        yield f" {_one(block.before)}"
    if block.kind is BlockKind.MOVED and not block.changes and block.new is not None:
        yield f" {_one(block.new.text)}"
    else:
        if block.old is not None:
            yield from _each("-", block.old)
        if block.new is not None:
            yield from _each("+", block.new)
    if block.after:
        yield f" {_one(block.after)}"


def _head(old: Side | None, new: Side | None, said: str) -> str:
    one, two = (f"{side.sentence},{side.sentences}" if side else "0,0" for side in (old, new))
    return f"@@ -{one} +{two} @@ {said}".rstrip()


def _kinds(found: Block | QuoteDiff, before: str = "") -> str:
    kinds: Sequence[str] = list(dict.fromkeys(change.kind.value for change in found.changes if change.kind))
    return before * bool(kinds) + ", ".join(kinds)


def _each(sign: str, side: Side) -> Iterator[str]:
    """A line for each paragraph that it touches."""
    for line in side.text.split("\n"):
        if line.strip():
            yield f"{sign}{_one(line)}"


def _one(text: str) -> str:
    """A passage on one line."""
    return " ".join(printable(text).split())
