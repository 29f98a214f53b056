"""Odd substitutes for words: what word-spinning software leaves, and what stood there. English only."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from archiver.marks.data import table
from archiver.marks.mark import Mark, MarkKind, at
from archiver.marks.prose import Prose
from archiver.marks.quotemarks import Quoted

_BLANK = r"[^\S\n]+"
_LONGEST = 600  # code points of a quotation that is shown whole

# "a week following the regime tested a missile": a clause with its own verb, where "following" can only have a noun. The verb must come before
# any stop or comma, and have an object or place behind it.
_FOLLOWING = re.compile(
    r"\b(?:hours?|days?|weeks?|months?|years?|minutes?|just|shortly|soon|immediately|long|and|even|only) following "
    r"(?:(?:the|a|an|his|her|their|its) )?"
    r"(?:[\w’'-]+ ){1,6}?(?P<verb>carried|hosted|tested|said|announced|launched|fired|made|took|held|won|lost|became|began|"
    r"left|went|came|got|gave|told|found|met|sent|signed|called|ordered|killed|died|arrived|joined|opened|closed|was|were|had|has|is|are|did) "
    r"(?!(?:(?:out|off|up|down|on) )?by\b|in connection\b)"
)
_PARTICIPLE = re.compile(r"\b(?:the|a|an|who|that|which|of|having|been|being|was|were|is|are|has|had) $")


@cache
def _phrases(section: str) -> tuple[re.Pattern[str], dict[str, str]]:
    meant: dict[str, str] = table("spun")[section]
    forms = [_form(phrase) for phrase in sorted(meant, key=len, reverse=True)]
    return re.compile(rf"\b(?:{'|'.join(forms)})\b"), {phrase.casefold(): word for phrase, word in meant.items()}


def _form(phrase: str) -> str:
    """Capitals must be there where the phrase has them; a phrase without may begin a sentence or stand in a headline."""
    form = re.escape(phrase).replace(r"\ ", _BLANK).replace("'", "['’]")
    return f"(?i:{form})" if phrase.islower() else form


def spun(prose: Prose, section: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and what was meant, of each phrase of ``section`` (``always``, or ``also``, usual English elsewhere)."""
    if not prose.is_english:
        return
    pattern, meant = _phrases(section)
    for match in pattern.finditer(prose.text):
        word = meant.get(re.sub(r"\s+", " ", match[0]).replace("’", "'").casefold())
        if word is not None:  # patterns take the Turkish ı and İ for i
            yield match.start(), match.end(), word
    if section == "also":
        for match in _FOLLOWING.finditer(prose.text):
            begin = prose.text.index("following", match.start())
            if not _PARTICIPLE.search(prose.text, match.start(), match.start("verb")):
                yield begin, match.end("verb"), "after"


def marks(prose: Prose, quoted: Sequence[Quoted], *, beside_others: bool) -> Iterator[Mark]:
    """``beside_others``: tell also what is usual English elsewhere, since the text has other signs of spinning."""
    always = list(spun(prose, "always"))
    found = always + (list(spun(prose, "also")) if beside_others or always else [])
    starts = [one.start for one in quoted]
    told: set[Quoted] = set()
    for start, end, meant in sorted(found):
        yield at(
            MarkKind.SPUN_WORDS, prose.text, start, end,
            f"an odd substitute: “{meant}” is what stands there in English; word-spinning software puts the other in its place",
        )  # fmt: skip
        inside = bisect_right(starts, start) - 1
        around = quoted[inside] if inside >= 0 and end <= quoted[inside].end else None
        if around is not None and around not in told and around.end - around.start <= _LONGEST:
            told.add(around)
            yield at(
                MarkKind.SPUN_QUOTATION, prose.text, around.start, around.end,
                f"hardly what was said: “{_flat(prose.text[start:end])}” in it is a substitute for “{meant}”",
            )  # fmt: skip


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words)
