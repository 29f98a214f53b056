"""What a marked omission leaves out: not too much, no word that governs what is kept, and nobody whose words or deeds are then
another's.
"""

from __future__ import annotations

from collections.abc import Sequence

from archiver.match import meaning, tokens
from archiver.match.fold import QUOTE, fold_gap
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.negation import lowered
from archiver.match.sides import Found, Sides
from archiver.model import Change

FARTHEST_WORDS = 150  # left out behind one mark
FARTHEST_BLOCKS = 4  # line ends among them
NEAR_BLOCKS = 1  # line ends up to which no warning is given
SUBJECT = 6  # words kept before a mark up to which they are taken for a subject whose verb is left out
SPEAKER = 12  # words after or before a speech among which its speaker is looked for


def judge_gap(sides: Sides, mark: int, first: int, last: int, found: Found) -> None:
    """Judges the source words ``first..last`` that the mark before quoted word ``mark`` leaves out."""
    page = sides.page
    blocks = sum(1 for token in range(first, last + 1) if "\n" in page.gap(token))
    words = words_between(page, first, last)
    if words > FARTHEST_WORDS or blocks > FARTHEST_BLOCKS:
        found.splices.append(f"the omission mark spans {words} words and {blocks} line ends")
        found.notice("far-ellipsis", f"{words} words and {blocks} line ends are left out behind one mark")
        return
    if blocks > NEAR_BLOCKS:
        found.notice("across-paragraphs", f"the omission mark spans {blocks} line ends")
    _across_sentences(sides, first, last, found)
    if two_speakers(page, first, last, sides.lexicon):
        found.splices.append("the omission mark joins what two people said")
    governor = meaning.dropped_in_gap(page, first, last, sides.lexicon)
    if governor is not None:
        dropped = page.slice(governor.first, governor.last)
        found.splices.append(f"the omission mark hides “{dropped}”")
        found.changes.append(
            Change(governor.kind, "", dropped, sides.quote_place(mark), sides.source_place(governor.first))
        )


def words_between(page: Page, first: int, last: int) -> int:
    """Words as a reader counts them: two characters of a script without spaces make one."""
    count = last - first
    return (count + 1) // 2 if count and tokens.is_unspaced(page.form(first)) else count


def _across_sentences(sides: Sides, first: int, last: int, found: Found) -> None:
    """The end of one sentence and the beginning of another behind one mark: “The minister … resigned”, and her deputy did."""
    page, spoken = sides.page, sides.lexicon
    breaks = [token for token in range(first, last + 1) if meaning.ends_sentence(page, token)]
    if not breaks or breaks[0] == first or breaks[-1] == last:
        return
    kept = page.forms(meaning.clause_start(page, first), first)
    subject = page.slice(breaks[-1], min(last, breaks[-1] + SUBJECT))
    if (
        len(kept) <= SUBJECT
        and any(_is_content(word, spoken) for word in lowered(page.forms(breaks[-1], last)))
        and meaning.is_verb(page.form(last), spoken)
        and not any(meaning.is_verb(word, spoken) for word in kept)
        and last - breaks[-1] <= SUBJECT
    ):
        found.splices.append(f"the omission mark hides “{subject}”, of whom the words after it are said")
        return
    found.notice(
        "across-sentences", f"the words after the omission mark are of the sentence that begins with “{subject}”"
    )


def _is_content(word: str, lexicon: Lexicon) -> bool:
    """False for “she”, “and there”: who it is stands before, or it is nobody."""
    return word not in lexicon.pronouns and word not in lexicon.deictics and not is_function_word(word)


def two_speakers(page: Page, first: int, last: int, lexicon: Lexicon) -> bool:
    """True where one speech ends in an omitted range and another begins, and each has a speaker of another name."""
    marks = [token for token in range(first, last + 1) if QUOTE in fold_gap(page.gap(token))]
    if len(marks) < 2 or not _speakers(page, marks[0], marks[-1], lexicon):
        return False
    end = next((t for t in range(last + 1, len(page.words)) if QUOTE in fold_gap(page.gap(t))), len(page.words))
    begin = next((t for t in range(first - 1, -1, -1) if QUOTE in fold_gap(page.gap(t))), 0)
    between = _speakers(page, marks[0], marks[-1], lexicon)
    after = _speakers(page, end, _until(page, end), lexicon) if not meaning.ends_sentence(page, end) else set()
    before = _speakers(page, _since(page, begin), begin, lexicon) if not meaning.ends_sentence(page, begin) else set()
    return any(other and not between & other for other in (after, before)) and not (before & after)


def _until(page: Page, token: int) -> int:
    end = token
    while end < len(page.words) and end - token < SPEAKER and (end == token or not meaning.ends_sentence(page, end)):
        end += 1
    return end


def _since(page: Page, token: int) -> int:
    begin = token
    while begin > 0 and token - begin < SPEAKER and (begin == token or not meaning.ends_sentence(page, begin)):
        begin -= 1
    return begin


def _speakers(page: Page, first: int, last: int, lexicon: Lexicon) -> set[str]:
    """The names beside a verb of saying: “said Bob Jones”, “Bob Jones said”."""
    forms = page.forms(first, last)
    low = lowered(forms)
    names: set[str] = set()
    if lexicon.pronouns & set(low):
        return names  # “she told Reuters”: nobody knows who she is
    for k, word in enumerate(low):
        if word in lexicon.attribution:
            for beside in (_names(forms[k + 1 :]), _names(forms[:k][::-1])):
                if len(beside) > 1 or "de" not in lexicon.languages:  # there every noun has a capital
                    names.update(beside)
    return names


def _names(forms: Sequence[str]) -> list[str]:
    out: list[str] = []
    for form in forms:
        if not form[:1].isupper():
            break
        out.append(form)
    return out
