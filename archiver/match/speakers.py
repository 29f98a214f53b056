"""Who says the two passages that a quotation joins, where quotation marks close and open between them.

Only names and pronouns beside a verb of saying, or after “according to”, are looked at: a list and no parser. Where it is not evident that
one person says both, that is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, pairwise

from archiver.match import meaning
from archiver.match.fold import QUOTE, QUOTE_MARKS, fold_gap
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word

FARTHEST = 300  # words among which the mark is looked for that opens or ends a speech
_LABEL = 4  # words of a name at the head of a line
_PAGE = 2000  # words about it among which it stands again
NEAR = 24  # words after or before a speech among which its speaker is looked for
_MARK = re.compile(rf"[{QUOTE_MARKS}]")
_OPENING, _CLOSING = "“„‚‘«‹「『﹁﹃〝｢", "”’»›」』﹂﹄〞〟｣"
_STOP = re.compile(r"[.。।؟…]")
_BREAK = re.compile(r"[,;:–—()]")


class Speakers(StrEnum):
    """Whether two speeches are one person's; ``NONE`` where there are no two."""

    NONE = "none"
    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Speaker:
    """What a remark calls the speaker: runs of words with capitals, or a pronoun; neither where it is “the mayor”. ``told`` where there
    is a verb of saying.
    """

    names: tuple[tuple[str, ...], ...] = ()
    pronoun: str = ""
    told: bool = True

    def __bool__(self) -> bool:
        return bool(self.names or self.pronoun)


_NOBODY = Speaker(told=False)


def who_speaks(page: Page, first: int, last: int, lexicon: Lexicon) -> Speakers:
    """Whether the words before token ``first`` and those from ``last`` on, with ``first..last`` left out, are of one speaker."""
    if _turns(page, first, last):
        return Speakers.OTHER
    marks = [(token, opens) for token in range(first, min(last + 1, len(page.words))) for opens in _marks(page, token)]
    if len(marks) > 1 and marks[0][1] and marks[-1][1]:
        return _reported(page, first, marks[-1][0], lexicon)
    if len(marks) < 2 or marks[0][1] or not marks[-1][1]:
        return Speakers.NONE
    opened = next(token for token, opens in marks if opens)
    closed = next(token for token, opens in reversed(marks) if not opens)
    head, tail = _sentences(page, marks[0][0], opened), _sentences(page, closed, marks[-1][0])
    once = (opened, closed) == (marks[-1][0], marks[0][0]) and len(head) == 1
    if once and not meaning.ends_sentence(page, opened) and not _begins_anew(page, closed, opened):
        return _interrupted(page, head[0], lexicon)
    one = _after(page, marks[0][0], head, lexicon) or _before(page, _since(page, first), lexicon)
    two = _next(page, marks[-1][0], tail, lexicon)
    led = ":" in page.gap(marks[-1][0])  # “Otte retorted: “…”, with a verb that no list has
    if not two.told and tail and not led and not _has_line(page, marks[-1][0]):
        two = _after(page, closed, tail[:1], lexicon)  # “…,” said Moore. “…”
        if len(tail) > 1 or closed != marks[0][0]:
            return _compared(one, two, page, tail[1:], lexicon)
        return Speakers.SAME
    return _compared(one, two, page, tail[1:-1] if _leads(page, marks[-1][0]) else tail[1:], lexicon)


def _turns(page: Page, first: int, last: int) -> bool:
    """True where a transcript gives the words before token ``first`` and those from ``last`` on to two people: “Hale: …”, “Q: …” at the head of
    lines. A heading (“Results: …”) stands there once.
    """
    if not any("\n" in page.gap(token) for token in range(first, last + 1)):
        return False
    one, two = _label(page, first - 1), _label(page, last)
    if not one or not two or two[0] + len(two[1]) > last or _is_one(one[1], two[1]):
        return False  # the quotation has the name itself, or one person goes on
    return any(_recurs(page, label) for label in (one, two))


def _label(page: Page, token: int) -> tuple[int, tuple[str, ...]] | None:
    """Where the line of a transcript begins in which a token stands, and the name at its head; None without one."""
    for at in islice(range(token, -1, -1), FARTHEST):
        if (not at or _has_line(page, at)) and (name := _named_line(page, at)):
            return at, name
    return None


def _named_line(page: Page, at: int) -> tuple[str, ...]:
    """The name before a colon at the head of the line that begins with a token; empty where there is none."""
    for end in range(at + 1, min(at + _LABEL + 1, len(page.words))):
        gap = page.gap(end)
        if ":" in gap:
            words = tuple(page.forms(at, end))
            return words if all(word[:1].isupper() for word in words) else ()
        if "\n" in gap:
            break
    return ()


def _recurs(page: Page, label: tuple[int, tuple[str, ...]]) -> bool:
    at, name = label
    lines = (
        k
        for k in range(max(0, at - _PAGE), min(len(page.words), at + _PAGE))
        if k != at and (not k or _has_line(page, k))
    )
    return any((other := _named_line(page, k)) and _is_one(other, name) for k in lines)


def _reported(page: Page, first: int, opened: int, lexicon: Lexicon) -> Speakers:
    """What one is reported to say before token ``first``, and the speech of another sentence that opens before token ``opened``."""
    breaks = [token for token in range(first, opened + 1) if meaning.ends_sentence(page, token)]
    one = _speaker(page, meaning.clause_start(page, first - 1) if first else 0, first, lexicon)
    two = _speaker(page, max(breaks[-1], opened - NEAR), opened, lexicon) if breaks else _NOBODY
    return _compared(one, two, page, [], lexicon) if one.told and two.told else Speakers.NONE


def _compared(one: Speaker, two: Speaker, page: Page, between: list[tuple[int, int]], lexicon: Lexicon) -> Speakers:
    if not one or not two:
        return Speakers.UNKNOWN
    others = [run for begin, end in between for run in _runs(page, begin, end, lexicon)]
    strangers = others and not any(_is_one(run, name) for run in others for name in one.names)
    if two.pronoun or one.pronoun:
        if (one.pronoun and two.pronoun and one != two) or (one.pronoun and any(len(run) > 1 for run in two.names)):
            return Speakers.OTHER  # who was “she” is not called by his full name after that
        return Speakers.UNKNOWN if strangers or not two.pronoun else Speakers.SAME
    if any(_is_one(a, b) for a in one.names for b in two.names):
        return Speakers.SAME
    if {word for run in one.names for word in run} & {word for run in two.names for word in run}:
        return Speakers.UNKNOWN
    sure = "de" not in lexicon.languages or all(len(run) > 1 for run in (one.names[0], two.names[0]))
    return Speakers.OTHER if sure else Speakers.UNKNOWN  # every German noun has a capital


def _is_one(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """“Moore” and “Ann Moore”."""
    return set(one) <= set(two) or set(two) <= set(one)


def _marks(page: Page, token: int) -> list[bool]:
    """For each quotation mark before a token whether it opens; apostrophes and marks that tell neither are left out."""
    gap = page.gap(token)
    if QUOTE not in fold_gap(gap):
        return []
    out = []
    for mark in _MARK.finditer(gap):
        at, sign = mark.start(), mark.group()
        spaced = (not gap[:at] and token == 0) or gap[:at][-1:].isspace() or gap[:at][-1:] in tuple("([—–-:")
        ends = not gap[at + 1 :]
        if sign in "'’" and ends and not spaced:
            continue
        if sign in "'’" and not gap[:at] and gap[at + 1 :][:1].isspace():
            continue  # the workers' union
        if spaced and ends:
            out.append(True)
        elif not spaced and not ends:
            out.append(False)
        elif sign in _OPENING:
            out.append(True)
        elif sign in _CLOSING or not spaced:
            out.append(False)
    return out


def _sentences(page: Page, begin: int, end: int) -> list[tuple[int, int]]:
    """The sentences between two marks, none where they stand side by side."""
    if end <= begin:
        return []
    breaks = [token for token in range(begin + 1, end) if meaning.ends_sentence(page, token)]
    return list(pairwise([begin, *breaks, end]))


def _has_line(page: Page, token: int) -> bool:
    return "\n" in page.gap(token)


def _begins_anew(page: Page, closed: int, opened: int) -> bool:
    """True where the words after a speech are a sentence that leads to the next one (``.” Peter Hall said: “``)."""
    gap = page.gap(closed)
    stop = "." in gap or (any(sign in gap for sign in "?!") and ":" in page.gap(opened))
    return (stop and page.form(closed)[:1].isupper()) or _has_line(page, closed)


def _leads(page: Page, token: int) -> bool:
    gap = _MARK.split(page.gap(token))[0]
    return not _STOP.search(gap) and not _has_line(page, token)


def _interrupted(page: Page, remark: tuple[int, int], lexicon: Lexicon) -> Speakers:
    """``,” said Moore, “``: one speaker, unless the remark has another say what comes: ``,” said Moore, but Hall said, “``."""
    begin, end = remark
    turns = [token for token in range(begin + 1, end) if _BREAK.search(page.gap(token))]
    for turn in turns:
        one, two = (_speaker(page, *part, lexicon, said=True) for part in ((begin, turn), (turn, end)))
        if one.names and two.names and _compared(one, two, page, [], lexicon) is Speakers.OTHER:
            return Speakers.OTHER
    return Speakers.SAME


def _after(page: Page, closed: int, sentences: list[tuple[int, int]], lexicon: Lexicon) -> Speaker:
    """The speaker in the remark after a speech that a mark before ``closed`` ends."""
    if not sentences:
        return _NOBODY
    begin, end = sentences[0]
    led = len(sentences) == 1 and end < len(page.words) and ":" in page.gap(end)
    if led or _begins_anew(page, closed, closed):
        return _NOBODY
    return _speaker(page, begin, min(end, begin + NEAR), lexicon)


def _since(page: Page, token: int) -> int | None:
    """The token before which the speech that goes on until ``token`` opens; None where none does."""
    lines = 0
    for at in islice(reversed(range(token)), FARTHEST):
        found = _marks(page, at)
        if found:
            return at if found[-1] else None
        lines += _has_line(page, at)
        if lines > 1:
            return None
    return None


def _before(page: Page, opened: int | None, lexicon: Lexicon) -> Speaker:
    """The speaker in the words that lead to a speech."""
    if opened is None or not _leads(page, opened):
        return _NOBODY
    begin = max(meaning.clause_start(page, opened - 1), opened - NEAR)
    inside = [token for token in range(begin, opened) if _marks(page, token)]
    return _speaker(page, inside[-1] if inside else begin, opened, lexicon)


def _next(page: Page, opened: int, sentences: list[tuple[int, int]], lexicon: Lexicon) -> Speaker:
    """The speaker of the speech that opens before a token: in the words that lead to it, or after it."""
    if sentences and _leads(page, opened):
        begin, end = sentences[-1]
        found = _speaker(page, max(begin, end - NEAR), end, lexicon)
        if found.told:
            return found
    reach = min(len(page.words), opened + FARTHEST)
    for token in range(opened + 1, reach):
        marks = _marks(page, token)
        if not marks:
            continue
        if marks[0]:
            return _NOBODY
        after = range(token + 1, min(reach, token + NEAR))
        end = next((t for t in after if meaning.ends_sentence(page, t) or _marks(page, t)), after.stop)
        return _after(page, token, [(token, end)], lexicon)
    return _NOBODY


def _speaker(page: Page, begin: int, end: int, lexicon: Lexicon, *, said: bool = False) -> Speaker:
    """Who speaks in a remark: the pronoun beside its verb, else the names before the verb, else the first name after it."""
    forms = page.forms(begin, end)
    low = [form.lower() for form in forms]
    verb = next((k for k, word in enumerate(low) if word in lexicon.attribution), None)
    if verb is None:
        return _NOBODY
    beside = low[max(0, verb - 2) : verb] if verb else low[1:2]
    pronoun = next((word for word in beside if word in lexicon.pronouns and word not in lexicon.relatives), "")
    if pronoun and not said:
        return Speaker(pronoun=pronoun)
    before = _runs(page, begin, begin + verb, lexicon)
    return Speaker(tuple(before or _runs(page, begin + verb + 1, end, lexicon)[:1]))


def _runs(page: Page, begin: int, end: int, lexicon: Lexicon) -> list[tuple[str, ...]]:
    """The names among some tokens: words with capitals side by side, no titles and no words that have a capital for beginning."""
    runs: list[tuple[str, ...]] = []
    last = -2
    for token, form in enumerate(page.forms(begin, end), begin):
        low = form.lower()
        plain = is_function_word(low) or low in lexicon.attribution or low in lexicon.calendar
        if not form[:1].isupper() or plain or form in meaning.TITLES:
            continue
        if last == token - 1 and not _BREAK.search(page.gap(token)):
            runs[-1] = (*runs[-1], form)
        else:
            runs.append((form,))
        last = token
    return runs
