"""The place of a quotation whose words stood in several: which of those that a later page has are the others, and not the one that was picked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from archiver import match
from archiver.model import Span, Text

PICKED = "picked-place"
"""The code of the notice that a quotation was judged by the place that was quoted alone."""

_AROUND = 240
"""Characters either side that tell one place from another."""

_SURE = 12
"""So many of them must be the same before a place is taken for one that was not quoted."""

_MOST = 100  # the judge tells no more places than these, so which were meant is not known


@dataclass(frozen=True, slots=True)
class _Stand:
    """One place where the words stand, and what stands around it."""

    spans: tuple[Span, ...]
    before: str
    after: str

    def likeness(self, other: _Stand) -> int:
        """How many characters next to it are the same."""
        return _same(self.before[::-1], other.before[::-1]) + _same(self.after, other.after)


def without_twins(judged: dict[str, Any], then: Sequence[Text], now: Sequence[Text]) -> tuple[Text, ...] | None:
    """The texts ``now`` with blanks in place of the words where they stand as they stood beside the place that was quoted.

    ``judged`` is the JSON that was recorded with the quote, ``then`` are the texts that it was taken from. None where the words stood in
    one place, where all were meant, or where no other is left; positions stay what they are.
    """
    layer = next((text for text in then if text.layer == judged["layer"]), None)
    if layer is None or not judged["holds"]:
        return None
    words = judged["quote"]
    told = {tuple((span["start"], span["end"]) for span in found["spans"]) for found in judged["matches"]}
    stands = _stands(words, layer)
    own = [stand for stand in stands if tuple((span.start, span.end) for span in stand.spans) in told]
    if not own or len(own) == len(stands) or len(stands) >= _MOST:
        return None
    before = {text.layer: text for text in then}
    found = []
    for text in now:
        old = before.get(text.layer)
        twins = _twins(words, old, text, own, stands) if old is not None else []
        found.append(replace(text, content=_blanked(text.content, twins)) if twins else text)
    return tuple(found) if any(one is not other for one, other in zip(found, now, strict=True)) else None


def _twins(words: str, old: Text, new: Text, own: list[_Stand], stands: list[_Stand]) -> list[_Stand]:
    """The places in ``new`` that were others than the quoted one in ``old``, the same layer as it was."""
    before, after = _stands(words, old), _stands(words, new)
    # in another layer than the one that was quoted from, a place is that which it is most like
    quoted = [_likest(stand, stands, own) in own for stand in before]
    pairs = sorted(
        (-one.likeness(other), not quoted[i], abs(i - j), i, j)
        for i, one in enumerate(before)
        for j, other in enumerate(after)
    )
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, i, j in pairs:
        if i not in partners and j not in taken:
            partners[i] = j
            taken.add(j)
    sure = {i: j for i, j in partners.items() if _is_sure(before[i], after[j])}
    kept = {j for i, j in sure.items() if quoted[i]}
    if len(kept) == sum(quoted):
        return [stand for j, stand in enumerate(after) if j not in kept]
    return [after[j] for i, j in sure.items() if not quoted[i]]


def _likest(stand: _Stand, stands: list[_Stand], own: list[_Stand]) -> _Stand:
    return max(stands, key=lambda one: (one.likeness(stand), one in own))


def _is_sure(one: _Stand, other: _Stand) -> bool:
    return one.likeness(other) >= _SURE or (one.before, one.after) == (other.before, other.after)


def _stands(words: str, text: Text) -> list[_Stand]:
    judgement = match.judge(words, (text,))
    if not judgement.holds:
        return []
    content = text.content
    return [
        _Stand(
            found.spans,
            " ".join(content[max(0, found.spans[0].start - _AROUND) : found.spans[0].start].split()),
            " ".join(content[found.spans[-1].end : found.spans[-1].end + _AROUND].split()),
        )
        for found in judgement.matches
    ]


def _same(one: str, other: str) -> int:
    return next(
        (at for at, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs),
        min(len(one), len(other)),
    )


def _blanked(content: str, stands: Sequence[_Stand]) -> str:
    pieces = list(content)
    for span in (span for stand in stands for span in stand.spans):
        pieces[span.start : span.end] = "\n" * (span.end - span.start)
    return "".join(pieces)
