"""The passage that a quotation comes from: shared runs chained in order, and pieces that stand elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from archiver.match import locate, meaning, tokens
from archiver.match.fold import toggled
from archiver.match.index import UNKNOWN, Page
from archiver.match.locate import Run
from archiver.match.quotation import Solid

SURELY = 0.75  # share of the quoted words that must stand in the passage for it to be called altered and not absent
NEAR, WEIGHTY = 0.4, 0.35  # or this share of the words, if they make up this share when rare words weigh more
FEW, NEAR_FEW = 8, 0.6  # for quotations of few words
RUN = 3  # words in a row that a longer quotation must share: scattered words make no passage
NEAR_UNSPACED = 0.62  # for scripts in which a token is a character
SKIPPED = 20  # source words that may be missing between an end and the rest
FEW_SKIPPED = 3  # the same where the end is one word
BESIDE = 2  # words that may part two clauses that changed places
FEW_PIECES = 4  # pieces between marks, each too short to be found by itself, that are looked for in one sentence
MOST_BEGINNINGS = 200  # places of the first of them
AROUND = 60  # source words within which a moved piece counts as another order and not as another place


@dataclass(frozen=True, slots=True)
class Passage:
    """Runs in the order of quotation and source, runs of the quotation that stand elsewhere, and how well they fit together."""

    runs: tuple[Run, ...]
    moved: tuple[Run, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Sought:
    """A quotation as it is looked for: its solid words in the code points of the page, and the code of any other form."""

    solid: Solid
    codes: str
    find: Callable[[str], str]
    unspaced: bool
    surely: bool = False

    @classmethod
    def of(cls, solid: Solid, find: Callable[[str], str], codes: str = "", *, surely: bool = False) -> Sought:
        """``codes`` where they are known already: a quotation without marks has no other words than its tokens. ``surely``
        where only a passage with most of the words is wanted.
        """
        forms = [word.form for word in solid.words]
        unspaced = sum([form > "\u0e00" and tokens.is_unspaced(form) for form in forms]) * 2 > len(forms)
        return cls(solid, codes or "".join([find(form) for form in forms]), find, unspaced, surely)

    def may_be_near(self, passage: Passage, page: Page) -> bool:
        """False where not even all the quoted words that stand somewhere around the passage would make it near."""
        codes, solid = self.codes, self.solid
        count = len(codes)
        if count < FEW or self.unspaced:
            return True
        shared = {k for run in passage.runs + passage.moved for k in range(run.quote, run.quote_end)}
        if len(shared) >= SURELY * count:
            return True
        around = page.words[max(0, passage.runs[0].source - count - 2) : passage.runs[-1].source_end + count + 2]
        equal = {
            k
            for k in range(count)
            if codes[k] in around or k == 0 or k in solid.joints or solid.words[k].patched or solid.gaps[k]
        }
        longest = max(run.length for run in passage.runs + passage.moved)
        return self.is_near(shared, equal - shared, longest, page)

    def is_near(self, shared: set[int], equal: set[int], longest: int, page: Page) -> bool:
        """Whether enough of the quoted words stand in a passage: most of them, or fewer that are rare in the page.

        Half a sentence of names that the page repeats everywhere is no passage; half a sentence of rare words is. In scripts
        whose tokens are characters, single characters found equal between runs count half.
        """
        count = len(self.codes)
        share = (len(shared) + len(equal) / (2 if self.unspaced else 1)) / count
        if self.unspaced:
            return share >= NEAR_UNSPACED
        if count >= FEW and longest < RUN:
            return False
        if share >= SURELY or count < FEW:
            return share >= NEAR_FEW
        if share < NEAR or self.surely:
            return False
        weights = [1 / max(1, page.count(code)) for code in self.codes]
        return sum(weights[k] for k in shared | equal) >= WEIGHTY * sum(weights)


def find_passage(sought: Sought, page: Page, without: Run | None = None) -> Passage | None:
    """The nearest passage of a page, if any words are shared; one that does not use the place of the run ``without``."""
    solid, codes = sought.solid, sought.codes
    joints = sorted(solid.joints)
    omissions = [k for k in joints if solid.joints[k].omits]
    brackets = [k for k in joints if not solid.joints[k].omits]
    seed = min(4 if sought.unspaced else 3, max(2, len(codes) - 1))
    found = (
        locate.runs(codes, page.words, seed, joints, thorough=without is not None, index=page.index())
        if len(codes) > 2
        else []
    )
    if len(codes) <= (30 if sought.unspaced else 14) and sum(run.length for run in found) < NEAR * len(codes):
        found = locate.runs(codes, page.words, 2, joints, index=page.index()) or found
    if without is not None:
        found = [run for run in found if run.source - run.quote != without.source - without.quote]
    chained, score = locate.chain(found, omissions, brackets)
    if not chained and without is None and omissions and len(joints) < FEW_PIECES:
        chained = _scattered(sought, joints, page)
    if not chained:
        return None
    chained = locate.slid(chained, codes, solid.gaps, page, solid.joints)
    chained = list(_with_small_pieces(chained, sought, joints, page))
    chained = _with_ends(chained, sought, page)
    chained = locate.at_marks(chained, codes, page, solid.joints)
    return Passage(tuple(chained), tuple(_moved(chained, found, sought, page)), score)


def _scattered(sought: Sought, joints: list[int], page: Page) -> list[Run]:
    """Pieces of one or two words around omission marks (“[W]e … reverse”), where they stand in one sentence in order and nearest together."""
    codes, solid = sought.codes, sought.solid
    pieces = [(a, b) for a, b in pairwise([0, *joints, len(codes)]) if b > a]
    best: list[Run] = []
    heads = {codes[pieces[0][0]], sought.find(toggled(solid.words[0].form))} - {UNKNOWN}
    if len(pieces) < 2 or not heads or UNKNOWN in codes[1:]:
        return []
    for head in sorted(heads):
        first = head + codes[1 : pieces[0][1]]
        place, looked = page.words.find(first), 0
        while place >= 0 and looked < MOST_BEGINNINGS:
            runs = [Run(0, place, len(first))]
            for a, b in pieces[1:]:
                at = page.words.find(codes[a:b], runs[-1].source_end, runs[-1].source_end + AROUND)
                if at < 0 or not _one_sentence(page, runs[-1].source_end, at):
                    break
                runs.append(Run(a, at, b - a))
            if len(runs) == len(pieces) and (not best or _width(runs) < _width(best)):
                best = runs
            place, looked = page.words.find(first, place + 1), looked + 1
    return best


def _width(runs: list[Run]) -> int:
    return runs[-1].source_end - runs[0].source


def _with_small_pieces(chained: list[Run], sought: Sought, joints: list[int], page: Page) -> Iterator[Run]:
    """Adds pieces between two marks that are too short to be found by themselves, where they stand in the gap between runs; of several words
    the first may have another capital (“the old mill … was sold” for “The old mill”).
    """
    codes = sought.codes
    bounds = [0, *joints, len(codes)]
    pieces = [(a, b) for a, b in pairwise(bounds) if b > a]
    covered = list(chained)
    for a, b in pieces:
        if any(run.quote < b and run.quote_end > a for run in covered):
            continue
        before = max((run.source_end for run in covered if run.quote_end <= a), default=None)
        after = min((run.source for run in covered if run.quote >= b), default=None)
        low = before if before is not None else max(0, (after or 0) - AROUND)
        high = after if after is not None else min(len(page.words), low + AROUND)
        find = page.words.find if before is not None else page.words.rfind
        turned = sought.find(toggled(sought.solid.words[a].form)) if b - a > 1 else UNKNOWN
        for piece in (codes[a:b], turned + codes[a + 1 : b]):
            place = find(piece, low, high) if UNKNOWN not in piece else -1
            if place >= 0:
                covered.append(Run(a, place, b - a))
                break
    return iter(sorted(covered, key=lambda run: run.quote))


def _with_ends(chained: list[Run], sought: Sought, page: Page) -> list[Run]:
    """Adds the words before the first and after the last run where they stand a little further off in the right order."""
    codes, first, last = sought.codes, chained[0], chained[-1]
    out = list(chained)
    if first.quote and not any(k <= first.quote for k in sought.solid.joints):
        head = codes[: first.quote]
        for piece in (head, sought.find(toggled(sought.solid.words[0].form)) + head[1:]):
            reach = SKIPPED if len(head) > 1 else FEW_SKIPPED
            place = page.words.rfind(piece, max(0, first.source - reach - len(head)), first.source)
            if place >= 0 and UNKNOWN not in piece and _one_sentence(page, place + len(head), first.source):
                out.insert(0, Run(0, place, len(head)))
                break
        else:
            out = _with_half_head(out, head, page)
    count = len(codes) - last.quote_end
    if count and not any(k >= last.quote_end for k in sought.solid.joints):
        reach = SKIPPED if count > 1 else FEW_SKIPPED
        place = page.words.find(codes[last.quote_end :], last.source_end, last.source_end + reach + count)
        if place >= 0 and _one_sentence(page, last.source_end, place):
            out.append(Run(last.quote_end, place, count))
    return out


def _with_half_head(chained: list[Run], head: str, page: Page) -> list[Run]:
    """The same for all but the first words of the beginning: “the munitions industry to” for “military, munitions industry and weapons
    sector to”.
    """
    first = chained[0]
    for skip in range(1, len(head) - 1):
        piece = head[skip:]
        place = page.words.rfind(piece, max(0, first.source - SKIPPED - len(piece)), first.source)
        if place >= 0 and UNKNOWN not in piece and _one_sentence(page, place + len(piece), first.source):
            return [Run(skip, place, len(piece)), *chained]
    return chained


def _one_sentence(page: Page, first: int, last: int) -> bool:
    return not any(meaning.ends_sentence(page, token) for token in range(first, last + 1))


def _moved(chained: list[Run], found: list[Run], sought: Sought, page: Page) -> list[Run]:
    """Runs that stand elsewhere in the page than the chain, for quoted words that the chain leaves uncovered.

    Words between two runs that stand over about as many source words were replaced, not moved; so were few words at an end.
    """
    moved = []
    edges: list[Run | None] = [None, *chained, None]
    for last, following in pairwise(edges):
        begin, end = last.quote_end if last else 0, following.quote if following else len(sought.codes)
        if end - begin < 2:
            continue
        marked = any(begin <= k <= end for k in sought.solid.joints)
        if not marked and _is_name(sought, begin, end):
            continue
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
            other_end = longest.length >= 5 or (longest.source in near and not (last and following))
            if marked or (other_end and not _fits(sought.codes[begin:end], last, following, page)):
                moved.append(longest)
            continue
        at_end = last is None or following is None
        if at_end and not marked and end - begin <= 12 and not _fits(sought.codes[begin:end], last, following, page):
            turned = _turned_clause(begin, end, sought, page, chained)
            if turned is not None:
                moved.append(turned)
    return moved


def _is_name(sought: Sought, begin: int, end: int) -> bool:
    """A few words with capitals: a name put in place of another, wherever else it may stand."""
    words = sought.solid.words[begin:end]
    return end - begin <= 5 and sum(word.form[:1].isupper() for word in words) >= end - begin - 1


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


def _turned_clause(begin: int, end: int, sought: Sought, page: Page, chained: list[Run]) -> Run | None:
    """A short clause at an end that stands near the passage, the case of its first letter turned or not."""
    codes = sought.codes
    first, last = chained[0].source, chained[-1].source_end
    low, high = (last, last + BESIDE) if begin == 0 else (first - BESIDE, first)
    for length in range(end - begin, max(1, (end - begin) // 2), -1):
        reach = (low, high + length) if begin == 0 else (max(0, low - length), high)
        for at in range(begin, end - length + 1):
            rest = codes[at + 1 : at + length]
            if UNKNOWN in rest:
                continue
            for head in (codes[at], sought.find(toggled(sought.solid.words[at].form))):
                place = -1 if head == UNKNOWN else page.words.find(head + rest, *reach)
                if place >= 0:
                    return Run(at, place, length)
    return None
