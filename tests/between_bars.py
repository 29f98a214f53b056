"""A text of which a part stands between bars: what the judge's rules about brackets are asked of."""

from __future__ import annotations

from archiver.match import prepare
from archiver.match.index import Page
from archiver.match.lexicon import lexicon
from archiver.match.meaning import Governor
from archiver.match.quotation import Quotation
from archiver.match.sides import Sides


def sides_of(marked: str) -> tuple[Sides, int, int]:
    """The two texts, and the tokens of the page between the bars: the first, and one behind the last."""
    before, inside, after = marked.split("|")
    prepared, quotation = prepare(before + inside + after), Quotation("We saw it well")
    page = prepared.pages[0]
    sides = Sides(quotation, quotation.solid, page, prepared, lexicon(("en",)))
    return sides, page.token_at(len(before)), page.token_at(len(before) + len(inside) - 1) + 1


def page_at(marked: str) -> tuple[Page, int, int]:
    """A page, and the tokens before which the bars stand."""
    before, inside, *after = marked.split("|")
    page = prepare("".join((before, inside, *after))).pages[0]
    end = len(before) + len(inside.rstrip(" ,")) - 1
    return page, page.token_at(len(before) + (not before)) if before else 0, page.token_at(end) + 1 if inside else 0


def told(found: Governor | None, page: Page) -> tuple[str, str] | None:
    """The kind and the words of what governs."""
    return None if found is None else (found.kind.value, page.slice(found.first, found.last))
