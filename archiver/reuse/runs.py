"""Words that two texts share in a row: seeds found through a table, and followed to both sides.

Time is that of the two texts' length whatever they repeat: a seed has at most ``MOST_PLACES`` places that are followed, words under a run that was
followed are not asked again, and when as many places were followed as the texts have words, the rest is followed at its first place alone.
"""

from __future__ import annotations

from typing import NamedTuple

SEED, SEED_LONG, SEED_UNSPACED = (
    3,
    4,
    8,
)  # equal words in a row; the second where both texts are long, the third for scripts without spaces
LONG = 6_000  # words of the shorter text from which both are long: there three words meet by chance too often
MOST_PLACES = 12
_STRIDE = 64
_LEAST_WORK = 10_000  # places that are followed in short texts


class Run(NamedTuple):
    """``length`` words that stand at ``a`` in one text and at ``b`` in the other."""

    a: int
    b: int
    length: int

    @property
    def a_end(self) -> int:
        return self.a + self.length

    @property
    def b_end(self) -> int:
        return self.b + self.length


def seed_of(size: int, *, unspaced: bool) -> int:
    """How many equal words in a row are looked for, where the shorter text has ``size`` words."""
    return SEED_UNSPACED if unspaced else SEED_LONG if size >= LONG else SEED


def shared(a: str, b: str, seed: int) -> list[Run]:
    """The runs of at least ``seed`` words that cover what of either text stands in the other, in the order of ``a``; longest first choice.

    Each text is asked against the other, so that what one says twice and the other once is covered in both.
    """
    one, two = _Seeds.of(a, seed), _Seeds.of(b, seed)
    common = set(one.pieces).intersection(two.pieces)
    if not common:
        return []
    found = _cover(one, two, common, [])
    back = _cover(two, one, common, [(run.b, run.b_end) for run in found])
    return sorted({*found, *(Run(run.b, run.a, run.length) for run in back)})


class _Seeds(NamedTuple):
    """A text, and the piece of ``length`` words that begins at each of its words."""

    text: str
    pieces: list[str]
    length: int

    @classmethod
    def of(cls, text: str, length: int) -> _Seeds:
        return cls(text, [text[at : at + length] for at in range(len(text) - length + 1)], length)

    def places(self, common: set[str]) -> dict[str, list[int]]:
        """Where the seeds stand that both texts have, the first places of each."""
        places: dict[str, list[int]] = {}
        for at, piece in enumerate(self.pieces):
            if piece in common:
                stands = places.setdefault(piece, [])
                if len(stands) < MOST_PLACES:
                    stands.append(at)
        return places


def _cover(one: _Seeds, two: _Seeds, common: set[str], known: list[tuple[int, int]]) -> list[Run]:
    """Runs for the words of ``one`` outside the ``known`` ranges, from left to right, each the longest that goes on from there."""
    a, b, seed = one.text, two.text, one.length
    covered = bytearray(len(a))
    for begin, end in known:
        covered[begin:end] = b"\1" * (end - begin)
    asked = [
        at for at, piece in enumerate(one.pieces) if piece in common and not (covered[at] and covered[at + seed - 1])
    ]
    if not asked:
        return []
    places = two.places(common)
    found: list[Run] = []
    budget = _LEAST_WORK + (len(a) + len(b)) // 2
    floor = diagonal = 0
    for at in asked:
        if at < floor:
            continue  # it lies under the last run
        stands = places[one.pieces[at]]
        best = Run(at, stands[0], 0)
        for place in stands if budget > 0 else stands[:1]:
            end = _follow(a, b, at + seed, place + seed)
            budget -= 1 + (end - at) // _STRIDE
            if (end - at, place - at == diagonal) > (best.length, best.b - at == diagonal):
                best = Run(at, place, end - at)
        begin = _back(a, b, at, best.b, floor)
        run = Run(begin, best.b - (at - begin), best.a_end - begin)
        found.append(run)
        floor, diagonal = run.a_end, run.b - run.a
    return found


def _follow(a: str, b: str, at: int, place: int) -> int:
    """Where in ``a`` the words cease to be the same."""
    while True:
        one, two = a[at : at + _STRIDE], b[place : place + _STRIDE]
        if one != two or not one:
            break
        at, place = at + len(one), place + len(one)
    for mine, theirs in zip(one, two, strict=False):
        if mine != theirs:
            break
        at += 1
    return at


def _back(a: str, b: str, at: int, place: int, floor: int) -> int:
    while at > floor and place > 0 and a[at - 1] == b[place - 1]:
        at, place = at - 1, place - 1
    return at
