"""Scripts that write no spaces: words that govern others, found among characters in a row, where an omission mark or a cut takes them away."""

from __future__ import annotations

import re

from archiver.match import meaning, tokens
from archiver.match.denial import CLAUSE
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon
from archiver.match.meaning import Governor
from archiver.match.negation import negation_count
from archiver.model import ChangeKind

_MOST = 12  # characters of a gap that is hardly more than one word
_REACH = 16  # characters after a cut among which a Japanese sentence is denied
_PARTICLES = "的はがをにもで地"
_NUMBER = r"[\d.,〇零一二三四五六七八九十百千两兩几數数]+"
_SHARE = re.compile(rf"(?:约|約|大约|大約|およそ|近)?(?:{_NUMBER}分之{_NUMBER}|{_NUMBER}(?:成|割|[%％])半?)")
_ONE_OF = re.compile(rf"{_NUMBER}(?:人|つ|件|社|世帯|個|匹|本|台)に$")
_SAID_BESIDE = 8  # characters before a cut among which a denied verb of saying is looked for
_NOT_SAID = re.compile(r"(?:没有|沒有|没|沒|未|不)(?:说|說|表示|认为|認為|承认|承認|相信|提到)过?$")
_DENIED = re.compile(
    r"(?:とは|(?:という|との|といった)?(?:こと|事実|わけ|訳|つもり|はず|筈|もの|必要|可能性|証拠|予定|根拠)(?:は|では|も|が|でも|を))"
    r"[^、。]{0,5}?(?:ない|なく|なかっ|なけれ|ませ|ず)"
)
_ENDING = re.compile("(?:し|され|させ|でき|せ)[ぁ-ゖー]*")  # of 支持する, 支持される


def hidden(page: Page, first: int, last: int, lexicon: Lexicon) -> Governor | None:
    """What the characters ``first..last`` of a gap take from what is kept beside them: a hedge, a share, the rest of a number."""
    if (
        last <= first
        or not first
        or last >= len(page.words)
        or meaning.torn_sentences(page, first, last) != [(first, last)]
    ):
        return None
    beside = page.forms(first - 1, first)[0]
    if not any(map(tokens.is_unspaced, (page.form(first), page.form(last - 1)))):
        return None
    forms = page.forms(first, last)
    if tokens.is_number(beside) and forms[0] in lexicon.magnitudes and not page.gap(first):
        return Governor(ChangeKind.NUMBER, first, first + 1)
    text = "".join(forms)
    if _ONE_OF.search(text) and tokens.is_number(page.form(last)):
        return Governor(ChangeKind.NUMBER, first, last)
    if len(text) > _MOST:
        return None
    bare = {text, text.rstrip(_PARTICLES)}
    if bare & lexicon.hedges:
        return Governor(ChangeKind.MODAL, first, last)
    if bare & (lexicon.restrictors | lexicon.direct_partitives) or any(map(_SHARE.fullmatch, bare)):
        return Governor(ChangeKind.QUANTIFIER, first, last)
    if bare & lexicon.denied_degrees and beside in lexicon.negating_parts:
        return Governor(ChangeKind.QUANTIFIER, first, last)
    return None


def denied_before(page: Page, first: int, lexicon: Lexicon) -> Governor | None:
    """“他没有说 | 他反对”: in Chinese what follows a verb of saying that is denied is not said."""
    if "zh" not in lexicon.languages[:1] or not first or page.gap(first):
        return None
    begin = first
    while (
        begin > 0
        and first - begin < _SAID_BESIDE
        and not CLAUSE.search(page.gap(begin))
        and not meaning.ends_sentence(page, begin)
    ):
        begin -= 1
    found = _NOT_SAID.search("".join(page.forms(begin, first)))
    return Governor(ChangeKind.NEGATION, begin + found.start(), first) if found else None


def denied_after(page: Page, last: int, lexicon: Lexicon) -> Governor | None:
    """In Japanese what is kept is denied behind the noun or particle that it hangs on (“雨になる | とは限らない”), or by the ending of its
    verb (“支持 | していない”)."""
    if "ja" not in lexicon.languages[:1] or page.gap(last):
        return None
    end = last
    while end < min(len(page.words), last + _REACH) and (end == last or not CLAUSE.search(page.gap(end))):
        if end > last and meaning.ends_sentence(page, end):
            break
        end += 1
    text = "".join(page.forms(last, end))
    found = _DENIED.match(text)
    if found is None:
        found = _ENDING.match(text)
        if found is None or not negation_count(list(found.group()), lexicon):
            return None
    return Governor(ChangeKind.NEGATION, last, min(end, last + len(found.group())))
