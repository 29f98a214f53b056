"""Days that a text names by their distance: "this Thursday", "last Monday", "yesterday".

They are read as what they allow, against when the text was published; without that they stay unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from archiver.dating import parsing
from archiver.dating.claim import EAST, WEST, DateClaim, Moment, What, claim
from archiver.dating.prose import is_told


def _listed(words: str) -> list[str]:
    return words.split()


_DAYS = (  # words that mean another thing in another language are left out ("hier", "morgen", "mañana")
    dict.fromkeys(
        [
            "today",
            "heute",
            "hoy",
            "aujourd'hui",
            "aujourd’hui",
            "hoje",
            "oggi",
            "vandaag",
            "сегодня",
            "сьогодні",
            "今日",
            "今天",
            "오늘",
        ],
        0,
    )
    | dict.fromkeys(_listed("yesterday gestern ayer ontem ieri gisteren вчера вчора 昨日 昨天 어제"), -1)
    | dict.fromkeys(_listed("tomorrow demain amanhã domani завтра 明天 내일"), 1)
)
_THIS = r"this|diesen|dieser|este|esta|ce|nesta|neste|questo|в\s+эт\w{2}"
_LAST = r"last|earlier|past|letzten|vergangenen|pasado|pasada|dernier|última|passada|scorso|прошл\w{2}"
_NEXT = r"next|nächsten|kommenden|próximo|próxima|prochain|prossimo|следующ\w{2}"
_WORD = r"[^\W\d_]{4,14}"
_NAMED = re.compile(
    rf"\b(?:(?:(?P<this>{_THIS})|(?P<last>{_LAST})|(?P<next>{_NEXT})|on|am|el|le|na|il|в|во)\s)(?P<day>{_WORD})"
    rf"(?:\s(?P<after>pasado|dernier|passada?|scorso|próximo|prochain))?(?!,?\s\d)(?P<month>,?\s(?:the\s)?[^\W\d_]{{3,14}}\.?\s\d|\s(?:dopo|después|after|following|nach|depois|après|before|antes|vor|prima)\b)?",
    re.IGNORECASE,
)
_SPACED = "|".join(word for word in _DAYS if ord(word[0]) < 0x3000)
_WORDS = re.compile(rf"\b(?:{_SPACED})\b|{'|'.join(word for word in _DAYS if ord(word[0]) >= 0x3000)}", re.IGNORECASE)
_MOST = 200
_FARTHEST = 400_000  # characters of a text in which they are looked for
_WINDOW = 200  # characters about the words that are looked at
_OF_A_NAME = re.compile(r"\bMail\s\Z")
_AMID = re.compile(r"[\w,][\s]\Z")  # amid a sentence
_WIDEST = timedelta(days=4)  # of what is known of the publication, so that a weekday means something


@dataclass(frozen=True, slots=True)
class Relative:
    """Words that name a day by its distance, where they stand in the text (code points), and how they are meant: ``day`` is a distance
    in days, or ``weekday`` (0 is Monday) with ``side``: ``this``, ``last``, ``next`` or ``near``."""

    words: str
    start: int
    day: int | None = None
    weekday: int | None = None
    side: str = "near"


def find(text: str) -> tuple[Relative, ...]:
    """All that stand in a sentence of a text, at most 200 in its first 400,000 characters; linear in its length."""
    text = text[:_FARTHEST]
    found = sorted([*_by_name(text), *_by_word(text)], key=lambda hit: hit.start)
    found = [hit for hit in found if _is_told(text, hit)]
    return tuple(found[:_MOST])


def _is_told(text: str, hit: Relative) -> bool:
    """No entry of a menu, and no part of a name: "NBC 5 Today", "The Mail on Sunday"."""
    begin, end = max(0, hit.start - _WINDOW), hit.start + len(hit.words)
    before, after = text[begin : hit.start].rpartition("\n")[2], text[end : end + _WINDOW].partition("\n")[0]
    if _OF_A_NAME.search(before) or (hit.day is not None and hit.words[0].isupper() and _AMID.search(before)):
        return False
    if hit.day is not None and _is_quoted(before):
        return False  # by the day of who speaks
    return is_told(before + hit.words + after, len(before), len(before) + len(hit.words))


def _is_quoted(before: str) -> bool:
    """True where a quotation is open behind these words of a line."""
    if "„" in before:
        return before.rfind("„") > max(before.rfind("“"), before.rfind("”"))
    opened = max(before.rfind(mark) for mark in "“«「『")
    return opened > max(before.rfind(mark) for mark in "”»」』") or before.count('"') % 2 == 1


def _by_name(text: str) -> Iterator[Relative]:
    for count, match in enumerate(_NAMED.finditer(text)):
        weekday = parsing.weekday_of(match["day"])
        if weekday is not None and not match["month"]:
            side = next((side for side in ("this", "last", "next") if match[side]), "near")
            if match["after"]:
                side = "next" if match["after"].lower().startswith("pr") else "last"
            yield Relative(match[0], match.start(), weekday=weekday, side=side)
        if count > 50 * _MOST:
            return


def _by_word(text: str) -> Iterator[Relative]:
    for count, match in enumerate(_WORDS.finditer(text)):
        if count > _MOST:
            return
        day = _DAYS.get(match[0].casefold())  # patterns take ſ for s, and the Turkish ı and İ for i, which are no i
        if day is not None:
            yield Relative(match[0], match.start(), day=day)


def resolve(relative: Relative, published: Moment) -> Moment | None:
    """What the words allow if the text was written when it says that it was published; None where that is too vague."""
    if published.latest - published.earliest > _WIDEST:
        return None
    known = published.latest - published.earliest
    # the writer's day: a day without a zone is that day; a moment is one day here and another there
    first, last = (
        (published.earliest + EAST, published.latest - WEST)
        if known >= EAST + WEST
        else (published.earliest - WEST, published.latest + EAST)
    )
    first = first.replace(hour=0, minute=0, second=0, microsecond=0)
    anchors = [first + timedelta(days=n) for n in range(max(1, (last - first - timedelta(seconds=1)).days + 1))]
    days = [moment for anchor in anchors for moment in _days(relative, anchor)]
    return parsing.hull(*(parsing.day(moment) for moment in days)) if days else None


def _days(relative: Relative, anchor: datetime) -> Iterator[datetime]:
    """The days that the words may mean on one day."""
    if relative.day is not None:
        yield anchor + timedelta(days=relative.day)
        return
    weekday = relative.weekday or 0
    week = anchor - timedelta(days=anchor.weekday())  # its Monday
    here = week + timedelta(days=weekday)
    if relative.side == "this":
        yield here
    elif relative.side == "last":
        yield here - timedelta(days=7)
        if here < anchor:
            yield here
    elif relative.side == "next":
        yield here + timedelta(days=7)
        if here > anchor:
            yield here
    else:
        yield here if here <= anchor else here - timedelta(days=7)
        yield here if here >= anchor else here + timedelta(days=7)


def claims(text: str, published: Moment | None, within: tuple[int, int] | None = None) -> Iterator[DateClaim]:
    """What a text tells by relative days, where they can be resolved. "Today" is as often these times as that day, so it is not.
    ``within`` is where the article stands in the text."""
    if published is None:
        return
    for hit in find(text):
        if hit.day == 0 or (within is not None and not within[0] <= hit.start <= within[1]):
            continue
        moment = resolve(hit, published)
        if moment is not None:
            yield claim(What.EVENT, moment, hit.words, "text, relative", hit.start)
