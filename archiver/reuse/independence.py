"""Whether two texts that print one statement have it each by itself: shown to be not, shown to be, or neither.

That nothing shows a link is no proof that there is none: the answer is then None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archiver.model import Span
from archiver.reuse import crediting, names, speech, words
from archiver.reuse.compare import compare
from archiver.reuse.sides import quoted
from archiver.reuse.values import Kind, Passage, Reuse, ReuseText

AROUND = 600  # characters either side of a statement among which shared words show that it was taken along
BESIDE = 12  # such words that are in no speech
TOLD = 320  # characters beside a statement among which stands whom its speaker told it to
_TOLD = re.compile(
    r"(?:told|tells|in an interview with|dijo a|declaró a|a déclaré à|sagte|sagte der|gegenüber|disse à|disse ao|ha detto a|заявил|сообщил"
    r"|(?:statement|e-?mail|letter|interview|message|declaraciones|entrevista|entretien|intervista|Gespräch|Interview|Erklärung)"
    r"\W(?:to|with|a|con|com|à|avec|mit|an))"
    r"\W{1,3}(?:(?:the|der|dem|la|el|le|al|o|a)\W{1,2})?$",
    re.IGNORECASE,
)

_AS = {
    Kind.COPY: "they are one text",
    Kind.PARTIAL_WIRE_COPY: "they carry one wire story, or parts of it",
    Kind.PRESS_RELEASE: "they carry one press release, or parts of it",
    Kind.EXCERPT: "one has an excerpt of the other",
    Kind.SAME_PAGE_LATER: "they are one page, or one text of one site",
}


@dataclass(frozen=True, slots=True)
class Independence:
    """Two texts by their places. ``independent`` is False where something ties them, True where it was said to each of two, else
    None; ``reasons`` say what."""

    a: int
    b: int
    independent: bool | None
    reasons: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {"a": self.a, "b": self.b, "independent": self.independent, "reasons": list(self.reasons)}


_Side = tuple[int, ReuseText, tuple[Span, ...]]


def of(one: _Side, two: _Side, compared: Reuse | None = None) -> Independence:
    """Whether two texts have a statement, which stands at the given spans of each, independently of one another."""
    (i, a, spans_a), (j, b, spans_b) = one, two
    found = compared if compared is not None else compare(a, b)
    reasons, loose = _ties(a, b, found, spans_a, spans_b)
    taken = _taken_along(a, b, found.passages, spans_a, spans_b)
    if taken:
        reasons.append(f"they share {taken} words round the statement that are nobody's speech")
    if reasons:
        return Independence(i, j, False, tuple(reasons))
    if loose:
        return Independence(i, j, None, (f"{loose}; whether these words come from there is not known",))
    heard = [_heard(text, spans) for text, spans in ((a, spans_a), (b, spans_b))]
    if heard[0] and heard[1]:
        (who_a, words_a), (who_b, words_b) = heard[0], heard[1]
        if who_a == who_b:
            return Independence(
                i, j, False, (f"both say that it was said to one: {quoted(words_a)}, {quoted(words_b)}",)
            )
        return Independence(i, j, True, (f"it was said to each: {quoted(words_a)}, {quoted(words_b)}",))
    return Independence(i, j, None, ("nothing ties them, and not both say to whom it was said",))


def _ties(
    a: ReuseText, b: ReuseText, found: Reuse, spans_a: tuple[Span, ...], spans_b: tuple[Span, ...]
) -> tuple[list[str], str]:
    """What ties two texts; and what would, were it said of the statement itself: a citation elsewhere in one of them."""
    agencies_a, agencies_b = names.agencies_of(a), names.agencies_of(b)
    out, loose = [], ""
    if agencies_a & agencies_b:
        out.append(f"both credit {' and '.join(sorted(agencies_a & agencies_b))}")
    sides = ((a, spans_a, agencies_b - agencies_a, b), (b, spans_b, agencies_a - agencies_b, a))
    for taker, spans, agencies, giver in sides:
        own = names.outlets_of(taker)
        for sources, how in (
            (agencies - own, "one cites {}, whom the other credits"),
            (names.outlets_of(giver) - own, "one names the paper of the other: {}"),
        ):
            cited = crediting.beside(taker.text, sources, spans)
            elsewhere = names.cited(taker.text, sources)
            if cited:
                out.append(how.format(quoted(cited)))
            elif elsewhere:
                loose = loose or how.format(quoted(elsewhere))
    if found.kind.is_copy or found.kind is Kind.SAME_PAGE_LATER:
        out.append(f"{_AS[found.kind]}: {found.reasons[0]}")
    return out, loose


def _taken_along(
    a: ReuseText, b: ReuseText, passages: Sequence[Passage], spans_a: tuple[Span, ...], spans_b: tuple[Span, ...]
) -> int:
    """Shared words near the statement in both texts that stand in nobody's speech: a frame that was taken along with it."""
    read_a, read_b = (words.read(text.text, words.Forms()) for text in (a, b))
    direct_a, direct_b = speech.find(read_a).direct, speech.find(read_b).direct
    most = 0
    for passage in passages:
        if passage.furniture or not _near(passage.start_a, passage.end_a, spans_a):
            continue
        if not _near(passage.start_b, passage.end_b, spans_b):
            continue
        count = 0
        for piece in passage.pieces:
            first_a, last_a = read_a.range_of(piece.start_a, piece.end_a)
            first_b, _ = read_b.range_of(piece.start_b, piece.end_b)
            count += sum(
                not direct_a[k]
                and not direct_b[min(len(read_b) - 1, first_b + k - first_a)]
                and not _inside(read_a.start(k), spans_a)
                for k in range(first_a, last_a)
            )
        most = max(most, count)
    return most if most >= BESIDE else 0


def _near(start: int, end: int, spans: tuple[Span, ...]) -> bool:
    return any(start < span.end + AROUND and end > span.start - AROUND for span in spans)


def _inside(place: int, spans: tuple[Span, ...]) -> bool:
    return any(span.start <= place < span.end for span in spans)


def _heard(text: ReuseText, spans: tuple[Span, ...]) -> tuple[str, str] | None:
    """To whom a text says that the statement was made, its own paper or an agency, and the words that say it: “told The Hill”."""
    asked = names.outlets_of(text) | names.agencies_known()
    for span in spans:
        around = text.text[max(0, span.start - TOLD) : span.end + TOLD]
        for start, name in names.named(around, asked):
            lead = _TOLD.search(around[max(0, start - 40) : start])
            if lead:
                plain = "".join(filter(str.isalnum, names.agency_of(name))).lower()
                return plain, lead.group() + name
    return None
