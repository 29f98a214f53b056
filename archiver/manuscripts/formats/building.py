"""A block of text put together piece by piece, each piece with the place in the file that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archiver.manuscripts.document import Block, BlockKind, Mark, NoteMark


@dataclass(slots=True)
class Pieces:
    """Text that grows, with its marks and its origin. ``length`` is how many characters it has, which is where the next mark would stand."""

    pieces: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    origin: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def put(self, text: str, at: int | None = None) -> None:
        """Adds text exactly as it is, which stands in the file from ``at`` on; None where it stands nowhere."""
        if not text:
            return
        if at is not None and not self._goes_on(at):
            self.origin.append((self.length, at))
        self.pieces.append(text)
        self.length += len(text)

    def _goes_on(self, at: int) -> bool:
        if not self.origin:
            return False
        start, there = self.origin[-1]
        return there + self.length - start == at


class Builder(Pieces):
    """A block whose readers say themselves which white space of the file it has."""

    def without_blank(self) -> None:
        """Takes a blank off the end: what follows it in the file does not show."""
        if self.pieces and self.pieces[-1].endswith((" ", "\n")):
            self.pieces[-1] = self.pieces[-1][:-1]
            self.length -= 1

    def block(
        self, kind: BlockKind, paragraph: int, note: str | None = None, source: str | None = None
    ) -> Block | None:
        """The block; None where nothing stands in it. White space at its ends is taken off."""
        text = "".join(self.pieces)
        lead = len(text) - len(text.lstrip())
        shown = text.strip()
        if not shown and not self.marks:
            return None
        marks = sorted((_moved(mark, lead, len(shown)) for mark in self.marks), key=where)
        origin = tuple(pair for pair in self._origin_from(lead) if pair[0] <= len(shown))
        return Block(kind, shown, paragraph, tuple(marks), note, origin, source)

    def _origin_from(self, lead: int) -> Iterator[tuple[int, int]]:
        for number, (start, there) in enumerate(self.origin):
            if start >= lead:
                yield start - lead, there
            elif number + 1 == len(self.origin) or self.origin[number + 1][0] > lead:
                yield 0, there + lead - start


def where(mark: Mark) -> int:
    """Where a mark stands, or begins."""
    return mark.at if isinstance(mark, NoteMark) else mark.start


def _moved(mark: Mark, lead: int, length: int) -> Mark:
    if isinstance(mark, NoteMark):
        return replace(mark, at=min(max(mark.at - lead, 0), length))
    return replace(mark, start=min(max(mark.start - lead, 0), length), end=min(max(mark.end - lead, 0), length))
