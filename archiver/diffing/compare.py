"""Two looks at a page laid beside one another: quotations first, then the article, furniture counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.diffing import furniture
from archiver.diffing.laid import MOST_BLOCKS, Laid, changed
from archiver.diffing.layers import Looks
from archiver.diffing.pairing import Group
from archiver.diffing.quoted import Quotes
from archiver.diffing.units import Sheet
from archiver.diffing.values import Block, Outcome, PageDiff, PageText, Quoted
from archiver.diffing.wording import Words
from archiver.model import Layer, Notice
from archiver.printable import count

REPLACED, ENOUGH = 0.1, 40
"""Share of the older words up to which the text was replaced rather than edited, and the words that each side must have for that."""

MOST_BESIDE = 20  # sentences outside of the article that are told


def compare(old: PageText, new: PageText, quotations: Sequence[Quoted | str] = ()) -> PageDiff:
    """What changed from the older to the newer look, and what that does to the quotations.

    The ``article`` layers are compared, or the first layer that both looks have; a quotation is looked up in the layer it was found in. Pure; the
    time is that of the texts' length. Raises InputError for a quotation without words.
    """
    looks = Looks.of(old, new)
    asked = [Quoted(quoted) if isinstance(quoted, str) else quoted for quoted in quotations]
    texts = (old.texts, new.texts)
    sheets = _sheets(looks)
    if sheets is None:
        quotes = Quotes(looks, None, lambda _: range(0), texts)
        same = [text.content for text in looks.old.texts] == [text.content for text in looks.new.texts]
        outcome = Outcome.SAME if same else Outcome.REPLACED
        found = tuple(quotes.diff(quoted) for quoted in asked)
        kept = 0.0 if outcome is Outcome.REPLACED else 1.0
        return PageDiff(old.name, new.name, outcome, found, kept=kept, notices=looks.notices)
    words = Words.of(sheets[0].page, sheets[1].page, looks.prepared)
    laid = Laid.of(*sheets, looks)
    quotes = Quotes(looks, words, laid.partner, texts)
    blocks, more, kept = laid.blocks(words)
    outside, beside = _outside(looks, sheets, words)
    outcome = Outcome.EDITED if blocks else Outcome.FURNITURE if outside else Outcome.SAME
    replaced = kept < REPLACED and min(len(sheet.page.words) for sheet in sheets) >= ENOUGH
    notices = [*looks.notices, *laid.notices(), *_told(0 if replaced else more, beside)]
    return PageDiff(
        old.name,
        new.name,
        Outcome.REPLACED if replaced else outcome,
        tuple(quotes.diff(quoted) for quoted in asked),
        () if replaced else (*blocks, *beside),
        outside,
        kept,
        0 if replaced else more,
        looks.layer,
        tuple(notices),
    )


def article_same(old: PageText, new: PageText) -> bool:
    """Whether the article texts say the same, print and furniture aside: quick where they are equal to the letter."""
    mine, theirs = (
        [text.content for text in side.texts if text.layer is Layer.ARTICLE and text.content.strip()]
        for side in (old, new)
    )
    return (bool(mine) and mine == theirs) or compare(old, new).same


def _sheets(looks: Looks) -> tuple[Sheet, Sheet] | None:
    """The layer that is compared, of both looks; None where they share none, or one has no words."""
    if looks.layer is None:
        return None
    old, new = looks.old.sheet(looks.layer), looks.new.sheet(looks.layer)
    return (old, new) if old is not None and new is not None and old.units and new.units else None


def _told(more: int, beside: Sequence[Block]) -> Iterator[Notice]:
    if more:
        yield Notice("diff-capped", f"the first {MOST_BLOCKS} changed passages are listed; there are {more:,} more")
    if beside:
        yield Notice("beside-the-article", f"{count(len(beside), 'sentence')} outside of the article text was reworded")


def _outside(looks: Looks, sheets: tuple[Sheet, Sheet], words: Words) -> tuple[int, list[Block]]:
    """How many lines of furniture differ, and the sentences among them that were reworded."""
    old, new = looks.old.whole, looks.new.whole
    if old is None or new is None or looks.layer is not Layer.ARTICLE:
        return 0, []
    removed, added = furniture.lines(old, new, sheets)
    blocks = []
    for olds, news in furniture.reworded(old, new, removed, added)[:MOST_BESIDE]:
        blocks.append(changed(Group(olds, news), old, new, words.beside(old.page, new.page)))
    return max(len(removed), len(added)), blocks
