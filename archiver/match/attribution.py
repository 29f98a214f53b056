"""Remarks that interrupt a speech: ``,” she said, “``. Quotation marks on both sides, a verb of saying, and no more than a clause."""

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


def interrupts(before: str, words: list[str], after: str, inner: Sequence[str], lexicon: Lexicon) -> bool:
    """True where ``words`` between the gaps ``before`` and ``after`` are a remark of the writer's that names the speaker.

    ``inner`` are the gaps between the words. The marks must close before the remark and open after it.
    """
    if not words or len(words) > LONGEST:
        return False
    joined = len(lexicon.attribution_parts) and _joined_remark(words, lexicon)
    if not (_MARK.search(before) and _MARK.search(after)):
        return False
    if joined:
        return len(words) <= LONGEST
    if not set(lowered(words)) & lexicon.attribution or negation_count(words, lexicon):
        return False
    if any(_MARK.search(gap) and gap.strip() not in "'’" for gap in inner):
        return False
    sentences = sum("." in gap and len(word) > 2 for gap, word in zip(inner, words, strict=False))
    return sentences <= 1 and (_CLOSED.search(before) is not None or _CLOSED.search(after) is not None)


def _joined_remark(words: list[str], lexicon: Lexicon) -> bool:
    text = "".join(words)
    return any(part in text for part in lexicon.attribution_parts)
