"""Who has words of whom? Two texts compared, and the same statement as several texts print it; pure functions.

::

    compare              two texts -> Reuse
     ├ evidence          what they share, counted
     │  ├ words          text -> folded words, one code point each
     │  ├ runs           equal words in a row: seed and extend
     │  ├ passages       runs joined over small edits
     │  ├ body           what is prose, and what furniture of the page
     │  └ speech         what is somebody's speech
     ├ rules             evidence -> kind and reasons (names, press, addresses)
     └ direction         who has it from whom, where something shows it
    variants             a statement and texts -> Variants (reworded, independence)
    within               a text -> its quotations that it has a second time
"""

from archiver.reuse.body import repeated
from archiver.reuse.compare import compare
from archiver.reuse.independence import Independence
from archiver.reuse.values import TWO_ADDRESSES, Direction, Kind, Passage, Piece, Reuse, ReuseText
from archiver.reuse.variants import Order, Printed, Variants, Wording, variants
from archiver.reuse.within import Echo, within

__all__ = [
    "TWO_ADDRESSES",
    "Direction",
    "Echo",
    "Independence",
    "Kind",
    "Order",
    "Passage",
    "Piece",
    "Printed",
    "Reuse",
    "ReuseText",
    "Variants",
    "Wording",
    "compare",
    "repeated",
    "variants",
    "within",
]
