"""A person's view of a judgement: one sentence for each change, and quotation and source laid over each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from archiver.match import diff, locate, tokens
from archiver.match.fold import fold_gap, fold_word
from archiver.match.index import Codes
from archiver.model import Change, ChangeKind, Judgement, Verdict


class Part(StrEnum):
    """How a segment stands in the two texts."""

    SAME = "same"
    CHANGED = "changed"
    ONLY_QUOTE = "only-quote"
    ONLY_SOURCE = "only-source"
    OMITTED = "omitted"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the quotation and the piece of the source beside it, as printed; joined again they are the two texts."""

    part: Part
    quote: str
    source: str


def holds(judgement: Judgement, *, tolerate_minor: bool = False) -> bool | None:
    """Whether a quotation holds; with ``tolerate_minor`` also one that is altered by spelling and signs only.

    The verdict itself stays ``altered``: tolerance is the reader's, not the text's. None for ``undecided``.
    """
    if judgement.verdict is Verdict.ALTERED and tolerate_minor and judgement.changes:
        return all(change.severity == "minor" for change in judgement.changes)
    return judgement.holds


def explain(judgement: Judgement) -> tuple[str, ...]:
    """One sentence for each change: ``the source says “13th”, the quotation “31st”``."""
    spans = judgement.matches[0].spans if judgement.matches else ()
    first, last = (spans[0].start, spans[-1].end) if spans else (0, 0)
    return tuple(_sentence(change, first, last) for change in judgement.changes)


def _sentence(change: Change, first: int, last: int) -> str:
    mine, theirs = change.in_quote, change.in_source
    if change.kind is ChangeKind.ORDER:
        place = "before" if change.source_start < first else "after" if change.source_start >= last else "inside"
        return f"“{mine}” stands in another place in the source: {place} what is quoted with it"
    if change.kind is ChangeKind.PUNCTUATION:
        return _signs(theirs, mine)
    if not mine and theirs and not first <= change.source_start < last:
        return f"the cut leaves out “{theirs}”, which governs what is kept"
    if not mine:
        return f"the quotation leaves out “{theirs}”"
    if not theirs:
        return f"the quotation adds “{mine}”"
    return f"the source says “{theirs}”, the quotation “{mine}”"


def _signs(theirs: str, mine: str) -> str:
    """What stands between two words; signs in no quotation marks, for they often are some."""
    one, other = theirs.strip(), mine.strip()
    if not one:
        return f"the quotation puts in the sign  {other}"
    if not other:
        return f"the quotation leaves out the sign  {one}"
    return f"the source has the sign  {one}  where the quotation has  {other}"


def align(judgement: Judgement, quotation: str) -> tuple[Segment, ...]:
    """Quotation and source of the first match, segment by segment; empty where nothing near was found."""
    if not judgement.matches:
        return ()
    exact = judgement.matches[0].exact
    mine, theirs = _pieces(quotation), _pieces(exact)
    codes = Codes(str)
    one, two = (codes.take([form for form, _ in side]) for side in (mine, theirs))
    seed = min(3, len(one), len(two))
    found = locate.runs(one, two, seed, []) if seed else []
    chained, _ = locate.chain(found, [], [])
    out: list[Segment] = []
    i = j = 0
    for run in [*chained, locate.Run(len(one), len(two), 0)]:
        out.extend(_hole(mine[i : run.quote], theirs[j : run.source]))
        _add(out, Part.SAME, mine[run.quote : run.quote_end], theirs[run.source : run.source_end])
        i, j = run.quote_end, run.source_end
    return tuple(_without_outer_signs(out))


def _without_outer_signs(segments: list[Segment]) -> list[Segment]:
    """Marks and stops round the quotation that the passage has not are print, no change."""
    out: list[Segment] = []
    for k, segment in enumerate(segments):
        outer = k in (0, len(segments) - 1) and segment.part is Part.ONLY_QUOTE
        if outer and not any(char.isalnum() or char in "?!؟…" for char in segment.quote):
            segment = replace(segment, part=Part.SAME)
        if out and out[-1].part is segment.part:
            segment = replace(segment, quote=out[-1].quote + segment.quote, source=out.pop().source + segment.source)
        out.append(segment)
    return out


def _pieces(text: str) -> list[tuple[str, str]]:
    """(form to compare, text as printed): words, and the signs between them; white space belongs to what stands before it."""
    out: list[tuple[str, str]] = []
    for k, part in enumerate(tokens.split(text)):
        form = fold_word(part) if k % 2 else fold_gap(part)
        if form:
            out.append((form, part))
        elif part and out:
            out[-1] = (out[-1][0], out[-1][1] + part)
        elif part:
            out.append(("", part))
    return out


def _hole(mine: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> list[Segment]:
    out: list[Segment] = []
    i = j = 0
    stretches = diff.align([form for form, _ in mine], [form for form, _ in theirs])
    for a, b, c, d in [*stretches, (len(mine), len(mine), len(theirs), len(theirs))]:
        _add(out, Part.SAME, mine[i:a], theirs[j:c])
        _add_differing(out, mine[a:b], theirs[c:d])
        i, j = b, d
    return out


def _add_differing(out: list[Segment], mine: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> None:
    """Words beside an omission mark stand against as many source words; what is left of the source is what was left out."""
    mark = next((k for k, (form, _) in enumerate(mine) if "…" in form), None)
    if mark is None:
        _add(out, _part(mine, theirs), mine, theirs)
        return
    left = min(mark, len(theirs))
    right = len(theirs) - min(len(mine) - mark - 1, len(theirs) - left)
    _add(out, _part(mine[:mark], theirs[:left]), mine[:mark], theirs[:left])
    _add(out, Part.OMITTED, mine[mark : mark + 1], theirs[left:right])
    _add(out, _part(mine[mark + 1 :], theirs[right:]), mine[mark + 1 :], theirs[right:])


def _part(mine: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> Part:
    if any("…" in form for form, _ in theirs):
        return Part.OMITTED
    if mine and theirs:
        return Part.CHANGED
    return Part.ONLY_QUOTE if mine else Part.ONLY_SOURCE


def _add(out: list[Segment], part: Part, mine: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> None:
    quote, source = "".join(text for _, text in mine), "".join(text for _, text in theirs)
    if not quote and not source:
        return
    if out and out[-1].part is part:
        out[-1] = Segment(part, out[-1].quote + quote, out[-1].source + source)
    else:
        out.append(Segment(part, quote, source))
