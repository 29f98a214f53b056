"""Styles of a Word document: which are of quotations, headings and the like, and which hide their text."""

from __future__ import annotations

from collections.abc import Mapping

from archiver.manuscripts.document import BlockKind
from archiver.manuscripts.formats.stylenames import hidden, kinds
from archiver.texts.office import OFF
from archiver.texts.xmlstream import attribute


class Styles:
    """Told of the part with the styles; then ``kinds`` and ``hidden`` are by style id."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}
        self._based_on: dict[str, str] = {}
        self._vanish: dict[str, bool] = {}
        self._style = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attribute(attributes, "val") or ""
        if name == "w:style":
            self._style = attribute(attributes, "styleId") or ""
        elif not self._style:
            return
        elif name == "w:name":
            self._named.setdefault(self._style, value)
        elif name == "w:basedOn":
            self._based_on.setdefault(self._style, value)
        elif name == "w:vanish":
            self._vanish[self._style] = value not in OFF

    def end(self, name: str) -> None:
        if name == "w:style":
            self._style = ""

    def text(self, _data: str, /) -> None:
        return

    def kinds(self) -> dict[str, BlockKind]:
        """What a paragraph of each style is."""
        return kinds(self._named, self._based_on)

    def hidden(self) -> frozenset[str]:
        """The styles whose text is not shown."""
        return hidden(self._vanish, self._based_on)
