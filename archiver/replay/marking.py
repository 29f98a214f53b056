"""Where the words of a quotation stand in the page that is shown, and the marks about them, over whatever tags stand between.

The words are looked for as the recorded text has them, white space aside: the page that is shown is the one that the text was drawn from. Where
they stand in it several times, what stands before and behind them decides. Where they do not stand in it so, brackets are left out (the text
has them about the sign of a note, ``[1]``, where the page sets it above the line); else the quotation itself is judged against what is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from archiver import match
from archiver.model import Layer, Span, Text
from archiver.replay.rewriting import Page, Piece
from archiver.replay.values import Marking

_CONTEXT = 80  # characters, white space left out, that are compared on either side
_MOST_PLACES = 300
_LONGEST_JUDGED = 2_000_000
_STYLE = "background:#ffe066!important;color:#000!important;-webkit-text-fill-color:#000!important;text-decoration:inherit;scroll-margin:30vh 0"
_DRAWN = "paint-order:stroke;stroke:#ffe066;stroke-width:8px;fill:#000"
_INVISIBLE = re.compile(r"[\s\u200b\u2060\ufeff\xad]+")
_INVISIBLE_OR_BRACKET = re.compile(r"[\s\u200b\u2060\ufeff\xad\[\]()]+")
_ON_THE_LINE = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁺⁻₊₋−–", "01234567890123456789+-+---")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The quotation: its ``words``, and the ``spans`` of the recorded ``text`` that it was found at (none where it was not). ``whole`` is the
    text of the same page that knows what is not shown, None where there is none."""

    words: str
    text: Text | None = None
    spans: tuple[Span, ...] = ()
    whole: Text | None = None


@dataclass(frozen=True, slots=True)
class _Condensed:
    """A text without its white space, and where each of its characters stands."""

    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str, loosely: bool = False) -> _Condensed:
        left_out = _INVISIBLE_OR_BRACKET if loosely else _INVISIBLE
        places: list[int] = []
        at = 0
        for space in left_out.finditer(text):
            places.extend(range(at, space.start()))
            at = space.end()
        places.extend(range(at, len(text)))
        return cls(left_out.sub("", text), places)


def mark(page: Page, wanted: Wanted, name: str) -> tuple[Marking, str | None]:
    """Marks a quotation in a page that is written; ``name`` is the class of the marks, and the id of the first. The id where there is one."""
    spans = find(page.text, wanted)
    if not spans:
        return (Marking.NOT_SHOWN if _is_dropped(page, wanted) else Marking.NOT_FOUND), None
    if not _wrap(page, spans, name):
        return Marking.NOT_FOUND, None
    return (Marking.NOT_SHOWN if _is_unseen(wanted) else Marking.MARKED), name


def find(shown: str, wanted: Wanted) -> tuple[Span, ...]:
    """The spans of a quotation in the text that is shown, in code points; none where it does not stand there."""
    if wanted.text is not None and wanted.spans:
        for loosely in (False, True):
            spans = _as_recorded(shown, wanted.text.content, wanted.spans, loosely=loosely)
            if spans:
                return spans
    if not wanted.words.strip() or len(shown) > _LONGEST_JUDGED:
        return ()
    found = match.judge(wanted.words, shown)
    return found.matches[0].spans if found.matches else ()


def _as_recorded(shown: str, content: str, spans: Sequence[Span], *, loosely: bool = False) -> tuple[Span, ...]:
    """``loosely``: without brackets, and raised figures as others, since the text has them where the page sets a figure above the line."""
    page, text = (
        _Condensed.of(each.translate(_ON_THE_LINE) if loosely else each, loosely) for each in (shown, content)
    )
    found: list[Span] = []
    after = 0
    for span in spans:
        begin, end = (_index(text.places, place) for place in (span.start, span.end))
        words = text.text[begin:end]
        before, behind = text.text[max(0, begin - _CONTEXT) : begin], text.text[end : end + _CONTEXT]
        at = _best_place(page.text, words, before, behind, begin / max(1, len(text.text)), after)
        if at is None:
            return ()
        found.append(Span(page.places[at], page.places[at + len(words) - 1] + 1))
        after = at + len(words)
    return tuple(found)


def _index(places: Sequence[int], place: int) -> int:
    """How many of the characters stand before a place."""
    return bisect_right(places, place - 1)


def _best_place(page: str, words: str, before: str, behind: str, share: float, after: int) -> int | None:
    """The place of the words that has most of what stands about them in the text; of equals the one that lies as far down."""
    if not words:
        return None
    best: tuple[bool, int, float] | None = None
    chosen = None
    at = page.find(words)
    for _ in range(_MOST_PLACES):
        if at < 0:
            break
        end = at + len(words)
        alike = _common(page[max(0, at - len(before)) : at][::-1], before[::-1]) + _common(
            page[end : end + len(behind)], behind
        )
        rank = (at >= after, alike, -abs(at / max(1, len(page)) - share))
        if best is None or rank > best:
            best, chosen = rank, at
        at = page.find(words, at + 1)
    return chosen


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _is_dropped(page: Page, wanted: Wanted) -> bool:
    """Whether it stands in what is left out of the page: its title, its scripts, the content of frames and media."""
    if wanted.text is not None and wanted.text.layer is Layer.EMBEDDED:
        return True
    words = _INVISIBLE.sub(
        "",
        wanted.text.content[wanted.spans[0].start : wanted.spans[0].end]
        if wanted.text and wanted.spans
        else wanted.words,
    )
    return bool(words) and words in _INVISIBLE.sub("", "".join(page.dropped))


def _is_unseen(wanted: Wanted) -> bool:
    """Whether the record says that a reader was not shown any of it."""
    if wanted.text is None or not wanted.spans:
        return False
    text, spans = wanted.text, wanted.spans
    if wanted.whole is not None and wanted.whole.unseen:
        text, spans = wanted.whole, _as_recorded(wanted.whole.content, text.content, spans)
    return bool(spans) and all(
        any(unseen.start <= span.start and span.end <= unseen.end for unseen in text.unseen) for span in spans
    )


def _wrap(page: Page, spans: Sequence[Span], name: str) -> bool:
    """Writes the marks; the first has the id. False where none could be written."""
    starts = [piece.start for piece in page.pieces]
    first = True
    inside: dict[int, list[tuple[int, int]]] = {}
    for span in sorted(spans, key=lambda span: span.start):
        at = max(0, bisect_right(starts, span.start) - 1)
        while at < len(page.pieces) and page.pieces[at].start < span.end:
            piece = page.pieces[at]
            begin, end = max(0, span.start - piece.start), min(len(piece.text), span.end - piece.start)
            if begin < end and piece.text[begin:end].strip():
                inside.setdefault(at, []).append((begin, end))
            at += 1
    for at in sorted(inside):
        page.out[page.pieces[at].at] = _marked(page.pieces[at], inside[at], name, first=first)
        first = False
    return bool(inside)


def _marked(piece: Piece, places: Sequence[tuple[int, int]], name: str, *, first: bool) -> str:
    tag, style = ("tspan", _DRAWN) if piece.drawn else ("mark", _STYLE)
    out: list[str] = []
    at = 0
    for begin, end in places:
        begin = max(begin, at)
        identity = f' id="{name}"' if first else ""
        out += [escape(piece.text[at:begin], quote=False), f'<{tag} class="{name}"{identity} style="{style}">']
        out += [escape(piece.text[begin:end], quote=False), f"</{tag}>"]
        at, first = max(at, end), False
    out.append(escape(piece.text[at:], quote=False))
    return "".join(out)
