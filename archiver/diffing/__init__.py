"""What changed from one look at a page to the next, so that people can read it; pure functions over texts.

::

    compare              two looks, quotations -> PageDiff
     ├ layers            which layer is compared
     │  └ units          a layer as sentences; `lengthmarks` for feet and inches
     ├ laid              the sentences beside one another
     │  ├ aligning       what stays, in order
     │  ├ pairing        what was moved, reworded, split or joined
     │  ├ places         what left its place to another
     │  └ wording        word by word, each change with its kind
     ├ furniture         what stands round the article
     └ quoted            the quotations and the sentences that they rest on
    counterparts         what stands now where a passage stood
    terminal, page, unified   a PageDiff for a terminal, as HTML, as unified text
"""

from archiver.diffing.compare import article_same, compare
from archiver.diffing.counterparts import Counterpart, Counterparts
from archiver.diffing.page import to_html
from archiver.diffing.terminal import to_terminal
from archiver.diffing.unified import to_unified
from archiver.diffing.values import (
    Block,
    BlockKind,
    Outcome,
    PageDiff,
    PageText,
    Quoted,
    QuoteDiff,
    QuoteState,
    Side,
    Stretch,
)

__all__ = [
    "Block",
    "BlockKind",
    "Counterpart",
    "Counterparts",
    "Outcome",
    "PageDiff",
    "PageText",
    "QuoteDiff",
    "QuoteState",
    "Quoted",
    "Side",
    "Stretch",
    "article_same",
    "compare",
    "to_html",
    "to_terminal",
    "to_unified",
]
