"""News agencies, picture agencies and outlets, resolved by what pages call them: plain data in ``organisations.toml``.

A name is compared word by word; in running words it stands with its capitals, as "the guardian of the boy" is no newspaper. Short and
common ones (``AP``, ``Bloomberg``) count only as they are written, and whoever asks must have a reason to expect a credit there.
Names in scripts that put no spaces between words are looked for inside.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path


def _listed(words: str) -> list[str]:
    return words.split()


_DATA = Path(__file__).with_name("organisations.toml")
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PREFIXED = re.compile(r"[وفبلك][\u0600-\u06ff]{2}")  # Arabic writes "and", "for", "by" at the word
_ADDRESS = re.compile(r"\.[a-z]{2,4}\b")
_CAPITALS = re.compile(r"[A-Z]{2,5}\Z")
_OF = re.compile(r"\sof\b")
_ARTICLES = frozenset(("the", "la", "le", "l", "el", "il", "les"))  # "die Zeit" is the time, "Die Zeit" may be a paper
_LONGEST = 4_000  # characters that are looked through at once


@dataclass(frozen=True, slots=True)
class Organisation:
    """``kind`` is ``agency``, ``picture`` or ``outlet``; ``country`` that of its seat (ISO 3166-1)."""

    name: str
    kind: str
    country: str
    domains: tuple[str, ...]

    @property
    def agency(self) -> str | None:
        """Its name where it is a news agency."""
        return self.name if self.kind == "agency" else None


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation named in a text, and where, in code points."""

    organisation: Organisation
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Index:
    everyone: tuple[Organisation, ...]
    words: dict[str, list[tuple[tuple[str, ...], Organisation]]]  # by the first word, folded; the longest name first
    exact: dict[str, list[tuple[tuple[str, ...], Organisation]]]
    inside: dict[str, list[tuple[str, Organisation]]]  # by the first character
    domains: dict[str, Organisation]
    capitals: dict[tuple[str, ...], int]  # which word of a folded name must begin with one


def everyone() -> tuple[Organisation, ...]:
    """All that the data file has, in its order."""
    return _index().everyone


def find(text: str, *, whole: bool = False) -> Iterator[Found]:
    """The organisations that the words name, from left to right, the longest name first; only the first 4,000 characters are read.

    ``whole``: the text is a name and nothing else, which machines also write in small letters."""
    text = text[:_LONGEST]
    index = _index()
    spans = [(m[0], m.start(), m.end()) for m in _WORD.finditer(text)]
    at = 0
    while at < len(spans):
        word, start, _ = spans[at]
        hit = _longest(spans, at, word, index)
        if hit and (whole or _stands(text, spans[at : at + hit[1]], hit[0])):
            organisation, length = hit
            yield Found(organisation, start, spans[at + length - 1][2])
            at += length
            continue
        if _UNSPACED.search(word):
            yield from _inside(word, start, index)
        at += 1


def called(name: str) -> Organisation | None:
    """The organisation that goes by exactly this name, articles and marks aside."""
    found = list(find(name, whole=True))
    if len(found) != 1:
        return None
    rest = name[: found[0].start] + " " + name[found[0].end :]
    return found[0].organisation if not set(fold(rest).split()) - _EMPTY_WORDS else None


def of_host(host: str) -> Organisation | None:
    """The organisation whose host this is; None where the data file does not know it."""
    labels = host.lower().rstrip(".").split(".")
    domains = _index().domains
    for first in range(max(0, len(labels) - 5), len(labels) - 1):
        if organisation := domains.get(".".join(labels[first:])):
            return organisation
    return None


def fold(text: str) -> str:
    """Words without case, marks and compatibility forms, one space between them: for comparing names."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


_EMPTY_WORDS = frozenset(
    _listed(
        """
        the a an die der das le la les el los il lo l de von of by von agence agencia agentur agenzia agência agency news via
        photo nachrichtenagentur notizie notícias noticias staff reporters www com
        """
    )
)


def _longest(spans: list[tuple[str, int, int]], at: int, word: str, index: _Index) -> tuple[Organisation, int] | None:
    """The longest name that begins with the word at ``at``, and how many words it has."""
    best: tuple[Organisation, int] | None = None
    if _PREFIXED.match(word) and word not in index.words and word not in index.exact:
        word = word[1:]
    for names, fold_ in ((index.words.get(word.casefold(), ()), True), (index.exact.get(word, ()), False)):
        for words, organisation in names:
            length = len(words)
            if best is not None and length <= best[1]:
                break
            got = (word, *(span[0] for span in spans[at + 1 : at + length]))
            if (tuple(map(str.casefold, got)) if fold_ else got) == words:
                best = organisation, length
                break
    return best


def _stands(text: str, spans: list[tuple[str, int, int]], organisation: Organisation) -> bool:
    """True where words are written as a name: the first with the capital that it has in the name, or as the head of an address; and no
    "The Guardian of the peace"."""
    said, end = [word for word, _, _ in spans], spans[-1][2]
    article = said[0].lower() == "the"
    if len(said) == 1 and _ADDRESS.match(text, end):
        return True
    if len(said) == 1 + article and organisation.kind == "outlet" and _OF.match(text, end):
        return False
    capital = _index().capitals.get(tuple(map(str.casefold, said)))
    return capital is None or said[capital][0].isupper() or (capital == 0 and _PREFIXED.match(said[0]) is not None)


def _inside(word: str, offset: int, index: _Index) -> Iterator[Found]:
    at = 0
    while at < len(word):
        for name, organisation in index.inside.get(word[at], ()):
            if word.startswith(name, at):
                yield Found(organisation, offset + at, offset + at + len(name))
                at += len(name)
                break
        else:
            at += 1


@cache
def _index() -> _Index:
    import tomllib  # slow to import, and not needed before the first page

    everyone: list[Organisation] = []
    words, exact = defaultdict(list), defaultdict(list)
    inside = defaultdict(list)
    domains: dict[str, Organisation] = {}
    capitals: dict[tuple[str, ...], int] = {}
    for kind, entries in tomllib.loads(_DATA.read_text("utf-8")).items():
        for entry in entries:
            name = entry["name"]
            organisation = Organisation(name, kind, entry["country"], tuple(entry.get("domains", ())))
            everyone.append(organisation)
            domains.update(dict.fromkeys(organisation.domains, organisation))
            aliases, short = list(entry.get("aliases", ())), list(entry.get("exact", ()))
            (aliases if len(_WORD.findall(name)) > 1 else short if name.isupper() else []).append(name)
            short += [alias for alias in aliases if _CAPITALS.match(alias)]  # "wenn" is a word, WENN an agency
            aliases = [alias for alias in aliases if not _CAPITALS.match(alias)]
            for alias in aliases:
                if _UNSPACED.match(alias) and " " not in alias:
                    inside[alias[0]].append((alias, organisation))
                else:
                    parts = tuple(_WORD.findall(alias.casefold()))
                    words[parts[0]].append((parts, organisation))
                    said = _WORD.findall(alias)
                    first = int(len(said) > 1 and parts[0] in _ARTICLES)
                    if said[first][0].isupper():
                        capitals[parts] = first
            for alias in short:  # in any script these are whole words
                parts = tuple(_WORD.findall(alias))
                exact[parts[0]].append((parts, organisation))
    for table in (words, exact, inside):
        for names in table.values():
            names.sort(key=lambda pair: -len(pair[0]))
    return _Index(tuple(everyone), dict(words), dict(exact), dict(inside), domains, capitals)
