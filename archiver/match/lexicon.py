"""What a language says "not", "only", "unless", "may" with: plain data, loaded one language at a time and only when needed.

The lists stand in ``data/<language>.toml`` (hand-made, sources in each file) and ``data/cldr.json`` (months, days, units, number
words, drawn from Unicode CLDR by ``data/make_cldr.py``). Nothing here decides that two texts are the same: an unknown language
loses the names of changes and the look behind an omission mark, which a warning tells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

_DATA = Path(__file__).with_name("data")
SHORT_TEXT = 40  # forms up to which a language may be told by its lists
FEW_FORMS = 300  # forms up to which capitals are lowered first
_SURELY = 5  # common words that a long text must show
_LEAST_SHARE, _SHARE_A_FORM, _SHARE = 0.19, 0.0007, 0.45  # of a language's commonest words in a text of it
_UNSPACED = frozenset({"zh", "ja", "ko"})  # told by their script
_ENOUGH = 3  # common words that a text must show before a language is taken to be its own


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of one or several languages; words are lower case, folded as tokens are."""

    languages: tuple[str, ...]
    negations: frozenset[str]
    negating_parts: tuple[str, ...]
    negating_starts: tuple[str, ...]
    harmless: tuple[str, ...]
    harmless_starts: tuple[str, ...]
    harmless_phrases: frozenset[str]  # of whole words: sin embargo
    negating_prefixes: tuple[str, ...]
    negating_suffixes: tuple[tuple[str, str], ...]
    negating_infixes: tuple[str, ...]
    conditions: frozenset[str]
    conditions_that: frozenset[str]
    weak_conditions: frozenset[str]
    plain_conditions: frozenset[str]  # those of them that are no other word: if
    opening_conditions: frozenset[str]  # those that are no other word at the head of a sentence: si
    copulas: frozenset[str]
    articles: frozenset[str]  # with possessives and demonstratives
    deictics: frozenset[str]  # here, yesterday
    endings: frozenset[str]
    forms: Mapping[str, str]  # irregular form → the first of its word: went → go
    pronouns: frozenset[str]
    hedges: frozenset[str]
    restrictors: frozenset[str]
    quantifiers: frozenset[str]
    opposites: frozenset[tuple[str, str]]
    modals: frozenset[str]
    units: frozenset[str]
    magnitudes: frozenset[str]
    calendar: frozenset[str]
    numbers: Mapping[str, int]
    attribution: frozenset[str]
    attribution_parts: tuple[str, ...]
    complementizers: frozenset[str]
    confusable: frozenset[tuple[str, str]]
    signs: frozenset[tuple[str, str]]  # signs that are read as a word: &
    ordinals: Mapping[str, int]
    ordinal_endings: frozenset[str]
    acronyms: frozenset[str]  # words that are other words in capitals: us
    partitives: frozenset[str]  # parts of a whole: most, half, none
    partitives_first: frozenset[str]  # the same only where they begin the clause: part
    direct_partitives: frozenset[str]  # with no word between them and the whole: half, twice
    counts: frozenset[str]  # counts that are no numbers: several, dozens
    partitive_links: frozenset[str]
    number_links: frozenset[str]  # links after a number or count, where they are fewer
    ratio_links: frozenset[str]  # links between two numbers: two in three
    link_words: frozenset[str]
    determiners: frozenset[str]
    fractions: frozenset[str]
    bounds: frozenset[str]  # more than, up to, nearly
    approximations: frozenset[str]  # about, roughly
    bound_words: frozenset[str]
    range_links: frozenset[str]  # 20 to 30
    range_starts: frozenset[str]  # from 20 to 30 is a way and no range
    between: frozenset[str]
    between_links: frozenset[str]
    bounds_after: frozenset[str]  # 20 or more
    hundredths: frozenset[str]  # per cent
    qualifiers: frozenset[str]  # former, accused of
    compound_ends: frozenset[str]  # behind a hyphen, they make something else of a word: smoke-free
    denials: frozenset[str]  # words and phrases that deny by what they mean: refused, ruled out
    denials_that: frozenset[str]  # the same only before what somebody says: a lie that, wrong to say that
    affirming: frozenset[str]  # what affirms where it is denied itself: no doubt that, no secret that
    infinitive_marks: frozenset[str]  # refused to confirm
    denial_heads: frozenset[str]
    denial_stems: tuple[str, ...]
    turn_heads: frozenset[str]  # first words of near denials, of unfactual words and of those that deny a noun
    near_denials: frozenset[str]  # far from, all but
    degrees: frozenset[str]  # too, half: what follows is more or less than is said
    unfactual: frozenset[str]  # alleged, hoped, pretended: what is said after them need not be so
    unreal: frozenset[str]  # would have, might
    relatives: frozenset[str]
    reversals: frozenset[str]  # rejected, retracted
    findings: frozenset[str]  # what such a word takes back, with its “that”: the finding, the claim
    exceptions: frozenset[str]
    universals: frozenset[str]
    denying_determiners: frozenset[str]  # no, little
    than: frozenset[str]
    comparatives: frozenset[str]
    pairs: frozenset[str]  # as … as
    coordinators: frozenset[str]
    prepositions: frozenset[str]
    purposes: frozenset[str]  # in order to
    late_denials: frozenset[str]  # that stand behind the verb: nicht
    closing_denials: frozenset[str]  # that stand behind the verb at the clause's end: no longer, not at all
    denied_objects: frozenset[str]  # in the place of an object: nothing
    second_denials: frozenset[str]  # other words elsewhere than behind a denial: ne … plus
    not_least: frozenset[str]  # what such a one makes stronger: nicht zuletzt
    contrasts: frozenset[str]  # nicht am Sonntag, sondern am Montag
    second_restrictors: frozenset[str]  # behind a negation they make it “only”: ne … que
    opposing: frozenset[str]  # against
    indefinites: frozenset[str]  # a, any
    adversatives: frozenset[str]  # not a fool but a knave; elsewhere also between two clauses
    subordinators: frozenset[str]  # first words of clauses whose verb comes last, or behind the denial: weil
    interrogatives: frozenset[str]  # whether
    inverting: frozenset[str]  # verbs that stand before their subject in a condition: should the mayor resign
    denial_limits: frozenset[str]  # up to which a denial before them is true: not until, not without
    conditions_after: frozenset[str]  # behind what they govern: only if, subject to
    most: frozenset[str]  # parts of a whole with nothing between: most children
    impersonal: frozenset[str]  # it is: what a sentence without a speaker begins with
    untruths: frozenset[str]  # false, a lie: what then says that something is not so
    hedging_adverbs: frozenset[str]  # hedges that are listed as modals too, and no verbs: probably
    exclusions: frozenset[str]  # before what is not chosen, or is excepted: instead of, apart from
    preferences: frozenset[str]  # that make such a one of “than”: rather
    agents: frozenset[str]  # before whoever does what a passive says: by
    rates: frozenset[str]  # before what a figure is reckoned for: per
    denied_degrees: frozenset[str]  # adverbs that a negation before them denies instead of the verb: not always
    alternatives: frozenset[str]  # or
    eithers: frozenset[str]  # either
    comparative_endings: frozenset[str]  # cheap-er
    no_comparatives: frozenset[str]  # words that only end like one: under
    distributors: frozenset[str]  # respectively
    superlatives: frozenset[str]  # first, only, largest
    scopes: frozenset[str]  # what says among which ones something is the first: since, ever
    eras: frozenset[str]  # behind a year that is counted backwards: BC
    tags: frozenset[str]  # that make a question of a statement: weren't you


_DERIVED = frozenset({"units", "calendar", "link_words", "bound_words", "denial_heads", "turn_heads"})
_PLAIN = tuple(field.name for field in fields(Lexicon) if field.type == "frozenset[str]" and field.name not in _DERIVED)
"""Lists that stand in the files under their own names."""


def _words(entries: Iterable[Mapping[str, Any]], key: str) -> frozenset[str]:
    return frozenset(word for entry in entries for word in entry.get(key, ()))


def _heads(phrases: Iterable[str], *, every: bool = False) -> frozenset[str]:
    """The first words of phrases, or every word of them."""
    return frozenset(word for phrase in phrases for word in phrase.split()[: None if every else 1])


def _pairs(entries: Iterable[Mapping[str, Any]], key: str) -> frozenset[tuple[str, str]]:
    both = [(pair[0], pair[1]) for entry in entries for pair in entry.get(key, ())]
    return frozenset(both) | frozenset((two, one) for one, two in both)


@cache
def _toml(name: str) -> Mapping[str, Any]:
    import tomllib  # slow to import, and not needed before the first quotation that differs

    path = _DATA / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


@cache
def _cldr() -> Mapping[str, Mapping[str, Any]]:
    import json  # as tomllib above

    path = _DATA / "cldr.json"
    data: Mapping[str, Mapping[str, Any]] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return data


@cache
def lexicon(languages: tuple[str, ...]) -> Lexicon:
    """The lists of these languages together; languages without a file give nothing."""
    entries = [_toml(language) for language in languages]
    drawn = [_cldr().get(language, {}) for language in languages]
    numbers: dict[str, int] = {}
    for entry in (*drawn, *entries):
        numbers |= entry.get("numbers", {})
    return Lexicon(
        languages=languages,
        negating_parts=tuple(sorted(_words(entries, "negating_parts"))),
        negating_starts=tuple(sorted(_words(entries, "negating_starts"))),
        harmless=tuple(sorted(_words(entries, "harmless"), key=len, reverse=True)),
        harmless_starts=tuple(sorted(_words(entries, "harmless_starts"))),
        negating_prefixes=tuple(sorted(_words(entries, "negating_prefixes"))),
        negating_suffixes=tuple(sorted(_pairs_in_order(entries))),
        negating_infixes=tuple(sorted(_words(entries, "negating_infixes"))),
        forms={form: line.split()[0] for line in sorted(_words(entries, "forms")) for form in line.split()},
        opposites=_pairs(entries, "opposites"),
        units=_words(entries, "units") | _words(drawn, "units"),
        calendar=_words(entries, "calendar") | _words(drawn, "calendar"),
        numbers=numbers,
        attribution_parts=tuple(sorted(_words(entries, "attribution_parts"))),
        confusable=_pairs(entries, "confusable"),
        signs=_pairs(entries, "signs"),
        ordinals={word: value for entry in entries for word, value in entry.get("ordinals", {}).items()},
        link_words=_heads(
            frozenset().union(*(_words(entries, f"{kind}_links") for kind in ("partitive", "number", "ratio"))),
            every=True,
        ),
        bound_words=_heads(_words(entries, "bounds"), every=True),
        denial_heads=_heads(word for word in _words(entries, "denials") if " " in word),
        denial_stems=tuple(sorted(_words(entries, "denial_stems"))),
        turn_heads=_heads(
            frozenset().union(*(_words(entries, key) for key in ("near_denials", "unfactual", "denying_determiners")))
        ),
        **{key: _words(entries, key) for key in _PLAIN},
    )


def _pairs_in_order(entries: Iterable[Mapping[str, Any]]) -> set[tuple[str, str]]:
    return {(pair[0], pair[1]) for entry in entries for pair in entry.get("negating_suffixes", ())}


@cache
def _common() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, int]]:
    """Common word → its languages, and language → how many such words it has."""
    table: Mapping[str, list[str]] = _toml("common")
    by_word: dict[str, tuple[str, ...]] = {}
    for language, words in table.items():
        for word in words:
            by_word[word] = (*by_word.get(word, ()), language)
    return by_word, {language: len(words) for language, words in table.items()}


def is_function_word(low: str) -> bool:
    """True for the commonest words of the languages known: articles, prepositions, pronouns, auxiliaries."""
    return low in _common()[0]


def languages_of(forms: Collection[str], *, least: float = 0) -> tuple[str, ...]:
    """The languages whose commonest words stand among these forms, likeliest first; by the script where words are too few, and
    by all their lists where a short text shows neither.

    Words that several languages share count for less; nothing is told by words that count for less than ``least``.
    At most three; more where little speaks for any; empty where nothing does.
    """
    by_word, sizes = _common()
    many = len(forms) > FEW_FORMS and isinstance(forms, dict)
    known = by_word.keys() & (forms if many else map(str.lower, forms))
    counts: dict[str, float] = {}
    for word in known:
        languages = by_word[word]
        for language in languages:
            counts[language] = counts.get(language, 0) + 1 / len(languages)
    most = max(counts.values(), default=0)
    if most < least:
        return ()
    if not counts or (len(forms) > FEW_FORMS and most < _SURELY):
        return _by_script(forms) or (_by_lists(forms) if len(forms) <= SHORT_TEXT and not least else ())
    if most < _ENOUGH and len(forms) <= SHORT_TEXT and not least:
        return _by_lists(forms)
    shares = {language: count / sizes[language] for language, count in counts.items()}
    return _likeliest(shares, 3 if most >= _ENOUGH else 5)


def are_told(forms: Collection[str], languages: Sequence[str]) -> bool:
    """Whether the languages of a text are its own, and not neighbours that share some words with it (Catalan is none of ours, and has “la”, “que”
    and “del”). A text has the more of its language's commonest words the longer it is.
    """
    if not languages or len(forms) <= SHORT_TEXT or languages[0] in _UNSPACED:
        return bool(languages)
    words = _toml("common")[languages[0]]
    share = len(frozenset(words) & frozenset(map(str.lower, forms))) / len(words)
    return share >= min(_SHARE, _LEAST_SHARE + len(forms) * _SHARE_A_FORM)


def _likeliest(scores: Mapping[str, float], most: int) -> tuple[str, ...]:
    ranked = sorted(scores, key=lambda language: (-scores[language], language))
    return tuple(language for language in ranked if scores[language] >= 0.6 * scores[ranked[0]])[:most]


def _by_lists(forms: Iterable[str]) -> tuple[str, ...]:
    """The languages that have most of a few words in any of their lists."""
    words = frozenset(map(str.lower, forms))
    scores = {language: float(len(words & _listed(language))) for language in _toml("common")}
    return _likeliest({language: score for language, score in scores.items() if score}, 3)


@cache
def _listed(language: str) -> frozenset[str]:
    """Every word of a language's lists."""
    found: set[str] = set(_toml("common").get(language, ()))
    entries: list[Any] = [*_toml(language).values(), *_cldr().get(language, {}).values()]
    while entries:
        entry = entries.pop()
        if isinstance(entry, str):
            found.update(entry.split())
        elif not isinstance(entry, int):
            entries.extend(entry)
    return frozenset(found)


_SCRIPTS = (
    (0x0370, 0x03FF, ("el",)),
    (0x0400, 0x052F, ("ru", "uk", "bg")),
    (0x0590, 0x05FF, ("he",)),
    (0x0600, 0x06FF, ("ar", "fa")),
    (0x0900, 0x097F, ("hi",)),
    (0x3040, 0x30FF, ("ja",)),
    (0x4E00, 0x9FFF, ("zh", "ja")),
    (0xAC00, 0xD7AF, ("ko",)),
)


def _by_script(forms: Iterable[str]) -> tuple[str, ...]:
    """The languages of the first script that is no Latin one."""
    for form in islice(forms, 2000):
        for low, high, languages in _SCRIPTS:
            if form and low <= ord(form[0]) <= high:
                return languages
    return ()
