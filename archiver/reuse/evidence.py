"""What two texts have in common, counted: shared words by who says them and where they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import and_

from archiver.reuse import addresses, body, listed, passages, runs, shown, speech, standing, words
from archiver.reuse.passages import Stretch
from archiver.reuse.runs import Run
from archiver.reuse.values import Passage, Piece, ReuseText

SHOWN = 6  # equal words of a passage that is shown
MOST_SHOWN = 1000  # passages, the longest
TELLING = 10  # equal words from which a passage tells something; fewer are names and set phrases
FURNITURE = "it stands among menus, notes or links of the page"
_ALIKE = re.compile(rb"\x00+|\x01+")
UNSPACED = 2  # characters that count as a word in scripts without spaces

_Said = tuple[speech.Speech, bytes]
"""A text's speech, and what it shows."""

_SILENT: _Said = (speech.Speech(b"", b""), b"")


@dataclass(frozen=True, slots=True)
class Side:
    """One text, taken apart."""

    given: ReuseText
    words: words.Words
    body: body.Body


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage and its equal words: ``prose`` those that are prose in both texts, ``own`` of them those that are nobody's direct speech in
    either text, ``quiet`` of those the ones that no verb of saying rules either; ``direct`` those in quotation marks in either, or shown by both
    as somebody's. Where a passage is a list of names and figures, they are ``listed`` and neither own nor quiet."""

    stretch: Stretch
    passage: Passage
    prose: int
    own: int
    quiet: int
    direct: int
    listed: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """``containment_*`` are shares of the prose words; counts are words (two characters count as one in scripts without spaces)."""

    a: Side
    b: Side
    shared: tuple[Shared, ...]
    containment_a: float
    containment_b: float
    same: bool


def gather(one: ReuseText, two: ReuseText, common: Collection[str]) -> Evidence:
    forms = words.Forms()
    a, b = _side(one, forms, common), _side(two, forms, common)
    unspaced = a.words.unspaced and b.words.unspaced
    scale = UNSPACED if unspaced else 1
    seed = runs.seed_of(min(len(a.words), len(b.words)), unspaced=unspaced)
    gap = passages.GAP_UNSPACED if unspaced else passages.GAP
    same = bool(a.words.codes) and a.words.codes == b.words.codes
    found = [Run(0, 0, len(a.words))] if same else runs.shared(a.words.codes, b.words.codes, seed)
    prose, other = _parted(passages.longest(found), a, b)
    stretches = passages.join(prose, a.words.codes, b.words.codes, gap)
    least = 1 if same else SHOWN * scale
    kept = [stretch for stretch in stretches if stretch.equal >= least]
    why = standing.find(kept, a.body, b.body, a.words, b.words, site=addresses.same_site(one, two))
    apart = [part for part in passages.join(other, a.words.codes, b.words.codes, gap) if part.equal >= least]
    parts = [(stretch, why.get(stretch, "")) for stretch in kept] + [(stretch, FURNITURE) for stretch in apart]
    parts.sort(key=lambda part: (part[0].a, part[0].b))
    said = (_said(a), _said(b)) if parts else (_SILENT, _SILENT)
    measured = [_measured(*part, a, b, said, scale) for part in parts]
    shared = sorted(measured, key=lambda part: -part.stretch.equal)[:MOST_SHOWN]
    shared.sort(key=lambda part: (part.stretch.a, part.stretch.b))
    counted = [part.stretch for part in measured if not part.passage.furniture]
    return Evidence(
        a,
        b,
        tuple(shared),
        _containment(a, [(run.a, run.a_end) for part in counted for run in part.runs]),
        _containment(b, [(run.b, run.b_end) for part in counted for run in part.runs]),
        same,
    )


def _side(given: ReuseText, forms: words.Forms, common: Collection[str]) -> Side:
    read = words.read(given.text, forms)
    return Side(given, read, body.find(read, common))


def _containment(side: Side, ranges: Sequence[tuple[int, int]]) -> float:
    covered = bytearray(len(side.words))
    for first, last in ranges:
        covered[first:last] = b"\1" * (last - first)
    return _both(bytes(covered), side.body.mask).bit_count() / side.body.size if side.body.size else 0.0


def _parted(found: Sequence[Run], a: Side, b: Side) -> tuple[list[Run], list[Run]]:
    """Runs cut into what is prose in both texts and what is not."""
    prose: list[Run] = []
    other: list[Run] = []
    for run in found:
        both = bytes(map(and_, a.body.mask[run.a : run.a_end], b.body.mask[run.b : run.b_end]))
        for piece in _ALIKE.finditer(both):
            part = Run(run.a + piece.start(), run.b + piece.start(), piece.end() - piece.start())
            (prose if both[piece.start()] else other).append(part)
    return prose, other


def _said(side: Side) -> _Said:
    return speech.find(side.words), shown.find(side.words, side.body.blocks)


def _measured(stretch: Stretch, why: str, a: Side, b: Side, said: tuple[_Said, _Said], scale: int) -> Shared:
    body_a, body_b = _at(a.body.mask, stretch, "a"), _at(b.body.mask, stretch, "b")
    (speech_a, shown_a), (speech_b, shown_b) = said
    direct_a, direct_b = _at(speech_a.direct, stretch, "a"), _at(speech_b.direct, stretch, "b")
    told_a, told_b = _at(speech_a.told, stretch, "a"), _at(speech_b.told, stretch, "b")
    prose = _both(body_a, body_b)
    direct = _int(direct_a) | _int(direct_b) | _both(_at(shown_a, stretch, "a"), _at(shown_b, stretch, "b"))
    told = _int(told_a) | _int(told_b)
    own = (prose & ~direct).bit_count() // scale
    as_list = listed.is_list(a.words, [(run.a, run.a_end) for run in stretch.runs])
    equal = max(1, stretch.equal)
    passage = Passage(
        a.words.start(stretch.a),
        a.words.end(stretch.a_end - 1),
        b.words.start(stretch.b),
        b.words.end(stretch.b_end - 1),
        stretch.equal,
        tuple(
            Piece(a.words.start(run.a), a.words.end(run.a_end - 1), b.words.start(run.b), b.words.end(run.b_end - 1))
            for run in stretch.runs
        ),
        (_int(direct_a) | _int(told_a)).bit_count() / equal,
        (_int(direct_b) | _int(told_b)).bit_count() / equal,
        why,
    )
    return Shared(
        stretch,
        passage,
        prose.bit_count() // scale,
        0 if as_list else own,
        0 if as_list else (prose & ~direct & ~told).bit_count() // scale,
        (prose & direct).bit_count() // scale,
        own if as_list else 0,
    )


def _at(mask: bytes, stretch: Stretch, side: str) -> bytes:
    """The mask's bytes at the equal words of a passage, in order."""
    if side == "a":
        return b"".join(mask[run.a : run.a_end] for run in stretch.runs)
    return b"".join(mask[run.b : run.b_end] for run in stretch.runs)


def _int(mask: bytes) -> int:
    return int.from_bytes(mask, "big")


def _both(one: bytes, two: bytes) -> int:
    return _int(one) & _int(two)
