"""Styles of OpenDocument texts."""

from __future__ import annotations

from archiver.manuscripts.document import BlockKind
from archiver.manuscripts.odtstyles import Styles


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
