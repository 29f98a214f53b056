"""What a marked omission leaves out: not too much, no word that governs what is kept, and nobody whose words or deeds are then
another's.
"""

from __future__ import annotations

from collections.abc import Sequence

from archiver.match import carried, doers, joined, meaning, tokens, turns, wordcut
from archiver.match.denial import CLAUSE
from archiver.match.doers import SUBJECT
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.negation import lowered
from archiver.match.resolution import given_back
from archiver.match.sides import Found, Sides
from archiver.match.speakers import Speakers, who_speaks
from archiver.model import Change, ChangeKind

FARTHEST_WORDS = 150  # left out behind one mark
FARTHEST_BLOCKS = 4  # line ends among them
NEAR_BLOCKS = 1  # line ends up to which no warning is given


def judge_gap(sides: Sides, mark: int, first: int, last: int, found: Found, put_in: Sequence[str] = ()) -> None:
    """Judges the source words ``first..last`` that the mark before quoted word ``mark`` leaves out; words ``put_in`` in brackets beside
    the mark may name a subject that is left out.
    """
    page = sides.page
    blocks = sum(1 for token in range(first, last + 1) if "\n" in page.gap(token))
    words = words_between(page, first, last)
    if words > FARTHEST_WORDS or blocks > FARTHEST_BLOCKS:
        found.splices.append(f"the omission mark spans {words} words and {blocks} line ends")
        found.notice("far-ellipsis", f"{words} words and {blocks} line ends are left out behind one mark")
        return
    if blocks > NEAR_BLOCKS:
        found.notice("across-paragraphs", f"the omission mark spans {blocks} line ends")
    if last >= len(page.words):
        return  # nothing of the page is kept behind the mark: what is quoted there is told as put in
    _across_sentences(sides, first, last, found, put_in)
    _cut_word(sides, mark, first, found, put_in)
    if not put_in:
        hidden = doers.other_doer(page, first, last, sides.lexicon) or doers.other_antecedent(
            page, first, last, sides.lexicon
        )
        if hidden is not None:
            found.splices.append(f"the omission mark hides “{hidden}”, of whom the words after it are said")
    tell_speakers(sides, first, last, found, "the omission mark joins what two people said")
    governor = _governor(page, first, last, sides.lexicon)
    given = next(
        (k for k in range(first + 1, last) if given_back(page.forms(k, k + 1)[0], put_in, sides.lexicon)), None
    )
    if governor is None and given is not None:  # “… [won] the race” for “came close to winning the race”
        governor = _governor(page, first, given, sides.lexicon)
    if governor is None:
        denial = meaning.denial_before(page, first, last, sides.lexicon)
        if denial is not None:
            found.notice("hidden-denial", f"what follows the omission mark may hang on “{page.slice(denial, last)}”")
    else:
        dropped = page.slice(governor.first, governor.last)
        found.splices.append(f"the omission mark hides “{dropped}”")
        found.changes.append(
            Change(governor.kind, "", dropped, sides.quote_place(mark), sides.source_place(governor.first))
        )


def _cut_word(sides: Sides, mark: int, first: int, found: Found, put_in: Sequence[str]) -> None:
    """The word of which the mark leaves the ending out (“the mayor’s deputy”); who is meant may stand in brackets."""
    cut = wordcut.whole(sides.page, first, sides.lexicon)
    if not mark or cut is None or _names_somebody(put_in, sides.lexicon):
        return
    if wordcut.keeps_sign(sides.quotation.text, sides.solid.words[mark - 1].end):
        return
    kept = sides.quoted(mark - 1, mark)
    found.splices.append(f"the omission mark makes “{kept}” of “{cut}”")
    found.changes.append(
        Change(ChangeKind.WORD_REPLACED, kept, cut, sides.quote_place(mark - 1), sides.source_place(first - 1))
    )


def _names_somebody(put_in: Sequence[str], lexicon: Lexicon) -> bool:
    """“[Her deputy]”, “[she]”; not “[has]”."""
    verbs = lexicon.copulas | lexicon.modals
    return any(
        (_is_content(word, lexicon) and word not in verbs) or word in lexicon.pronouns for word in lowered(put_in)
    )


def _governor(page: Page, first: int, last: int, lexicon: Lexicon) -> meaning.Governor | None:
    """The words among those left out that turn what is kept."""
    return (
        meaning.dropped_in_gap(page, first, last, lexicon)
        or carried.denial(page, first, last, lexicon)
        or carried.predicate(page, first, last, lexicon)
        or turns.hidden_turn(page, first, last, lexicon)
        or joined.hidden(page, first, last, lexicon)
        or doers.other_deed(page, first, last, lexicon)
    )


def tell_speakers(sides: Sides, first: int, last: int, found: Found, reason: str) -> None:
    """Adds ``reason`` where the words before and after an omitted range are of two speakers, a notice where it may be so."""
    who = who_speaks(sides.page, first, last, sides.lexicon)
    if who is Speakers.OTHER:
        found.splices.append(reason)
    elif who is Speakers.UNKNOWN:
        found.notice(
            "across-speakers",
            "the quotation joins what stands between two pairs of quotation marks; that one person said both is not evident",
        )


def words_between(page: Page, first: int, last: int) -> int:
    """Words as a reader counts them: two characters of a script without spaces make one."""
    count = last - first
    return (count + 1) // 2 if count and tokens.is_unspaced(page.form(first)) else count


def _across_sentences(sides: Sides, first: int, last: int, found: Found, put_in: Sequence[str]) -> None:
    """The end of one sentence and the beginning of another behind one mark: “The minister … resigned”, and her deputy did; also
    “The minister spoke. … resigned”.
    """
    page, spoken = sides.page, sides.lexicon
    breaks = [token for token in range(first, last + 1) if meaning.ends_sentence(page, token)]
    if not breaks or breaks[-1] == last:
        return
    subject = page.slice(breaks[-1], min(last, breaks[-1] + SUBJECT))
    begun = meaning.is_verb(page.low(last), spoken) and last - breaks[-1] <= SUBJECT
    if breaks[0] == first:
        lost = begun and not _names_somebody(put_in, spoken) and _names_another(page, first, breaks[-1], last, spoken)
    else:
        kept = _last_clause(page.forms(meaning.clause_start(page, first), first), spoken)
        hidden = lowered(page.forms(breaks[-1], last))
        lost = (
            begun
            and len(kept) <= SUBJECT
            and any(_is_content(word, spoken) for word in hidden)
            and not any(meaning.is_verb(word, spoken) for word in kept)
        )
    lost = lost or _another_says(sides, first, breaks[-1], last)
    if lost:
        found.splices.append(f"the omission mark hides “{subject}”, of whom the words after it are said")
    elif breaks[0] != first or _hangs_tail(page, breaks[-1], last, spoken):
        found.notice(
            "across-sentences", f"the words after the omission mark are of the sentence that begins with “{subject}”"
        )


def _hangs_tail(page: Page, begin: int, last: int, lexicon: Lexicon) -> bool:
    """“They saw cracks … by June.” for “They saw cracks. They will mend it by June.”: the tail of a sentence behind a whole one."""
    small = page.form(last)[:1].islower() and page.form(begin)[:1].isupper() and not CLAUSE.search(page.gap(last))
    return small and last > begin and page.low(last) in lexicon.prepositions


def _names_another(page: Page, first: int, begin: int, last: int, lexicon: Lexicon) -> bool:
    """True where the words ``begin..last`` name a subject that the sentence kept before them does not name; “she” is of that sentence."""
    if not page.form(last)[:1].islower():
        return False
    hidden = lowered(page.forms(begin, last))
    if set(hidden) & (lexicon.pronouns - lexicon.articles):
        return False
    kept = set(lowered(page.forms(meaning.clause_start(page, first - 1) if first > 1 else 0, first)))
    subject = _last_clause(hidden, lexicon)
    leads = is_function_word(hidden[0]) and hidden[0] not in lexicon.articles  # “In the post | is a picture”
    if leads or hidden[-1] in lexicon.infinitive_marks or any(meaning.is_verb(word, lexicon) for word in subject):
        return False
    says = {word for word in hidden if _is_content(word, lexicon)}
    return bool(says - kept)


def _another_says(sides: Sides, first: int, begin: int, last: int) -> bool:
    """“Venn said … that he agrees”, where the words left out end with “Singh said”."""
    page, spoken = sides.page, sides.lexicon
    hidden = lowered(page.forms(begin, last))
    kept = lowered(page.forms(meaning.clause_start(page, first), first))
    if page.low(last) not in spoken.complementizers or spoken.attribution.isdisjoint(hidden[-1:]):
        return False
    if (
        spoken.attribution.isdisjoint(kept)
        or len(hidden) > SUBJECT
        or set(hidden) & (spoken.pronouns - spoken.articles)
    ):
        return False
    return any(_is_content(word, spoken) and word not in kept for word in hidden[:-1])


def _last_clause(words: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The words after the last verb of saying or “that”, if any follow: “say it”."""
    at = -1
    for k, word in enumerate(lowered(words[:-1])):
        if word in lexicon.attribution or word in lexicon.complementizers:
            at = k
    return words[at + 1 :]


def _is_content(word: str, lexicon: Lexicon) -> bool:
    """False for “she”, “and there”: who it is stands before, or it is nobody."""
    return word not in lexicon.pronouns and word not in lexicon.deictics and not is_function_word(word)
