"""Profiles of authors made from a template: several stock phrases in one short paragraph that introduces somebody as a journalist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.marks.data import table
from archiver.marks.mark import Mark, MarkKind, at
from archiver.marks.prose import Prose

_ENOUGH = 3
_LONGEST = 1_500
_PROFILE = re.compile(
    r"\b(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){1,3}) is an? (?:[\w’',-]+ ){0,8}?"
    r"(?:journalist|author|writer|reporter|blogger|editor|contributor|columnist|copywriter|content creator)\b"
)
_SOURCE = re.compile(r"^(?:Source|Via|Originally published (?:by|in|on|at)) ?: ?(?P<source>\S.{1,80})$", re.MULTILINE)


def marks(prose: Prose) -> Iterator[Mark]:
    """The profiles, and the source that the text names beside them where it does."""
    if not prose.is_english:
        return
    phrases = table("leavings")["profile"]
    source = _SOURCE.search(prose.text)
    for paragraph in prose.prose:
        found = _PROFILE.search(paragraph.text) if len(paragraph.text) <= _LONGEST else None
        if found is None:
            continue
        lower = paragraph.text.lower()
        stock = [phrase for phrase in phrases if re.search(rf"\b{re.escape(phrase)}\b", lower)]
        if len(stock) >= _ENOUGH:
            beside = f"; the text itself names another source: “{source[0].strip()}”" if source else ""
            named = ", ".join(f"“{phrase}”" for phrase in stock[:5])
            why = (
                f"a profile of {found['name']} in stock phrases ({named}): such boxes are made from a template{beside}"
            )
            yield at(MarkKind.AUTHOR_BOX, prose.text, paragraph.start, paragraph.end, why)
