"""Styles of an OpenDocument text: which are of quotations, headings and the like, and which hide their text."""

from __future__ import annotations

from collections.abc import Mapping

from archiver.manuscripts.document import BlockKind
from archiver.manuscripts.formats.stylenames import hidden, kinds
from archiver.texts.xmlstream import attribute


class Styles:
    """Told of all parts with styles; then ``kinds`` and ``hidden`` are by the name that paragraphs use."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}
        self._based_on: dict[str, str] = {}
        self._hides: dict[str, bool] = {}
        self._style = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style:style":
            self._style = attribute(attributes, "name") or ""
            self._named.setdefault(self._style, attribute(attributes, "display-name") or self._style)
            parent = attribute(attributes, "parent-style-name")
            if parent:
                self._based_on.setdefault(self._style, parent)
        elif name == "style:text-properties" and self._style:
            shown = attribute(attributes, "display")
            struck = attribute(attributes, "text-line-through-style")
            if shown is not None or struck is not None:
                self._hides[self._style] = shown == "none" or struck not in (None, "none")

    def end(self, name: str) -> None:
        if name == "style:style":
            self._style = ""

    def text(self, _data: str, /) -> None:
        return

    def kinds(self) -> dict[str, BlockKind]:
        """What a paragraph of each style is."""
        return kinds(self._named, self._based_on)

    def hidden(self) -> frozenset[str]:
        """The styles whose text is not shown."""
        return hidden(self._hides, self._based_on)
