"""A page of a long list."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.errors import UnknownId


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list of ``total`` things is shown, ``size`` of them; pages are counted from 1."""

    number: int
    size: int
    total: int

    def __post_init__(self) -> None:
        if self.number > self.pages:
            raise UnknownId(f"There are {self.pages} pages of these, and no page {self.number}.")

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """The number of the first thing on the page, counted from 1; 0 where there is none."""
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)
