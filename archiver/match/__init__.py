"""Does the page say it? Judges quotations against the texts of a page; pure functions that read no file but their own data.

::

    judge            the order of the questions; what each finds goes into `sides`
     ├ quotation     what is quoted, and what its writer marked; `index` is the page (`tokens`, `fold`, `ranges` under both)
     ├ prospect      certainly absent? told without reading
     ├ exact         word for word; else `unhidden`, `notemarks`, `pasted`, `capitals`, `torn`: the same, read as it was printed
     ├ passage       where it comes from (`locate`), then `near`: run by run, and what lies between two runs (`holes`)
     │   ├ signs, numbers, spelling, changes, negation      what sort of difference a piece is
     │   ├ brackets, resolution, broughtin, edges           what the writer put in
     │   ├ attribution, speakers                            who says it
     │   └ omission      a mark leaves something out: what of it governs the words that are kept?
     │        meaning, quantity, denial, carried, turns, partial, narrowed, figures, gapwords, joined (scripts without spaces)
     ├ cuts          the same question of the two ends: dropped, late, supposed, hanging (warnings only), joined
     ├ onechanged    few words of which one is another; `nearest`, where there is none
     └ places, compare, render   how a judgement is told

    lexicon, data/   the words by which a language denies, restricts, doubts, counts: every rule asks these lists, none has words of its own
"""

from archiver.match.compare import Part, Segment, align, explain, holds
from archiver.match.index import Prepared, prepare
from archiver.match.judge import judge
from archiver.match.prospect import Prospect
from archiver.match.render import to_html, to_plain, to_rows

__all__ = [
    "Part",
    "Prepared",
    "Prospect",
    "Segment",
    "align",
    "explain",
    "holds",
    "judge",
    "prepare",
    "to_html",
    "to_plain",
    "to_rows",
]
