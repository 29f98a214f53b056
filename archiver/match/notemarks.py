"""Signs of notes in brackets, as pages print them and texts are drawn (``the dam[1]``): nobody hears them, so that a quotation without them is
compared with the page as if they were not there. A number in the words is never one of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# What editors of wikis raise behind a word, in the languages of the largest ones: not the page's words about its matter.
_EDITORS = (
    r"(?:(?:better |full |additional |non-primary )?(?:source|citations?|clarification|verification|page)s? needed|failed verification"
    r"|dubious(?: [–-] discuss)?|(?:by |according to )?whom\?|who\?|when\?|where\?|which\?|why\?|how\?|original research\?|permanent dead link"
    r"|Quelle fehlt|Beleg(?:e)? fehl(?:t|en)|réf\. (?:nécessaire|souhaitée)|cita requerida|senza fonte|carece de fontes\?|bron\?|sic!?)"
)
_SIGN = rf"\[(?:\d{{1,3}}|[a-z]|note \d{{1,2}}|[*†‡§¶]{{1,4}}|{_EDITORS})\]"
_ROW = re.compile(rf"{_SIGN}(?:\s?[,;–-]?\s?{_SIGN})*")
_GLUED = re.compile(
    rf"[\"'”’»›“.,;:!?…)。、，」』]*{_ROW.pattern}"
)  # straight behind a word, or behind the signs that follow it
_NUMBER = re.compile(r"\d{1,3}")
_LETTERED = re.compile(r"\[[a-z]\]")  # idea[s]
_MOST = 30  # tokens of one row


def is_number(form: str, before: str, behind: str) -> bool:
    """True where a token is the number of a sign; ``before`` and ``behind`` are the gaps beside it."""
    return before.endswith("[") and behind.startswith("]") and _NUMBER.fullmatch(form) is not None


def without_signs(raw: str) -> str | None:
    """What stands between two words without the signs in it; None where there are none, or words too."""
    bare, count = _ROW.subn("", raw)
    return bare if count and not any(map(str.isalnum, bare)) else None


def carries_sign(text: str) -> bool:
    """Whether a text has such signs in it."""
    return "[" in text and _ROW.search(text) is not None


def without(parts: Sequence[str], ends: Sequence[int]) -> tuple[list[str], list[int]] | None:
    """Gaps and tokens of a text, and where each ends, the signs that are glued to a word (or to what follows it) taken into the gaps, which are
    given without them; None where there are none. A letter straight behind a word is none: it may be a part of it (``idea[s]``).
    """
    out, places, found = [parts[0]], [ends[0]], False
    at = 1  # a token
    while at < len(parts):
        out.append(parts[at])
        places.append(ends[at])
        gap, behind = _gap(parts, at + 1)
        out.append(gap)
        places.append(ends[behind - 1])
        found |= gap is not parts[at + 1]
        at = behind
    return (out, places) if found else None


def _gap(parts: Sequence[str], at: int) -> tuple[str, int]:
    """The gap at a place without signs, and the place of the token behind it."""
    gap = parts[at]
    if "[" not in gap or not parts[at - 1][-1:].isalnum():
        return gap, at + 1
    raw = gap
    end = at
    while raw.rfind("[") > raw.rfind("]") and end + 2 < len(parts) and end - at < 2 * _MOST:
        end += 2
        raw += parts[end - 1] + parts[end]
    if _GLUED.match(raw) is None or _LETTERED.match(raw) is not None:
        return gap, at + 1
    bare = without_signs(raw)
    return (gap, at + 1) if bare is None else (bare, end + 1)
