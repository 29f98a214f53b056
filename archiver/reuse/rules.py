"""What kind of reuse the evidence shows. Each rule gives its reason; the first that holds decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archiver.printable import percent
from archiver.reuse import addresses, names, press
from archiver.reuse.evidence import TELLING, Evidence, Shared, Side
from archiver.reuse.sides import A, B, quoted
from archiver.reuse.values import TWO_ADDRESSES, Kind

WHOLE = 0.9  # containment of both from which two texts are one
MOST = 0.5  # containment of one text from which the other has it
SITE = 0.8  # the same for two pages of one site, which share standing paragraphs
MUCH = 0.25  # containment from which a wire story or statement is in it in part
SOME = 0.1  # containment from which two captures of one address show one text
WORDS = 30  # words of nobody's speech that a copy has at least, where not the whole is the same
LONG, LONG_TOLD = (
    32,
    48,
)  # such words in one passage from which it is an excerpt, where no verb of saying rules them, and where one does
SUM = 70  # such words in several passages
QUOTED = 12  # words of direct speech that are a shared quotation
TOLD = 20  # words of speech without marks that are one; names and titles beside a verb of saying are fewer
UNQUOTED = 0.1  # share of such words that may be somebody's speech where a text has them as its own
TOPIC = 11  # shared words that tell of one event
TEASER, TEASER_SHARE = 150, 0.4  # a text of no more words that is no more than this share of the other is its excerpt


@dataclass(frozen=True, slots=True)
class Case:
    """The evidence with its sums: words of the passages that tell something, each counted once."""

    evidence: Evidence
    telling: tuple[Shared, ...]
    own: int
    quiet: int
    direct: int
    listed: int
    longest: int
    agencies_a: frozenset[str]
    agencies_b: frozenset[str]
    one_site: bool

    @property
    def most(self) -> float:
        return max(self.evidence.containment_a, self.evidence.containment_b)

    @property
    def least(self) -> float:
        return min(self.evidence.containment_a, self.evidence.containment_b)


def case_of(evidence: Evidence) -> Case:
    telling = tuple(once(evidence))
    return Case(
        evidence,
        telling,
        sum(part.own for part in telling),
        sum(part.quiet for part in telling),
        sum(part.direct for part in telling),
        sum(part.listed for part in telling),
        max((part.quiet for part in telling), default=0),
        names.agencies_of(
            evidence.a.given, *_ends(evidence.a, [(part.stretch.a, part.stretch.a_end) for part in telling])
        ),
        names.agencies_of(
            evidence.b.given, *_ends(evidence.b, [(part.stretch.b, part.stretch.b_end) for part in telling])
        ),
        addresses.same_site(evidence.a.given, evidence.b.given),
    )


def _ends(side: Side, ranges: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Where in a text, in code points, what it shares begins and ends."""
    if not ranges:
        return 0, 0
    return side.words.start(min(first for first, _ in ranges)), side.words.end(max(last for _, last in ranges) - 1)


def once(evidence: Evidence) -> list[Shared]:
    """The passages that tell something, without those that repeat a longer one in either text."""
    out: list[Shared] = []
    seen_a, seen_b = bytearray(len(evidence.a.words)), bytearray(len(evidence.b.words))
    for part in sorted(evidence.shared, key=lambda part: -part.stretch.equal):
        stretch = part.stretch
        if part.passage.furniture or (part.prose < TELLING and not evidence.same):
            continue
        a, b = slice(stretch.a, stretch.a_end), slice(stretch.b, stretch.b_end)
        if 2 * sum(seen_a[a]) > stretch.a_end - stretch.a or 2 * sum(seen_b[b]) > stretch.b_end - stretch.b:
            continue
        seen_a[a], seen_b[b] = b"\1" * (stretch.a_end - stretch.a), b"\1" * (stretch.b_end - stretch.b)
        out.append(part)
    return sorted(out, key=lambda part: part.stretch.a)


def decide(case: Case) -> tuple[Kind, list[str]]:
    """The kind and why."""
    for rule in _RULES:
        found = rule(case)
        if found is not None:
            return found[0], [*found[1]]
    return Kind.NO_COPY, [_nothing(case)]


_Found = tuple[Kind, Sequence[str]] | None


def _same_page(case: Case) -> _Found:
    a, b = case.evidence.a.given, case.evidence.b.given
    if case.most >= WHOLE and case.least >= MOST and case.one_site and not addresses.same_page(a, b):
        return Kind.SAME_PAGE_LATER, [f"both are of one site, {TWO_ADDRESSES}", _shares(case)]
    if not addresses.same_page(a, b):
        return None
    if case.most < SOME and not case.evidence.same:
        return None
    return Kind.SAME_PAGE_LATER, ["both were captured at one address", _shares(case)]


def _whole(case: Case) -> _Found:
    if case.least < WHOLE:
        return None
    words = case.own + case.direct + case.listed
    if words < WORDS:
        return Kind.SAME_TOPIC, [
            _shares(case),
            f"they are {_count(words, 'word')} long: too few to tell a copy from a set phrase",
        ]
    reasons = [_shares(case)]
    if case.agencies_a & case.agencies_b:
        reasons.append(f"both credit {_listed(case.agencies_a & case.agencies_b)}")
    signs = [] if case.evidence.same else press.signs(case.evidence.a.given, case.evidence.b.given)
    return (Kind.PRESS_RELEASE, [*reasons, *signs]) if signs else (Kind.COPY, reasons)


def _own_lists(case: Case) -> _Found:
    """Menus that two pages of one site share, where no prose could be told from them."""
    evidence = case.evidence
    told = evidence.a.body.told and evidence.b.body.told
    if told or not case.one_site:
        return None
    return Kind.NO_COPY, ["both are of one site, and what they share cannot be told from its menus"]


def _much(case: Case) -> _Found:
    """A great part of one text stands in the other, and is nobody's speech."""
    if case.most < MUCH or case.own < WORDS or case.own < case.direct / 2:
        return None
    if case.one_site and case.most < SITE:
        return None
    a, b = case.evidence.a.given, case.evidence.b.given
    reasons = [_shares(case), f"{case.own} of the shared words are in no quotation marks"]
    signs = press.signs(a, b)
    if signs:
        return Kind.PRESS_RELEASE, [*reasons, *signs]
    agencies = case.agencies_a | case.agencies_b
    if agencies:
        return Kind.PARTIAL_WIRE_COPY, [*reasons, *_credits(case)]
    if case.most < MOST:
        return None
    teaser = _teaser(case)
    return (Kind.EXCERPT, [*reasons, teaser]) if teaser else (Kind.COPY, reasons)


def _credits(case: Case) -> list[str]:
    """Who credits which agencies."""
    both = case.agencies_a & case.agencies_b
    found = (("both credit", both), (f"{A} credits", case.agencies_a - both), (f"{B} credits", case.agencies_b - both))
    return [f"{who} {_listed(names)}" for who, names in found if names]


def _teaser(case: Case) -> str:
    """Why the shorter text is only a piece of the longer."""
    one, two = case.evidence.a, case.evidence.b
    shorter, longer = (one, two) if one.body.size <= two.body.size else (two, one)
    if shorter.body.size <= TEASER and shorter.body.size <= TEASER_SHARE * longer.body.size:
        return f"the shorter text has {shorter.body.size} words, the longer {longer.body.size}"
    return ""


def _excerpt(case: Case) -> _Found:
    longest = max((part.own for part in case.telling), default=0)
    if case.longest < LONG and longest < LONG_TOLD and case.quiet < SUM:
        return None
    if case.most < MOST and case.one_site:
        return Kind.SAME_TOPIC, [_shares(case), "both are of one site, whose pages share standing paragraphs"]
    return Kind.EXCERPT, [
        _shares(case),
        f"{case.own} shared words are nobody's speech, {longest} of them in one passage",
    ]


def _cites(case: Case) -> _Found:
    if not case.telling and not _quotation(case):
        return None
    a, b = case.evidence.a.given, case.evidence.b.given
    for taker, source, agencies, own in (
        (b, a, case.agencies_a - case.agencies_b, names.outlets_of(b)),
        (a, b, case.agencies_b - case.agencies_a, names.outlets_of(a)),
    ):
        words = names.cited(taker.text, (agencies | names.outlets_of(source)) - own)
        if words:
            side = B if taker is b else A
            return Kind.CITES, [f"{side} cites the other, or whom it credits: {quoted(words)}", _shares(case)]
    return None


def _shared_quotation(case: Case) -> _Found:
    words = _quotation(case)
    if not words:
        return None
    quoting = quoting_side(case)
    if quoting:
        own = A if quoting == B else B
        said = f"{words} shared words stand between quotation marks in {quoting} alone; {own} has them as its own"
        return Kind.SHARED_QUOTATION, [said]
    return Kind.SHARED_QUOTATION, [
        f"{words} shared words are somebody's speech or shown as such by both, {case.quiet} {'is' if case.quiet == 1 else 'are'} not",
        "what two writers heard from one mouth is no copy of one another",
    ]


def quoting_side(case: Case) -> str:
    """The side that quotes what the other says itself; ``""`` where both have it as speech, or neither plainly so."""
    parts = [part for part in case.telling if part.direct]
    size = sum(part.passage.words for part in parts)
    speech_a, speech_b = (
        sum(share * part.passage.words for share, part in zip(shares, parts, strict=True)) / max(1, size)
        for shares in ([part.passage.speech_a for part in parts], [part.passage.speech_b for part in parts])
    )
    if speech_a <= UNQUOTED and speech_b >= 1 - UNQUOTED:
        return B
    return A if speech_b <= UNQUOTED and speech_a >= 1 - UNQUOTED else ""


def _quotation(case: Case) -> int:
    """Words of speech that both texts have, 0 where they are too few to be one statement."""
    told = [part.own - part.quiet for part in case.telling if part.quiet * 2 <= part.own]
    direct = max((part.direct for part in case.telling), default=0)
    if direct >= QUOTED or max(told, default=0) >= TOLD:
        return case.direct + sum(told)
    return 0


def _same_topic(case: Case) -> _Found:
    words = case.own + case.direct + case.listed
    if words < TOPIC:
        return None
    return Kind.SAME_TOPIC, [
        f"they share {words} words in {_count(len(case.telling), 'passage')}: names, titles, figures, set phrases",
        "too few to show that one was written from the other",
    ]


_RULES: tuple[Callable[[Case], _Found], ...] = (
    _same_page,
    _whole,
    _own_lists,
    _much,
    _excerpt,
    _cites,
    _shared_quotation,
    _same_topic,
)


def _nothing(case: Case) -> str:
    if any(part.passage.furniture for part in case.evidence.shared):
        return "all that they share is furniture of their pages"
    if case.evidence.shared:
        return f"they share no {TELLING} words in a row"
    return "they share no words in a row that tell anything"


def _shares(case: Case) -> str:
    one, two = case.evidence.containment_a, case.evidence.containment_b
    return f"{percent(one)} of {A} stands in {B}, {percent(two)} of {B} in {A}"


def _listed(found: frozenset[str]) -> str:
    return " and ".join(sorted(found))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
