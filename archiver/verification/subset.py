"""Parts of the records of a huge archive, so that several runs together check all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.errors import InputError

RUN = 256
"""Leaves that belong to a part together, so that a part is read in long runs."""

_SUBSET = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Subset:
    """The ``number``-th (from 1) of ``parts`` parts of all records. Which leaf belongs to it never changes as the log grows."""

    number: int
    parts: int

    @classmethod
    def parse(cls, text: str) -> Subset:
        """Reads ``n/t``; raises InputError."""
        found = _SUBSET.fullmatch(text)
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            raise InputError(f"{text[:20]!r} is no part: write 2/7 for the second of seven.")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"part {self.number} of {self.parts}"

    def holds(self, leaf: int) -> bool:
        return leaf // RUN % self.parts == self.number - 1
