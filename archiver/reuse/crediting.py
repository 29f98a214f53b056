"""Whether a citation speaks for certain shared words: one elsewhere in a text tells nothing of a statement with a way of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archiver.model import Span
from archiver.reuse import names

_STOP = re.compile(r"[.!?…。！？।؟][”’\"»)]*\s|\n")
_OWN_WAY = re.compile(
    r"(?<!\w)(?:e-?mail|statement|letter|interview|message|told|tweet|tweeted|comunicado|declaraciones|entrevista|communiqué|entretien|courriel"
    r"|Erklärung|Mitteilung|Gespräch|comunicato|intervista|заявлении|интервью)(?!\w)",
    re.IGNORECASE,
)


def beside(text: str, cited: Iterable[str], spans: Iterable[Span]) -> str:
    """The words that cite one of the names in the sentence of one of the spans, or in its paragraph where its sentence does not tell another
    way by which the words came (an email, a statement, an interview); ``""`` where none do."""
    found = names.citations(text, cited)
    for span in spans if found else ():
        sentence = _sentence(text, span)
        start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
        paragraph = Span(start, end if end >= 0 else len(text))
        near = sentence if _OWN_WAY.search(text[sentence.start : sentence.end]) else paragraph
        for place, words in found:
            if near.start <= place < near.end:
                return words
    return ""


def _sentence(text: str, span: Span) -> Span:
    """The sentences that a span touches."""
    begin = text.rfind("\n", 0, span.start) + 1
    stops = [begin + stop.end() for stop in _STOP.finditer(text[begin : span.start])]
    last = _STOP.search(text, max(span.start, span.end - 1))
    return Span(stops[-1] if stops else begin, last.end() if last else len(text))
