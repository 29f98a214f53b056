"""What lies between two shared runs: an omission that was marked, a bracket, a remark, a slip of the line end, or a change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archiver.match import attribution, changes, meaning, tokens
from archiver.match.changes import Piece
from archiver.match.fold import ELLIPSIS, QUOTE, fold_gap, fold_word, same_but_first_case
from archiver.match.index import Page, Prepared
from archiver.match.lexicon import Lexicon, lexicon
from archiver.match.quotation import NO_JOINT, Quotation, Solid
from archiver.model import Change, ChangeKind, Notice

FARTHEST_WORDS = 150  # left out behind one mark
FARTHEST_BLOCKS = 4  # line ends among them
NEAR_BLOCKS = 1  # line ends up to which no warning is given
MOST_SKIPPED = 12  # words missing without a mark before the passage counts as joined from two
MOST_BRACKETED = 12  # source words that a bracket may stand for

_REFERENCE = re.compile(r"\[(?:\d{1,3}|[a-z]|note \d{1,2})\]")


@dataclass(slots=True)
class Found:
    """What was found so far; filled hole by hole."""

    changes: list[Change] = field(default_factory=list)
    splices: list[str] = field(default_factory=list)
    notices: dict[str, Notice] = field(default_factory=dict)
    elided: bool = False
    equal: int = 0

    def notice(self, code: str, detail: str) -> None:
        self.notices.setdefault(code, Notice(code, detail))


@dataclass(frozen=True, slots=True)
class Sides:
    """The two texts that are compared, and the words of their languages."""

    quotation: Quotation
    solid: Solid
    page: Page
    prepared: Prepared
    lexicon: Lexicon

    def known(self, word: str) -> bool:
        return word in self.prepared.words.folded

    def quoted(self, first: int, last: int) -> str:
        words = self.solid.words
        return self.quotation.text[words[first].start : words[last - 1].end] if last > first else ""

    def quote_place(self, word: int) -> int:
        words = self.solid.words
        return words[word].start if word < len(words) else len(self.quotation.text)

    def source_place(self, token: int) -> int:
        return self.page.start(token) if token < len(self.page.words) else len(self.page.text.content)

    def relaxed(self) -> bool:
        return any("cleaned up" in note for note in self.quotation.notes)

    def citations_omitted(self) -> bool:
        return any("omitted" in note or "cleaned up" in note or "omises" in note for note in self.quotation.notes)


@dataclass(frozen=True, slots=True)
class Hole:
    """Quoted words ``quote_from..quote_to`` against source words ``source_from..source_to``, neither shared as a run."""

    quote_from: int
    quote_to: int
    source_from: int
    source_to: int

    @property
    def quoted(self) -> int:
        return self.quote_to - self.quote_from

    @property
    def skipped(self) -> int:
        return self.source_to - self.source_from


def judge_hole(sides: Sides, hole: Hole, found: Found) -> None:
    """Judges one hole and adds what it is to ``found``."""
    marks = [k for k in range(hole.quote_from, hole.quote_to + 1) if k in sides.solid.joints]
    if not hole.quoted and not hole.skipped:
        _nothing_missing(sides, hole, found)
    elif marks:
        _marked(sides, hole, marks, found)
    else:
        _plain(sides, hole, found)


def check_gaps(sides: Sides, quote: int, source: int, length: int, found: Found) -> None:
    """Compares the punctuation between the words of a shared run."""
    solid, page = sides.solid, sides.page
    mine = solid.gaps[quote + 1 : quote + length]
    codes = sides.prepared.gaps.folded
    if "".join([codes.get(gap, "\x01") for gap in mine]) == page.gaps[source + 1 : source + length]:
        return
    for k, gap in enumerate(mine, 1):
        _check_gap(sides, quote + k, source + k, gap, found)


def _check_gap(sides: Sides, quote: int, source: int, mine: str, found: Found) -> None:
    theirs = fold_gap(sides.page.gap(source))
    if mine == theirs or sides.relaxed():
        return
    if mine.replace(QUOTE, "") == theirs.replace(QUOTE, "") and _joins_speech(sides.page.gap(source), mine, theirs):
        found.elided = True
        return
    if _is_length_mark(sides, quote, source):
        found.changes.append(_gap_change(sides, quote, source, ChangeKind.UNIT, "major"))
        return
    kind, severity = ChangeKind.PUNCTUATION, "minor"
    if "?" in mine + theirs and ("?" in mine) != ("?" in theirs):
        severity = "major"
    before, after = sides.solid.words[quote - 1].form, sides.solid.words[quote].form
    if before[-1:].isdigit() and after[:1].isdigit():
        kind, severity = ChangeKind.NUMBER, "major"
    found.changes.append(_gap_change(sides, quote, source, kind, severity))


def _gap_change(sides: Sides, quote: int, source: int, kind: ChangeKind, severity: str) -> Change:
    words = sides.solid.words
    start = words[quote - 1].end
    page = sides.page
    mine, theirs = sides.quotation.text[start : words[quote].start], page.gap(source)
    return Change(kind, mine.strip() or mine, theirs.strip() or theirs, start, page.end(source - 1), severity)


def _is_length_mark(sides: Sides, quote: int, source: int) -> bool:
    """Feet and inches, minutes and seconds: a mark straight after a digit that is single here and double there."""
    mine = sides.quotation.text[sides.solid.words[quote - 1].end :][:1]
    theirs = sides.page.gap(source)[:1]
    single, double = "'′’", '"″”'
    return (
        sides.solid.words[quote - 1].form[-1:].isdigit()
        and ((mine in single and theirs in double) or (mine in double and theirs in single))
        and bool(mine and theirs)
    )


def _joins_speech(raw: str, mine: str, theirs: str) -> bool:
    """Marks that close one part of a speech and open the next (``.” “``, or a mark at the head of each paragraph of it)."""
    marks = theirs.count(QUOTE)
    return QUOTE not in mine and marks > 0 and ("\n" in raw or re.search(r'["”»“’]\s+["“„«‘]', raw) is not None)


def _nothing_missing(sides: Sides, hole: Hole, found: Found) -> None:
    """The words run on: a mark over nothing, a bracketed insertion, a note, or plain punctuation."""
    k, token = hole.quote_from, hole.source_from
    joint = sides.solid.joints.get(k, NO_JOINT)
    if joint is NO_JOINT:
        if 0 < k < len(sides.solid) and 0 < token < len(sides.page.words):
            _check_gap(sides, k, token, sides.solid.gaps[k], found)
        return
    if joint.omits and ELLIPSIS in fold_gap(sides.page.gap(token)):
        return
    found.elided = True
    for inside in joint.brackets:
        _judge_insertion(sides, inside, k, token, found)


def _judge_insertion(sides: Sides, inside: str, k: int, token: int, found: Found) -> None:
    words = tokens.split(inside)[1::2]
    if changes.negation_count(words, sides.lexicon) or set(changes.lowered(words)) & sides.lexicon.conditions:
        found.splices.append(f"the bracket [{inside}] brings in a word that turns the meaning")
        found.changes.append(
            Change(ChangeKind.NEGATION, f"[{inside}]", "", sides.quotation.text.find(inside), sides.source_place(token))
        )


def _marked(sides: Sides, hole: Hole, marks: list[int], found: Found) -> None:
    """A hole with marks in it: words at its edges are compared with the source's, what is left stands behind the marks."""
    first, last = hole.source_from, hole.source_to
    if len(marks) == 1 and _literal_bracket(sides, hole, marks[0], found):
        return
    left = min(marks[0] - hole.quote_from, last - first)
    _plain(sides, Hole(hole.quote_from, marks[0], first, first + left), found)
    first += left
    right = min(hole.quote_to - marks[-1], last - first)
    for one, two in zip(marks, marks[1:], strict=False):
        _plain(sides, Hole(one, two, first, first), found)
    _plain(sides, Hole(marks[-1], hole.quote_to, last - right, last), found)
    last -= right
    joints = [sides.solid.joints[k] for k in marks]
    omission = next((k for k, joint in zip(marks, joints, strict=True) if joint.omits), None)
    bracket = next((k for k, joint in zip(marks, joints, strict=True) if joint.brackets), None)
    if last > first and omission is None and bracket is not None:
        _bracket(sides, Hole(bracket, bracket, first, last), bracket, found)
        return
    found.elided = True
    for k, joint in zip(marks, joints, strict=True):
        for inside in joint.brackets:
            _judge_insertion(sides, inside, k, first, found)
    if last > first and omission is not None:
        judge_gap(sides, omission, first, last, found)
    elif last > first:
        _skipped(sides, Hole(marks[0], marks[0], first, last), found)


def _literal_bracket(sides: Sides, hole: Hole, mark: int, found: Found) -> bool:
    """Takes a bracket that stands in the source too as the words it holds; judges what is left on either side of it."""
    joint = sides.solid.joints[mark]
    inner = [fold_word(word) for word in tokens.split(" ".join(joint.brackets))[1::2]]
    if joint.omits or not inner or hole.skipped < len(inner):
        return False
    for at in range(hole.source_from, hole.source_to - len(inner) + 1):
        if "[" in sides.page.gap(at) and sides.page.forms(at, at + len(inner)) == inner:
            _plain(sides, Hole(hole.quote_from, mark, hole.source_from, at), found)
            _plain(sides, Hole(mark, hole.quote_to, at + len(inner), hole.source_to), found)
            return True
    return False


def judge_gap(sides: Sides, mark: int, first: int, last: int, found: Found) -> None:
    """Judges what a marked omission leaves out: not too much, and no word that governs what is kept."""
    page = sides.page
    blocks = sum(1 for token in range(first, last + 1) if "\n" in page.gap(token))
    words = sides_words(page, first, last)
    if words > FARTHEST_WORDS or blocks > FARTHEST_BLOCKS:
        found.splices.append(f"the omission mark spans {words} words and {blocks} line ends")
        found.notice("far-ellipsis", f"{words} words and {blocks} line ends are left out behind one mark")
        return
    if blocks > NEAR_BLOCKS:
        found.notice("across-paragraphs", f"the omission mark spans {blocks} line ends")
    governor = meaning.dropped_in_gap(page, first, last, sides.lexicon)
    if governor is not None:
        dropped = page.slice(governor.first, governor.last)
        found.splices.append(f"the omission mark hides “{dropped}”")
        found.changes.append(
            Change(governor.kind, "", dropped, sides.quote_place(mark), sides.source_place(governor.first))
        )


def sides_words(page: Page, first: int, last: int) -> int:
    """Words as a reader counts them: two characters of a script without spaces make one."""
    count = last - first
    return (count + 1) // 2 if count and tokens.is_unspaced(page.form(first)) else count


def _bracket(sides: Sides, hole: Hole, mark: int, found: Found) -> None:
    """Words in brackets in place of words of the source (``[the president]`` for ``he``)."""
    inside = " ".join(sides.solid.joints[mark].brackets)
    replaced = sides.page.forms(hole.source_from, hole.source_to)
    inner = [word for word in tokens.split(inside)[1::2]]
    if inner == replaced:
        return  # the bracket stands in the source too
    found.elided = True
    before = sides.page.forms(max(0, hole.source_from - 1), hole.source_from)
    spoken = sides.lexicon
    mine = changes.negation_count(inner, spoken, before)
    theirs = changes.negation_count(replaced, spoken, before)
    turned = _turned(inner, replaced, spoken) if mine == theirs else ChangeKind.NEGATION
    source = sides.page.slice(hole.source_from, hole.source_to)
    if turned is None and "[" in sides.page.gap(hole.source_from) and "]" in sides.page.gap(hole.source_to):
        turned = ChangeKind.WORD_REPLACED  # the source's own bracket, with other words in it
    if turned is None and len(replaced) <= MOST_BRACKETED:
        found.notice("bracket-replaced", f"[{inside}] stands for “{source}”")
        return
    if turned is None:
        found.splices.append(f"the bracket [{inside}] stands for {len(replaced)} words")
        return
    found.splices.append(f"the bracket [{inside}] stands for “{source}”")
    at = sides.quotation.text.find(inside)
    found.changes.append(Change(turned, f"[{inside}]", source, at, sides.source_place(hole.source_from)))


def judge_edge_bracket(sides: Sides, inside: str, words: list[str], token: int, found: Found) -> None:
    """A bracket at an end of the quotation against the source words that stand there."""
    inner = tokens.split(inside)[1::2]
    mine, theirs = (changes.negation_count(side, sides.lexicon) for side in (inner, words))
    if mine == theirs:
        return
    found.splices.append(f"the bracket [{inside}] drops or brings in a negation")
    at = sides.quotation.text.find(inside)
    found.changes.append(Change(ChangeKind.NEGATION, f"[{inside}]", " ".join(words), at, sides.source_place(token)))


def _turned(inner: list[str], replaced: list[str], lexicon: Lexicon) -> ChangeKind | None:
    mine, theirs = set(changes.lowered(inner)), set(changes.lowered(replaced))
    if (mine ^ theirs) & lexicon.conditions:
        return ChangeKind.MODAL
    if mine & lexicon.modals and theirs & lexicon.modals and mine & lexicon.modals != theirs & lexicon.modals:
        return ChangeKind.MODAL
    if any((one, two) in lexicon.opposites for one in mine for two in theirs) or theirs & lexicon.restrictors - mine:
        return ChangeKind.QUANTIFIER
    if any(one != two and changes.negates(one, two, lexicon) for one in mine for two in theirs):
        return ChangeKind.NEGATION
    numbers = [{word for word in words if tokens.is_number(word)} for words in (inner, replaced)]
    return ChangeKind.NUMBER if all(numbers) and numbers[0] != numbers[1] else None


def _plain(sides: Sides, hole: Hole, found: Found) -> None:
    if hole.quoted and hole.skipped:
        _differing(sides, hole, found)
    elif hole.quoted:
        _inserted(sides, hole, found)
    elif hole.skipped:
        _skipped(sides, hole, found)


def _skipped(sides: Sides, hole: Hole, found: Found) -> None:
    """Source words that the quotation runs over without a mark."""
    page, first, last = sides.page, hole.source_from, hole.source_to
    words = page.forms(first, last)
    inner = [page.gap(k) for k in range(first + 1, last)]
    if attribution.interrupts(page.gap(first), words, page.gap(last), inner, sides.lexicon):
        found.elided = True
        return
    raw = page.text.content[page.end(first - 1) : page.end(last - 1) + 1].strip() if first else ""
    if _REFERENCE.fullmatch(raw):
        return
    if sides.citations_omitted() and raw[:1] in "([" and page.gap(last).lstrip()[:1] in ")]":
        found.elided = True
        return
    if sides_words(page, first, last) > MOST_SKIPPED or _skips_sentence(page, first, last):
        found.splices.append(f"{last - first} words are left out without a mark")
    _change(sides, hole, found)


def _skips_sentence(page: Page, first: int, last: int) -> bool:
    """True where the words skipped are more than the rest of one sentence and the beginning of the next."""
    return last - first > 3 and any(meaning.ends_sentence(page, token) for token in range(first, last + 1))


def _inserted(sides: Sides, hole: Hole, found: Found) -> None:
    """Words of the quotation that the source does not have."""
    words = sides.solid.words[hole.quote_from : hole.quote_to]
    text = sides.quotation.text
    place = [word.end for word in sides.solid.words]
    before = text[place[hole.quote_from - 1] if hole.quote_from else 0 : words[0].start]
    after = text[words[-1].end : sides.quote_place(hole.quote_to)]
    inner = [text[one.end : two.start] for one, two in zip(words, words[1:], strict=False)]
    remark = [word.form for word in words]
    if any(
        attribution.interrupts(before, remark, after, inner, spoken) for spoken in (sides.lexicon, lexicon(("en",)))
    ):
        found.elided = True
        return
    _change(sides, hole, found)


def _differing(sides: Sides, hole: Hole, found: Found) -> None:
    mine = [word.form for word in sides.solid.words[hole.quote_from : hole.quote_to]]
    theirs = sides.page.forms(hole.source_from, hole.source_to)
    stretches = changes.align(mine, theirs)
    found.equal += len(mine) - sum(b - a for a, b, _, _ in stretches)
    for a, b, c, d in stretches:
        part = Hole(hole.quote_from + a, hole.quote_from + b, hole.source_from + c, hole.source_from + d)
        if (a, b, c, d) != (0, len(mine), 0, len(theirs)):
            if part.quoted and part.skipped:
                _replaced(sides, part, found)
            else:
                _plain(sides, part, found)
        else:
            _replaced(sides, part, found)


def _heals(sides: Sides, hole: Hole, mine: list[str], theirs: list[str]) -> bool:
    """The same letters, parted by a line end, or a number and its unit parted by a space."""
    if "".join(mine) != "".join(theirs):
        return False
    text, page = sides.quoted(hole.quote_from, hole.quote_to), sides.page
    source = page.slice(hole.source_from, hole.source_to)
    if any(tokens.is_torn(side) for side in (text, source)) or ("[" in text and "]" in source):
        return True
    longer = mine if len(mine) > len(theirs) else theirs
    gap = page.gap(hole.source_from + 1) if longer is theirs else text[len(mine[0]) :][:1]
    return len(longer) == 2 and tokens.is_number(longer[0]) and longer[1].isalpha() and not gap.strip()


def _replaced(sides: Sides, hole: Hole, found: Found) -> None:
    """Words for words: a letter's case where a sentence was made to begin, a bracketed letter, or a change."""
    solid, page = sides.solid, sides.page
    words = [word.form for word in solid.words[hole.quote_from : hole.quote_to]]
    if _heals(sides, hole, words, page.forms(hole.source_from, hole.source_to)):
        found.equal += hole.quoted
        return
    if hole.quoted == hole.skipped == 1:
        word, theirs = solid.words[hole.quote_from], page.forms(hole.source_from, hole.source_to)[0]
        if _may_begin(sides, hole.quote_from) and same_but_first_case(word.form, theirs):
            found.equal += 1
            found.elided |= word.patched
            return
        if word.patched and _patch_holds(word.form, word.outside or "", theirs, sides.lexicon):
            found.equal += 1
            found.elided = True
            return
    _change(sides, hole, found)


def _may_begin(sides: Sides, word: int) -> bool:
    """True where a quoted word begins a sentence or a part, so that its first letter may have been turned."""
    if word == 0 or word in sides.solid.joints or sides.solid.words[word].patched:
        return True
    return any(sign in sides.solid.gaps[word] for sign in ".?!…")


def _patch_holds(form: str, outside: str, theirs: str, lexicon: Lexicon) -> bool:
    """``walk[ed]`` for ``walks``: the letters outside the bracket are the source's, and no prefix turns the word."""
    if same_but_first_case(form, theirs) or form == theirs:
        return True
    if len(outside) < 3 or changes.negates(form.lower(), theirs.lower(), lexicon):
        return False
    return form.startswith(outside) and theirs.startswith(outside) and len(theirs) - len(outside) <= 4


def _change(sides: Sides, hole: Hole, found: Found) -> None:
    page = sides.page
    mine = tuple(word.form for word in sides.solid.words[hole.quote_from : hole.quote_to])
    theirs = tuple(page.forms(hole.source_from, hole.source_to))
    piece = Piece(
        mine,
        theirs,
        tuple(page.forms(max(0, hole.source_from - 3), hole.source_from)),
        tuple(page.forms(hole.source_to, min(len(page.words), hole.source_to + 3))),
        meaning.ends_sentence(page, hole.source_from) or hole.source_from == 0,
    )
    kind, severity = changes.classify(piece, sides.lexicon, sides.known)
    found.changes.append(
        Change(
            kind,
            sides.quoted(hole.quote_from, hole.quote_to),
            page.slice(hole.source_from, hole.source_to),
            sides.quote_place(hole.quote_from),
            sides.source_place(hole.source_from),
            severity,
        )
    )
