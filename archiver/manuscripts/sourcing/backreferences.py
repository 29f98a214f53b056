"""Where a note stands for another: *Id.*, *Ibid.*, *ebd.*, *Smith, supra note 3, at 5*, *Maine, op. cit.*"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SAME = (
    r"[ií]b[ií]d(?:em)?\b\.?|[ií]d(?:em\b|\.)|ebd\b\.?|ebenda\b|a\.\s?a\.\s?O\b\.?|aaO\b|(?:op|loc)\.\s?cit\b\.?|same (?:source|as above)"
    r"|ivi\b|ibidem|там же|同上|同書|上掲"
)
IN_BRACKETS = r"(?:ebd|ibid|ibíd)\b\.?|(?:ebenda|ibidem|ibídem|ivi|там же|同上)(?!\w)"
"""Those that stand in brackets in the running text, where *(id.)* may be anything."""

_NUMBER = r"(?P<{0}>\d{{1,4}})(?P<more{0}>\s*(?:[-–—&,]|and|und|et)\s*\d{{1,4}}(?!\d|\s*[-–—]))?"
_NOTES = r"(?:foot)?notes?|nn?\.?|fnn?\.?|Fußnoten?|Fn\.?|Anm\.?"
_FOUND = re.compile(
    rf"(?<![\w@/])(?:(?:supra|infra|above|below|oben|unten|wie|ci-dessus)\s*,?\s*(?:at\s+|in\s+)?(?:{_NOTES})\s*(?:{_NUMBER.format('a')}|(?P<sign>\Z))"
    rf"|(?:{_NOTES})\s*{_NUMBER.format('b')}\s*,?\s*(?:above|below|supra|infra|oben|ci-dessus)"
    rf"|\((?:n|Fn\.?|Anm\.?)\s*{_NUMBER.format('c')}\)"
    rf"|(?P<same>{_SAME})|(?P<supra>supra\b(?!\s*,?\s*(?:part|section|text|at\s+part|§|(?:{_NOTES})(?:\s|\Z)))))",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\W*(?:the\s+)?same\b(?!\s+\w)", re.IGNORECASE)
_WITHOUT_NAME = re.compile(
    r"see|also|but|cf|e\.?g|accord|contra|compare|with|quot\w+|cit\w+|vgl|siehe|auch|so|and|generally|voir|in|cfr|véase|the|zit|nach",
    re.IGNORECASE,
)
_BY_NAME = re.compile(r"op|loc|a|supra", re.IGNORECASE)
"""What a name before it goes with; *Id.* and *Ibid.* mean the source just before."""

_SAME_BREATH = 15  # characters between *a. a. O.* and *(Fn. 3)*, which are one reference
_NAME = re.compile(r"[^\W_][\w’'.-]*")


@dataclass(frozen=True, slots=True)
class Back:
    """A reference from ``start`` to ``end`` in the text of a note: to the note of a ``number``, to the source named before where that is None,
    or, with a ``name``, to the one that is named so. ``several``: it names more than one note. ``sign``: the sign of a note follows.
    ``loose``: it may be something else, such as the size of a sample (*n 30*)."""

    start: int
    end: int
    number: int | None = None
    name: str | None = None
    several: bool = False
    sign: bool = False
    loose: bool = False


def back_references(text: str, signs: tuple[int, ...] = ()) -> Iterator[Back]:
    """Those of one paragraph of a note; ``signs`` is where the signs of other notes stand in it."""
    whole = _WHOLE.match(text)
    if whole is not None:
        yield Back(whole.end() - 4, whole.end())
    made = [_back(text, found) for found in _FOUND.finditer(text)]
    for at in signs:
        begin = max(at - 24, 0)
        found = _FOUND.search(text[begin:at].rstrip())
        if found is not None and found["sign"] is not None:
            start = begin + found.start()
            made.append(Back(start, at, name=_name(text, start), sign=True))
    for number, one in enumerate(made):
        following = made[number + 1] if number + 1 < len(made) else None
        numbered = following is not None and following.number is not None
        if not (one.number is None and numbered and following is not None and following.start - one.end < _SAME_BREATH):
            yield one


def _back(text: str, found: re.Match[str]) -> Back:
    number = found["a"] or found["b"] or found["c"]
    by_name = number is not None or _BY_NAME.match(found[0]) is not None
    name = _name(text, found.start()) if by_name else None
    several = bool(found["morea"] or found["moreb"] or found["morec"])
    return Back(found.start(), found.end(), int(number) if number else None, name, several, loose=bool(found["c"]))


def _name(text: str, at: int) -> str | None:
    """The name before a reference, in its own clause: ``See Smith, supra``."""
    clause = re.split(r"[;()]|(?<=[^\s.][^\s.]\.)\s", text[:at])[-1]
    words = [word for word in _NAME.findall(clause) if not _WITHOUT_NAME.fullmatch(word.strip("."))]
    return next((word.strip(".,") for word in words if word[0].isupper() and len(word.strip(".")) > 1), None)
