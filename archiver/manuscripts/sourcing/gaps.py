"""What stands between two quotations of one sentence, and which of them each source there belongs to.

Sources and quotations of a sentence alternate in one of two orders: source first (*in A “…”, in B “…”*) or quotation first (*“…” in A,
“…” in B*). A place between two quotations is parted where the text itself parts it most: at a bracket that closes around the first, at a
semicolon, at a conjunction, at a comma. Where that says nothing, the order of the whole sentence does: the end of it that is bare.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

CLAUSE = re.compile(
    r"\b(?:and|but|while|whereas|although|though|or|und|aber|während|doch|sondern|oder|mais|et|ou|tandis|pero|y|o|mientras|ma|e|mentre|mas|enquanto)\b",
    re.IGNORECASE,
)
OPENING, CLOSING = "([（【", ")]）】"
STRONG = 3
"""From this weight on a separator parts whatever the order of the sentence says."""

_SURE = 6
_BRACKET = 4
_SEMICOLON = re.compile("[;；]")
_COMMA = re.compile("[,，、]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_HUGGED = re.compile(r"[\s.,!?…”’\"'»«›‹“。，]*[(\[（【]?\s*")
_CLOSED = re.compile(r"[.,!?…”’\"'»«›‹“。，]*[)\]）】]+[.,!?…。，]*")
"""Nothing but the end of brackets around a quotation; the sign of a note directly behind is of what they enclose."""

_COLON = re.compile(r"[:：]\s*[^\w\s]*\Z")
_STOPS = re.compile(r"[.,;:!?…。，；]*\Z")


def weight(text: str) -> int:
    """How strongly a text parts what stands before it from what stands behind it: 0 not at all, from `STRONG` on for certain.

    A bracket that closes and did not open in it encloses what stands before; one that stays open encloses what stands behind, and what
    is said within is said of that.
    """
    return _weights((text,))[0]


def _weights(texts: Sequence[str]) -> list[int]:
    """The weight of each piece of a text that sources cut in pieces; a bracket around sources parts nothing."""
    found = [0] * len(texts)
    depth, opened = 0, [0] * len(texts)
    outer: list[list[str]] = [[] for _ in texts]
    for number, text in enumerate(texts):
        for sign in text:
            if sign in OPENING:
                depth += 1
            elif sign in CLOSING:
                if depth:
                    depth -= 1
                else:
                    found[number] = _BRACKET
                    outer[number].clear()
            elif not depth:
                outer[number].append(sign)
        opened[number] = depth
    for number, signs in enumerate(outer):
        said = "".join(signs)
        if _SEMICOLON.search(said):
            found[number] += STRONG
        elif not (number == len(texts) - 1 and opened[number]):
            found[number] += bool(_COMMA.search(said)) + bool(CLAUSE.search(said))
    return found


def split(texts: Sequence[str], *, comma: bool, signs: Sequence[bool], bracketed: Sequence[bool], order: int) -> int:
    """How many of the sources between two quotations belong to the first; the others to the second.

    ``texts`` are the pieces before the first source, between each two, and behind the last; ``comma``: the first quotation ends with a
    comma within its marks. ``signs``: it is the sign of a note, which stands behind the punctuation; ``bracketed``: it stands in brackets.
    ``order`` is that of the sentence: 1 where sources come first, -1 where quotations do, 0 where it says nothing.
    """
    pieces = list(texts)
    if signs and signs[0] and _CLOSED.fullmatch(pieces[0]):
        pieces[0] = ""
    for number, sign in enumerate(signs):
        if sign:  # the punctuation before a sign parts what is behind it
            stops = _STOPS.search(pieces[number])
            at = stops.start() if stops else len(pieces[number])
            pieces[number], pieces[number + 1] = pieces[number][:at], pieces[number][at:] + pieces[number + 1]
    weights = _weights(pieces)
    hugging = 0
    for number, piece in enumerate(pieces[:-1]):
        closes = signs[number] or bracketed[number] or piece.rstrip().endswith(tuple(OPENING))
        if not closes or not _HUGGED.fullmatch(piece) or _COMMA.search(piece) or weights[number] >= STRONG:
            break
        hugging = number + 1
    if hugging:
        weights[hugging] += _SURE
    elif comma:
        weights[0] += 1
    if not hugging and _introduces(pieces[-1]) and not _WORD.search(CLAUSE.sub("", pieces[0])):
        weights[0] += 1
    most = max(weights)
    if order and most < STRONG and most - (weights[-1] if order < 0 else weights[0]) <= 1:
        return len(signs) if order < 0 else 0
    return max(number for number, one in enumerate(weights) if one == most)


def _introduces(piece: str) -> bool:
    """Whether it leads from a source to the words behind it: *says that*, or a colon."""
    return _COLON.search(piece) is not None or _WORD.search(CLAUSE.sub("", piece)) is not None


_TAG = re.compile(r"\s*(?:[^\W\d_]+\s+){0,4}(?:[^\W\d_]+)?\s*[,，、]\s*")


def interrupts(before: str, behind: str, following: str) -> bool:
    """Whether a source stands within the speech of one: ``“…,” he [told us](…), “…”``, ``“…,” [Smith](…) says, “…”``."""
    if _TAG.fullmatch(behind) is None or CLAUSE.search(before) is not None or CLAUSE.search(behind) is not None:
        return False
    return _WORD.search(before + behind) is not None or following[:1].islower()
