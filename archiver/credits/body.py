"""Where in a text the article lies: its lines, and which of them are the body.

A page's whole text has menus and other articles' teasers in it, and credits stand at the edges of the body. With the page at hand
the body is where its paragraphs are; without, where the long lines are.
"""

from __future__ import annotations

from dataclasses import dataclass

from archiver.texts.outline import Outline

_MOST = 10_000  # lines
_MOST_INSIDE = 400
_MOST_OPENINGS = 200
_LONG = 120  # characters of a line that is a paragraph
_KEY = 40  # characters by which a paragraph is found again
_AFTER = 6  # lines behind the body in which it may be signed
_CLOSE = 4  # lines behind it in which a name alone is a signature
_GAP = 30  # lines between two paragraphs of one article
_BEFORE = 12  # lines before it in which a byline may stand


@dataclass(frozen=True, slots=True)
class Line:
    """``start`` and ``words`` of a line of the text; ``end`` of it, in code points."""

    start: int
    words: str

    @property
    def end(self) -> int:
        return self.start + len(self.words)


@dataclass(frozen=True, slots=True)
class Body:
    """``lines`` are all of the text, ``first`` and ``last`` the numbers of the first and last paragraph of the body, ``head`` that of the
    headline's line or of the first in which a byline may stand. ``captions`` are lines that the page shows below pictures."""

    lines: tuple[Line, ...]
    head: int
    first: int
    last: int
    captions: frozenset[str]

    @property
    def before(self) -> tuple[Line, ...]:
        """Where a byline may stand."""
        return self.lines[self.head : min(self.first + 3, self.last + 1)]

    @property
    def inside(self) -> tuple[Line, ...]:
        """The body, and the lines behind it in which it may be signed."""
        lines = self.lines[max(self.head, self.first - 3) : self.last + 1 + _AFTER]
        return lines if len(lines) <= _MOST_INSIDE else (*lines[: _MOST_INSIDE // 2], *lines[-_MOST_INSIDE // 2 :])

    @property
    def openings(self) -> tuple[Line, ...]:
        """Where a dateline may stand: a page may hold several stories, not hundreds."""
        return self.inside[:_MOST_OPENINGS]

    @property
    def end(self) -> tuple[Line, ...]:
        """Where the body may be signed: its last lines and those behind it."""
        return self.lines[max(self.first, self.last - 2) : self.last + 1 + _CLOSE]


def find(text: str, page: Outline | None) -> Body:
    """The lines of a text and its body; linear in its length."""
    lines = _lines(text)
    captions = _captions(page)
    first, last = _by_paragraphs(lines, page) or _by_length(lines)
    head = max(0, first - _BEFORE)
    if page is not None and page.headline:
        headline = page.headline[:_KEY]
        head = next(
            (n for n in range(first, max(-1, first - 60), -1) if lines and lines[n].words.startswith(headline)), head
        )
    return Body(lines, head, first, last, captions)


def _lines(text: str) -> tuple[Line, ...]:
    found: list[Line] = []
    start = 0
    for words in text.split("\n", _MOST)[:_MOST]:
        stripped = words.strip()
        if stripped:
            found.append(Line(start + words.find(stripped[0]), stripped))
        start += len(words) + 1
    return tuple(found)


def _captions(page: Outline | None) -> frozenset[str]:
    if page is None:
        return frozenset()
    shown = (
        part for part in page.parts if part.name == "figcaption" or "caption" in part.hints or "credit" in part.hints
    )
    return frozenset(line for part in shown for line in part.text.split("\n") if len(line) < 600)


def _by_paragraphs(lines: tuple[Line, ...], page: Outline | None) -> tuple[int, int] | None:
    """The longest run of the page's paragraphs in the text: what comes after a wide gap is another article, or the page's foot."""
    if page is None or len(page.paragraphs) < 2:
        return None
    places: dict[str, int] = {}
    for number, line in enumerate(lines):
        places.setdefault(line.words[:_KEY], number)
    hits = sorted({places[paragraph[:_KEY]] for paragraph in page.paragraphs if paragraph[:_KEY] in places})
    best: tuple[int, int, int] | None = None
    run: list[int] = []
    for number in [*hits, len(lines) + 2 * _GAP]:
        if run and number - run[-1] > _GAP:
            size = sum(len(lines[hit].words) for hit in run)
            if best is None or size > best[0]:
                best = size, run[0], run[-1]
            run = []
        run.append(number)
    return best[1:] if best is not None and best[2] > best[1] else None


def _by_length(lines: tuple[Line, ...]) -> tuple[int, int]:
    long_ = [number for number, line in enumerate(lines) if len(line.words) >= _LONG]
    if not long_:
        return 0, max(0, len(lines) - 1)
    return long_[0], long_[-1]
