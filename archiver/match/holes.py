"""What lies between two shared runs: an omission that was marked, a bracket, a remark, a slip of the line end, or a change."""

from __future__ import annotations

import re
from itertools import pairwise

from archiver.match import attribution, capitals, diff, meaning, notemarks, tokens
from archiver.match.brackets import judge_bracket, judge_insertion, judge_verb_put_in, patch_holds
from archiver.match.fold import ELLIPSIS, QUOTE, fold_gap, fold_word, same_but_first_case
from archiver.match.index import Page
from archiver.match.lexicon import lexicon
from archiver.match.omission import judge_gap, tell_speakers, words_between
from archiver.match.quotation import NO_JOINT
from archiver.match.sides import Found, Hole, Sides, add_change
from archiver.match.signs import check_gap, check_gaps, check_over_notes
from archiver.model import ChangeKind

FARTHEST_NAMED = 60  # words missing without a mark up to which it is asked what sort of words they are
SWALLOWED = 3  # words behind an omission mark up to which a bracket beside it stands in their place
FURTHEST = 8  # source words among which a word beside a mark is looked for where it does not stand next to it
MOST_SKIPPED = 12  # words missing without a mark before the passage counts as joined from two


def judge_hole(sides: Sides, hole: Hole, found: Found) -> None:
    """Judges one hole and adds what it is to ``found``."""
    marks = [k for k in range(hole.quote_from, hole.quote_to + 1) if k in sides.solid.joints]
    if not hole.quoted and not hole.skipped:
        _nothing_missing(sides, hole, found)
    elif marks:
        _marked(sides, hole, marks, found)
    else:
        _plain(sides, hole, found)


def _nothing_missing(sides: Sides, hole: Hole, found: Found) -> None:
    """The words run on: a mark over nothing, a bracketed insertion, a note, or plain punctuation."""
    k, token = hole.quote_from, hole.source_from
    joint = sides.solid.joints.get(k, NO_JOINT)
    if joint is NO_JOINT:
        if 0 < k < len(sides.solid) and 0 < token < len(sides.page.words):
            check_gap(sides, k, token, sides.solid.gaps[k], found)
        return
    if joint.omits and ELLIPSIS in fold_gap(sides.page.gap(token)):
        return
    found.elided = True
    for inside in joint.brackets:
        judge_insertion(sides, inside, k, token, found)


def _marked(sides: Sides, hole: Hole, marks: list[int], found: Found) -> None:
    """A hole with marks in it: words at its edges are compared with the source's, what is left stands behind the marks."""
    first, last, changes = hole.source_from, hole.source_to, len(found.changes)
    if len(marks) == 1 and _literal_bracket(sides, hole, marks[0], found):
        return
    left = marks[0] - hole.quote_from
    left = min(left + _parted(sides, hole.quote_from, marks[0], min(first + left, last)), last - first)
    if left:
        left += further(sides, marks[0] - 1, range(first + left - 1, last))
    _plain(sides, Hole(hole.quote_from, marks[0], first, first + left), found)
    first += left
    right = min(hole.quote_to - marks[-1] + _parted(sides, marks[-1], hole.quote_to, last - 1), last - first)
    if right and marks[-1] < hole.quote_to:
        right += further(sides, marks[-1], range(last - right, first - 1, -1))
    for one, two in pairwise(marks):
        _plain(sides, Hole(one, two, first, first), found)
    _plain(sides, Hole(marks[-1], hole.quote_to, last - right, last), found)
    last -= right
    joints = [sides.solid.joints[k] for k in marks]
    omission = next((k for k, joint in zip(marks, joints, strict=True) if joint.omits), None)
    bracket = next((k for k, joint in zip(marks, joints, strict=True) if joint.brackets), None)
    if last > first and omission is None and bracket is not None:
        judge_bracket(sides, Hole(bracket, bracket, first, last), bracket, found, alone=len(found.changes) == changes)
        return
    found.elided = True
    for joint_at, joint in zip(marks, joints, strict=True):
        for inside in joint.brackets:
            judge_insertion(sides, inside, joint_at, first, found)
            if 0 < last - first <= SWALLOWED:
                judge_verb_put_in(sides, inside, Hole(joint_at, joint_at, first, last), found)
    if last > first and omission is not None and _is_sources_own(sides, omission, first, last):
        _skipped(sides, Hole(omission, omission, first, last), found)
    elif last > first and omission is not None:
        put_in = tokens.split(" ".join(inside for joint in joints for inside in joint.brackets))[1::2]
        judge_gap(sides, omission, first, last, found, put_in)
    elif last > first:
        _skipped(sides, Hole(marks[0], marks[0], first, last), found)


def _is_sources_own(sides: Sides, mark: int, first: int, last: int) -> bool:
    """True where the mark may be the pause that the source prints there itself, which covers no word dropped beside it. Brackets
    say that it is the writer's, and so do words enough that nobody drops them by the way.
    """
    before = sides.quote_place(mark)
    start = sides.solid.words[mark - 1].end if mark else 0
    if set("[(") & set(sides.quotation.text[start:before]) or last - first > SWALLOWED:
        return False
    return any(ELLIPSIS in fold_gap(sides.page.gap(token)) for token in (first, last))


def _parted(sides: Sides, first: int, last: int, token: int) -> int:
    """How many more tokens the source has for words like ``idea[s]`` that stand there with their bracket, before ``token``."""
    patched = sum(word.patched for word in sides.solid.words[first:last])
    return patched if patched and token >= 0 and set("[]") & set(sides.page.gap(token)) else 0


def further(sides: Sides, quoted: int, places: range) -> int:
    """How much further off the source has the word that stands beside a mark in the quotation; 0 where it is not near."""
    word = sides.solid.words[quoted]
    for away, token in enumerate(places[:FURTHEST]):
        theirs = meaning.folded(sides.page, token)
        if word.form == theirs or (word.patched and patch_holds(word.form, word.outside or "", theirs, sides.lexicon)):
            return away
    return 0


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
    if last - first <= attribution.LONGEST:
        inner = page.parts[2 * first + 2 : 2 * last : 2]
        if attribution.interrupts(page.gap(first), page.forms(first, last), page.gap(last), inner, sides.lexicon):
            found.elided = True
            tell_speakers(sides, first, last, found, "what two people said is joined without a mark")
            return
    raw = page.text.content[page.end(first - 1) : sides.source_place(last)] if first else ""
    bare = notemarks.without_signs(raw)
    if bare is not None:
        if 0 < hole.quote_from < len(sides.solid) and hole.quote_from not in sides.solid.joints:
            check_over_notes(sides, hole.quote_from, (first, last), bare, found)
        return
    raw = raw.strip()
    if sides.citations_omitted() and raw[:1] in "([" and page.gap(last).lstrip()[:1] in ")]":
        found.elided = True
        return
    if words_between(page, first, last) > MOST_SKIPPED or _skips_sentence(page, first, last):
        found.splices.append(f"{last - first} words are left out without a mark")
    add_change(sides, hole, found, (ChangeKind.WORD_DROPPED, "major") if last - first > FARTHEST_NAMED else None)


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
    inner = [text[one.end : two.start] for one, two in pairwise(words)]
    remark = [word.form for word in words]
    if any(
        attribution.interrupts(before, remark, after, inner, spoken) for spoken in (sides.lexicon, lexicon(("en",)))
    ):
        found.elided = True
        return
    add_change(sides, hole, found)


def _differing(sides: Sides, hole: Hole, found: Found) -> None:
    """Words over words: laid beside one another whatever their capitals, each stretch that differs judged by itself."""
    theirs = [form.lower() for form in sides.page.forms(hole.source_from, hole.source_to)]
    mine = as_printed(sides, hole)
    i = j = 0
    for a, b, c, d in [*diff.align(mine, theirs), (len(mine), len(mine), len(theirs), len(theirs))]:
        _same_letters(sides, hole, (hole.quote_from + i, hole.source_from + j, a - i), found)
        part = Hole(hole.quote_from + a, hole.quote_from + b, hole.source_from + c, hole.source_from + d)
        if part.quoted and part.skipped:
            _replaced(sides, part, found)
        else:
            _plain(sides, part, found)
        i, j = b, d


def as_printed(sides: Sides, hole: Hole) -> list[str]:
    """The quoted words without capitals, those with a bracketed letter or ending as the source prints them where they may stand
    for it (``walk[ed]`` for ``walks``).
    """
    out = []
    for word in sides.solid.words[hole.quote_from : hole.quote_to]:
        form = word.form
        if word.patched:
            held = (
                theirs
                for token, theirs in enumerate(sides.page.forms(hole.source_from, hole.source_to), hole.source_from)
                if not set("[]") & set(sides.page.gap(token + 1))  # the source has such a bracket itself
                and patch_holds(word.form, word.outside or "", theirs, sides.lexicon)
            )
            form = next(held, form)
        out.append(form.lower())
    return out


def _same_letters(sides: Sides, hole: Hole, stretch: tuple[int, int, int], found: Found) -> None:
    """Words that are the same but for capitals, the signs between them, and those at the ends of the hole."""
    quote, source, length = stretch
    if not length:
        return
    for k, theirs in enumerate(sides.page.forms(source, source + length), quote):
        word = sides.solid.words[k]
        if (
            sides.caseless
            or word.form == theirs
            or word.patched
            or (sides.may_begin(k) and same_but_first_case(word.form, theirs))
        ):
            found.equal.add(k)
    found.elided |= any(word.patched for word in sides.solid.words[quote : quote + length])
    ends = ((quote, source), (quote + length, source + length))
    corners = ((hole.quote_from, hole.source_from), (hole.quote_to, hole.source_to))
    for end, corner in zip(ends, corners, strict=True):
        if end == corner:
            _check_border(sides, *end, found)
    check_gaps(sides, quote, source, length, found)
    capitals.tell(sides, quote, source, length, found)


def _heals(sides: Sides, hole: Hole, mine: list[str], theirs: list[str]) -> bool:
    """The same letters, parted by a line end, or a number and its unit parted by a space."""
    if "".join(mine) != "".join(theirs):
        return False
    text, page = sides.quoted(hole.quote_from, hole.quote_to), sides.page
    source = page.slice(hole.source_from, hole.source_to)
    if any(tokens.is_torn(side) for side in (text, source)):
        return not any(map(_parts_number, (mine, theirs)))  # “20-\n30” is not 2030
    if "[" in source or "]" in source:
        return not _parts_number(theirs)  # 2013 is not 201[3]
    return (
        not re.search(r"[^\s]", _between_words(sides, hole)) and _parted_at_numbers(mine) and _parted_at_numbers(theirs)
    )


def _parts_number(words: list[str]) -> bool:
    return any(one[-1:].isdigit() and two[:1].isdigit() for one, two in pairwise(words))


def _between_words(sides: Sides, hole: Hole) -> str:
    """The signs between the words of a hole, on both sides."""
    words, page = sides.solid.words, sides.page
    mine = [sides.quotation.text[words[k - 1].end : words[k].start] for k in range(hole.quote_from + 1, hole.quote_to)]
    return "".join((*mine, *(page.gap(token) for token in range(hole.source_from + 1, hole.source_to))))


def _parted_at_numbers(words: list[str]) -> bool:
    """True where words are parted only between a figure and a letter: ``10 km``, ``5남 2녀``, never ``1 250``."""
    return all(one[-1:].isdigit() + two[:1].isdigit() == 1 for one, two in pairwise(words))


def _replaced(sides: Sides, hole: Hole, found: Found) -> None:
    """Words for words: a letter's case where a sentence was made to begin, a bracketed letter, or a change."""
    solid, page = sides.solid, sides.page
    words = [word.form for word in solid.words[hole.quote_from : hole.quote_to]]
    if _heals(sides, hole, words, page.forms(hole.source_from, hole.source_to)):
        found.equal.update(range(hole.quote_from, hole.quote_to))
        brackets = set("[]") & set(page.slice(hole.source_from, hole.source_to))
        if brackets and "[" not in sides.quoted(hole.quote_from, hole.quote_to):
            add_change(sides, hole, found, (ChangeKind.PUNCTUATION, "minor"))
        return
    remark = _remark(sides, hole)
    if remark is not None:
        found.elided = True
        add_change(sides, remark, found)
        return
    if hole.quoted == hole.skipped:
        _check_border(sides, hole.quote_from, hole.source_from, found)
        _check_border(sides, hole.quote_to, hole.source_to, found)
    if hole.quoted == hole.skipped == 1:
        word, theirs = solid.words[hole.quote_from], meaning.folded(page, hole.source_from)
        if sides.may_begin(hole.quote_from) and same_but_first_case(word.form, theirs):
            found.equal.add(hole.quote_from)
            found.elided |= word.patched
            return
    add_change(sides, hole, found)


def _remark(sides: Sides, hole: Hole) -> Hole | None:
    """What is left of a hole without the remark that interrupts the speech in it (``fire,” she said, “but``); None without one."""
    page, first, last = sides.page, hole.source_from, hole.source_to
    marks = [token for token in range(first, last + 1) if QUOTE in fold_gap(page.gap(token))]
    for begin, end in pairwise(marks):
        if (begin, end) != (first, last) and attribution.interrupts(
            page.gap(begin),
            page.forms(begin, end),
            page.gap(end),
            page.parts[2 * begin + 2 : 2 * end : 2],
            sides.lexicon,
        ):
            if end == last:
                return hole._replace(source_to=begin)
            if begin == first:
                return hole._replace(source_from=end)
    return None


def _check_border(sides: Sides, quoted: int, token: int, found: Found) -> None:
    """Compares the signs before a quoted word with those before a token."""
    inside = 0 < quoted < len(sides.solid) and 0 < token < len(sides.page.words)
    if inside and quoted not in sides.solid.joints:
        check_gap(sides, quoted, token, sides.solid.gaps[quoted], found)
