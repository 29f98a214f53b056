"""Text that can be encoded: no halves of surrogate pairs."""

from __future__ import annotations

import re

_HALVES = re.compile("[\ud800-\udfff]")


def join_surrogates(text: str) -> str:
    """The text with surrogate pairs as the characters that they stand for, and halves without a partner as U+FFFD."""
    if not _HALVES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
