"""The styles of a document of a word processor, gathered as its parts are read: what paragraphs of each are, and which hide their text."""

from __future__ import annotations

from archiver.manuscripts.document import BlockKind
from archiver.manuscripts.formats.stylenames import hidden, kinds


class StyleSheet:
    """What both formats keep of their styles. Each tells in ``start`` how its elements say it."""

    def __init__(self) -> None:
        self.named: dict[str, str] = {}
        self.based_on: dict[str, str] = {}
        self.hides: dict[str, bool] = {}
        self.style = ""  # the one that is being read

    def text(self, _data: str, /) -> None:
        """Styles have no words of their own."""

    def kinds(self) -> dict[str, BlockKind]:
        """What a paragraph of each style is, by the name that paragraphs use."""
        return kinds(self.named, self.based_on)

    def hidden(self) -> frozenset[str]:
        """The styles whose text is not shown."""
        return hidden(self.hides, self.based_on)
