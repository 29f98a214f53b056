"""Styles of OpenDocument texts."""

from __future__ import annotations

from archiver.manuscripts.document import BlockKind
from archiver.manuscripts.formats.odt.styles import Styles


def test_kinds_and_hiding_are_inherited() -> None:
    styles = Styles()
    for name, parent, display in (("C", "B", None), ("B", "A", None), ("A", None, "none"), ("D", "A", "true")):
        attributes = {"name": name, "display-name": "Block Quotation" if name == "A" else name}
        styles.start("style:style", attributes | ({"parent-style-name": parent} if parent else {}))
        if display:
            styles.start("style:text-properties", {"display": display})
        styles.end("style:style")
    assert styles.kinds() == dict.fromkeys("ABCD", BlockKind.QUOTE)
    assert styles.hidden() == {"A", "B", "C"}


def test_what_is_struck_out_is_gone() -> None:
    styles = Styles()
    for name, line in (("A", "solid"), ("B", "none")):
        styles.start("style:style", {"name": name})
        styles.start("style:text-properties", {"text-line-through-style": line})
        styles.end("style:style")
    assert styles.hidden() == {"A"}
