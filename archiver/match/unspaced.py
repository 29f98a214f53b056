"""Where the words of a script without spaces end that stand in the place of a quotation's last ones.

Its tokens are characters, and one word has more of them than another (する/しない): as many characters as were quoted would be half a word, or run
on into who said it.
"""

from __future__ import annotations

from archiver.match import meaning, tokens
from archiver.match.sides import Sides

_FURTHER = 4  # characters by which the words there may be more than those quoted
_BORDERS = frozenset("」』》〉）)]】”’\"'、，,；;：:")
_SAID = "と"
"""Behind it, in Japanese, stands who said so."""


def words_end(sides: Sides, token: int, quoted: tuple[int, int]) -> int | None:
    """The token after the words that stand from ``token`` on for the last ``quoted`` words; None where no mark or particle shows it, or the
    quotation has such a one itself.
    """
    page, first, last = sides.page, *quoted
    if not token < len(page.words) or not tokens.is_unspaced(page.form(token)):
        return None
    own = range(first, last)
    if any(_BORDERS & set(sides.solid.gaps[k]) or k in sides.solid.joints for k in own):
        return None
    particle = "ja" in sides.lexicon.languages and all(sides.solid.words[k].form != _SAID for k in own)
    for at in range(token + 1, min(len(page.words), token + last - first + _FURTHER) + 1):
        if at == len(page.words) or meaning.ends_sentence(page, at) or _BORDERS & set(page.gap(at)):
            return at
        if particle and page.form(at) == _SAID:
            return at
    return None
