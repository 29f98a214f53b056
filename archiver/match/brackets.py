"""Brackets of the quotation's writer: what they may stand for, and what they may not bring in or drop."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.match import edges, locate, meaning, notemarks, tokens
from archiver.match.broughtin import brought_in
from archiver.match.changes import classify
from archiver.match.diff import align
from archiver.match.fold import fold_word, same_but_first_case
from archiver.match.index import UNKNOWN, Page
from archiver.match.lexicon import Lexicon
from archiver.match.negation import lowered, negates, negation_count
from archiver.match.piece import Piece
from archiver.match.quantity import denial_in, dropped_quantity, halves_of_day, is_quantity
from archiver.match.resolution import begins_plainly, given_back, may_stand, may_stand_beside
from archiver.match.sides import Found, Hole, Sides
from archiver.model import Change, ChangeKind

MOST_BRACKETED = 12  # source words that a bracket may stand for
MOST_MEASURED = 4  # words on either side below which a unit or magnitude in a bracket stands for the other
MOST_NAMED = 3  # words of a name
_CLOCK = 2  # words of “a.m.”
_WHO_ACTS = ("er", "or", "ant", "ent")  # of employ-, mortgag-, appell-; the other party ends with -ee
_ENDINGS = frozenset({"s", "es", "d", "ed", "n", "en", "ing"})  # of English words; what an empty bracket may leave out
SHORT_INSERTION = 3  # words put in up to which one that denies (“[failed to]”) is taken to govern what follows


def judge_insertion(sides: Sides, inside: str, mark: int, token: int, found: Found) -> None:
    words = tokens.split(inside)[1::2]
    low = lowered(words)
    denies = len(words) <= SHORT_INSERTION and denial_in(low, sides.lexicon) is not None
    kind: ChangeKind | None = ChangeKind.NEGATION
    denies = denies or _denies_glued(sides, inside, mark)
    if not (denies or negation_count(words, sides.lexicon) or set(low) & sides.lexicon.conditions):
        kind = brought_in(sides, inside, mark)
    if kind is not None:
        _tell_brought_in(sides, inside, mark, token, kind, found)


def _denies_glued(sides: Sides, inside: str, mark: int) -> bool:
    """True where a bracket makes a negation of the word that it is glued to: ``can['t]``."""
    if not mark:
        return False
    word, (_, at) = sides.solid.words[mark - 1], sides.bracket(inside, mark)
    made = tokens.split(sides.quotation.text[word.start : word.end] + inside)[1::2]
    return at == word.end and negation_count(made, sides.lexicon) != negation_count([word.form], sides.lexicon)


def _tell_brought_in(sides: Sides, inside: str, mark: int, token: int, kind: ChangeKind, found: Found) -> None:
    written, at = sides.bracket(inside, mark)
    change = Change(kind, written, "", at, sides.source_place(token))
    if change in found.changes:
        return  # an end of the quotation is looked at beside what it has in place of words too
    turns = "a word that turns the meaning" if kind is ChangeKind.NEGATION else "what the source does not say"
    found.splices.append(f"the bracket [{inside}] brings in {turns}")
    found.changes.append(change)


def judge_bracket(sides: Sides, hole: Hole, mark: int, found: Found, *, alone: bool = True) -> None:
    """Words in brackets in place of words of the source (``[the president]`` for ``he``); not ``alone`` where words beside the
    bracket differ too, so that nobody knows what it stands for.
    """
    inside = " ".join(sides.solid.joints[mark].brackets)
    replaced = sides.page.forms(hole.source_from, hole.source_to)
    inner = tokens.split(inside)[1::2]
    if inner == replaced:
        return  # the bracket stands in the source too
    if hole.skipped == 1 and _is_sign(sides, hole.source_from) and notemarks.without_signs(f"[{inside}]") == "":
        source, (written, at) = sides.page.slice(hole.source_from, hole.source_to), sides.bracket(inside, mark)
        found.changes.append(Change(ChangeKind.NUMBER, written, source, at, sides.source_place(hole.source_from)))
        return  # another note
    found.elided = True
    before = sides.page.forms(max(0, hole.source_from - 1), hole.source_from)
    spoken = sides.lexicon
    mine = negation_count(inner, spoken, before)
    theirs = negation_count(replaced, spoken, before)
    turned = _turned(inner, replaced, spoken) if mine == theirs else ChangeKind.NEGATION
    if turned is None and _drops_quantity(sides, inner, hole):
        turned = ChangeKind.QUANTIFIER
    if turned is None and _other_name(sides, inner, replaced):
        turned = ChangeKind.NAME
    source = sides.page.slice(hole.source_from, hole.source_to)
    if turned is None and "[" in sides.page.gap(hole.source_from) and "]" in sides.page.gap(hole.source_to):
        turned = ChangeKind.WORD_REPLACED  # the source's own bracket, with other words in it
    dropped = _dropped(inner, replaced, spoken) if turned is None else []
    if dropped:
        _, place = sides.bracket(inside, mark)
        start = sides.source_place(hole.source_from)
        found.changes.append(Change(ChangeKind.WORD_DROPPED, "", source, place, start))
        return
    if turned is None and alone and not may_stand(inner, replaced, hole.source_from, sides):
        turned, _ = classify(Piece(tuple(inner), tuple(replaced), known=sides.known), spoken)
    if turned is None and len(replaced) <= MOST_BRACKETED:
        found.notice("bracket-replaced", f"[{inside}] stands for “{source}”")
        return
    if turned is None:
        found.splices.append(f"the bracket [{inside}] stands for {len(replaced)} words")
        return
    found.splices.append(f"the bracket [{inside}] stands for “{source}”")
    written, at = sides.bracket(inside, mark)
    found.changes.append(Change(turned, written, source, at, sides.source_place(hole.source_from)))


def _is_sign(sides: Sides, token: int) -> bool:
    page = sides.page
    return notemarks.is_number(page.form(token), page.gap(token), page.gap(token + 1))


def judge_verb_put_in(sides: Sides, inside: str, hole: Hole, found: Found) -> None:
    """A bracket beside an omission mark that hides few words (“The court … [allowed] it”): no other word may come in for them."""
    inner = tokens.split(inside)[1::2]
    replaced = sides.page.forms(hole.source_from, hole.source_to)
    if not inner or not begins_plainly(inner, sides) or may_stand(inner, replaced, hole.source_from, sides):
        return
    source = sides.page.slice(hole.source_from, hole.source_to)
    found.splices.append(f"the bracket [{inside}] and the omission mark stand for “{source}”")
    kind, _ = classify(Piece(tuple(inner), tuple(replaced), known=sides.known), sides.lexicon)
    written, at = sides.bracket(inside, hole.quote_from)
    found.changes.append(Change(kind, written, source, at, sides.source_place(hole.source_from)))


def _dropped(inner: list[str], replaced: list[str], lexicon: Lexicon) -> list[str]:
    """Words that a bracket swallows: what stands beside the pronoun it explains, and verbs that it does not give back."""
    theirs = lowered(replaced)
    pronouns = [k for k, word in enumerate(theirs) if word in lexicon.pronouns and not _is_article(theirs, k, lexicon)]
    missing = [word for k, word in enumerate(theirs) if k not in pronouns and not given_back(word, inner, lexicon)]
    if pronouns:
        return [word for word in missing if word not in lexicon.articles]
    return [word for word in missing if word in lexicon.modals | lexicon.copulas]


def _is_article(words: list[str], at: int, lexicon: Lexicon) -> bool:
    """True for “this” in “this company”."""
    return words[at] in lexicon.articles and at + 1 < len(words)


def judge_edge_bracket(sides: Sides, inside: str, hole: Hole, found: Found) -> None:
    """A bracket at an end of the quotation against the source words beside that end.

    Where the source has a bracket there, the bracket is the source's own, and the words in it and before it must be the same.
    """
    page = sides.page
    inner = [fold_word(word) for word in tokens.split(inside)[1::2]]
    if _own_bracket(sides, inside, inner, hole, found):
        return
    words = page.forms(hole.source_from, hole.source_to)
    written, at = sides.bracket(inside, hole.quote_from)
    beside = words[:1] if hole.quote_from else words[-1:]
    if _other_name(sides, inner, beside):
        found.splices.append(f"the bracket [{inside}] names another than the source")
        spot = hole.source_from if hole.quote_from else hole.source_to - 1
        found.changes.append(Change(ChangeKind.NAME, written, beside[0], at, sides.source_place(spot)))
        return
    other = edges.clash(inner, hole, sides)
    if other is not None:
        theirs = page.slice(other.first, other.last)
        found.splices.append(f"the bracket [{inside}] stands where the source has “{theirs}”")
        found.changes.append(Change(other.kind, written, theirs, at, sides.source_place(other.first)))
        return
    kind, first, last = ChangeKind.NEGATION, hole.source_from, hole.source_to
    if negation_count(inner, sides.lexicon) != negation_count(words, sides.lexicon):
        found.splices.append(f"the bracket [{inside}] drops or brings in a negation")
    elif inner and not may_stand_beside(inner, words, first, sides, at_end=hole.quote_from > 0):
        kind = ChangeKind.WORD_REPLACED
        if inner[0].lower() not in sides.lexicon.articles:
            first, last = (first, first + 1) if hole.quote_from else (last - 1, last)
        found.splices.append(f"the bracket [{inside}] stands where the source has “{page.slice(first, last)}”")
    else:
        new = brought_in(sides, inside, hole.quote_from)
        if new is not None and not set(lowered(inner)) <= set(lowered(words)):
            _tell_brought_in(sides, inside, hole.quote_from, first if hole.quote_from else last, new, found)
        return
    found.changes.append(Change(kind, written, page.slice(first, last), at, sides.source_place(first)))


def _own_bracket(sides: Sides, inside: str, inner: list[str], hole: Hole, found: Found) -> bool:
    page, at_end = sides.page, hole.quote_from > 0
    if at_end:
        opens = [k for k in range(hole.source_from, hole.source_to) if "[" in page.gap(k)]
        begin = opens[0] if opens else -1
        between = (hole.source_from, begin)
    else:
        closes = [k for k in range(hole.source_to, hole.source_from, -1) if "]" in page.gap(k)]
        begin = closes[0] - len(inner) if closes else -1
        between = (begin + len(inner), hole.source_to)
    if begin < 0:
        return False
    theirs = page.forms(begin, begin + len(inner))
    written, place = sides.bracket(inside, hole.quote_from)
    ends = tokens.ends(tokens.split(written))
    for mine, source, start in ((inner, theirs, begin), ([], page.forms(*between), between[0])):
        for a, b, c, d in align(mine, source):
            piece = Piece(tuple(mine[a:b]), tuple(source[c:d]), known=sides.known)
            kind, severity = classify(piece, sides.lexicon)
            # the words of the bracket, each behind a gap
            first, last = (ends[2 * a], ends[2 * b - 1]) if b > a else (0, 0)
            change = (written[first:last], page.slice(start + c, start + d), place + first)
            found.changes.append(Change(kind, *change, sides.source_place(start + c), severity))
    return True


def _turned(inner: list[str], replaced: list[str], lexicon: Lexicon) -> ChangeKind | None:
    mine, theirs = set(lowered(inner)), set(lowered(replaced))
    if (mine ^ theirs) & lexicon.conditions:
        return ChangeKind.MODAL
    if theirs & ((lexicon.hedges | lexicon.unreal) - lexicon.modals) - mine:  # “[a]” for “aurait”
        return ChangeKind.MODAL
    if _denies(inner, replaced, lexicon) or _denies(replaced, inner, lexicon):
        return ChangeKind.NEGATION
    modals = [{lexicon.forms.get(word, word) for word in words & lexicon.modals} for words in (mine, theirs)]  # “we'll”
    if all(modals) and modals[0] != modals[1]:
        return ChangeKind.MODAL
    if any((one, two) in lexicon.opposites for one in mine for two in theirs) or theirs & lexicon.restrictors - mine:
        return ChangeKind.QUANTIFIER
    if any(one != two and negates(one, two, lexicon) for one in mine for two in theirs):
        return ChangeKind.NEGATION
    figure = _other_figure(inner, replaced, lexicon)
    if figure is not None:
        return figure
    if any(not given_back(word, inner, lexicon) for word in theirs & (lexicon.partitives | lexicon.fractions)):
        return ChangeKind.QUANTIFIER
    return None


def _other_figure(inner: list[str], replaced: list[str], lexicon: Lexicon) -> ChangeKind | None:
    """Another number, unit, sign or half of the day."""
    mine, theirs = set(lowered(inner)), set(lowered(replaced))
    clocks = [halves_of_day(words) for words in (inner, replaced)]
    if max(len(inner), len(replaced)) <= _CLOCK and all(clocks) and clocks[0] != clocks[1]:
        return ChangeKind.UNIT
    numbers = [{_value(word, lexicon) for word in words if is_quantity(word, lexicon)} for words in (mine, theirs)]
    if all(numbers) and numbers[0] != numbers[1]:
        return ChangeKind.NUMBER
    signs = [{word for word in words if not word[:1].isalnum()} for words in (mine, theirs)]
    if all(signs) and signs[0] != signs[1]:
        return ChangeKind.UNIT
    for words, kind in ((lexicon.magnitudes, ChangeKind.NUMBER), (lexicon.units, ChangeKind.UNIT)):
        if (
            mine & words
            and theirs & words
            and not (mine & theirs & words)
            and len(inner) < MOST_MEASURED > len(replaced)
        ):
            return kind
    return None


def _denies(words: Sequence[str], others: Sequence[str], lexicon: Lexicon) -> bool:
    """True where words deny by their meaning, and the others neither do nor have the same word in another form."""
    found = denial_in(lowered(words), lexicon)
    if found is None or denial_in(lowered(others), lexicon) is not None:
        return False
    return not any(given_back(word, others, lexicon) for word in words[found[0] : found[1]])


def _drops_quantity(sides: Sides, inner: Sequence[str], hole: Hole) -> bool:
    """True where the bracket swallows “at least” or “two of” before what is kept, and does not give it back."""
    page = sides.page
    dropped = lowered(page.forms(hole.source_from, hole.source_to))
    kept = lowered(page.forms(hole.source_to, hole.source_to + 3))
    at = dropped_quantity(dropped, kept, sides.lexicon)
    return at is not None and not set(dropped[at:]) - sides.lexicon.determiners <= set(lowered(inner))


def _other_name(sides: Sides, inner: Sequence[str], replaced: Sequence[str]) -> bool:
    """True where a name stands in the bracket for another name, both on the page and nowhere side by side (“Joe” is Biden, but
    Trump is not).
    """
    if not 0 < len(inner) <= MOST_NAMED or not 0 < len(replaced) <= MOST_NAMED or set(inner) & set(replaced):
        return False
    if "de" in sides.lexicon.languages or not all(_is_name(word, sides) for word in (*inner, *replaced)):
        return False
    codes = [[sides.prepared.words.find(fold_word(word)) for word in words] for words in (inner, replaced)]
    if any(UNKNOWN in side for side in codes):
        return False
    pairs = [pair for one in codes[0] for two in codes[1] for pair in (one + two, two + one)]
    return not any(_side_by_side(pair, page) for page in sides.prepared.pages for pair in pairs)


def _side_by_side(pair: str, page: Page) -> bool:
    """True where two words stand so in one sentence: “He met Berta. Anna left” makes no name."""
    return any(not meaning.ends_sentence(page, place + 1) for place in locate.find(pair, page.words))


def _is_name(word: str, sides: Sides) -> bool:
    low = word.lower()
    return word[:1].isupper() and word[1:].islower() and low not in sides.lexicon.pronouns and not sides.known(low)


def _value(word: str, lexicon: Lexicon) -> str:
    return str(lexicon.numbers.get(word, word))


def patch_holds(form: str, outside: str, theirs: str, lexicon: Lexicon) -> bool:
    """``walk[ed]`` for ``walks``: the letters outside the bracket are the source's, and no prefix turns the word."""
    if same_but_first_case(form, theirs) or form == theirs:
        return True
    one, two = form.lower(), theirs.lower()
    same = lexicon.forms.get(one, one) == lexicon.forms.get(two, two)  # “do[es]”, “ha[s]” for “have”
    if (len(outside) < 3 and not same) or negates(form.lower(), theirs.lower(), lexicon):
        return False
    if negation_count([form], lexicon) != negation_count([theirs], lexicon):
        return False  # can[not]
    if form == outside and two[len(one) :] not in _ENDINGS:
        return False
    if _counts_otherwise(one, two, lexicon) or _turns_at_end(one, two, outside.lower(), lexicon):
        return False
    return form.startswith(outside) and theirs.startswith(outside) and len(theirs) - len(outside) <= 4


def _counts_otherwise(one: str, two: str, lexicon: Lexicon) -> bool:
    """True for ``six[ty]`` and six, ``mill[iard]`` and million; a word for one is an article or a pronoun as often (``ein[em]``)."""
    values = [lexicon.numbers.get(word, lexicon.ordinals.get(word, 1)) for word in (one, two)]
    ranks = [word in lexicon.ordinals for word in (one, two)]
    if values[0] != values[1] or (values[0] != 1 and ranks[0] != ranks[1]):
        return True
    return {one, two} <= lexicon.magnitudes and not (one.startswith(two) or two.startswith(one))


def _turns_at_end(one: str, two: str, outside: str, lexicon: Lexicon) -> bool:
    """True where the endings make opposites of one stem: ``guilt[y]`` and guiltless, ``employ[er]`` and employee."""
    denying = tuple(bad for bad, _ in lexicon.negating_suffixes)
    if denying and not outside.endswith(denying) and one.endswith(denying) != two.endswith(denying):
        return True
    return any(mine.endswith("ee") and theirs.endswith(_WHO_ACTS) for mine, theirs in ((one, two), (two, one)))
