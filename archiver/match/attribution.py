"""Remarks that interrupt a speech: ``,” she said, “``. Quotation marks on both sides, a verb of saying, and no more than a clause; in languages
that set them off so, dashes (``—dijo el alcalde—``, ``, — сказал мэр, —``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.match.fold import QUOTE_MARKS
from archiver.match.lexicon import Lexicon
from archiver.match.negation import lowered, negation_count

LONGEST = 24  # words of a remark

_MARKS = QUOTE_MARKS.replace("ʼ", "")
_CLOSED = re.compile(rf"[,.!?…;:—–-]\s*[{_MARKS}]|[{_MARKS}]\s*[,.!?…;:—–-]")
_MARK = re.compile(rf"[{_MARKS}]")
_DASHED = frozenset({"es", "pt", "ru", "uk", "pl", "cs"})
_DASH = re.compile(r"[–—―]")
_STOPS = re.compile(r"[.!?…;:–—―]")
_LONGEST_DASHED = 12
_ACCORDING_TO = frozenset({"según", "segundo", "conforme", "według", "zdaniem", "podle", "за", "по"})


def interrupts(before: str, words: list[str], after: str, inner: Sequence[str], lexicon: Lexicon) -> bool:
    """True where ``words`` between the gaps ``before`` and ``after`` are a remark of the writer's that names the speaker.

    ``inner`` are the gaps between the words. The marks must close before the remark and open after it.
    """
    if not words or len(words) > LONGEST:
        return False
    joined = len(lexicon.attribution_parts) and _joined_remark(words, lexicon)
    if not (_MARK.search(before) and _MARK.search(after)):
        return _dashed(before, words, after, inner, lexicon)
    if joined:
        return len(words) <= LONGEST
    if not set(lowered(words)) & lexicon.attribution or negation_count(words, lexicon):
        return False
    if any(_MARK.search(gap) and gap.strip() not in "'’" for gap in inner):
        return False
    sentences = sum("." in gap and len(word) > 2 for gap, word in zip(inner, words, strict=False))
    return sentences <= 1 and (_CLOSED.search(before) is not None or _CLOSED.search(after) is not None)


def _dashed(before: str, words: Sequence[str], after: str, inner: Sequence[str], lexicon: Lexicon) -> bool:
    """True for a remark between dashes that begins with its verb, as it does inside a speech alone. “Según el alcalde” says who answers for
    what the writer tells, in no speech of anybody's.
    """
    if len(words) > _LONGEST_DASHED or not _DASHED.intersection(lexicon.languages[:1]):
        return False
    if not (_DASH.search(before) and _DASH.search(after)) or any(map(_STOPS.search, inner)):
        return False
    head = words[0].lower()
    return head in lexicon.attribution and head not in _ACCORDING_TO and not negation_count(words, lexicon)


def _joined_remark(words: list[str], lexicon: Lexicon) -> bool:
    text = "".join(words)
    return any(part in text for part in lexicon.attribution_parts)
