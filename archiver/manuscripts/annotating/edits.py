"""Changes of a file that put something in and take nothing out, so that the rest of it stays byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Insertion:
    """What is put in before the byte or letter at ``at``; several at one place in the order in which they are given."""

    at: int
    what: bytes


def insert(source: bytes, insertions: Iterable[Insertion]) -> bytes:
    """The source with all of them put in."""
    pieces, last = [], 0
    for one in sorted(insertions, key=lambda item: item.at):
        pieces += [source[last : one.at], one.what]
        last = one.at
    return b"".join([*pieces, source[last:]])
