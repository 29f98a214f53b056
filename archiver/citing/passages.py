"""Where a quotation stands, as a link: looked up in the text that is nearest to what a browser shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.citing.fragments import text_directives
from archiver.model import Layer, Span, Text

_LARGEST = 4_000_000  # characters of a page that a passage is looked for in


def directives_for(texts: Sequence[Text], layer: Layer, spans: Sequence[Span]) -> tuple[str, ...]:
    """The text directives of a passage that was found at ``spans`` of a layer; empty where a browser shows it nowhere (words that stand in
    scripts alone, hidden elements, PDFs).

    The document and the rendered layer have each block on a line of its own, in the page's order; the others have not, so that their passages are
    looked up there: in what a browser showed first, where one looked.
    """
    by_layer = {text.layer: text for text in texts if len(text.content) <= _LARGEST}
    source = by_layer.get(layer)
    if source is None or layer is Layer.PDF:
        return ()
    for base in (by_layer.get(Layer.RENDERED), by_layer.get(Layer.DOCUMENT)):
        if base is None:
            continue
        moved = list(spans) if base is source else _moved(source.content, base, spans)
        if moved is not None and not any(_is_hidden(base, span) for span in moved):
            return text_directives(base.content, moved)
    return ()


def _moved(source: str, document: Text, spans: Sequence[Span]) -> list[Span] | None:
    """The same words in the document, in the order of the spans; where they stand more than once, the place whose surroundings are alike."""
    moved: list[Span] = []
    for span in spans:
        places = list(_places(source[span.start : span.end], document.content))
        places = [place for place in places if not _is_hidden(document, place)] or places
        behind = [place for place in places if not moved or place.start >= moved[-1].end]
        if not behind:
            return None
        around = source[max(0, span.start - 60) : span.start], source[span.end : span.end + 60]
        moved.append(max(behind, key=lambda place: _likeness(document.content, place, around)))
    return moved


def _places(words: str, page: str) -> list[Span]:
    pattern = r"\s*".join(re.escape(part) for part in words.split())
    return [Span(found.start(), found.end()) for found in re.finditer(pattern, page)] if pattern else []


def _likeness(page: str, place: Span, around: tuple[str, str]) -> int:
    """How many characters next to it are those next to the passage, white space aside."""
    before, behind = ("".join(words.split()) for words in around)
    here_before = "".join(page[max(0, place.start - 120) : place.start].split())
    here_behind = "".join(page[place.end : place.end + 120].split())
    return _common(before[::-1], here_before[::-1]) + _common(behind, here_behind)


def _common(left: str, right: str) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _is_hidden(document: Text, span: Span) -> bool:
    return any(item.start < span.end and span.start < item.end for item in document.unseen)
