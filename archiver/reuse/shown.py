"""Paragraphs that a text shows and does not say itself: what follows a colon at a paragraph's end, sections of a law, verse.

Two that show the same letter, law or song have it from whoever wrote it; so such words are speech where both texts show them. Where only one
does, they are its source's own words and count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.reuse.words import Words

VERSE = 14  # words of a line, up to which the lines behind the first one are shown with it
HEADING = 90  # characters of a line that may name the section of a law
_LEAD = re.compile(r"[^\n]*[:：][\"'”’»]?\s*\n")
_SECTION = re.compile(
    r"(?:§{1,2}\s?\d|(?<!\w)(?:art(?:icle|ikel|ículo|icolo|igo|\.)|sect(?:ion|\.)|paragraph|paragraf|статья|ст\.|стаття|madde|pasal)\s?\d"
    r"|第\s?[\d一二三四五六七八九十百]+\s?条|제\s?\d+\s?조)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]|\(?[a-z]\)|\(\d{1,2}\)")


def find(words: Words, blocks: Sequence[tuple[int, int]]) -> bytes:
    """A byte a word, 1 where a block is shown."""
    out = bytearray(len(words))
    verse = law = False
    heading = ""
    for first, last in blocks:
        block = words.text[words.start(first) - len(_left(words.gap(first))) : words.end(last - 1)]
        led = bool(_LEAD.match(words.gap(first)))
        law = bool(_SECTION.search(heading) or _SECTION.match(block)) or (law and bool(_NUMBERED.match(block)))
        short = last - first <= VERSE * (2 if words.unspaced else 1)
        verse = short and (led or verse)
        if led or law or verse:
            out[first:last] = b"\1" * (last - first)
        heading = block if len(block) <= HEADING else ""
    return bytes(out)


def _left(gap: str) -> str:
    """What stands before a block's first word on its own line: “(1)”, “§”."""
    return gap.rpartition("\n")[2]
