"""The written-out ranges against Python's own character database."""

from __future__ import annotations

import re
import unicodedata

from archiver.match.ranges import MARKS, SYMBOLS, UNSPACED


def test_ranges() -> None:
    marks, unspaced, symbols = (re.compile(f"[{ranges}]") for ranges in (MARKS, UNSPACED, SYMBOLS))
    for char in "\u0301\u0939\u094d\u200d\u00ad\ufe0f"[0] + "\u094d\u200d\u00ad\ufe0f":
        assert marks.match(char), unicodedata.name(char, hex(ord(char)))
    for char in "年のガ龍ก":
        assert unspaced.match(char)
    for char in "$€%+😀°":
        assert symbols.match(char)
    for char in "aé5-“•→":
        assert not any(pattern.match(char) for pattern in (marks, unspaced, symbols))
