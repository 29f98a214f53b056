"""What of a page's texts its readers are shown: the whole page, without what is hidden, what comes from readers and what stands in scripts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archiver.model import Layer, Text

AS_SHOWN = "as-shown"
"""The code of the notice that a quotation was judged by this alone."""

_WHOLE = (Layer.DOCUMENT, Layer.RENDERED, Layer.PDF)


def as_shown(texts: Sequence[Text]) -> tuple[Text, ...]:
    """The layers that hold the whole page, blanks in place of what is not shown, so that positions stay what they are.

    The article is left out: some extractors take it out of data that no reader sees, and what of it is shown stands in the page.
    """
    return tuple(replace(text, content=_blanked(text), unseen=()) for text in texts if text.layer in _WHOLE)


def _blanked(text: Text) -> str:
    pieces, at = [], 0
    for span in sorted(text.unseen, key=lambda span: span.start):
        start = max(span.start, at)
        if span.end > start:
            pieces += [text.content[at:start], "\n" * (span.end - start)]
            at = span.end
    return "".join([*pieces, text.content[at:]])
