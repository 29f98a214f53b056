"""Whether a citation speaks for certain shared words: one elsewhere in a text tells nothing of a statement with a way of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from archiver.model import Span
from archiver.reuse import names

_STOP = re.compile(r"[.!?…。！？।؟][”’\"»)]*\s|\n")
_OWN_WAY = re.compile(
    r"(?<!\w)(?:e-?mail|statement|letter|interview|message|told|tweet|tweeted|comunicado|declaraciones|entrevista|communiqué|entretien|courriel"
    r"|Erklärung|Mitteilung|Gespräch|comunicato|intervista|заявлении|интервью)(?!\w)",
    re.IGNORECASE,
)


EDGE = 4  # code points that a passage may be off from the border of its paragraph: marks, a bracket
CREDIT = 15  # words of a paragraph beside taken words up to which it says no more than whose they are
FAR = 4_000  # code points of a paragraph or sentence that are looked at on either side
_OF_ITSELF = re.compile(
    r"(?<!\w)(?:told|tells|interview with|obtained by|seen by|gegenüber|déclaré à|interrogé par|dijo a|declaró a|disse à|disse ao|afirmou à"
    r"|ha detto a|に対し)(?!\w)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\s*")

Citation = tuple[int, str]
"""Where a name stands, and the words in which it is cited."""


def of_copy(text: str, cited: Iterable[str], taken: Sequence[Span], equal: Iterable[Span]) -> str:
    """The words in which a text that has ``taken`` words cites one of the names for them; ``""`` where it does not.

    Its own words do so in the sentence or paragraph of what it took, as in `beside`, and in a paragraph before or behind that says no more than
    whose the words are, or leads in with a colon. Words that both texts have (``equal``) do so only as a paper speaks of itself: “told the Herald”
    stands in the Herald's own story, “the Herald reported” in an agency's story that the Herald prints too.
    """
    found = sorted(names.citations(text, cited))
    if not found:
        return ""
    both = {k for span in equal for k in range(*_among(found, span))}
    own = [one for k, one in enumerate(found) if k not in both]
    of_itself = next((found[k][1] for k in sorted(both) if _OF_ITSELF.search(found[k][1])), "")
    return of_itself or _beside(text, own, taken) or _credit_beside(text, own, taken)


def beside(text: str, cited: Iterable[str], spans: Iterable[Span]) -> str:
    """The words that cite one of the names in the sentence of one of the spans, or in its paragraph where its sentence does not tell another
    way by which the words came (an email, a statement, an interview); ``""`` where none do."""
    return _beside(text, sorted(names.citations(text, cited)), spans)


def _beside(text: str, found: Sequence[Citation], spans: Iterable[Span]) -> str:
    for span in spans if found else ():
        sentence = _sentence(text, span)
        own_way = _OWN_WAY.search(text, sentence.start, sentence.end)
        first, last = _among(found, sentence if own_way else _paragraph(text, span.start, span.end))
        if first < last:
            return found[first][1]
    return ""


def _credit_beside(text: str, found: Sequence[Citation], taken: Sequence[Span]) -> str:
    """A citation whose paragraph is a credit that stands right before or behind a taken passage."""
    starts, ends = sorted(span.start for span in taken), sorted(span.end for span in taken)
    for place, words in found:
        around = _paragraph(text, place, place)
        paragraph = text[around.start : around.end].strip()
        leads = paragraph.endswith((":", "："))
        if not leads and len(paragraph.split()) > CREDIT:
            continue
        behind = _BLANK.match(text, around.end)
        next_ = behind.end() if behind else around.end
        before = around.start
        while before > 0 and text[before - 1].isspace():
            before -= 1
        if _any(starts, around.end, next_ + EDGE) or (not leads and _any(ends, before - EDGE, around.start)):
            return words
    return ""


def _any(places: Sequence[int], low: int, high: int) -> bool:
    return bisect_left(places, low) < bisect_left(places, high)


def _among(found: Sequence[Citation], span: Span) -> tuple[int, int]:
    """Which citations, in order, stand in a span."""
    return bisect_left(found, (span.start, "")), bisect_left(found, (span.end, ""))


def _paragraph(text: str, start: int, end: int) -> Span:
    first, last = text.rfind("\n", max(0, start - FAR), start) + 1, text.find("\n", end, end + FAR)
    return Span(first or max(0, start - FAR), last if last >= 0 else min(len(text), end + FAR))


def _sentence(text: str, span: Span) -> Span:
    """The sentences that a span touches."""
    begin = _paragraph(text, span.start, span.end).start
    stops = [stop.end() for stop in _STOP.finditer(text, begin, span.start)]
    last = _STOP.search(text, max(span.start, span.end - 1), span.end + FAR)
    return Span(stops[-1] if stops else begin, last.end() if last else min(len(text), span.end + FAR))
