"""Styles of an OpenDocument text: how its parts name them, and hide their text."""

from __future__ import annotations

from collections.abc import Mapping

from archiver.manuscripts.formats.stylesheet import StyleSheet
from archiver.texts.xmlstream import attribute


class Styles(StyleSheet):
    """Told of all parts with styles; paragraphs use the styles' names."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style:style":
            self.style = attribute(attributes, "name") or ""
            self.named.setdefault(self.style, attribute(attributes, "display-name") or self.style)
            parent = attribute(attributes, "parent-style-name")
            if parent:
                self.based_on.setdefault(self.style, parent)
        elif name == "style:text-properties" and self.style:
            shown = attribute(attributes, "display")
            struck = attribute(attributes, "text-line-through-style")
            if shown is not None or struck is not None:
                self.hides[self.style] = shown == "none" or struck not in (None, "none")

    def end(self, name: str) -> None:
        if name == "style:style":
            self.style = ""
