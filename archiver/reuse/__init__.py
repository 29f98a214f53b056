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
"""

from archiver.reuse.body import repeated
from archiver.reuse.compare import compare
from archiver.reuse.values import Direction, Kind, Passage, Piece, Reuse, ReuseText

__all__ = ["Direction", "Kind", "Passage", "Piece", "Reuse", "ReuseText", "compare", "repeated"]
