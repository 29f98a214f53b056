"""Signs of notes that are raised and lead nowhere, drawn in brackets: ``closes.”<sup>1</sup>`` would read as *closes.”1*.

Without a link nothing says that a raised figure is a note's, and taking an exponent for one would let a quotation without it hold. So it must stand
straight behind the end of a clause, where no exponent, ordinal or isotope stands, or behind a word of which the page shows that notes are counted:
it is the next of a count from 1, stands once in it, and further down a block begins with it. Marks (``*``, ``†``) may stand behind any word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from archiver.texts.markup import unescape
from archiver.texts.noterefs import CALLED, is_unit_or_formula, runs_on, text_of, to_block

MOST_RAISED = 20_000
"""Raised signs that are looked at in one page: each costs some 50 microseconds. Those behind them stay as they are."""

# every repetition has an end, so that no source makes this look at a character more than a few times
_INLINE = r"(?i:span|small|b|i|em|strong|font)"
_RAISED = re.compile(
    rf"""<[sS][uU][pP](?P<said>\s[^<>]{{0,500}}+)?>\s{{0,8}}+(?:<{_INLINE}(?:\s[^<>]{{0,500}}+)?>\s{{0,8}}+){{0,3}}
    (?P<sign>\(?(?P<words>[0-9]{{1,3}}(?:\s?[,;–-]\s?[0-9]{{1,3}}){{0,7}}|(?:[*†‡§¶]|&(?:dagger|Dagger|sect|para|ast|\#x?[0-9a-fA-F]{{2,5}});){{1,4}})\)?)
    \s{{0,8}}(?:</{_INLINE}\s{{0,8}}>\s{{0,8}}){{0,3}}</[sS][uU][pP]\s{{0,8}}>""",
    re.VERBOSE,
)
_MARKS = re.compile(r"[*†‡§¶]{1,4}")
_NUMBER = re.compile(r"[0-9]{1,3}")
_AROUND = 400  # characters of source before a sign that are looked at
_REACH = 1_500  # characters of source before a sign among which the link is looked for that it stands in
_LINK = re.compile(r"<(/?)[aA](?=[\s>/])")
_CLOSING = ".,;:!?…\"'”’»›。、，；：！？」』"
_BEHIND_WORD = re.compile(rf"(?P<word>[^\W\d_]{{1,40}})(?P<closing>[{re.escape(_CLOSING)}]{{0,8}})\Z")
_QUOTE_ENDS = re.compile("[”»“」』]")
_MEASURES = re.compile("in|ft|yd|mi|km|cm|mm|dm|nm|no|nr|rs|fr|kr|st|pt|oz|lb|kg|mg|ml|cl|ha|hz")
_COUNTED = re.compile(
    r"<(?:p|li|div|dd|td|dt)(?:\s[^<>]{0,500})?>\s{0,8}(?:<[a-zA-Z][^<>]{0,500}>\s{0,8}){0,4}[\[(]?([0-9]{1,3})(?![0-9,/]|\.[0-9])"
)
_SHORTEST = 3  # letters of a word that is no unit, variable or abbreviation
_LONGER = 4  # where no stop follows it
_UNSPACED = "\u2e80"  # from here on scripts write no spaces, and a word is a sentence


@dataclass(frozen=True, slots=True)
class _Sign:
    found: re.Match[str]
    closed: bool  # behind the end of a clause
    named: bool  # called a note's by its element

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(map(int, _NUMBER.findall(self.found["words"]))) if self.found["words"][0].isdigit() else ()


def with_raised_marks(source: str) -> str:
    """The source with the numbers and marks of such signs in brackets (``closes.”<sup>[1]</sup>``, ``<sup>[1],[2]</sup>``)."""
    if "<sup" not in source and "<SUP" not in source:
        return source
    signs = list(_candidates(source))
    counts = Counter(number for sign in signs for number in sign.numbers)
    notes: dict[int, int] | None = None
    out, at, last = [], 0, 0
    for sign in signs:
        numbers = sign.numbers
        if numbers and not (sign.closed or sign.named):
            if notes is None:  # the last place where a block begins with a number
                notes = {int(found[1]): found.start() for found in _COUNTED.finditer(source)}
            first = numbers[0]
            counted = first == last + 1 and counts[first] == 1 and notes.get(first, 0) > sign.found.start()
            if not counted:
                continue
        last = numbers[-1] if numbers else last
        words = sign.found["words"]
        out += [source[at : sign.found.start("sign")], _NUMBER.sub(r"[\g<0>]", words) if numbers else f"[{words}]"]
        at = sign.found.end("sign")
    return "".join((*out, source[at:])) if out else source


def _candidates(source: str) -> Iterator[_Sign]:
    """Raised signs behind a word, or behind what closes a clause; in order."""
    last: _Sign | None = None
    for found in islice(_RAISED.finditer(source), MOST_RAISED):
        start = found.start()
        words = found["words"]
        if words[0] == "&" and not _MARKS.fullmatch(unescape(words)):
            continue
        if runs_on(source, found.end()) or _is_linked(source, start):
            continue
        named = CALLED.search((found["said"] or "").lower()) is not None
        if last is not None and source[last.found.end() : start].strip(" ,;") == "":
            closed: bool | None = last.closed  # one sign after another: 1,2
        else:
            closed = _closes(text_of(to_block(source[max(0, start - _AROUND) : start])))
        if closed is not None:
            last = _Sign(found, closed, named)
            yield last


def _closes(before: str) -> bool | None:
    """Whether what stands before a sign ends a clause, so that nothing but a note's sign follows; None where it might be an exponent's."""
    behind_word = _BEHIND_WORD.search(before)
    if behind_word is None:
        return None
    word, closing = behind_word["word"], behind_word["closing"]
    if word[-1] >= _UNSPACED:
        return bool(closing)
    if not closing:
        return None if len(word) < _LONGER or is_unit_or_formula(word) else False
    if _QUOTE_ENDS.search(closing):
        return True if len(word) > 1 else None
    if len(word) < _SHORTEST:
        return (
            False if len(word) > 1 and closing == "." and word.islower() and _MEASURES.fullmatch(word) is None else None
        )
    if is_unit_or_formula(word) or (word.isupper() and closing in (".", ",")):
        return None  # *sec.*, *EUR.*
    return closing[-1] != ":"  # a price may follow a colon


def _is_linked(source: str, start: int) -> bool:
    """True where the place stands in a link: what is linked is judged by where it leads (`archiver.texts.noterefs`)."""
    last = None
    for found in _LINK.finditer(source, max(0, start - _REACH), start):
        last = found
    return last is not None and not last[1]
