"""A text of which a part stands between bars: what the judge's rules about brackets are asked of."""

from __future__ import annotations

from archiver.match import prepare
from archiver.match.lexicon import lexicon
from archiver.match.quotation import Quotation
from archiver.match.sides import Sides


def sides_of(marked: str) -> tuple[Sides, int, int]:
    """The two texts, and the tokens of the page between the bars: the first, and one behind the last."""
    before, inside, after = marked.split("|")
    prepared, quotation = prepare(before + inside + after), Quotation("We saw it well")
    page = prepared.pages[0]
    sides = Sides(quotation, quotation.solid, page, prepared, lexicon(("en",)))
    return sides, page.token_at(len(before)), page.token_at(len(before) + len(inside) - 1) + 1
