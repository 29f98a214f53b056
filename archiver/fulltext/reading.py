"""From the layers of a page to what the index keeps of them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.fulltext import terms

PART = 4096
"""Words of a part: among many more shingles a part would have every number that is asked for."""

_OVERLAP = 128


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept of a text: its words, and the shingles of its parts with their number."""

    words: str
    parts: tuple[tuple[str, int], ...]


def read(layers: Sequence[str]) -> Content:
    """The layers of one page as one text: what several of them say is kept once."""
    found: set[bytes] = set()
    gathered: list[array[int]] = []
    parts: list[array[int]] = []
    for layer in layers:
        raw = terms.cut(layer)
        known = terms.read(raw)
        found |= known.words
        if len(raw.words) <= PART:
            gathered.append(known.shingles)
        else:
            last = len(raw.words) - terms.SHINGLE + 1
            parts += [known.shingles[at : min(last, at + PART + _OVERLAP)] for at in range(0, last, PART)]
    if len(gathered) > 1:
        gathered = _united(gathered)
    kept = [part for part in (*parts, *gathered) if part]
    return Content(b" ".join(found).decode(), tuple((terms.names(part), len(part)) for part in kept))


def _united(layers: list[array[int]]) -> list[array[int]]:
    """Short layers as one part: mostly they say the same. Where they do not, each is one."""
    joined = set[int]().union(*layers)
    return [array("Q", joined)] if len(joined) <= PART else layers
