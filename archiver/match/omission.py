"""What a marked omission leaves out: not too much, no word that governs what is kept, and nobody whose words or deeds are then
another's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.match import carried, joined, meaning, tokens, turns
from archiver.match.denial import CLAUSE
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.negation import lowered
from archiver.match.quantity import is_quantity
from archiver.match.sides import Found, Sides
from archiver.match.speakers import Speakers, who_speaks
from archiver.model import Change

FARTHEST_WORDS = 150  # left out behind one mark
FARTHEST_BLOCKS = 4  # line ends among them
NEAR_BLOCKS = 1  # line ends up to which no warning is given
_CLAUSES = re.compile("[;:]")  # signs between clauses that never part the subject of one verb
SUBJECT = 6  # words kept before a mark up to which they are taken for a subject whose verb is left out


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
    _other_doer(sides, first, last, found, put_in)
    tell_speakers(sides, first, last, found, "the omission mark joins what two people said")
    governor = (
        meaning.dropped_in_gap(page, first, last, sides.lexicon)
        or carried.denial(page, first, last, sides.lexicon)
        or carried.predicate(page, first, last, sides.lexicon)
        or turns.hidden_turn(page, first, last, sides.lexicon)
        or joined.hidden(page, first, last, sides.lexicon)
    )
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
    begun = meaning.is_verb(page.form(last), spoken) and last - breaks[-1] <= SUBJECT
    if breaks[0] == first:
        named = any(_is_content(word, spoken) or word in spoken.pronouns for word in lowered(put_in))
        lost = begun and not named and _names_another(page, first, breaks[-1], last, spoken)
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
    elif breaks[0] != first:
        found.notice(
            "across-sentences", f"the words after the omission mark are of the sentence that begins with “{subject}”"
        )


def _other_doer(sides: Sides, first: int, last: int, found: Found, put_in: Sequence[str]) -> None:
    """“Marsh … seconded it” for “Marsh proposed, and Singh seconded it”: the verb that is kept is that of a hidden subject."""
    page, spoken = sides.page, sides.lexicon
    kept, hidden = page.forms(meaning.clause_start(page, first), first), page.forms(first, last)
    low = lowered(hidden)
    if put_in or meaning.torn_sentences(page, first, last) != [(first, last)] or CLAUSE.search(page.gap(last)):
        return
    at = max((k for k, word in enumerate(low) if word in spoken.coordinators), default=0)
    parted = max((k for k in range(1, len(low)) if _CLAUSES.search(page.gap(first + k))), default=0)
    begin = max(at + 1 if at else 0, parted)
    subject = low[begin:]
    if not begin or not 0 < len(subject) <= SUBJECT or not meaning.is_verb(page.form(last), spoken):
        return
    named = hidden[begin][:1].isupper() or subject[0] in spoken.articles or subject[0] in spoken.pronouns
    named = named or any(is_quantity(word, spoken) for word in subject)
    of_both = not any(meaning.is_verb(word, spoken) for word in low[:at])  # “Marsh, with Doyle and Singh | seconded”
    apart = (
        low[at] in spoken.adversatives and CLAUSE.search(page.gap(first + at)) and not CLAUSE.search(page.gap(first))
    )
    alone = 0 < len(kept) <= SUBJECT and not is_function_word(kept[-1].lower())  # a subject that waits for its verb
    of_both = of_both and not (alone and (begin == parted or apart))
    of_both = of_both or low[0] in spoken.relatives  # “Officers who searched the car and the house | seized it”
    if not named or of_both or any(meaning.is_verb(word, spoken) for word in (*subject, *lowered(kept))):
        return
    found.splices.append(
        f"the omission mark hides “{page.slice(first + begin, last)}”, of whom the words after it are said"
    )


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
    if page.form(last).lower() not in spoken.complementizers or spoken.attribution.isdisjoint(hidden[-1:]):
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
