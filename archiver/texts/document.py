"""The ``document`` layer: all the text of a page, in the order of its source.

Captions, asides, tables, menus, hidden elements and readers' comments are in it; attributes (``alt``, ``title``) are
not. The words and characters are the page's own. White space inside a block is one space, a block begins a new line,
and so does ``<br>``; an inline element neither glues nor splits words.

What a reader of the page is not shown is in the text too, and marked as *unseen*: ``hidden`` and ``display:none``,
templates, ``<noscript>``, the fallback of media and frames, closed dialogs, and readers' comments. ``<html>`` and
``<body>`` are never taken for hidden, and a page that hides most of itself is taken for one that its scripts will
show."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.model.text import Span
from archiver.texts.walk import BLOCK, HIDE, SHOW, Script, Walk

VERSION = "1"
"""Counted up whenever another text would be drawn from the same page."""

_MOST = 0.6  # share of the text

_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_BREAKS = re.compile(r" ?\x00[\x00 ]*")
_ABOUT_MARKS = re.compile(r"[ \n]*[\x01\x02][\x01\x02 \n]*")


@dataclass(frozen=True, slots=True)
class Document:
    """What one pass over a page's source found.

    ``text`` is the layer, ``unseen`` its spans in code points. ``shown`` is the source without scripts, styles,
    comments, menus and hidden elements, for the article extractor. ``metas`` are the attributes of ``<meta>``,
    ``links`` of canonical ``<link>``; ``times`` the ``datetime`` attributes; ``language`` that of ``<html>``.
    ``tags`` counts ``<``; ``frames`` says that there is a frame set or an inline frame, ``password`` that there is a
    password field."""

    text: str
    unseen: tuple[Span, ...]
    shown: str
    title: str
    language: str
    scripts: tuple[Script, ...]
    metas: tuple[dict[str, str], ...]
    links: tuple[dict[str, str], ...]
    times: tuple[str, ...]
    tags: int
    frames: bool
    password: bool


def read(source: str, *, xml: bool = False) -> Document:
    """Draw the text and the parts of a page from its source; linear in its length, whatever it holds.

    ``xml``: the page is XHTML, where CDATA sections are text.
    """
    for mark in (BLOCK, HIDE, SHOW):  # none is a character of text; browsers leave NUL out as well
        if mark in source:  # looking for one is much faster than counting them, which `replace` begins with
            source = source.replace(mark, "")
    walk = _walk(source, xml, strict=True)
    text, unseen = _settle("".join(walk.out))
    if sum(span.end - span.start for span in unseen) > _MOST * len(text):
        # A page that hides most of itself is one whose scripts will show it.
        walk = _walk(source, xml, strict=False)
        text, unseen = _settle("".join(walk.out))
    return Document(
        text=text,
        unseen=unseen,
        shown="".join(walk.shown),
        title=" ".join((walk.title or "").split()),
        language=walk.language,
        scripts=tuple(walk.scripts),
        metas=tuple(walk.metas),
        links=tuple(walk.links),
        times=tuple(walk.times),
        tags=source.count("<"),
        frames=walk.frames,
        password=walk.password,
    )


def _walk(source: str, xml: bool, *, strict: bool) -> Walk:
    walk = Walk(source, xml, strict)
    walk.run()
    return walk


def _settle(marked: str) -> tuple[str, tuple[Span, ...]]:
    """White space settled, marks taken out: the text, and the spans between the marks."""
    marked = _lines(marked)
    if HIDE not in marked:
        return marked, ()
    marked = _ABOUT_MARKS.sub(_gather, marked).strip(" \n")
    spans: list[Span] = []
    pieces: list[str] = []
    length = 0
    for piece in re.split(r"(\x01|\x02)", marked):
        if piece == HIDE:
            start = length
        elif piece == SHOW:
            if length > start:
                spans.append(Span(start, length))
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
