"""Agencies and papers that a text names: as its own source, or as somebody who reported something."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from archiver.reuse.addresses import host_of
from archiver.reuse.values import ReuseText

HEAD, TAIL = 900, 700  # characters at begin and end of a text among which it is signed
LONGEST = 80  # characters of a name
NEAR = 40  # characters beside a name among which a word of citing is looked for
SHORTEST_HOST = 4  # letters of a host's label from which it is a name
_DATA = Path(__file__).with_name("data")
_WORD_BEFORE = re.compile(r"[^\W\d_][\w’'-]* $")
_WORD_AFTER = re.compile(r" ([^\W\d_][\w’'-]*)")
_BEGIN = re.compile(r"(?:^|[.!?…:\n][\"'”’»)]*)\s*$")
_PICTURE = r"[^)）\]]*(?i:getty|images?\b|photos?\b|foto|picture|shutterstock|imago|alamy|handout|pool\b|archiv)"
_COMMON_LABELS = {
    *(
        "www",
        "m",
        "amp",
        "mobile",
        "en",
        "news",
        "blog",
        "blogs",
        "web",
        "edition",
        "archive",
        "info",
        "online",
        "home",
    ),
    *("com", "co", "org", "net", "gov", "gob", "edu", "ac", "go", "gouv", "govt", "nom"),
}


def agencies_of(text: ReuseText, first: int = 0, last: int = 0) -> frozenset[str]:
    """The agencies credited: those given, under the name that the table tells, and those that the text is signed with.

    A text is signed at its begin and end; where it is a whole page, round what it shares with another: before ``first``, behind ``last``.
    """
    given = {_known().get(name.strip(), name.strip()) for name in text.agencies if name.strip()}
    whole = text.text
    places = [whole[:HEAD], whole[-TAIL:] if len(whole) > HEAD else ""]
    if last > first:
        places += [whole[max(0, first - HEAD) : first + TAIL], whole[max(0, last - HEAD) : last + TAIL]]
    signed = {
        names[0]
        for names in _table()["agencies"]
        for place in places
        if any(alias in place for alias in names) and _sign(tuple(names)).search(place)
    }
    return frozenset(given | signed)


def outlets_of(text: ReuseText) -> frozenset[str]:
    """What the page's paper is called: as given, and by the label of its host. A platform that anybody writes on is no paper."""
    names = {name.strip() for name in text.outlets if len(name.strip()) >= 3}
    names = {name for name in names if name.lower() not in _table()["platforms"]}
    labels = [
        label for label in host_of(text.url or text.canonical).split(".")[:-1] if label not in _table()["platforms"]
    ]
    named = [label for label in labels if label not in _COMMON_LABELS and len(label) >= SHORTEST_HOST]
    return frozenset(names | set(named[-1:]))


def cited(text: str, names: Iterable[str]) -> str:
    """The words in which a text names one of ``names`` as its source, ``""`` where it does not."""
    return next((words for _, words in _citations(text, names)), "")


def citations(text: str, names: Iterable[str]) -> list[tuple[int, str]]:
    """Every place where a text names one of ``names`` as its source, and the words in which it does."""
    return list(_citations(text, names))


def _citations(text: str, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    for name in _usable(names):
        for match in _name(name).finditer(text):
            if match.group()[:1].islower() or _is_part(text, match):
                continue
            words = _citing_words(text, match)
            if words:
                yield match.start(), words


def agencies_known() -> frozenset[str]:
    """All names of agencies that are known, of three letters or more."""
    return frozenset(name for name in _known() if len(name) >= 3)


def agency_of(name: str) -> str:
    """The name under which an agency is told, for any of its names; other names as they are."""
    return _known().get(name, name)


def named(text: str, names: Iterable[str]) -> list[tuple[int, str]]:
    """Where a text names one of ``names``, and how."""
    return [
        (match.start(), match.group())
        for name in _usable(names)
        for match in _name(name).finditer(text)
        if not match.group()[:1].islower()
    ]


def _usable(names: Iterable[str]) -> list[str]:
    """Names that can be looked for: with two letters at least, and no longer than a name is."""
    return sorted(name for name in names if len(name) <= LONGEST and sum(map(str.isalnum, name)) >= 2)


def _citing_words(text: str, match: re.Match[str]) -> str:
    before = text[max(0, match.start() - NEAR) : match.start()]
    after = text[match.end() : match.end() + NEAR]
    lead = _citing().search(before)
    trail = _cited(plain=False).match(after)
    if trail and not lead and _is_word(match.group(), before) and not _cited(plain=True).match(after):
        return ""
    if not lead and not trail:
        return ""
    start = match.start() - NEAR + lead.start() if lead and match.start() >= NEAR else match.start()
    start = lead.start() if lead and match.start() < NEAR else start
    return text[start : match.end() + (trail.end() if trail else 0)].strip()


def _is_part(text: str, match: re.Match[str]) -> bool:
    """Whether a name is part of a longer one: “Times” of “New York Times”, “Herald” of “Herald Tribune”. Agencies' names are told apart enough."""
    if match.group() in _known():
        return False
    before = _WORD_BEFORE.search(text, max(0, match.start() - NEAR), match.start())
    if before and before[0][:1].isupper() and not _leads(before[0].strip().lower()):
        return True
    after = _WORD_AFTER.match(text, match.end())
    return bool(after and after[1][:1].isupper() and after[1].lower() not in _table()["days"])


def _leads(word: str) -> bool:
    """Whether a word may stand before a paper's name without being of it."""
    return word in _leading() or word.endswith(tuple(_table()["papers"]))


@cache
def _leading() -> frozenset[str]:
    table = _table()
    return frozenset(
        word.lower().split()[-1]
        for word in (*table["citing"], *table["cited"], *table["fillers"], *table["bylines"])
        if word.split()
    )


def _is_word(name: str, before: str) -> bool:
    """Whether a name that begins a sentence may be no more than its first word: “Independent reports say”. Agencies are no words."""
    return " " not in name and bool(_BEGIN.search(before)) and name not in _known()


@lru_cache(maxsize=512)
def _name(name: str) -> re.Pattern[str]:
    """A name as texts print it: “NBC News” for nbcnews, whatever the capitals; short ones in capitals only."""
    if len(name) <= 3:
        return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    letters = [re.escape(char) for char in name if char.isalnum()]
    return re.compile(r"(?<!\w)" + r"[\s.'’&-]{0,2}".join(letters) + r"(?!\w)", re.IGNORECASE)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((_DATA / "wires.toml").read_text("utf-8"))


@cache
def _known() -> dict[str, str]:
    return {alias: names[0] for names in _table()["agencies"] for alias in names}


@cache
def _sign(names: tuple[str, ...]) -> re.Pattern[str]:
    """How an agency signs: in brackets, before a slash at the end, after a word like “by”, alone on a line, between slashes."""
    leads = "|".join(re.escape(word) for word in _table()["bylines"])
    name = "(?:" + "|".join(re.escape(alias) for alias in sorted(names, key=len, reverse=True)) + ")"
    signs = (
        rf"[(（\[]\s*{name}\s*(?:[/,](?!{_PICTURE})[\w ./,]{{1,20}})?[)）\]]",
        rf"(?<![^\s(/]){name}\s*/\s*\w{{0,12}}\s*$",
        rf"^\W*(?:(?i:{leads})[:\s]+){{1,2}}(?:(?i:the)\s)?{name}\W*(?:$|[|,·–—-])",
        rf"^[^\w©]*{name}\W*$",
        rf"(?:^|[\s(])/{name}/",
    )
    return re.compile("|".join(signs), re.MULTILINE)


@cache
def _citing() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_table()["citing"], key=len, reverse=True))
    fillers = "|".join(_table()["fillers"])
    between = rf"\W{{0,4}}(?:(?:{fillers})\W{{1,3}}){{0,3}}"
    return re.compile(rf"(?<!\w)(?:{words}){between}$", re.IGNORECASE)


@cache
def _cited(*, plain: bool) -> re.Pattern[str]:
    """Words of citing behind a name. ``plain``: right behind it, and none that is a noun or another verb's form as well."""
    wanted = [word for word in _table()["cited"] if not (plain and word in _table()["ambiguous"])]
    words = "|".join(re.escape(word) for word in sorted(wanted, key=len, reverse=True))
    between = "" if plain else r"(?:\w+\W{1,2}){0,1}"
    return re.compile(rf"(?:’s|'s)?\W{{0,3}}{between}(?:{words})(?!\w)", re.IGNORECASE)
