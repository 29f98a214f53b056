"""The whole quotation word for word: the same characters, or the same after the typographic folding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archiver.match import cuts, locate, wordcut
from archiver.match.fold import ELLIPSIS, QUOTE, fold_gap, fold_word, toggled
from archiver.match.index import UNKNOWN, Page, Prepared
from archiver.match.lexicon import Lexicon
from archiver.match.places import in_context, match_of, unseen_notice
from archiver.match.quotation import Quotation
from archiver.match.sides import Found, Sides
from archiver.match.signs import length_marks, trimmed
from archiver.model import Change, ChangeKind, Judgement, Span, Verdict

SHORT = 3  # words below which a quotation is judged only as exact text

RANK = {verdict: rank for rank, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A quotation in the code points of one page: its words, the same with the first letter's case turned, its inner gaps."""

    words: str
    turned: str
    gaps: str

    @classmethod
    def of(cls, parsed: Quotation, prepared: Prepared) -> Encoded:
        parts = parsed.parts
        words = prepared.words.encode(parts[1::2])
        turned = ""
        if len(words) > 1 and parsed.word_count >= SHORT:
            head = prepared.words.find(toggled(fold_word(parts[1])))
            turned = head + words[1:] if head != UNKNOWN else ""
        return cls(words, turned, prepared.gaps.encode(parts[2:-1:2]))


def judge_exact(
    parsed: Quotation,
    encoded: Encoded,
    page: Page,
    prepared: Prepared,
    words: Callable[[], Lexicon],
    context: tuple[str, str],
) -> Judgement | None:
    """The judgement where the words and the signs between them stand in the page as they are quoted; None where they do not."""
    if not encoded.words:
        return _signs_only(parsed, page, context)
    places = _places(encoded.words, encoded.gaps, page)
    if not places and encoded.turned:
        places = _places(encoded.turned, encoded.gaps, page)
    if not places:
        return None
    count = len(encoded.words)
    judged = []
    for place in places:
        verdict, span = _grade(parsed, page, place, count)
        found = Found(changes=list(edge_changes(parsed, page, place + count)))
        found.changes.extend(wordcut.at_end(parsed, page, place + count, words))
        if verdict is not Verdict.VERBATIM and parsed.measures and not parsed.marks:
            sides = Sides(parsed, parsed.solid, page, prepared, words())
            length_marks(sides, 0, place, count, found)
        cuts.check(page, place, place + count, words, found, quoted=len(parsed.text), asks=parsed.asks)
        judged.append((Verdict.ALTERED if found.changes else verdict, span, found))
    top = min((verdict for verdict, _, _ in judged), key=RANK.__getitem__)
    kept = [(span, found) for verdict, span, found in judged if verdict is top]
    if any(context):
        kept = [item for item in kept if in_context(page, item[0], context)] or kept
    matches = tuple(match_of(page, (span,)) for span, _ in kept)
    first = kept[0][1]
    notices = list(first.notices.values())
    hidden = unseen_notice(page, [span for span, _ in kept])
    if hidden is not None:
        notices.append(hidden)
    return Judgement(top, page.text.layer, matches, tuple(first.changes), tuple(notices), len(matches) > 1)


def _places(words: str, gaps: str, page: Page) -> list[int]:
    """Where the words stand with these signs between them."""
    if UNKNOWN in words or UNKNOWN in gaps:
        return []
    count = len(words)
    return [place for place in locate.find(words, page.words) if page.gaps[place + 1 : place + count] == gaps]


def _grade(parsed: Quotation, page: Page, place: int, count: int) -> tuple[Verdict, Span]:
    text = parsed.text.strip()
    start = page.start(place) - len(parsed.parts[0].lstrip())
    if start >= 0 and page.text.content.startswith(text, start):
        return Verdict.VERBATIM, Span(start, start + len(text))
    marked = edge_ellipsis(parsed, page, place, place + count)
    span = Span(page.start(place), page.end(place + count - 1))
    return (Verdict.ELIDED if marked else Verdict.TYPOGRAPHIC), span


def edge_ellipsis(parsed: Quotation, page: Page, first: int, last: int) -> bool:
    lead, tail = fold_gap(parsed.parts[0]), fold_gap(parsed.parts[-1])
    return (ELLIPSIS in lead and ELLIPSIS not in fold_gap(page.gap(first))) or (
        ELLIPSIS in tail and ELLIPSIS not in fold_gap(page.gap(last))
    )


def edge_changes(parsed: Quotation, page: Page, last: int) -> tuple[Change, ...]:
    """The signs after the last word: a stop or comma is free, a question mark is not."""
    changes: list[Change] = []
    theirs = fold_gap(page.gap(last))
    mine = fold_gap(parsed.parts[-1]).replace(QUOTE, "").replace("[…]", ELLIPSIS).replace("(…)", ELLIPSIS)
    plain = theirs.replace(QUOTE, "")
    signs = {sign for sign in mine if sign in "?!؟"}
    missing = [sign for sign in plain[:1] if sign in "?!؟" and mine and ELLIPSIS not in mine and sign not in mine]
    if (signs and not signs <= set(plain)) or missing:
        written, start = trimmed(parsed.parts[-1], len(parsed.text) - len(parsed.parts[-1]))
        printed, place = trimmed(page.printed_gap(last), page.end(last - 1))
        severity = "major" if "?" in mine + plain[:1] or "؟" in mine + plain[:1] else "minor"
        changes.append(Change(ChangeKind.PUNCTUATION, written, printed, start, place, severity))
    return tuple(changes)


def _signs_only(parsed: Quotation, page: Page, context: tuple[str, str]) -> Judgement | None:
    text, content = parsed.text.strip(), page.text.content
    spans = [Span(place, place + len(text)) for place in locate.find(text, content)]
    wanted = [span for span in spans if in_context(page, span, context)] if any(context) else spans
    matches = tuple(match_of(page, (span,)) for span in wanted or spans)
    return Judgement(Verdict.VERBATIM, page.text.layer, matches, ambiguous=len(matches) > 1) if matches else None
