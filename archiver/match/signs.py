"""The signs between two shared words: the same, closing and opening marks of one speech, or a change."""

from __future__ import annotations

import re

from archiver.match import notemarks
from archiver.match.fold import QUOTE, fold_gap
from archiver.match.quotation import FEET, LENGTHS
from archiver.match.sides import Found, Sides
from archiver.model import Change, ChangeKind

_PRINT = frozenset([QUOTE, ",", ".", " "])


def check_gaps(sides: Sides, quote: int, source: int, length: int, found: Found) -> None:
    """Compares the punctuation between the words of a shared run."""
    solid, page = sides.solid, sides.page
    if sides.quotation.measures:
        length_marks(sides, quote, source, length, found)
    mine = solid.gaps[quote + 1 : quote + length]
    codes = sides.prepared.gaps.folded
    if "".join([codes.get(gap, "\x01") for gap in mine]) == page.gaps[source + 1 : source + length]:
        return
    for k, gap in enumerate(mine, 1):
        check_gap(sides, quote + k, source + k, gap, found)


def check_gap(sides: Sides, quote: int, source: int, mine: str, found: Found) -> None:
    """Compares the signs before a quoted word with those before a token."""
    _check(sides, quote, (source, source), mine, sides.page.gap(source), found)


def check_over_notes(sides: Sides, quote: int, source: tuple[int, int], bare: str, found: Found) -> None:
    """Compares the signs before a quoted word with those about the signs of notes that the quotation leaves out: ``bare``, what stands there
    without them. ``source`` are their tokens, from the first to the one behind the last.
    """
    _check(sides, quote, source, sides.solid.gaps[quote], bare, found)


def _check(sides: Sides, quote: int, source: tuple[int, int], mine: str, printed: str, found: Found) -> None:
    theirs = fold_gap(printed)
    if mine == theirs or sides.relaxed() or _ends_line(sides, quote, mine, theirs, printed):
        return
    if sides.marks_omitted() and mine.replace(QUOTE, "").strip() == theirs.replace(QUOTE, "").strip():
        return
    if sorted(mine) == sorted(theirs) and set(mine) <= _PRINT:
        return  # the comma before the mark or behind it
    if mine.replace(QUOTE, "") == theirs.replace(QUOTE, "") and _joins_speech(printed, mine, theirs):
        found.elided = True
        return
    before, after = sides.solid.words[quote - 1].form, sides.solid.words[quote].form
    kind = kind_of_gap(mine, theirs, before, after)
    if source[0] == source[1] and any(_is_read_aloud(sides, quote - at, source[0] - at) for at in (0, 1)):
        kind = ChangeKind.NUMBER, "major"  # the number of a note is quoted as one of the words
    change = _gap_change(sides, quote, source, *kind)
    if change not in found.changes:
        found.changes.append(change)


def _ends_line(sides: Sides, quote: int, mine: str, theirs: str, printed: str) -> bool:
    """True for the stroke that stands for the end of a line where verse is quoted in running text (“the sea, / the sky”)."""
    words = sides.solid.words
    return (
        "\n" in printed
        and mine in (f"{theirs}/", f"{theirs}//")
        and re.search(r"\s//?\s", sides.quotation.text[words[quote - 1].end : words[quote].start]) is not None
    )


def _is_read_aloud(sides: Sides, quote: int, token: int) -> bool:
    page = sides.page
    if token >= len(page.words) or sides.solid.words[quote].form != page.form(token):
        return False
    return notemarks.is_number(page.form(token), page.gap(token), page.gap(token + 1))


def kind_of_gap(mine: str, theirs: str, before: str, after: str) -> tuple[ChangeKind, str]:
    """Kind and severity of folded signs that differ between two words: a question asked or not, a number parted, or print."""
    if before[-1:].isdigit() and after[:1].isdigit():
        return ChangeKind.NUMBER, "major"
    return ChangeKind.PUNCTUATION, "major" if ("?" in mine) != ("?" in theirs) else "minor"


def _gap_change(sides: Sides, quote: int, source: tuple[int, int], kind: ChangeKind, severity: str) -> Change:
    words = sides.solid.words
    start = words[quote - 1].end
    page = sides.page
    mine, start = trimmed(sides.quotation.text[start : words[quote].start], start)
    begin = page.end(source[0] - 1)
    theirs, place = trimmed(page.text.content[begin : sides.source_place(source[1])], begin)
    return Change(kind, mine, theirs, start, place, severity)


def trimmed(signs: str, start: int) -> tuple[str, int]:
    """Signs without the blanks around them, and where they then start; blanks alone stay as they are."""
    bare = signs.strip()
    return (bare, start + signs.index(bare)) if bare else (signs, start)


def length_marks(sides: Sides, quote: int, source: int, length: int, found: Found) -> None:
    """Feet and inches, minutes and seconds: tells marks straight after a digit that are single here and double there.

    Only straight marks and primes, and only where no quotation mark was opened before: ‘in 1984’ for “in 1984” is one shape for
    another.
    """
    text, words = sides.quotation.text, sides.solid.words
    for k in range(length):
        word = words[quote + k]
        mine = text[word.end : word.end + 1]
        if mine not in LENGTHS or not mine or not word.form[-1:].isdigit():
            continue
        theirs = sides.page.text.content[sides.page.end(source + k) :][:1]
        if theirs and theirs in LENGTHS and (mine in FEET) != (theirs in FEET) and not _opened(text, word.end):
            found.changes.append(Change(ChangeKind.UNIT, mine, theirs, word.end, sides.page.end(source + k)))


def _opened(text: str, end: int) -> bool:
    return re.search(r"(?:^|[\s(])['\"]\w", text[:end].lstrip("\"'“”‘’")) is not None


def _joins_speech(raw: str, mine: str, theirs: str) -> bool:
    """Marks that close one part of a speech and open the next (``.” “``, or a mark at the head of each paragraph of it)."""
    marks = theirs.count(QUOTE)
    return QUOTE not in mine and marks > 0 and ("\n" in raw or re.search(r'["”»“’]\s+["“„«‘]', raw) is not None)
