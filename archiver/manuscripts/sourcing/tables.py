"""Tables of quotations, in which the source stands in a cell beside the quotation's."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archiver.manuscripts.document import Block, BlockKind

_FURTHEST = 4  # cells between a quotation and its source, such as a year or a name


class Tables:
    """Which cell names the source of which, by the order of the cells alone: readers tell of no rows.

    In a table whose first quotation stands before its first source, sources stand behind their quotations; else before them. Another
    quotation on the way ends the search: then a row has no source.
    """

    def __init__(self, blocks: Sequence[Block], quoting: Collection[int], naming: Collection[int]) -> None:
        """``quoting`` are the numbers of the blocks with quotations, ``naming`` of those with sources and no quotation."""
        self._step: dict[int, int] = {}
        self._quoting, self._naming = quoting, naming
        run: list[int] = []
        for number, block in enumerate(blocks):
            if block.kind is BlockKind.CELL and block.note is None:
                run.append(number)
            elif block.note is None:
                self._end(run)
                run = []
        self._end(run)

    def _end(self, run: list[int]) -> None:
        first = next((number for number in run if number in self._quoting or number in self._naming), None)
        for number in run:
            self._step[number] = 1 if first in self._quoting else -1

    def source_of(self, number: int) -> int | None:
        """The number of the cell that names the source of the quotation in a cell; None where there is none, or it is no cell."""
        step = self._step.get(number)
        if step is None:
            return None
        at, passed = number + step, 0
        while at in self._step and passed <= _FURTHEST:
            if at in self._quoting:
                return None
            if at in self._naming:
                return at
            at, passed = at + step, passed + 1
        return None
