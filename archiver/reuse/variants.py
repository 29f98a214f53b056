"""One statement as several texts print it: which words each has, what changed, who may have had it first, and who has it from whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from archiver.errors import InputError
from archiver.match import judge, tokens
from archiver.match.fold import fold_word
from archiver.model import Change, Span, Verdict
from archiver.reuse import independence, reworded, speech, words
from archiver.reuse.independence import Independence
from archiver.reuse.values import Reuse, ReuseText

MOST_PLACES = 5  # places of one text that are told


@dataclass(frozen=True, slots=True)
class Printed:
    """A statement as one text prints it. ``text`` is its place among the texts given, ``spans`` are code points of it; ``changes`` are against
    the statement asked for, which stands as the quotation in them. ``verdict`` is ``absent`` where the text has it in other words only.
    ``speech`` says whether it stands between quotation marks."""

    text: int
    spans: tuple[Span, ...]
    words: str
    verdict: Verdict
    changes: tuple[Change, ...]
    speech: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "spans": [span.to_json() for span in self.spans],
            "words": self.words,
            "verdict": self.verdict.value,
            "changes": [change.to_json() for change in self.changes],
            "speech": self.speech,
        }


@dataclass(frozen=True, slots=True)
class Wording:
    """All places that have the same words, signs and capitals aside."""

    words: str
    printed: tuple[Printed, ...]

    def to_json(self) -> dict[str, Any]:
        return {"words": self.words, "printed": [one.to_json() for one in self.printed]}


@dataclass(frozen=True, slots=True)
class Order:
    """What dates say of who printed it first. ``before`` are pairs of texts (earlier, later) whose intervals do not overlap; ``first`` are those
    that no other is surely before, which is one only where the dates leave no other; ``undated`` have no date."""

    before: tuple[tuple[int, int], ...]
    first: tuple[int, ...]
    undated: tuple[int, ...]
    reason: str

    def to_json(self) -> dict[str, Any]:
        return {
            "before": [list(pair) for pair in self.before],
            "first": list(self.first),
            "undated": list(self.undated),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Variants:
    """A statement in several texts: its wordings, those nearest to it first; the order of those who have it; each two of them."""

    quotation: str
    wordings: tuple[Wording, ...]
    order: Order
    pairs: tuple[Independence, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "quotation": self.quotation,
            "wordings": [wording.to_json() for wording in self.wordings],
            "order": self.order.to_json(),
            "pairs": [pair.to_json() for pair in self.pairs],
        }


def variants(
    quotation: str, texts: Sequence[ReuseText], *, compared: Mapping[tuple[int, int], Reuse] | None = None
) -> Variants:
    """How each of the texts prints a statement. ``compared`` are comparisons that the caller has already, by the places of the texts, the lower
    first. Pure. Raises ``InputError`` for an empty quotation.
    """
    if not quotation.strip():
        raise InputError("the quotation is empty: give the words of the statement that is looked for")
    printed = [one for k, text in enumerate(texts) for one in _printed(quotation, k, text)]
    having = sorted({one.text for one in printed})
    spans = {k: tuple(span for one in printed if one.text == k for span in one.spans) for k in having}
    pairs = tuple(
        independence.of((i, texts[i], spans[i]), (j, texts[j], spans[j]), (compared or {}).get((i, j)))
        for i, j in combinations(having, 2)
    )
    return Variants(quotation, _grouped(printed), order(having, texts), pairs)


def order(having: Sequence[int], texts: Sequence[ReuseText]) -> Order:
    """The partial order that the texts' dates allow."""
    dated = [k for k in having if texts[k].earliest is not None or texts[k].latest is not None]
    before = tuple((i, j) for i in dated for j in dated if _is_before(texts[i], texts[j]))
    later = {j for _, j in before}
    first = tuple(k for k in having if k not in later)
    undated = tuple(k for k in having if k not in dated)
    if not having:
        reason = "no text has it"
    elif len(having) == 1:
        reason = "one text alone has it"
    elif len(first) == 1:
        reason = "its dates end before those of all others of these texts begin; an earlier one may not be among them"
    elif undated:
        reason = "not all of the texts are dated"
    else:
        reason = "the dates of several overlap"
    return Order(before, first, undated, reason)


def _is_before(one: ReuseText, two: ReuseText) -> bool:
    return one.latest is not None and two.earliest is not None and one.latest < two.earliest


def _printed(quotation: str, place: int, text: ReuseText) -> list[Printed]:
    read = words.read(text.text, words.Forms())
    marked = speech.quotations(read)
    judged = judge(quotation, text.text)
    found = [
        Printed(place, match.spans, match.exact, judged.verdict, judged.changes, _is_marked(read, match.spans, marked))
        for match in judged.matches[:MOST_PLACES]
    ]
    if found:
        return found
    asked = words.read(quotation, words.Forms())
    sentences = reworded.read(read)
    carried = reworded.carrying(asked, 0, len(asked))
    where = reworded.find(carried, sentences)
    if where is None:
        return []
    quoted = [one for one in marked if one[0] < where[1] and one[1] > where[0]]
    first, last = next((one for one in quoted if reworded.holds(carried, read, *one)), where)
    span = Span(read.start(first), read.end(last - 1))
    exact = text.text[span.start : span.end]
    return [Printed(place, (span,), exact, Verdict.ABSENT, (), (first, last) in quoted)]


def _is_marked(read: words.Words, spans: tuple[Span, ...], marked: list[tuple[int, int]]) -> bool:
    """True where most of the words stand between quotation marks."""
    places = [word for span in spans for word in range(*read.range_of(span.start, span.end))]
    return 2 * sum(begin <= word < end for word in places for begin, end in marked) > len(places)


_RANK = {verdict: k for k, verdict in enumerate(Verdict)}


def _grouped(printed: Sequence[Printed]) -> tuple[Wording, ...]:
    groups: dict[tuple[str, ...], list[Printed]] = {}
    for one in sorted(printed, key=lambda one: (_RANK[one.verdict], len(one.changes), one.text)):
        groups.setdefault(tuple(fold_word(form).lower() for form in tokens.split(one.words)[1::2]), []).append(one)
    return tuple(Wording(group[0].words, tuple(group)) for group in groups.values())
