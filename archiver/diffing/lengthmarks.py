"""Marks of feet and inches, minutes and seconds, which are told apart though one quotation mark is as good as another: 5′ is not 5″."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.match.index import Page

_ONE, _TWO = "'′’", '"″”'
_PRIMES = "′″"
_MARKED = re.compile(rf"\d(?=[{_ONE}{_TWO}])")
_OPENS = re.compile(r"(?:^|[\s(])['\"‘“„]\w")
_CLOSES = re.compile(r"[^\s('\"‘“„]['\"’”](?=[\s.,;:!?)])")
_BEFORE = 1000  # characters of a line in which a mark may have been opened that is closed here


def length_mark(page: Page, token: int) -> str:
    """``'`` or ``"`` where one that means a length stands right behind a token; empty where none does, or it closes what was quoted."""
    content, end = page.text.content, page.end(token)
    mark = content[end : end + 1]
    if not mark or mark not in _ONE + _TWO or not content[end - 1].isdigit():
        return ""
    if mark not in _PRIMES and _is_quoting(content[max(0, end - _BEFORE, content.rfind("\n", 0, end) + 1) : end]):
        return ""
    return "'" if mark in _ONE else '"'


def length_marks(page: Page) -> Iterator[tuple[int, str]]:
    """(token, mark) of all of a text, in order."""
    for found in _MARKED.finditer(page.text.content):
        token = page.token_at(found.start())
        mark = length_mark(page, token) if token < len(page.words) and page.end(token) == found.end() else ""
        if mark:
            yield token, mark


def _is_quoting(before: str) -> bool:
    """Whether a quotation mark was opened in a line and not closed."""
    opened = max((found.end() for found in _OPENS.finditer(before)), default=0)
    return opened > 0 and _CLOSES.search(before, opened) is None
