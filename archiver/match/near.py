"""A passage that is near: judged run by run and hole by hole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from archiver.match import capitals, cuts, diff, meaning, onechanged, wordcut
from archiver.match.brackets import judge_edge_bracket
from archiver.match.exact import RANK, edge_changes
from archiver.match.fold import ELLIPSIS
from archiver.match.holes import as_printed, further, judge_hole
from archiver.match.index import Page, Prepared
from archiver.match.lexicon import Lexicon
from archiver.match.locate import Run
from archiver.match.passage import AROUND, Passage, Sought, find_passage
from archiver.match.places import match_of, unseen_notice
from archiver.match.quotation import NO_JOINT, Quotation
from archiver.match.sides import Found, Hole, Sides
from archiver.match.signs import check_gaps
from archiver.match.unspaced import words_end
from archiver.model import Change, ChangeKind, Judgement, Layer, Notice, Span, Verdict

CLOSE = 4  # words and gaps by which the passage of an unmarked quotation may differ for other layers not to be asked
FURTHER = (
    12  # source words by which the outermost quoted word may stand further off than the words of the quotation are
)
EDGE = 4  # source words that a bracket at an end may stand for


def judge_near(parsed: Quotation, prepared: Prepared, words: Lexicon, codes: str) -> Judgement | None:
    """The best judgement over the layers; None where no passage is near.

    ``codes`` are the words of the quotation as they were looked for whole. A layer whose passage fits no better than the one
    judged best could say nothing better and is not judged, unless only signs differ there.
    """
    solid = parsed.solid
    if not len(solid):
        return None
    sought = Sought.of(solid, prepared.words.find, "" if parsed.marks else codes)
    best = _best(parsed, sought, prepared, prepared.pages, words)
    if best is None and capitals.may_differ(solid, prepared):
        caseless = prepared.caseless()
        best = _best(parsed, Sought.of(solid, caseless.find, surely=True), prepared, caseless.pages, words)
    return best or _with_one_changed(parsed, sought, prepared, words)


def _with_one_changed(parsed: Quotation, sought: Sought, prepared: Prepared, words: Lexicon) -> Judgement | None:
    """The judgement of few words of which one is another in the first layer that has the rest of them in a row."""
    for page in prepared.pages:
        passage = onechanged.find(sought, page, words)
        judged = Near(parsed, sought, page, page, prepared, words).judge(passage) if passage is not None else None
        if judged is not None:
            return judged
    return None


def _best(
    parsed: Quotation, sought: Sought, prepared: Prepared, searched: tuple[Page, ...], words: Lexicon
) -> Judgement | None:
    """The best judgement over the layers as they are ``searched``: with capitals or without."""
    solid = sought.solid
    best: Judgement | None = None
    score = 0.0
    for page, layer in zip(prepared.pages, searched, strict=True):
        passage = find_passage(sought, layer)
        if passage is None or (best is not None and passage.score <= score and not _only_signs(best)):
            continue
        near = Near(parsed, sought, page, layer, prepared, words)
        judged = near.judge(passage)
        if judged is not None and _only_signs(judged):
            other = find_passage(sought, layer, without=max(passage.runs, key=lambda run: run.length))
            again = near.judge(other) if other is not None else None
            judged = min((judged, again), key=_key) if again is not None else judged
        if judged is not None and (best is None or _key(judged) < _key(best)):
            best, score = judged, passage.score
            if judged.verdict is Verdict.ELIDED and _repeats(passage, layer):
                best = _order_checked(best, near, searched)
            if best.holds or (not parsed.marks and score >= len(solid) - CLOSE and not _only_signs(best)):
                break  # without marks the quotation would have been found whole if another layer had it just so
    return best


def _repeats(passage: Passage, page: Page) -> bool:
    """True where a run stands in the page more than once: extracted text sometimes repeats itself."""
    return any(
        page.words.find(page.words[run.source : run.source_end], place) >= 0
        for run in passage.runs
        for place in (run.source + 1, 0)
        if place or page.words.find(page.words[run.source : run.source_end]) < run.source
    )


def _key(judgement: Judgement) -> tuple[int, int]:
    return RANK[judgement.verdict], len(judgement.changes)


def _only_signs(judgement: Judgement) -> bool:
    """True where the words are the same and only signs differ: another place or layer may have them just so."""
    return judgement.verdict is Verdict.ALTERED and not any(
        char.isalnum() for change in judgement.changes for char in change.in_quote + change.in_source
    )


def _order_checked(best: Judgement, near: Near, searched: tuple[Page, ...]) -> Judgement:
    """Text that repeats itself makes reversed speech look right: the document layer shows its order."""
    for page, layer in zip(near.prepared.pages, searched, strict=True):
        if page.text.layer is Layer.DOCUMENT and page is not near.page:
            passage = find_passage(near.sought, layer)
            shown = replace(near, page=page, searched=layer).judge(passage) if passage is not None else None
            if shown is not None and any(change.kind is ChangeKind.ORDER for change in shown.changes):
                return shown
    return best


@dataclass(frozen=True, slots=True)
class Near:
    """Everything that judging a passage of one layer needs; ``searched`` is the layer as its passage was looked for."""

    parsed: Quotation
    sought: Sought
    page: Page
    searched: Page
    prepared: Prepared
    words: Lexicon

    def judge(self, passage: Passage) -> Judgement | None:
        """The judgement of one passage; None where it shares too little with the quotation."""
        parsed, page, solid = self.parsed, self.page, self.sought.solid
        if not self.sought.may_be_near(passage, self.searched):
            return None
        sides = Sides(parsed, solid, page, self.prepared, self.words, caseless=self.searched is not page)
        found = Found()
        spans = _compare(sides, passage, found)
        if sides.caseless:
            for run in passage.runs:
                capitals.tell(sides, run.quote, run.source, run.length, found)
        shared = {k for run in passage.runs + passage.moved for k in range(run.quote, run.quote_end)}
        longest = max(run.length for run in passage.runs + passage.moved)
        if not self.sought.is_near(shared, found.equal - shared, longest, self.searched):
            return None
        first, last = page.token_at(spans[0].start), page.token_at(spans[-1].end - 1) + 1
        _edge_brackets(sides, first, last, found)
        if not found.changes and not found.splices:
            found.elided |= ELLIPSIS in "".join(parsed.gaps) or "[" in parsed.text or bool(parsed.notes)
            if len(solid) not in solid.joints:
                found.changes.extend(edge_changes(parsed, page, last))
            if not solid.joints.get(len(solid), NO_JOINT).brackets:
                found.changes.extend(wordcut.at_end(parsed, page, last, lambda: self.words))
            cuts.check(page, first, last, lambda: self.words, found, quoted=len(parsed.text), asks=parsed.asks)
        verdict = _verdict(found)
        notices = list(found.notices.values())
        hidden = unseen_notice(page, spans)
        if hidden is not None:
            notices.append(hidden)
        notices.extend(Notice("splice", reason) for reason in found.splices)
        changes = tuple(sorted(found.changes, key=lambda change: change.quote_start))
        return Judgement(verdict, page.text.layer, (match_of(page, tuple(spans)),), changes, tuple(notices))


def _verdict(found: Found) -> Verdict:
    if found.splices:
        return Verdict.SPLICED
    if found.changes:
        return Verdict.ALTERED
    return Verdict.ELIDED if found.elided else Verdict.TYPOGRAPHIC


def _compare(sides: Sides, passage: Passage, found: Found) -> list[Span]:
    """Judges the runs and all that lies between them; gives the spans of the source."""
    runs, page = passage.runs, sides.page
    for run in passage.moved:
        _tell_moved(sides, run, runs, found)
    spans: list[Span] = []
    begin = _head(sides, runs[0], passage.moved, found)
    for run in runs:
        check_gaps(sides, run.quote, run.source, run.length, found)
    for last, run in pairwise(runs):
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
    page, joints, count = sides.page, sides.solid.joints, len(sides.solid)
    for inside in joints.get(0, NO_JOINT).brackets:
        begin = max(meaning.clause_start(page, first), first - EDGE)
        judge_edge_bracket(sides, inside, Hole(0, 0, begin, first), found)
    for inside in joints.get(count, NO_JOINT).brackets:
        end = min(meaning.clause_end(page, last), last + EDGE)
        judge_edge_bracket(sides, inside, Hole(count, count, last, end), found)


def _omits(sides: Sides, hole: Hole) -> bool:
    joints = sides.solid.joints
    return any(k in joints and joints[k].omits for k in range(hole.quote_from, hole.quote_to + 1))


def _tell_moved(sides: Sides, run: Run, chained: tuple[Run, ...], found: Found) -> None:
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


def _head(sides: Sides, run: Run, moved: tuple[Run, ...], found: Found) -> int:
    """Judges the quoted words before the first run; gives the first token of the passage."""
    count = run.quote
    if not count or any(piece.quote < count for piece in moved):
        return run.source
    begin = _window(sides, run.source, (0, count), -1)
    if sides.solid.words[0].patched and begin < run.source:
        begin -= further(sides, 0, range(begin, -1, -1))
    begin += _unquoted(sides, Hole(0, count, begin, run.source), at_end=False)
    begin -= _negated(sides, begin)
    if 0 < begin < run.source and _glued(sides, begin):
        begin -= 1
    judge_hole(sides, Hole(0, count, begin, run.source), found)
    return begin


def _glued(sides: Sides, token: int) -> bool:
    """True where a bracket of the page parts a word before ``token``: “[S]ilence”."""
    page = sides.page
    return page.gap(token) == "]" and page.gap(token - 1).endswith("[") and page.form(token - 1).isalpha()


def _negated(sides: Sides, begin: int) -> int:
    """1 where the word before token ``begin`` is the “no” of “no one”, in whose place another word is quoted (“everyone”)."""
    if not begin or meaning.ends_sentence(sides.page, begin) or 0 in sides.solid.joints:
        return 0
    before, word = (form.lower() for form in sides.page.forms(begin - 1, begin + 1))
    own = sides.solid.words[0].form.lower()
    return int(before in sides.lexicon.negations and word in sides.lexicon.pronouns and own not in (word, before))


def _tail(sides: Sides, run: Run, moved: tuple[Run, ...], found: Found) -> int:
    """Judges the quoted words after the last run; gives the token after the passage."""
    count = len(sides.solid) - run.quote_end
    if not count or any(piece.quote >= run.quote_end for piece in moved):
        return run.source_end
    quoted = run.quote_end, len(sides.solid)
    end = words_end(sides, run.source_end, quoted) or _window(sides, run.source_end, quoted, 1)
    end -= _unquoted(sides, Hole(run.quote_end, len(sides.solid), run.source_end, end), at_end=True)
    judge_hole(sides, Hole(run.quote_end, len(sides.solid), run.source_end, end), found)
    return end


def _unquoted(sides: Sides, hole: Hole, *, at_end: bool) -> int:
    """Source words of a window that stand beyond the quotation: nobody dropped them."""
    mine = [word.form.lower() for word in sides.solid.words[hole.quote_from : hole.quote_to]]
    if (hole.quote_to if at_end else hole.quote_from) not in sides.solid.joints:  # a bracket stands for words there
        mine = as_printed(sides, hole)
    theirs = [form.lower() for form in sides.page.forms(hole.source_from, hole.source_to)]
    letters = "".join(mine)
    for beyond in range(len(theirs)):  # “non-violent” where the source tears “nonviolent” at a line end
        if letters == "".join(theirs[: len(theirs) - beyond] if at_end else theirs[beyond:]):
            return beyond
    stretches = diff.align(mine, theirs)
    if at_end and stretches and stretches[-1][:2] == (len(mine), len(mine)) and stretches[-1][3] == len(theirs):
        return len(theirs) - stretches[-1][2]
    if not at_end and stretches and stretches[0][:3] == (0, 0, 0):
        return stretches[0][3]
    return 0


def _window(sides: Sides, token: int, quoted: tuple[int, int], step: int) -> int:
    """The other end of the source words to compare with the ``quoted`` words at an edge: to the sentence's end if it is near, else
    as many words, or more where the outermost quoted word stands a little further off (“He said” for “He never said that”).
    """
    page, count, at = sides.page, quoted[1] - quoted[0], token
    stops = any(sign in ".?!…" for sign in sides.solid.gaps[quoted[0]]) or quoted[0] in sides.solid.joints
    if step > 0 and token < len(page.words) and not stops and meaning.ends_sentence(page, token):
        return token  # the quotation goes on where the source's sentence does not
    for _ in range(count + 2):
        if not 0 < at < len(page.words) or (meaning.ends_sentence(page, at) and at != token):
            return at
        at += step
    usual = max(0, min(len(page.words), token + step * count))
    mine = [word.form.lower() for word in sides.solid.words[quoted[0] : quoted[1]]]
    wider, outermost = usual, mine[-1] if step > 0 else mine[0]
    for _ in range(FURTHER):
        if not 0 < wider < len(page.words) or meaning.ends_sentence(page, wider):
            break
        wider += step
        if meaning.folded(page, min(wider, wider - step)).lower() == outermost:
            return wider if _shared(page, mine, token, wider) > _shared(page, mine, token, usual) else usual
    return usual


def _shared(page: Page, mine: list[str], one: int, two: int) -> int:
    """How many of the words are found again in the source words between two tokens."""
    theirs = [form.lower() for form in page.forms(min(one, two), max(one, two))]
    return len(mine) - sum(b - a for a, b, _, _ in diff.align(mine, theirs))
