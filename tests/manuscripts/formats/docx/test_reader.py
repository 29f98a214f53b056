"""Word manuscripts as a whole, good and broken."""

from __future__ import annotations

import pytest
from formats import citations, links, notes, signs, texts
from mediasamples import docx, run, zipped
from worddocs import field, link, note, p, reference, with_links, with_parts

from archiver.errors import InputError
from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.formats.docx import reader as word


def read(data: bytes) -> Manuscript:
    return word.read(data, "paper.docx")


def test_blocks_and_what_they_are() -> None:
    styles = (
        '<w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style><w:style w:styleId="Mine"><w:basedOn w:val="Zitat"/></w:style>'
        '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    )
    body = (
        p(run("A title"), style="berschrift1")
        + p(run("Plain."), properties='<w:ind w:left="720"/>')
        + p(run("Quoted."), style="Mine")
        + p(run("An item."), properties="<w:numPr/>")
        + f"<w:tbl><w:tr><w:tc>{p(run('one'))}</w:tc><w:tc>{p(run('two'))}</w:tc></w:tr></w:tbl>"
    )
    found = read(docx(body, styles=styles))
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("heading", "A title"), ("paragraph", "Plain."), ("quote", "Quoted."), ("item", "An item."), ("cell", "one"), ("cell", "two"),
    ]  # fmt: skip
    assert found.source is None
    assert not any(block.origin for block in found.blocks)


def test_notes_stand_behind_the_block_with_their_sign() -> None:
    body = p(run("One "), reference(5), run(" and"), reference(2, "endnote"), run(".")) + p(run("Two."), reference(9))
    data = with_links(
        body,
        "http://a.org/x",
        footnotes=note(5, p(run("See "), link("http://a.org/x", "here"), run(".")))
        + note(7, p(run("unused")))
        + note(9, p(run("A.")), p(run("B."))),
        endnotes=note(2, p(run("End.")), kind="endnote"),
    )
    found = read(data)
    assert texts(found) == ["One and.", "See here.", "End.", "Two.", "A.", "B."]
    assert notes(found) == {"1": "See here.", "e1": "End.", "2": "A.\nB."}
    assert signs(found) == [("One", "1"), ("One and", "e1"), ("Two.", "2")]
    assert links(found) == [("here", "http://a.org/x")]


def test_comments_are_blocks_of_their_own() -> None:
    found = read(
        docx(p(run("Text.")), comments=f'<w:comment w:id="1">{p(run("Is that so? http://a.org"))}</w:comment>')
    )
    assert texts(found, "comment") == ["Is that so? http://a.org"]


def test_changes_are_accepted_and_hidden_text_is_gone() -> None:
    styles = '<w:style w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="T"><w:basedOn w:val="S"/></w:style>'
    row = "<w:tr>{}<w:tc>" + p(run("cell")) + "</w:tc></w:tr>"
    body = (
        p(
            run("It was "), f'<w:del w:id="1"><w:r><w:delText>not </w:delText></w:r>{reference(3)}</w:del><w:ins w:id="2">{run("so ")}</w:ins>',
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>", run("good"), properties='<w:rPr><w:del w:id="4"/></w:rPr>',
        )
        + p(run(" as it was."))
        + p(run("hidden"), style="T")
        + "<w:tbl>"
        + row.format('<w:trPr><w:del w:id="5"/></w:trPr>')
        + row.format("")
        + "</w:tbl>"
    )  # fmt: skip
    found = read(docx(body, styles=styles, footnotes=note(3, p(run("gone")))))
    assert texts(found) == ["It was so good as it was.", "cell"]


def test_works_of_word_itself() -> None:
    sources = (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>Smi20</b:Tag><b:Title>On</b:Title>'
        "<b:URL>http://a.org/smith</b:URL><b:Author><b:Author><b:NameList><b:Person><b:Last>Smith</b:Last></b:Person></b:NameList></b:Author></b:Author>"
        "</b:Source></b:Sources>"
    )
    body = p(run("So "), field(" CITATION Smi20 \\l 1033 \\p 12 \\m Doe21 ", run("(Smith, p. 12)")), run("."))
    found = read(with_parts(docx(body), customXml__item1=sources))
    assert citations(found) == [("Smi20", "12"), ("Doe21", None)]
    assert found.entries["Smi20"].url == "http://a.org/smith"
    assert found.entries["Smi20"].item["title"] == "On"


def test_a_field_that_never_ends_hides_its_paragraph_at_most() -> None:
    body = p(run("One "), '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("lost")) + p(run("Two."))
    assert texts(read(docx(body))) == ["One", "Two."]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is no zip file"),
        (b"PK\x03\x04 nonsense", "cut or damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old binary form"),
        (zipped({"a.txt": "x"}), "without the part that holds the text"),
        (docx("<w:p><w:r>"), "broken in line 2"),
        (docx(p(run("x")))[:-30], "cut or damaged"),
        (zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}), "entities"),
    ],
)
def test_what_is_no_word_document(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why) as error:
        read(data)
    assert str(error.value).count("\n") == 0
    assert str(error.value).startswith("paper.docx")


def test_a_document_that_breaks_off_is_read_so_far() -> None:
    found = read(docx(p(run("First.")) + "<w:p><w:oops></w:p>"))
    assert texts(found) == ["First."]
    assert len(found.troubles) == 1


def test_a_broken_part_beside_costs_that_part() -> None:
    data = docx(p(run("Text."), reference(2)), footnotes=note(2, p(run("Note."))), styles="<oops>")
    found = read(data)
    assert texts(found) == ["Text.", "Note."]
    assert "word/styles.xml" in found.troubles[0].why


def test_a_bomb_is_refused() -> None:
    with pytest.raises(InputError, match="inflates"):
        read(zipped({"word/document.xml": b"<a>" + b" " * (40 << 20) + b"</a>"}))


def test_depth_and_number() -> None:
    deep = "<w:sdt><w:sdtContent>" * 20_000 + p(run("In.")) + "</w:sdtContent></w:sdt>" * 20_000
    assert texts(read(docx(deep))) == ["In."]
    many = p(*(run("x") + reference(number) for number in range(8_000)))
    assert len(signs(read(docx(many)))) == 8_000
