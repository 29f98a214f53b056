"""Given a quotation and a page: does the page say it, and exactly how does it differ where it does not?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from archiver.errors import InputError
from archiver.match import cuts, locate, meaning, tokens
from archiver.match.fold import ELLIPSIS, QUOTE, fold_gap, fold_word, toggled
from archiver.match.holes import Found, Hole, Sides, check_gaps, judge_edge_bracket, judge_hole
from archiver.match.index import UNKNOWN, Page, Prepared, prepare
from archiver.match.lexicon import Lexicon, languages_of, lexicon
from archiver.match.locate import Run
from archiver.match.quotation import NO_JOINT, Quotation
from archiver.model import Change, ChangeKind, Judgement, Layer, Match, Notice, Span, Text, Verdict

CONTEXT = 32
SHORT = 3  # words below which a quotation is judged only as exact text
NEAR = 0.5  # share of the quoted words that must stand in the passage for it to be called altered and not absent
FEW, NEAR_FEW = 8, 0.6  # the same for quotations of few words
NEAR_UNSPACED = 0.62  # the same for scripts in which a token is a character
EDGE = 4  # source words that a bracket at an end may stand for
BESIDE = 2  # words that may part two clauses that changed places
AROUND = 60  # source words within which a moved piece counts as another order and not as another place

_RANK = {verdict: rank for rank, verdict in enumerate(Verdict)}


def judge(quotation: str, page: Prepared | Sequence[Text] | str, *, prefix: str = "", suffix: str = "") -> Judgement:
    """The verdict on a quotation. The best layer wins, ties by fewer changes, then by the order of ``Layer``.

    ``prefix`` and ``suffix`` pick one of several places where the same words stand. Never gives ``undecided``: whether the page
    was read whole is the caller's to know. Raises ``InputError`` for a quotation without a character that could be compared.
    """
    if not quotation.strip():
        raise InputError("the quotation is empty: give the words that are quoted")
    prepared = page if isinstance(page, Prepared) else prepare(page)
    parsed = Quotation(quotation)
    best: Judgement | None = None
    for layer in prepared.pages:
        exact = _exact(parsed, layer, prepared, (prefix, suffix))
        if exact is not None and (best is None or _RANK[exact.verdict] < _RANK[best.verdict]):
            best = exact
        if best is not None and best.verdict is Verdict.VERBATIM:
            break
    if best is None or not best.holds:
        best = _inexact(parsed, prepared, best)
    return _with_warnings(best, parsed)


def _inexact(parsed: Quotation, prepared: Prepared, best: Judgement | None) -> Judgement:
    if parsed.word_count >= SHORT and parsed.forms:
        words = _vocabulary(parsed, prepared)
        for layer in prepared.pages:
            found = _near(parsed, layer, prepared, words)
            if found is not None and (best is None or _key(found) < _key(best)):
                best = found
        if best is not None and best.verdict is Verdict.ELIDED and best.layer is not Layer.DOCUMENT:
            best = _order_checked(parsed, prepared, words, best)
    return best if best is not None else Judgement(Verdict.ABSENT)


def _key(judgement: Judgement) -> tuple[int, int]:
    return _RANK[judgement.verdict], len(judgement.changes)


def _order_checked(parsed: Quotation, prepared: Prepared, words: Lexicon, best: Judgement) -> Judgement:
    """Extracted text sometimes repeats itself, which makes reversed speech look right: the document layer shows its order."""
    for layer in prepared.pages:
        if layer.text.layer is Layer.DOCUMENT:
            shown = _near(parsed, layer, prepared, words)
            if shown is not None and any(change.kind is ChangeKind.ORDER for change in shown.changes):
                return shown
    return best


def _vocabulary(parsed: Quotation, prepared: Prepared) -> Lexicon:
    """The word lists of the page's languages and of the quotation's; the English ones where neither is known."""
    if not prepared.languages:
        prepared.languages.append(languages_of(prepared.words.folded))
    of_page = prepared.languages[0]
    own = languages_of({form.lower() for form in parsed.forms})[:1]
    return lexicon(of_page + tuple(language for language in own if language not in of_page) or ("en",))


# The whole quotation, word for word.


def _exact(parsed: Quotation, page: Page, prepared: Prepared, context: tuple[str, str]) -> Judgement | None:
    forms = parsed.forms
    if not forms:
        return _signs_only(parsed, page, context)
    find = prepared.words.find
    codes = "".join(map(find, forms))
    places = _places(parsed, codes, page, prepared)
    if not places and len(forms) > 1 and parsed.word_count >= SHORT:
        turned = find(toggled(forms[0])) + codes[1:]
        places = _places(parsed, turned, page, prepared) if turned[0] != UNKNOWN else []
    if not places:
        return None
    return _judged_exact(parsed, page, prepared, places, context)


def _places(parsed: Quotation, codes: str, page: Page, prepared: Prepared) -> list[int]:
    """Where the words stand with the punctuation of the quotation between them."""
    if UNKNOWN in codes:
        return []
    count = len(codes)
    find = prepared.gaps.find
    inner = "".join(map(find, parsed.gaps[1:count]))
    return [place for place in locate.find(codes, page.words) if page.gaps[place + 1 : place + count] == inner]


def _judged_exact(
    parsed: Quotation, page: Page, prepared: Prepared, places: list[int], context: tuple[str, str]
) -> Judgement | None:
    count = len(parsed.forms)
    text, content = parsed.text.strip(), page.text.content
    lead = len(parsed.parts[0].lstrip())
    graded: list[tuple[Verdict, int, Span, tuple[Change, ...], tuple[Notice, ...]]] = []
    for place in places:
        start = page.start(place) - lead
        if start >= 0 and content.startswith(text, start):
            verdict, span = Verdict.VERBATIM, Span(start, start + len(text))
        else:
            verdict, span = Verdict.TYPOGRAPHIC, Span(page.start(place), page.end(place + count - 1))
        edge = _edge_changes(parsed, page, place, place + count)
        if verdict is Verdict.TYPOGRAPHIC and not edge and _edge_ellipsis(parsed, page, place, place + count):
            verdict = Verdict.ELIDED
        graded.append((verdict, place, span, edge, ()))
    return _pick(parsed, page, prepared, graded, context)


def _pick(
    parsed: Quotation,
    page: Page,
    prepared: Prepared,
    graded: list[tuple[Verdict, int, Span, tuple[Change, ...], tuple[Notice, ...]]],
    context: tuple[str, str],
) -> Judgement | None:
    count = len(parsed.forms)
    judged = []
    for verdict, place, span, edge, _ in graded:
        found = Found(changes=list(edge))
        cuts.check(page, place, place + count, _lazy(parsed, prepared), found, quoted=len(parsed.text))
        judged.append((Verdict.ALTERED if found.changes else verdict, span, found))
    top = min(judged, key=lambda item: _RANK[item[0]])[0]
    kept = [(span, found) for verdict, span, found in judged if verdict is top]
    if any(context):
        wanted = [item for item in kept if _in_context(page, item[0], context)]
        kept = wanted or kept
    matches = tuple(_match(page, (span,)) for span, _ in kept)
    first = kept[0][1]
    notices = list(first.notices.values())
    if all(_unseen(page, span) for span, _ in kept):
        notices.append(_NOT_SHOWN)
    return Judgement(top, page.text.layer, matches, tuple(first.changes), tuple(notices), len(matches) > 1)


_NOT_SHOWN = Notice("not-shown", "found only in text that a reader of the page is not shown")


def _lazy(parsed: Quotation, prepared: Prepared) -> cuts.Words:
    return lambda: _vocabulary(parsed, prepared)


def _edge_ellipsis(parsed: Quotation, page: Page, first: int, last: int) -> bool:
    lead, tail = parsed.gaps[0], parsed.gaps[-1]
    return (ELLIPSIS in lead and ELLIPSIS not in fold_gap(page.gap(first))) or (
        ELLIPSIS in tail and ELLIPSIS not in fold_gap(page.gap(last))
    )


def _edge_changes(parsed: Quotation, page: Page, first: int, last: int) -> tuple[Change, ...]:
    """The signs before the first and after the last word: a stop or comma is free, a question mark is not."""
    changes: list[Change] = []
    theirs = fold_gap(page.gap(last))
    mine = parsed.gaps[-1].replace(QUOTE, "").replace("[…]", ELLIPSIS).replace("(…)", ELLIPSIS)
    plain = theirs.replace(QUOTE, "")
    signs = {sign for sign in mine if sign in "?!؟"}
    missing = [sign for sign in plain[:1] if sign in "?!؟" and mine and ELLIPSIS not in mine and sign not in mine]
    if (signs and not signs <= set(plain)) or missing:
        start = len(parsed.text) - len(parsed.parts[-1])
        severity = "major" if "?" in mine + plain[:1] or "؟" in mine + plain[:1] else "minor"
        changes.append(
            Change(
                ChangeKind.PUNCTUATION,
                parsed.parts[-1].strip(),
                page.gap(last).strip(),
                start,
                page.end(last - 1),
                severity,
            )
        )
    return tuple(changes)


def _signs_only(parsed: Quotation, page: Page, context: tuple[str, str]) -> Judgement | None:
    text, content = parsed.text.strip(), page.text.content
    spans = [Span(place, place + len(text)) for place in locate.find(text, content)]
    wanted = [span for span in spans if _in_context(page, span, context)] if any(context) else spans
    matches = tuple(_match(page, (span,)) for span in wanted or spans)
    return Judgement(Verdict.VERBATIM, page.text.layer, matches, ambiguous=len(matches) > 1) if matches else None


def _in_context(page: Page, span: Span, context: tuple[str, str]) -> bool:
    prefix, suffix = (_squashed(side) for side in context)
    content = page.text.content
    before = _squashed(content[max(0, span.start - 4 * len(context[0]) - 80) : span.start])
    after = _squashed(content[span.end : span.end + 4 * len(context[1]) + 80])
    return before.endswith(prefix) and after.startswith(suffix)


def _squashed(text: str) -> str:
    parts = tokens.split(text)
    return "".join(fold_word(part) if k % 2 else fold_gap(part) for k, part in enumerate(parts))


# A passage that is near.


@dataclass(frozen=True, slots=True)
class _Passage:
    runs: list[Run]
    moved: list[Run]


def _near(parsed: Quotation, page: Page, prepared: Prepared, words: Lexicon) -> Judgement | None:
    """The best judgement of a near passage; where only signs differ, the same words may stand in another place just so."""
    best = _nearest(parsed, page, prepared, words, Run(0, 0, 0))
    if best is None or best[0].verdict is not Verdict.ALTERED or any(c.severity == "major" for c in best[0].changes):
        return best[0] if best is not None else None
    other = _nearest(parsed, page, prepared, words, best[1])
    return min((best[0], other[0]), key=_key) if other is not None else best[0]


def _nearest(
    parsed: Quotation, page: Page, prepared: Prepared, words: Lexicon, without: Run
) -> tuple[Judgement, Run] | None:
    """The judgement of the nearest passage that does not use the run ``without``, and the longest run that it uses."""
    solid = parsed.solid
    if not len(solid):
        return None
    codes = "".join([prepared.words.find(word.form) for word in solid.words])
    passage = _passage(codes, parsed, page, prepared.words.find, without)
    if passage is None:
        return None
    sides = Sides(parsed, solid, page, prepared, words)
    found = Found()
    spans = _compare(sides, passage, found)
    unspaced = sum(map(tokens.is_unspaced, parsed.forms)) * 2 > len(parsed.forms)
    shared = sum(run.length for run in passage.runs + passage.moved) + (found.equal // 2 if unspaced else found.equal)
    least = NEAR_UNSPACED if unspaced else NEAR_FEW if len(solid) < FEW else NEAR
    if shared < least * len(solid):
        return None
    first, last = page.token_at(spans[0].start), page.token_at(spans[-1].end - 1) + 1
    _edge_brackets(sides, first, last, found)
    if not found.changes and not found.splices:
        found.elided |= bool(parsed.marks) and _marks_matter(parsed, page, first, last)
        if solid.words[-1].end >= len(parsed.text) - len(parsed.parts[-1]) and len(solid) not in solid.joints:
            found.changes.extend(_edge_changes(parsed, page, first, last))
        cuts.check(page, first, last, lambda: words, found, quoted=len(parsed.text))
    verdict = _verdict(found)
    matches = (_match(page, tuple(spans)),)
    notices = list(found.notices.values())
    if all(_unseen(page, span) for span in spans):
        notices.append(_NOT_SHOWN)
    if verdict is Verdict.ELIDED and not prepared.languages[0]:
        notices.append(
            Notice("language-unknown", "what is left out could not be searched for negations and conditions")
        )
    changes = tuple(sorted(found.changes, key=lambda change: change.quote_start))
    notices.extend(Notice("splice", reason) for reason in found.splices)
    judgement = Judgement(verdict, page.text.layer, matches, changes, tuple(notices))
    return judgement, max(passage.runs, key=lambda run: run.length)


def _marks_matter(parsed: Quotation, page: Page, first: int, last: int) -> bool:
    """True where the quotation's brackets or dots are its writer's (they may stand in the source just so)."""
    return ELLIPSIS in "".join(parsed.gaps) or "[" in parsed.text


def _verdict(found: Found) -> Verdict:
    if found.splices:
        return Verdict.SPLICED
    if found.changes:
        return Verdict.ALTERED
    return Verdict.ELIDED if found.elided else Verdict.TYPOGRAPHIC


def _passage(codes: str, parsed: Quotation, page: Page, find: Callable[[str], str], without: Run) -> _Passage | None:
    solid = parsed.solid
    joints = sorted(k for k, joint in solid.joints.items() if joint.omits or joint.brackets or joint.notes)
    omissions = [k for k in joints if solid.joints[k].omits]
    brackets = [k for k in joints if not solid.joints[k].omits]
    seed = 4 if sum(map(tokens.is_unspaced, (word.form for word in solid.words))) * 2 > len(codes) else 3
    found = (
        locate.runs(codes, page.words, min(seed, max(2, len(codes) - 1)), joints, thorough=bool(without.length))
        if len(codes) > 2
        else []
    )
    if sum(run.length for run in found) < NEAR * len(codes) and len(codes) <= 14:
        found = locate.runs(codes, page.words, 2, joints) or found
    if without.length:
        found = [run for run in found if run.source - run.quote != without.source - without.quote]
    chained = locate.slid(locate.chain(found, omissions, brackets), codes, solid.gaps, page, solid.joints)
    if not chained:
        return None
    chained = list(_with_small_pieces(chained, codes, joints, page))
    return _Passage(chained, _moved(chained, found, codes, parsed, page, find))


def _with_small_pieces(chained: list[Run], codes: str, joints: list[int], page: Page) -> Iterator[Run]:
    """Adds pieces between two marks that are too short to be found by themselves, where they stand in the gap between runs."""
    bounds = [0, *joints, len(codes)]
    pieces = [(a, b) for a, b in zip(bounds, bounds[1:], strict=False) if b > a]
    covered = list(chained)
    for a, b in pieces:
        if any(run.quote < b and run.quote_end > a for run in covered) or UNKNOWN in codes[a:b]:
            continue
        before = max((run.source_end for run in covered if run.quote_end <= a), default=None)
        after = min((run.source for run in covered if run.quote >= b), default=None)
        low = before if before is not None else max(0, (after or 0) - AROUND)
        high = after if after is not None else min(len(page.words), low + AROUND)
        place = page.words.find(codes[a:b], low, high)
        if place >= 0:
            covered.append(Run(a, place, b - a))
    return iter(sorted(covered, key=lambda run: run.quote))


def _moved(
    chained: list[Run], found: list[Run], codes: str, parsed: Quotation, page: Page, find: Callable[[str], str]
) -> list[Run]:
    """Runs that stand elsewhere in the page than the chain, for quoted words that the chain leaves uncovered.

    Words between two runs that stand over about as many source words were replaced, not moved; so were few words at an end.
    """
    moved = []
    edges: list[Run | None] = [None, *chained, None]
    for last, following in zip(edges, edges[1:], strict=False):
        begin, end = last.quote_end if last else 0, following.quote if following else len(codes)
        if end - begin < 2:
            continue
        marked = any(begin <= k <= end for k in parsed.solid.joints)
        if last and following and not marked and 0 < following.source - last.source_end <= 2 * (end - begin) + 2:
            continue
        inside = [
            Run(
                max(begin, run.quote),
                run.source + max(begin - run.quote, 0),
                min(end, run.quote_end) - max(begin, run.quote),
            )
            for run in found
            if run.quote < end and run.quote_end > begin
        ]
        near = _near_chain(chained)
        longest = max(inside, key=lambda run: (run.length, run.source in near), default=None)
        if longest is not None and longest.length >= max(3, 0.6 * (end - begin)):
            if marked or longest.length >= 5 or (longest.source in near and not (last and following)):
                if marked or not _fits(codes[begin:end], last, following, page):
                    moved.append(longest)
            continue
        if not marked and end - begin <= 12 and not _fits(codes[begin:end], last, following, page):
            turned = _turned_clause(begin, end, codes, parsed, page, near, find)
            if turned is not None:
                moved.append(turned)
    return moved


def _near_chain(chained: list[Run]) -> range:
    return range(chained[0].source - AROUND, chained[-1].source_end + AROUND)


def _fits(piece: str, last: Run | None, following: Run | None, page: Page) -> bool:
    """True where the words at an end stand where they should, some of them changed."""
    if last is not None and following is None:
        source = page.words[last.source_end : last.source_end + len(piece)]
    elif following is not None and last is None:
        source = page.words[max(0, following.source - len(piece)) : following.source]
    else:
        return False
    same = sum(one == two for one, two in zip(piece, source, strict=False))
    return len(source) == len(piece) and same * 2 >= len(piece)


def _turned_clause(
    begin: int, end: int, codes: str, parsed: Quotation, page: Page, near: range, find: Callable[[str], str]
) -> Run | None:
    """A short clause at an end that stands near the passage, the case of its first letter turned or not."""
    low, high = (
        (near.stop - AROUND, near.stop - AROUND + BESIDE)
        if begin == 0
        else (near.start + AROUND - BESIDE, near.start + AROUND)
    )
    for length in range(end - begin, 1, -1):
        for at in range(begin, end - length + 1):
            for head in (codes[at], find(toggled(parsed.solid.words[at].form))):
                piece = head + codes[at + 1 : at + length]
                reach = (low, high + length) if begin == 0 else (max(0, low - length), high)
                place = -1 if UNKNOWN in piece else page.words.find(piece, *reach)
                if place >= 0 and length * 2 > end - begin:
                    return Run(at, place, length)
    return None


def _compare(sides: Sides, passage: _Passage, found: Found) -> list[Span]:
    """Judges the runs and all that lies between them; gives the spans of the source."""
    runs, page = passage.runs, sides.page
    for run in passage.moved:
        _tell_moved(sides, run, runs, found)
    spans: list[Span] = []
    begin = _head(sides, runs[0], passage.moved, found)
    edges: list[Run | None] = [None, *runs, None]
    for last, run in zip(edges, edges[1:], strict=False):
        if run is not None:
            check_gaps(sides, run.quote, run.source, run.length, found)
        if last is None or run is None:
            continue
        hole = Hole(last.quote_end, run.quote, last.source_end, run.source)
        if not any(hole.quote_from <= piece.quote < hole.quote_to for piece in passage.moved):
            elided = found.elided
            judge_hole(sides, hole, found)
            parted = hole.skipped and not hole.quoted and (found.elided != elided or hole.skipped > AROUND)
        else:
            parted = bool(hole.skipped)
        if parted or (hole.skipped and _omits(sides, hole)):
            spans.append(Span(page.start(begin), page.end(last.source_end - 1)))
            begin = run.source
    last_token = _tail(sides, runs[-1], passage.moved, found)
    spans.append(Span(page.start(begin), page.end(last_token - 1)))
    return spans


def _edge_brackets(sides: Sides, first: int, last: int, found: Found) -> None:
    """A bracket at an end stands for what the source has there: it may not stand for a negation."""
    page, joints = sides.page, sides.solid.joints
    before = page.forms(meaning.clause_start(page, first), first)[-EDGE:]
    after = page.forms(last, meaning.clause_end(page, last))[:EDGE]
    for k, words, at in ((0, before, first - len(before)), (len(sides.solid), after, last)):
        for inside in joints.get(k, NO_JOINT).brackets:
            judge_edge_bracket(sides, inside, words, at, found)


def _omits(sides: Sides, hole: Hole) -> bool:
    joints = sides.solid.joints
    return any(k in joints and joints[k].omits for k in range(hole.quote_from, hole.quote_to + 1))


def _tell_moved(sides: Sides, run: Run, chained: list[Run], found: Found) -> None:
    page = sides.page
    low, high = chained[0].source - AROUND, chained[-1].source_end + AROUND
    near = low <= run.source <= high
    marked = any(joint.omits for joint in sides.solid.joints.values())
    text = page.slice(run.source, run.source_end)
    found.changes.append(
        Change(
            ChangeKind.ORDER,
            sides.quoted(run.quote, run.quote_end),
            text,
            sides.quote_place(run.quote),
            sides.source_place(run.source),
        )
    )
    if marked or not near:
        found.splices.append(
            "the pieces stand in another order in the source" if near else "the pieces stand far apart in the source"
        )


def _head(sides: Sides, run: Run, moved: list[Run], found: Found) -> int:
    """Judges the quoted words before the first run; gives the first token of the passage."""
    count = run.quote
    if not count or any(piece.quote < count for piece in moved):
        return run.source
    begin = _window(sides.page, run.source, count, -1)
    judge_hole(sides, Hole(0, count, begin, run.source), found)
    return begin


def _tail(sides: Sides, run: Run, moved: list[Run], found: Found) -> int:
    """Judges the quoted words after the last run; gives the token after the passage."""
    count = len(sides.solid) - run.quote_end
    if not count or any(piece.quote >= run.quote_end for piece in moved):
        return run.source_end
    end = _window(sides.page, run.source_end, count, 1)
    judge_hole(sides, Hole(run.quote_end, len(sides.solid), run.source_end, end), found)
    return end


def _window(page: Page, token: int, count: int, step: int) -> int:
    """The other end of the source words to compare with ``count`` quoted words at an edge: to the sentence's end if it is near."""
    at = token
    for _ in range(count + 2):
        if not 0 < at < len(page.words) or (meaning.ends_sentence(page, at) and at != token):
            return at
        at += step
    return max(0, min(len(page.words), token + step * count))


def _match(page: Page, spans: tuple[Span, ...]) -> Match:
    content = page.text.content
    start, end = spans[0].start, spans[-1].end
    exact = " … ".join(content[span.start : span.end] for span in spans)
    return Match(spans, exact, content[max(0, start - CONTEXT) : start], content[end : end + CONTEXT])


def _unseen(page: Page, span: Span) -> bool:
    if page.text.layer is Layer.EMBEDDED:
        return True
    return any(hidden.start <= span.start and span.end <= hidden.end for hidden in page.text.unseen)


def _with_warnings(judgement: Judgement, parsed: Quotation) -> Judgement:
    notices = list(judgement.warnings)
    if parsed.word_count < SHORT:
        notices.append(Notice("short", "fewer than three words: judged only as exact text"))
    if judgement.ambiguous:
        notices.append(
            Notice(
                "ambiguous",
                f"the same words stand in {len(judgement.matches)} places: give what stands before or after",
            )
        )
    if parsed.notes and judgement.layer is not None:
        notices.append(Notice("editorial-note", "the quotation carries its writer's note " + ", ".join(parsed.notes)))
    return replace(judgement, warnings=tuple(notices))
