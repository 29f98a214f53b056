"""*(ebd.)* and *(ibid., p. 4)* in the running text, led back to the source that was cited last before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archiver.manuscripts.document import Block, BlockKind, Citation, Link, NoteMark, Quoted
from archiver.manuscripts.sourcing.backreferences import IN_BRACKETS
from archiver.manuscripts.sourcing.notes import Named, Notes, Reference, page_of

_SAME = re.compile(
    r"[(\[（](?P<lead>\s*(?:(?:vgl|siehe|so|cf|voir|see)\b\.?\s*(?:auch\s+|also\s+|aussi\s+)?)?)"
    rf"(?P<same>{IN_BRACKETS})"
    r"(?P<rest>[^()\[\]（）;]{0,120})[)\]）]",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"[(\[（][^()\[\]（）]{0,200}(?:\b(?:1[5-9]|20)\d\d[a-z]?\b|\b(?:S|pp?)\.\s*\d)[^()\[\]（）]{0,200}[)\]）]"
)
"""What reads like a work in brackets: *(Smith 2020, 12)*, *(Smith, S. 12)*. Where it leads nowhere, no *ibid.* behind it may pass it by."""

_BARE_PAGE = re.compile(r"\s*[,:]?\s*(\d{1,4}(?:\s*[-–—]\s*\d{1,4})?)\s*\Z")
_OUTSIDE = (BlockKind.COMMENT, BlockKind.REFERENCE, BlockKind.CAPTION, BlockKind.CELL)
_LONGEST = 20_000  # characters of a paragraph that somebody wrote
_MOST = 20  # sources cited together, of which one may be meant with its copies
_UNKNOWN = "“{}” refers to a source before it that cannot be told"


def running_references(blocks: Sequence[Block], notes: Notes) -> dict[int, list[Reference]]:
    """Those of each block of the body, by its number. What was cited last is in the same section; several sources together, a note that cites
    several or none, or a work in brackets without an address are not told apart: then the reference says so."""
    found: dict[int, list[Reference]] = {}
    last: Sequence[Named] = ()
    for number, block in enumerate(blocks):
        if block.note is not None or block.kind in _OUTSIDE:
            continue
        if block.kind is BlockKind.HEADING:
            last = ()
            continue
        if len(block.text) > _LONGEST:
            last = ()
            continue
        for at, event in sorted(_events(block, notes), key=lambda pair: pair[0]):
            if not isinstance(event, re.Match):
                last = event
                continue
            known = 0 < len(last) <= _MOST and sum(not one.copy for one in last) == 1
            sources = tuple(replace(one, locator=_page(event["rest"])) for one in last) if known else ()
            why = None if known else _UNKNOWN.format(event["same"])
            found.setdefault(number, []).append(Reference(at, event.end("same"), sources, why))
    return found


def _events(block: Block, notes: Notes) -> Iterator[tuple[int, Sequence[Named] | re.Match[str]]]:
    """What is cited at each place, nothing for a work that leads nowhere; and the references themselves."""
    text = block.text
    linked, quoted = bytearray(len(text)), bytearray(len(text))
    places: dict[int, list[Named]] = {}
    for mark in block.marks:
        if isinstance(mark, NoteMark):
            cited = places.setdefault(mark.at, [])
            if notes.why(mark.label) is None:
                cited += notes.sources(mark.label)[: _MOST + 1]
            continue
        if isinstance(mark, Quoted):
            quoted[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        if isinstance(mark, Citation):
            places.setdefault(_bracket(text, mark.start), []).append(Named(None, mark.key, mark.locator))
        elif isinstance(mark, Link) and mark.url.lower().startswith(("http://", "https://")):
            at = next(reversed(places), mark.start) if mark.copy else _bracket(text, mark.start)
            places.setdefault(at, []).append(Named(mark.url, None, None, mark.copy))
        if isinstance(mark, Citation | Link):
            linked[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    yield from places.items()
    for work in _WORK.finditer(text):
        if _SAME.match(work[0]) is None and not any(linked[work.start() : work.end()]):
            yield work.start(), ()
    for back in _SAME.finditer(text):
        start, end = back.span("same")
        if not any(linked[start:end]) and not any(quoted[start:end]):
            yield start, back


def _bracket(text: str, at: int) -> int:
    """The bracket in which a place stands, so that what is cited in one bracket is cited together; else the place."""
    opening = max(text.rfind(sign, max(0, at - 300), at) for sign in "([（")
    closing = max(text.rfind(sign, max(0, at - 300), at) for sign in ")]）")
    return opening if opening > closing else at


def _page(rest: str) -> str | None:
    bare = _BARE_PAGE.match(rest)
    return page_of(rest) or (bare[1] if bare else None)
