"""A page that has come to show its beginning only, to those who have not paid: known by what it was before."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.model import Layer, Text
from archiver.texts.wallwords import PAYWALL

_LEFT = 2 / 3
"""Of the article's former characters; a page that has more of them left is no stub, whatever it asks for."""

_LONGEST = 400
"""Characters of a line that asks to subscribe; who writes at length about subscriptions sells none."""

_WHOLE = (Layer.DOCUMENT, Layer.RENDERED)


def is_stub(before: Sequence[Text], now: Sequence[Text]) -> bool:
    """Whether a page asks to subscribe where it did not before, and has lost much of its article. Pure.

    `archiver.texts.walls` knows one look only, and takes a page with much text round a stub for the page.
    """
    old, new = _size(before), _size(now)
    return bool(old) and new < _LEFT * old and bool(_asking(now) - _asking(before))


def _size(texts: Sequence[Text]) -> int:
    """Characters of the article; of the whole page where it has none."""
    by_layer = {text.layer: len(text.content) for text in texts}
    return next((by_layer[layer] for layer in (Layer.ARTICLE, *_WHOLE) if layer in by_layer), 0)


def _asking(texts: Sequence[Text]) -> set[str]:
    """Lines that ask to subscribe, of those that a reader is shown."""
    lines: set[str] = set()
    for text in texts:
        if text.layer in _WHOLE:
            start = 0
            for span in (*text.unseen, None):
                shown = text.content[start : span.start if span is not None else None]
                lines.update(" ".join(line.split()) for line in shown.splitlines() if len(line) <= _LONGEST)
                start = span.end if span is not None else start
    return {line for line in lines if PAYWALL.search(line)}
