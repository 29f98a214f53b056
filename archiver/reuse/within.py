"""The same statement twice in one text: translated twice, a headline's quotation that the body has in other words or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from archiver.match import judge
from archiver.model import Change, Span, Verdict
from archiver.reuse import body, reworded, speech, statement, words

MOST = 60  # quotations of a text that are looked at
LONGEST = 200_000  # characters of a text that are looked through for each
SHORT = 3  # words below which the judge takes exact text only
HEAD = 0.3  # share of a text among which its headlines stand


@dataclass(frozen=True, slots=True)
class Echo:
    """A quotation of a text, and where else the text has the statement: verbatim, altered (``changes``), or ``absent`` as words and only
    reworded. ``other`` is None where it has it nowhere else, which is told of quotations in headlines. ``speech`` says whether the other
    place is between quotation marks."""

    quotation: Span
    words: str
    headline: bool
    other: Span | None
    other_words: str
    speech: bool
    verdict: Verdict
    changes: tuple[Change, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "quotation": {**self.quotation.to_json(), "words": self.words, "headline": self.headline},
            "other": {**self.other.to_json(), "words": self.other_words, "speech": self.speech} if self.other else None,
            "verdict": self.verdict.value,
            "changes": [change.to_json() for change in self.changes],
        }


def within(text: str) -> tuple[Echo, ...]:
    """The quotations of a text that it has a second time, and those of its headlines that stand nowhere else in it; in the order of the text.

    Pure, raises nothing. Of two quotations that are alike the first is told with the second. Only the first ``LONGEST`` characters
    and ``MOST`` quotations of a text are looked at.
    """
    read = words.read(text[:LONGEST], words.Forms())
    ranges = speech.quotations(read)[:MOST]
    heads = [
        block for block in body.find(read).blocks if body.is_headline(read, *block) and block[0] <= HEAD * len(read)
    ]
    sentences = reworded.read(read)
    speakers = statement.read(read, sentences.ranges, ranges)
    out: list[Echo] = []
    told: set[tuple[int, int]] = set()
    for k, (first, last) in enumerate(ranges):
        head = any(begin <= first < end for begin, end in heads)
        echo = _elsewhere(speakers, sentences, (first, last))
        if echo.other is None and not head:
            continue
        beside = _quotation_at(read, echo.other, ranges) if echo.other else None
        if beside is not None and (beside, k) in told:
            continue
        if beside is not None:
            told.add((k, beside))
        out.append(replace(echo, headline=head))
    return tuple(out)


def _elsewhere(speakers: statement.Speakers, sentences: reworded.Sentences, place: tuple[int, int]) -> Echo:
    """Where else a text has the statement of a range: by the judge where he finds its words, else reworded."""
    read, ranges = speakers.words, speakers.quoted
    first, last = place
    span = Span(read.start(first), read.end(last - 1))
    said = read.text[span.start : span.end]
    if last - first < SHORT:
        again = _again(read, first, last)
        if again is not None:
            other = Span(read.start(again), read.end(again + last - first - 1))
            exact = read.text[other.start : other.end]
            verdict = Verdict.VERBATIM if exact == said else Verdict.TYPOGRAPHIC
            return Echo(span, said, False, other, exact, _quotation_at(read, other, ranges) is not None, verdict, ())
    else:
        content = read.text[:LONGEST]
        judged = judge(said, content[: span.start] + "\n" * (span.end - span.start) + content[span.end :])
        if judged.matches:
            match = judged.matches[0]
            other = Span(match.spans[0].start, match.spans[-1].end)
            beside = _quotation_at(read, other, ranges)
            if judged.verdict.holds or statement.is_one(speakers, place, read.range_of(other.start, other.end)):
                return Echo(span, said, False, other, match.exact, beside is not None, judged.verdict, judged.changes)
    carried = reworded.carrying(read, first, last)
    found = reworded.find(carried, sentences, place)
    if found is None:
        return Echo(span, said, False, None, "", False, Verdict.ABSENT, ())
    quoted = [one for one in ranges if one[0] < found[1] and one[1] > found[0] and one != place]
    inner = next((one for one in quoted if reworded.holds(carried, read, *one)), None)
    begin, end = inner or found
    if not statement.is_one(speakers, place, (begin, end)):
        return Echo(span, said, False, None, "", False, Verdict.ABSENT, ())
    other = Span(read.start(begin), read.end(end - 1))
    return Echo(span, said, False, other, read.text[other.start : other.end], inner is not None, Verdict.ABSENT, ())


def _again(read: words.Words, first: int, last: int) -> int | None:
    """Where the words of a range stand a second time, their capitals aside."""
    sought = read.codes[first:last]
    place = read.codes.find(sought)
    if place == first:
        place = read.codes.find(sought, last)
    return None if place < 0 else place


def _quotation_at(read: words.Words, span: Span, ranges: Sequence[tuple[int, int]]) -> int | None:
    """Which quotation of the text a span lies in."""
    first, last = read.range_of(span.start, span.end)
    return next((k for k, (begin, end) in enumerate(ranges) if begin <= first and last <= end), None)
