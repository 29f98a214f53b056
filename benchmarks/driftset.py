"""The made set of page pairs: a page, what is quoted of it, what becomes of it, and the drift that docs/recheck.md wants told of that.

What is expected is written from what the maker did. The kinds are seen from the quotation, as a judgement sees them: a word that the page has
more now is one that the quotation leaves out, ``word-dropped``.
"""

from __future__ import annotations

from collections.abc import Callable

import driftaround as around
import driftedits as edits
from driftcase import Case, Maker, Recipe
from driftwalls import LANGUAGES, errors, no_such_page, walls


def _part(recipes: list[Recipe]) -> Callable[[Maker, int], list[Case]]:
    return lambda maker, wanted: maker.each(recipes, wanted)


PARTS: list[tuple[int, Callable[[Maker, int], list[Case]]]] = [
    (84, edits.altered),
    (20, _part([edits.sentence_removed, edits.paragraph_removed])),
    (18, _part([edits.other_sentence, edits.other_removed, edits.correction])),
    (8, _part([edits.reordered])),
    (27, _part(around.FURNITURE)),
    (12, _part([edits.references, edits.encoded, edits.spaced, edits.emphasised])),
    (5, _part([edits.redesigned])),
    (13, _part(around.instead("walls", "restricted", walls()))),
    (4, _part([around.stub])),
    (
        8,
        _part(
            [around.moved(301), around.moved(308), around.moved(302), around.moved(301, altered=True), around.canonical]
        ),
    ),
    (3, _part([around.home(301), around.home(302)])),
    (6, _part(around.instead("gone", "gone", [("404", no_such_page(404)), ("410", no_such_page(410))]))),
    (6, _part(around.instead("gone", "gone", [(f"soft 404, {lang}", no_such_page(200, lang)) for lang in LANGUAGES]))),
    (6, _part(around.instead("errors", "unreachable", errors()))),
    (4, _part([around.gone_once, edits.back_again])),
]
"""The proportions of the set, part by part."""


def cases(maker: Maker, pairs: int) -> list[Case]:
    """So many pairs, in the proportions of `PARTS`; at least one of each."""
    whole = sum(share for share, _ in PARTS)
    return [case for share, part in PARTS for case in part(maker, max(1, round(pairs * share / whole)))]
