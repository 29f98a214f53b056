"""Styles of Word documents."""

from __future__ import annotations

from archiver.manuscripts.document import BlockKind
from archiver.manuscripts.formats.docx.styles import Styles
from archiver.texts import office, xmlstream


def styles(inside: str) -> Styles:
    found = Styles()
    source = f'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{inside}</w:styles>'
    xmlstream.read(source.encode(), office.NAMESPACES, found)
    return found


def test_kinds_and_hiding_are_inherited_whatever_the_order() -> None:
    found = styles(
        '<w:docDefaults><w:rPr><w:vanish/></w:rPr></w:docDefaults><w:style w:styleId="C"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style><w:style w:styleId="A"><w:name w:val="Quote"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="D"><w:basedOn w:val="A"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    )
    assert found.kinds() == dict.fromkeys("ABCD", BlockKind.QUOTE)
    assert found.hidden() == {"A", "B", "C"}
