"""Words torn at a line end of the source: the hyphen may be the word's own (well-known) or the typesetter's (for-get), and both are right.

The source's word is compared without its hyphen. So a quotation that has it is read once more without it, for just those words.
"""

from __future__ import annotations

import re
from dataclasses import replace

from archiver.match import tokens
from archiver.match.fold import fold_word
from archiver.match.index import Prepared
from archiver.model import Judgement

_COMPOUND = re.compile(r"[^\W\d_]+(?:[-‐‑–][ \u00a0]?[^\W\d_]+)+")
_HYPHEN = re.compile(r"[-‐‑–][ \u00a0]?")


def without_hyphens(quotation: str, prepared: Prepared) -> str:
    """The quotation without the hyphens at which the source tears the same words; itself where there are none."""
    if not _COMPOUND.search(quotation):
        return quotation
    torn = {fold_word(raw) for raw in prepared.words if tokens.is_torn(raw)}
    return _COMPOUND.sub(lambda found: _read(found[0], torn), quotation) if torn else quotation


def _read(compound: str, torn: set[str]) -> str:
    """``well-known`` as ``wellknown`` where that is torn; of ``not-so-well-known`` the part that is."""
    parts = _HYPHEN.split(compound)
    marks = _HYPHEN.findall(compound)
    out = parts[0]
    for mark, part in zip(marks, parts[1:], strict=True):
        last = _HYPHEN.split(out)[-1]
        joined = any(form.startswith(fold_word(last + part)) for form in torn)
        out += ("" if joined else mark) + part
    return out


def in_the_original(judgement: Judgement, quotation: str, read: str) -> Judgement:
    """A judgement of ``read``, which is the quotation without some hyphens, with its changes where they stand in the quotation."""
    places: list[int] = []
    at = 0
    for character in read:
        while quotation[at] != character:
            at += 1
        places.append(at)
        at += 1
    places.append(len(quotation))
    changes = tuple(
        replace(change, quote_start=places[min(change.quote_start, len(read))]) for change in judgement.changes
    )
    return replace(judgement, changes=changes)
