"""What goes into the index, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

ORDERLESS = 0.02
"""A share below this: the text has the words, and nothing is known of their order."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A snapshot to be found: its capture's leaf, id, time, the key of its address, and a digest over all its texts."""

    leaf: int
    snapshot: str
    captured_at: str
    page: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may have what is looked for. ``share`` (0 to 1) is how much of it the index knows there: 1 is all."""

    text: int
    share: float


@dataclass(frozen=True, slots=True)
class Alike:
    """A text that shares some with another. ``shared`` estimates the part of the given text that it has, ``of_it`` the part of it that
    the given text has, both from 0 to 1: candidates, to be compared."""

    text: int
    shared: float
    of_it: float
