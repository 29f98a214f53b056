"""The place in a source that a citation names: “p. 12”, “S. 3–5”, “§ 4”."""

from __future__ import annotations

import re

# What stands before a page number in the languages that reference programs write.
_PAGE = re.compile(
    r"(?:(?:pages?|pgs?|pp?|seiten?|ss?|str|с|стр|págs?|pags?|blz|side|sid|σελ)(?=[.\s\d])\.?|页|ページ)[\s\u00a0\u202f]*(?=[\divxlcIVXLC])",
    re.IGNORECASE,
)
_LONGEST = 60


def locator_of(written: str) -> str | None:
    """The page or section in a citation's note as written, without “p.” where it is a page; None where the note names none ("see also")."""
    words = " ".join(written.replace("\u00a0", " ").replace("\u202f", " ").split()).strip(" ,;.")
    page = _PAGE.match(words)
    if page:
        words = words[page.end() :]
    if not words or len(words) > _LONGEST:
        return None
    return words if any(character.isdigit() for character in words) or (page and len(words) <= 8) else None
