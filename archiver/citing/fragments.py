"""Links to a passage: text fragments (https://wicg.github.io/scroll-to-text-fragment/), as browsers scroll to and highlight them.

A browser looks for whole words, without regard to case and accents, and for words without an end (``text=start``) within one block only; a
passage that reaches over blocks is named by its first and its last words (``text=start,end``). The first place that fits is taken, so words are
added until that is the passage.

The sign of a note (``the dam[1]``) is in no part of it, nor a word that it is glued to: the page may print the brackets, or set the figure above the
line, so that *dam1* is one word to a browser.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from archiver.model import Span

_WHOLE = 100
"""Characters up to which a passage is named whole; of longer ones the ends: less can stand between words of those that the text does not show."""
_FEWEST, _LONGEST_END = 4, 160  # words of an end, and characters, where the words allow it
_MID = frozenset(
    "'’.:·,;‧﹒﹐．，＇"
)  # within a word between letters or digits (Unicode Standard Annex 29, WB6 to WB12)
_SPACES = re.compile(r"\s+")
_SIGNS = re.compile(r"(?:\[(?:\d{1,3}|[a-z]|[*†‡§¶]{1,4})\][,;–-]?(?=[\s\[]|\W|\Z))+")
_CONTEXTS = (3, 6, 12)  # words before or behind that tell one place from another, then all that are near
_FAR = 200  # characters that they may be away
_LARGEST = 4_000_000  # characters of a page that are looked through
_MOST_PARTS = 5


def passage_link(url: str, directives: Sequence[str]) -> str:
    """The address with the text directives behind it; a fragment that it has already stays before them."""
    if not directives:
        return url
    mark = ":~:" if "#" in url else "#:~:"
    return f"{url.partition(':~:')[0]}{mark}{'&'.join(directives)}"


def text_directives(page: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """``text=…`` for each part of a passage, from the page's whole text, in which each block is a line of its own (the document layer).

    Parts that a reader of the fragment could not tell from others (of one or two words) are taken together with what stands between them.
    Empty where there is nothing to look for.
    """
    if len(page) > _LARGEST or not spans:
        return ()
    parts = [Span(span.start, span.end) for span in spans if page[span.start : span.end].strip()]
    if not parts:
        return ()
    if len(parts) > _MOST_PARTS or any(_is_short(page[part.start : part.end]) for part in parts):
        parts = [Span(parts[0].start, parts[-1].end)]
    place = _Page(page)
    found = (place.directive(part) for part in parts)
    return tuple(directive for directive in found if directive is not None)


def _is_short(words: str) -> bool:
    """Fewer than three words, or letters of a script that writes no spaces: there are many such places on a page."""
    return len(words.split()) < 3 and sum(map(_is_unspaced, words)) < 6


@dataclass(frozen=True, slots=True)
class _Range:
    """The words that are looked for: ``end`` where they are named by their ends, ``prefix`` and ``suffix`` where more is needed to tell them."""

    start: Span
    end: Span | None = None
    prefix: Span | None = None
    suffix: Span | None = None


class _Page:
    def __init__(self, text: str) -> None:
        self._text = text
        self._folded, self._origin = _fold(text)

    def directive(self, span: Span) -> str | None:
        found = self._bounded(span)
        if found is None:
            return None
        found = self._clear_of_signs(found)
        whole = found.start
        signs = self._signs(whole.start, whole.end)
        if signs or "\n" in self._text[whole.start : whole.end] or whole.end - whole.start > _WHOLE:
            found = self._by_ends(found, signs)
        found = self._told_apart(found)
        parts = [self._shown(part) for part in (found.start, found.end) if part is not None]
        if found.prefix is not None:
            parts.insert(0, f"{self._shown(found.prefix)}-")
        if found.suffix is not None:
            parts.append(f"-{self._shown(found.suffix)}")
        return "text=" + ",".join(parts)

    # where a passage begins and ends

    def _bounded(self, span: Span) -> _Range | None:
        """The passage without the punctuation round it, in whole words; where words are not told apart by spaces, what its first and last word
        may have in common with their surroundings is prefix and suffix. None where no word is in it."""
        text, start, end = self._text, span.start, span.end
        while start < end and not _is_word(text[start]):
            start += 1
        while end > start and not _is_word(text[end - 1]):
            end -= 1
        if start == end:
            return None
        first, last = start, end
        while first > 0 and self._inside(first):
            first -= 1
        while last < len(text) and self._inside(last):
            last += 1
        prefix = Span(first, start) if first < start and _is_unspaced(text[start]) else None
        suffix = Span(end, last) if end < last and _is_unspaced(text[end - 1]) else None
        whole = Span(start if prefix else first, end if suffix else last)
        return _Range(whole, None, prefix, suffix)

    def _signs(self, start: int, end: int) -> list[Span]:
        """The signs of notes from one place to another, each with the word that it is glued to."""
        found = []
        for row in _SIGNS.finditer(self._text, max(0, start - 1), min(len(self._text), end + _LONGEST_END)):
            begin = row.start()
            if begin > 0 and _is_word(self._text[begin - 1]):
                begin -= 1
                while begin > 0 and self._inside(begin):
                    begin -= 1
            if begin < end and row.end() > start:
                found.append(Span(begin, row.end()))
        return found

    def _clear_of_signs(self, found: _Range) -> _Range:
        """The passage without signs at its ends, as far as words are left."""
        start, end = found.start.start, found.start.end
        for sign in self._signs(start, end):
            if not any(map(_is_word, self._text[start : sign.start])):
                start = max(start, sign.end)
        for sign in reversed(self._signs(start, end)):
            if not any(map(_is_word, self._text[sign.end : end])):
                end = min(end, sign.start)
        while start < end and not _is_word(self._text[start]):
            start += 1
        while end > start and not _is_word(self._text[end - 1]):
            end -= 1
        return replace(found, start=Span(start, end)) if start < end else found

    def _inside(self, at: int) -> bool:
        """Whether a place may be within a word: between letters it always may, since some scripts write no spaces."""
        text = self._text
        before, behind = text[at - 1], text[at]
        if _is_word(before) and _is_word(behind):
            return True
        if before in _MID and _is_word(behind):
            return at >= 2 and _is_word(text[at - 2])
        return behind in _MID and _is_word(before) and at + 1 < len(text) and _is_word(text[at + 1])

    def _by_ends(self, found: _Range, signs: Sequence[Span] = ()) -> _Range:
        """The first and the last words: so many that each is found first where it stands, as far as its line has them, or the ``signs`` in it."""
        whole = found.start
        tokens = self._tokens(whole)
        stop, resume = (signs[0].start, signs[-1].end) if signs else (whole.end, whole.start)
        first = self._grown(
            whole, [end for _, end in tokens if end <= stop] or [whole.end], found.prefix, from_start=True
        )
        rest = [begin for begin, _ in reversed(tokens) if begin >= max(first, resume)]
        if rest:
            last = self._grown(Span(first, whole.end), rest, found.suffix, from_start=False)
            return replace(found, start=Span(whole.start, first), end=Span(last, whole.end))
        line = max((end for _, end in tokens if "\n" not in self._text[whole.start : end]), default=whole.end)
        rest = [begin for begin, _ in tokens if begin >= line]
        if rest:  # few words, on two lines
            return replace(found, start=Span(whole.start, line), end=Span(rest[0], whole.end))
        return found

    def _grown(self, span: Span, bounds: Sequence[int], context: Span | None, *, from_start: bool) -> int:
        """The end of the start, or the start of the end."""
        best = bounds[0]
        for number, bound in enumerate(bounds, 1):
            part = Span(span.start, bound) if from_start else Span(bound, span.end)
            words = self._text[part.start : part.end]
            if number > 1 and ("\n" in words or len(words) > _LONGEST_END):
                break
            best = bound
            if from_start:
                lead = context.start if context is not None else part.start
                alone = self._first(Span(lead, part.end)) == lead
            else:  # it is looked for behind the start only
                tail = context.end if context is not None else part.end
                alone = self._first(Span(part.start, tail), span.start) == part.start
            if number >= _FEWEST and alone:
                break
        return best

    def _tokens(self, span: Span) -> list[tuple[int, int]]:
        """The words of a passage, in places; what cannot be told apart for sure is one word."""
        tokens: list[tuple[int, int]] = []
        begin: int | None = None
        for at in range(span.start, span.end + 1):
            if begin is not None and (at == span.end or not self._inside(at)):
                tokens.append((begin, at))
                begin = None
            if begin is None and at < span.end and _is_word(self._text[at]):
                begin = at
        return tokens

    # telling one place from another

    def _told_apart(self, found: _Range) -> _Range:
        """With words before the start, and behind the end, where others like these come first."""
        lead = found.prefix.start if found.prefix is not None else found.start.start
        if self._first(Span(lead, found.start.end)) != lead:
            found = self._with_prefix(found, lead)
        begin = found.prefix.start if found.prefix is not None else found.start.start
        if found.end is None:
            tail = found.suffix.end if found.suffix is not None else found.start.end
            return found if self._first(Span(begin, tail)) == begin else self._with_suffix(found, begin, 0)
        tail = found.suffix.end if found.suffix is not None else found.end.end
        if self._first(Span(found.end.start, tail), found.start.end) == found.end.start:
            return found
        return self._with_suffix(found, found.end.start, found.start.end)

    def _with_prefix(self, found: _Range, lead: int) -> _Range:
        """Words before the start that no earlier place has; on its line, else at the end of the one before, since a prefix is of one block.

        What follows a prefix must follow at once, so that punctuation at the head of a line becomes a part of the start.
        """
        line = self._text.rfind("\n", 0, lead) + 1
        words, stop, start = self._before(max(line, lead - _FAR), lead), found.start.start, found.start
        if not words and found.prefix is None and not self._signs(line, lead):
            stop = len(self._text[:line].rstrip())
            words = self._before(max(self._text.rfind("\n", 0, stop) + 1, stop - _FAR), stop)
            start = Span(line, start.end)
        best = found
        for number in _counts(len(words)):
            best = replace(found, start=start, prefix=Span(words[-number][0], stop))
            if self._first(Span(words[-number][0], start.end)) == words[-number][0]:
                break
        return best

    def _before(self, start: int, end: int) -> list[tuple[int, int]]:
        """The words up to a place behind the last sign: what stands before it is not known as the page has it."""
        signs = self._signs(start, end)
        return [word for word in self._tokens(Span(start, end)) if not signs or word[0] >= signs[-1].end]

    def _behind(self, start: int, end: int) -> list[tuple[int, int]]:
        """The words from a place on before the first sign."""
        signs = self._signs(start, end)
        return [word for word in self._tokens(Span(start, end)) if not signs or word[1] <= signs[0].start]

    def _with_suffix(self, found: _Range, begin: int, after: int) -> _Range:
        """Words behind the end that no other place has which would be taken, looked for from ``after`` on; as `_with_prefix`."""
        part = found.end or found.start
        tail = found.suffix.end if found.suffix is not None else part.end
        line = self._line_end(tail)
        words, start = self._behind(tail, min(line, tail + _FAR)), part.end
        if not words and found.suffix is None and not self._signs(tail, line):
            start = line + len(self._text[line:]) - len(self._text[line:].lstrip())
            words = self._behind(start, min(self._line_end(start), start + _FAR))
            part = Span(part.start, line)
        best = found
        for number in _counts(len(words)):
            suffix = Span(start, words[number - 1][1])
            best = (
                replace(found, suffix=suffix, start=part)
                if found.end is None
                else replace(found, suffix=suffix, end=part)
            )
            if self._first(Span(begin, suffix.end), after) == begin:
                break
        return best

    def _line_end(self, at: int) -> int:
        found = self._text.find("\n", at)
        return len(self._text) if found < 0 else found

    def _first(self, span: Span, start: int = 0) -> int | None:
        """Where the words of a span stand first from a place on, as a browser looks for them."""
        words, _ = _fold(self._text[span.start : span.end])
        at = bisect_left(self._origin, start)
        while (at := self._folded.find(words, at)) >= 0:
            begin, end = self._origin[at], self._origin[at + len(words)]
            if not (begin > 0 and self._inside(begin)) and not (0 < end < len(self._text) and self._inside(end)):
                return begin
            at += 1
        return None

    def _shown(self, span: Span) -> str:
        return _encoded(_SPACES.sub(" ", self._text[span.start : span.end]).strip())


def _counts(available: int) -> list[int]:
    return [number for number in _CONTEXTS if number < available] + ([available] if available else [])


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or unicodedata.category(sign) in _WITHIN


_WITHIN = frozenset({"Mn", "Mc", "Me", "Cf"})  # marks on letters, and joiners between them


def _is_unspaced(sign: str) -> bool:
    """A letter of a script in which words stand together: a browser cuts them by a dictionary."""
    return (
        sign > "\u2e7f" or "\u0e00" <= sign <= "\u0eff" or "\u1000" <= sign <= "\u109f" or "\u1780" <= sign <= "\u17ff"
    )


def _fold(text: str) -> tuple[str, Sequence[int]]:
    """The text as browsers compare it, without case and accents, and where each of its characters comes from (one more for the end)."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    out: list[str] = []
    origin: list[int] = []
    for at, sign in enumerate(text):
        if sign.isascii():
            folded = sign.lower()
        else:
            folded = "".join(
                part for part in unicodedata.normalize("NFKD", sign.casefold()) if not unicodedata.combining(part)
            )
            folded = _QUOTES.get(folded, folded)
        out.append(folded)
        origin.extend([at] * len(folded))
    origin.append(len(text))
    return "".join(out), origin


_QUOTES = {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u00ad": ""}


def _encoded(words: str) -> str:
    """Percent-encoded but for letters, digits and ``_ . ~``: ``-``, ``,`` and ``&`` mean something here, brackets in Markdown and wikitext."""
    return quote(words, safe="_.~").replace("-", "%2D")
