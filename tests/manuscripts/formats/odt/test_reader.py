"""OpenDocument manuscripts as a whole, good and broken."""

from __future__ import annotations

import pytest
from formats import citations, links, notes, signs, texts
from mediasamples import odt, zipped
from worddocs import csl

from archiver.errors import InputError
from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.formats.odt import reader as opendocument

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
WORK = {"title": "On bridges", "URL": "http://a.org/b"}


def read(data: bytes) -> Manuscript:
    return opendocument.read(data, "paper.odt")


def note(text: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation><text:note-body><text:p>{text}</text:p>'
        "</text:note-body></text:note>"
    )


def test_blocks_and_what_they_are() -> None:
    automatic = (
        '<style:style style:name="P1" style:parent-style-name="Quotations"/><style:style style:name="H"><style:text-properties text:display="none"/>'
        "</style:style>"
    )
    styles = '<style:style style:name="Quotations" style:display-name="Quotations"/><style:style style:name="Z" style:display-name="Blockzitat"/>'
    content = (
        '<text:h text:outline-level="1">A title</text:h><text:p>Plain<text:s text:c="3"/>text<text:line-break/>and<text:tab/>more.</text:p>'
        '<text:p text:style-name="P1">Quoted.</text:p><text:p text:style-name="Z">Quoted too.</text:p>'
        '<text:list><text:list-item><text:p>Item.</text:p></text:list-item></text:list><text:p text:style-name="H">hidden</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>one</text:p></table:table-cell></table:table-row></table:table>"
        "<text:table-of-content><text:p>A title 1</text:p></text:table-of-content><text:bibliography><text:p>Smith.</text:p></text:bibliography>"
    )
    found = read(odt(content, styles=styles, automatic=automatic, meta="<dc:language>de-DE</dc:language>"))
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("heading", "A title"), ("paragraph", "Plain text\nand more."), ("quote", "Quoted."), ("quote", "Quoted too."), ("item", "Item."),
        ("cell", "one"), ("reference", "Smith."),
    ]  # fmt: skip
    assert found.language == "de-DE"
    assert not found.troubles


def test_notes_links_and_annotations() -> None:
    link = f"<text:a {XLINK} xlink:href='http://a.org'>here</text:a>"
    content = (
        f"<text:p>One {note(f'See {link}.')} two"
        f"{note('End.', 'endnote')}.<office:annotation><dc:creator>X</dc:creator><text:p>Really?</text:p></office:annotation></text:p>"
        f"<text:p>Three{note('Last.')}.</text:p>"
    )
    found = read(odt(content))
    assert texts(found) == ["One two.", "See here.", "End.", "Three.", "Last.", "Really?"]
    assert notes(found) == {"1": "See here.", "e1": "End.", "2": "Last."}
    assert signs(found) == [("One", "1"), ("One two", "e1"), ("Three", "2")]
    assert links(found) == [("here", "http://a.org")]
    assert texts(found, "comment") == ["Really?"]


def test_deleted_text_is_gone() -> None:
    deleted = "<text:changed-region><text:deletion><text:p>not</text:p></text:deletion></text:changed-region>"
    tracked = f"<text:tracked-changes>{deleted}</text:tracked-changes>"
    assert texts(read(odt(f"{tracked}<text:p>It was<text:change/> so.</text:p>"))) == ["It was so."]


def test_citations_of_zotero() -> None:
    code = csl(WORK, locator="12").replace("&", "&amp;").replace('"', "&quot;")
    mark = f'text:name="ZOTERO_ITEM CSL_CITATION {code} RNDx1"'
    content = (
        f"<text:p>So <text:reference-mark-start {mark}/>(Smith)<text:reference-mark-end {mark}/>. "
        '<text:bookmark-start text:name="ZOTERO_BREF_a1"/>(S.)<text:bookmark-end text:name="ZOTERO_BREF_a1"/></text:p>'
        '<text:section text:name=" ZOTERO_BIBL {} CSL_BIBLIOGRAPHY RNDx"><text:p>Smith, On bridges.</text:p></text:section>'
    )
    kept = f"ZOTERO_ITEM CSL_CITATION {code}"
    meta = f'<meta:user-defined meta:name="ZOTERO_BREF_a1_1">{kept}</meta:user-defined>'
    found = read(odt(content, meta=meta))
    assert texts(found) == ["So (Smith). (S.)", "Smith, On bridges."]
    assert citations(found) == [("KEY1", "12"), ("KEY1", "12")]
    assert found.entries["KEY1"].url == "http://a.org/b"
    assert texts(found, "reference") == ["Smith, On bridges."]


def test_its_own_bibliography() -> None:
    said = 'text:identifier="Smi20" text:url="http://a.org" text:pages="S. 4" text:title="On"'
    mark = f"<text:bibliography-mark {said}>[Smi20]</text:bibliography-mark>"
    found = read(odt(f"<text:p>So {mark}.</text:p>"))
    assert texts(found) == ["So [Smi20]."]
    assert citations(found) == [("Smi20", "4")]
    assert found.entries["Smi20"].url == "http://a.org"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04", "cut or damaged"),
        (zipped({"a": "x"}), "without the part"),
        (odt("<text:p>"), "broken in line"),
        (zipped({"content.xml": "x", "META-INF/manifest.xml": "encryption-data"}), "encrypted"),
        (zipped({"content.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a/>'}), "entities"),
    ],
)
def test_what_is_no_opendocument_text(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(data)


def test_what_breaks_off_is_read_so_far() -> None:
    found = read(odt("<text:p>One.</text:p><text:p>Two<oops></text:p>"))
    assert texts(found) == ["One.", "Two"]
    assert len(found.troubles) == 1


def test_depth() -> None:
    deep = "<text:list><text:list-item>" * 10_000 + "<text:p>In.</text:p>" + "</text:list-item></text:list>" * 10_000
    assert texts(read(odt(deep + "<text:p>Out.</text:p>"))) == ["In.", "Out."]
    nested = (
        "<text:p>a"
        + "<text:note><text:note-body><text:p>b" * 5_000
        + "</text:p></text:note-body></text:note>" * 5_000
        + "</text:p>"
    )
    assert len(read(odt(nested)).blocks) == 5_001
