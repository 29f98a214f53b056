"""Text that is put together piece by piece: blocks that end lines, and what a reader is not shown.

The text of a page, of a document and of a book are settled alike, so that a quotation is found in each by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.model.text import Span

BLOCK, HIDE, SHOW = "\x00", "\x01", "\x02"
"""In the marked text: a line ends here; what follows is not shown; what follows is shown again."""

ASIDE, BACK = "\x03", "\x04"
"""What stands between is no part of the text: reading aids over words (ruby)."""

MARKS = (BLOCK, HIDE, SHOW, ASIDE, BACK)

_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_BREAKS = re.compile(r" ?\x00[\x00 ]*")
_ABOUT_MARKS = re.compile(r"[ \n]*[\x01\x02][\x01\x02 \n]*")
_ASIDES = re.compile(r"\x03[^\x00\x04]*+\x04?")  # one whose end is missing ends with its line
_KEPT = re.compile(r"[^\x00-\x02]+")


def unmarked(text: str) -> str:
    """Text of a stranger without the characters that are marks here; none is a character of text."""
    for mark in MARKS:
        if mark in text:  # looking for one is much faster than counting them, which `replace` begins with
            text = text.replace(mark, "")
    return text


def settle(marked: str) -> tuple[str, tuple[Span, ...]]:
    """White space settled, marks taken out: the text, and the spans between the marks."""
    if ASIDE in marked:
        marked = _ASIDES.sub(lambda aside: _KEPT.sub("", aside[0]), marked)
    marked = _lines(marked.replace(BACK, "") if BACK in marked else marked)
    if HIDE not in marked:
        return marked.replace(SHOW, ""), ()
    marked = _ABOUT_MARKS.sub(_gather, marked).strip(" \n")
    spans: list[Span] = []
    pieces: list[str] = []
    length = 0
    start = None
    for piece in re.split(r"(\x01|\x02)", marked):
        if piece == HIDE:
            start = length if start is None else start
        elif piece == SHOW:
            if start is not None and length > start:
                spans.append(Span(start, length))
            start = None
        else:
            pieces.append(piece)
            length += len(piece)
    return "".join(pieces), tuple(spans)


def _lines(marked: str) -> str:
    """White space as one space, and blocks with something in them as lines.

    In UTF-8, since ``bytes.split`` knows ASCII's white space only: that of HTML and VT, which is text. Regular expressions take five
    times as long.
    """
    if "\x0b" in marked:
        return _BREAKS.sub("\n", _SPACES.sub(" ", marked)).strip(" \n")
    data = b" ".join(marked.encode("utf-8", "surrogatepass").split())
    blocks = data.replace(b" \0", b"\0").replace(b"\0 ", b"\0").split(b"\0")
    return b"\n".join(filter(None, blocks)).decode("utf-8", "surrogatepass")


def _gather(match: re.Match[str]) -> str:
    """Marks and the white space about them: the white space once, before a span begins and after it ends."""
    found = match[0]
    space = "\n" if "\n" in found else " " if " " in found else ""
    marks = "".join(c for c in found if c in "\x01\x02")
    return marks + space if marks.endswith(SHOW) else space + marks


class Flow:
    """A text that grows: words, ends of lines, and beside it what is not shown, which must not stand between the words that are."""

    def __init__(self) -> None:
        self._shown: list[str] = []
        self._hidden: list[str] = []

    @property
    def length(self) -> tuple[int, int]:
        """How much there is so far; what `cut` takes."""
        return len(self._shown), len(self._hidden)

    def add(self, words: str, *, hidden: bool = False) -> None:
        """Words as they stand in the source, without marks."""
        (self._hidden if hidden else self._shown).append(words)

    def end_line(self) -> None:
        self._shown.append(BLOCK)
        if self._hidden:
            self._hidden.append(BLOCK)

    def add_settled(self, text: str, unseen: Sequence[Span] = ()) -> None:
        """A text that was settled before, on lines of its own, with what of it is not shown."""
        at = 0
        self.end_line()
        for span in unseen:
            self.add(unmarked(text[at : span.start]).replace("\n", BLOCK))
            self.add(unmarked(text[span.start : span.end]).replace("\n", BLOCK) + BLOCK, hidden=True)
            at = span.end
        self.add(unmarked(text[at:]).replace("\n", BLOCK))
        self.end_line()

    def take(self, other: Flow) -> None:
        """Another text, on lines of its own."""
        self._shown += [BLOCK, *other._shown, BLOCK]
        self._hidden += [BLOCK, *other._hidden, BLOCK] if other._hidden else []

    def cut(self, length: tuple[int, int]) -> None:
        """Takes back all that came since."""
        del self._shown[length[0] :], self._hidden[length[1] :]

    def settled(self) -> str:
        """The text that is shown."""
        return settle("".join(self._shown))[0]

    def settled_hidden(self) -> str:
        """The text that is not."""
        return settle("".join(self._hidden))[0]
