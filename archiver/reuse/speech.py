"""Which words of a text are somebody's speech: between quotation marks, or in a sentence with a verb of saying.

What two writers heard from one mouth is no copy of one another.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from archiver.match.lexicon import languages_of, lexicon
from archiver.reuse.words import Words

SAMPLE = 2500  # words by which the languages of a text are told
LONGEST = 400  # words of one speech; a mark that is never closed ends with its paragraph anyway
POST = 4_000  # code points of a post
_OPENING = {
    "“": ("”",),
    "„": ("“", "”"),
    "‟": ("”",),
    "”": ("”",),  # Swedish and Finnish open with it, where a blank stands before it and a letter behind
    "«": ("»",),
    "»": ("«", "»"),
    "「": ("」",),
    "『": ("』",),
    "‘": ("’",),
    "‚": ("‘", "’"),
    "〝": ("〞", "〟"),
    "‹": ("›",),
    "``": ("''",),
    "‘‘": ("’’",),
}
_STRAIGHT = frozenset({'"', "＂", "''", "״"})
_MARK = re.compile(r"``|''|‘‘|’’|[\"＂״“”„‟«»「」『』‘’‚〝〞〟‹›\n]")
_SPACED = frozenset("«‹")  # French sets a blank behind them
_STOP = re.compile(r"[.!?…。！？।؟\n]")
_SINGLE = re.compile(
    r"(?P<opens>(?<![^\s(\[—–-])'(?=\w))|(?<=[.,!?…])'(?!\w)|\n"
)  # a straight one that closes does so behind a stop
_DASHED = re.compile(r"^[^\S\n]*[—–―][^\S\n]+\S[^\n]*$", re.MULTILINE)
_POSTED = re.compile(r"(?:[—–―]\s?|A post shared by )[^\n(@]{1,60}\(@\w{1,30}\)")


@dataclass(frozen=True, slots=True)
class Speech:
    """A byte a word: ``direct`` is 1 between quotation marks, ``told`` where a verb of saying rules the sentence."""

    direct: bytes
    told: bytes


def find(words: Words) -> Speech:
    direct = bytearray(len(words))
    for first, last in (*quotations(words), *_apostrophes(words), *_dashed(words), *_posted(words)):
        direct[first:last] = b"\1" * (last - first)
    return Speech(bytes(direct), bytes(_told(words, bytes(direct))))


def quotations(words: Words) -> list[tuple[int, int]]:
    """The ranges of words between quotation marks. Marks are paired within a paragraph; one that stays open covers the rest of it, since
    sources leave marks open."""
    out: list[tuple[int, int]] = []
    closing: tuple[str, ...] | frozenset[str] = ()
    since = 0
    for word, gap in enumerate(words.parts[0::2]):
        if gap == " ":
            continue
        for mark in _MARK.finditer(gap):
            sign = mark.group()
            if closing:
                if sign == "\n" or (sign in closing and not _is_within(words, word, gap)):
                    out.append((since, min(word, since + LONGEST)))
                    closing = ()
            elif sign != "\n" and _opens(words, word, gap, mark):
                closing, since = ((sign,) if sign in _STRAIGHT else _OPENING[sign]), word
    if closing:
        out.append((since, min(len(words), since + LONGEST)))
    return [(first, last) for first, last in out if last > first]


def _apostrophes(words: Words) -> list[tuple[int, int]]:
    """Speech between straight single marks, which are told from apostrophes only where a stop stands before the closing one."""
    out: list[tuple[int, int]] = []
    since = -1
    for mark in _SINGLE.finditer(words.text, 0, words.ends[-1]) if "'" in words.text else ():
        if mark["opens"]:
            since = mark.start() if since < 0 else since
            continue
        first, last = words.range_of(since, mark.start()) if since >= 0 and mark.group() == "'" else (0, 0)
        out.append((first, min(last, first + LONGEST)))
        since = -1
    return out


def _dashed(words: Words) -> list[tuple[int, int]]:
    """Paragraphs that begin with a dash and have a verb of saying, as Spanish, Polish, Russian and others set speech."""
    lines = [words.range_of(*match.span()) for match in _DASHED.finditer(words.text, 0, words.ends[-1])]
    said = saying(words) if lines else []
    return [(first, last) for first, last in lines if bisect_left(said, first) < bisect_left(said, last)]


def _posted(words: Words) -> list[tuple[int, int]]:
    """Posts that a page shows, which end with who wrote them: “— Ann Roe (@annroe) March 2, 2026”, on the line of the post or on the next."""
    out = []
    for sign in _POSTED.finditer(words.text, 0, words.ends[-1]):
        begin = _line_begin(words.text, sign.start())
        if not words.text[begin : sign.start()].strip():
            begin = _line_begin(words.text, max(0, begin - 1))
        first, last = words.range_of(begin, sign.end())
        out.append((max(first, last - LONGEST), last))
    return out


def _line_begin(text: str, place: int) -> int:
    """Where the line of a place begins, or as far before it as a post is long."""
    least = max(0, place - POST)
    return max(least, text.rfind("\n", least, place) + 1)


def saying(words: Words) -> list[int]:
    """The places of verbs of saying, and of phrases like “according to”, of the text's languages."""
    forms = words.parts[1::2]
    verbs = lexicon(languages_of(dict.fromkeys(forms[:SAMPLE], ""))).attribution
    said = {form for form in set(forms) if form.lower() in verbs}
    return [word for word, form in enumerate(forms) if form in said]


def _opens(words: Words, word: int, gap: str, mark: re.Match[str]) -> bool:
    sign = mark.group()
    if sign not in _OPENING and sign not in _STRAIGHT:
        return False
    before, after = gap[: mark.start()], gap[mark.end() :]
    free = not before or before[-1:].isspace() or before[-1:] in "([:,—–-/\"'“„"
    if not before and word > 0 and not words.unspaced:
        free = False  # glued to the word before: an inch, an apostrophe, a closing mark
    if sign == "”" and not (before[-1:].isspace() or (not before and word == 0)):
        return False  # elsewhere it closes
    blank = after[:1].isspace() and not (sign in _SPACED and after[:1] != "\n")
    return (free or sign in "「『〝“„" or words.unspaced) and not blank


def _is_within(words: Words, word: int, gap: str) -> bool:
    """True for an apostrophe, and for the sign that Hebrew writes in acronyms."""
    return gap in ("’", '"', "״") and 0 < word < len(words) and not words.unspaced


def _told(words: Words, direct: bytes) -> bytearray:
    """Sentences without direct speech that hold a verb of saying, or a phrase like “according to”, of the text's languages."""
    out = bytearray(len(words))
    verbs = saying(words)
    if not verbs:
        return out
    stops = [word for word, gap in enumerate(words.parts[0::2]) if gap != " " and _STOP.search(gap)]
    for word in verbs:
        at = bisect_right(stops, word)
        first, last = (stops[at - 1] if at else 0), (stops[at] if at < len(stops) else len(words))
        if not any(direct[first:last]) and not out[word]:
            out[first:last] = b"\1" * (last - first)
    return out
