"""A list whose head says that what stands in it is not so: “The following statements are false:”, “This section does not apply to—”.

An item quoted by itself is true to the page letter by letter and says the opposite. It holds, and whoever quotes it is told of the head.
"""

from __future__ import annotations

import re

from archiver.match import meaning
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon
from archiver.match.negation import affirms, lowered, negation_count

_MARK = re.compile(r"(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)°]|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|[-–—•*·▪◦‣●]")
_LEADS = re.compile(r"[:：—–]\s*$")
_GOES_ON = re.compile(r"(?:[;,；、]|[;,]\s*(?:or|and|oder|und|ou|et|o|y|e|i|lub|или|и))\s*$")
_ITEMS = 30  # lines between an item and its head
_LONGEST_HEAD = 30  # words of a head
_SHORT = 60  # characters of an item without a mark of its own
_REACH = 6000  # characters before an item


def denying_head(page: Page, first: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The tokens of the head that denies the item in which token ``first`` stands; None where there is none."""
    text, start = page.text.content, page.start(first)
    since = max(0, start - _REACH)
    lines = text[since:start].split("\n")
    line_begin = start - len(lines[-1])
    item = text[line_begin : text.find("\n", start) if "\n" in text[start:] else len(text)]
    end = line_begin - 1
    inline = _head_inline(text, line_begin, start)
    if inline is not None:
        return _denies(page, first, line_begin, inline, lexicon)
    marked = _MARK.match(item.lstrip()) is not None
    for away, line in enumerate(reversed(lines[:-1])):
        begin = end - len(line)
        if away > _ITEMS:
            return None
        if _LEADS.search(line):
            return _denies(page, first, begin, end, lexicon) if line.strip() else None
        if line.strip():
            goes_on = _GOES_ON.search(line) is not None or (len(line) < _SHORT and not marked)
            if (_MARK.match(line.lstrip()) is not None) is not marked or not (marked or goes_on):
                return None
        end = begin - 1
    return None


def _head_inline(text: str, begin: int, start: int) -> int | None:
    """Where the head ends of an item that stands in the line of its list: “… the case that: (a) …; (b) |”."""
    before = text[begin:start].rstrip()
    mark = re.search(rf"(?:^|[;,:—–])\s*(?:{_MARK.pattern})$", before)
    lead = re.search(r"[:：—–]", before)
    if mark is None or lead is None or re.search(r"[.!?]\s+[A-Z]", before[lead.end() :]):
        return None
    return begin + lead.start()


def _denies(page: Page, first: int, begin: int, end: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The tokens of the last sentence of ``begin..end`` where it denies what follows it."""
    last = first
    while last > 0 and page.end(last - 1) > end:
        last -= 1
    since = last
    while since > 0 and page.start(since - 1) >= begin and last - since < _LONGEST_HEAD:
        since -= 1
        if since < last - 1 and meaning.ends_sentence(page, since):
            break
    words = lowered(page.forms(since, last))
    if not words or affirms(words, lexicon):
        return None
    untrue = lexicon.untruths | lexicon.denials_that | lexicon.denials
    turned = negation_count(words, lexicon) % 2 == 1 or not untrue.isdisjoint(words)
    excepts = words[-1] in lexicon.exceptions | lexicon.weak_conditions | lexicon.conditions
    return (since, last) if turned or excepts else None
