"""A changed piece, as the tests of its kind see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """A changed piece: the words of either side, folded, some words before and after it in the source, and whether the page
    has a word (``known``), and has it at no other place than here (``lone``).
    """

    quote: tuple[str, ...]
    source: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    sentence_start: bool = False
    known: Callable[[str], bool] = field(default=lambda _: False, compare=False)
    lone: Callable[[str], bool] = field(default=lambda _: False, compare=False)
