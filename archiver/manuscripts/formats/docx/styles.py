"""Styles of a Word document: how its part with the styles names them, and hides their text."""

from __future__ import annotations

from collections.abc import Mapping

from archiver.manuscripts.formats.stylesheet import StyleSheet
from archiver.texts.office import OFF
from archiver.texts.xmlstream import attribute


class Styles(StyleSheet):
    """Told of the part with the styles; paragraphs use the style ids."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attribute(attributes, "val") or ""
        if name == "w:style":
            self.style = attribute(attributes, "styleId") or ""
        elif not self.style:
            return
        elif name == "w:name":
            self.named.setdefault(self.style, value)
        elif name == "w:basedOn":
            self.based_on.setdefault(self.style, value)
        elif name == "w:vanish":
            self.hides[self.style] = value not in OFF

    def end(self, name: str) -> None:
        if name == "w:style":
            self.style = ""
