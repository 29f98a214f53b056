"""Styles by their names."""

from __future__ import annotations

import pytest

from archiver.manuscripts.document import BlockKind
from archiver.manuscripts.formats.stylenames import kind_of, kinds


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Quote", BlockKind.QUOTE), ("Intense Quote", BlockKind.QUOTE), ("IntenseQuote", BlockKind.QUOTE), ("Zitat", BlockKind.QUOTE),
        ("Intensives Zitat", BlockKind.QUOTE), ("Quotations", BlockKind.QUOTE), ("Block Text", BlockKind.QUOTE), ("Citation", BlockKind.QUOTE),
        ("Blockzitat", BlockKind.QUOTE), ("Cita destacada", BlockKind.QUOTE), ("Block_20_Quotation", BlockKind.QUOTE), ("引用文", BlockKind.QUOTE),
        ("heading 1", BlockKind.HEADING), ("Heading_20_2", BlockKind.HEADING), ("Überschrift 3", BlockKind.HEADING), ("caption", BlockKind.CAPTION),
        ("Bibliography", BlockKind.REFERENCE), ("Literaturverzeichnis 1", BlockKind.REFERENCE), ("Normal", None), ("Body Text Indent", None),
        ("", None), ("Quoted price list", None),
    ],
)  # fmt: skip
def test_kind_of(name: str, kind: BlockKind | None) -> None:
    assert kind_of(name) is kind


def test_a_style_is_what_it_is_based_on() -> None:
    assert kinds({"a": "Quote", "b": "Mine"}, {"b": "a", "c": "b", "d": "e", "e": "d"}) == dict.fromkeys(
        "abc", BlockKind.QUOTE
    )
