"""Citations and links in Word documents."""

from __future__ import annotations

import base64

from formats import citations, links, texts, words
from mediasamples import docx, run
from worddocs import csl, field, link, mendeley, p, with_links, with_parts

from archiver.manuscripts.document import Citation, Manuscript
from archiver.manuscripts.formats.docx import reader as word

WORK = {"id": 7, "type": "webpage", "title": "On bridges", "URL": "http://a.org/b"}


def read(data: bytes) -> Manuscript:
    return word.read(data, "paper.docx")


def test_fields_of_zotero() -> None:
    code = f" ADDIN ZOTERO_ITEM CSL_CITATION {csl(WORK, {**WORK, 'DOI': '10.1000/1', 'URL': ''}, locator='12–14', label='page')} "
    found = read(docx(p(run("So it is "), field(code, run("(Smith 2020)")), run("."))))
    assert texts(found) == ["So it is (Smith 2020)."]
    (block,) = found.blocks
    assert [words(block, mark) for mark in block.marks if isinstance(mark, Citation)] == ["(Smith 2020)"] * 2
    assert citations(found) == [("KEY1", "12–14"), ("KEY2", "12–14")]
    assert [entry.url for entry in found.entries.values()] == ["http://a.org/b", "https://doi.org/10.1000/1"]
    assert found.entries["KEY1"].item["title"] == "On bridges"


def test_bookmarks_of_zotero() -> None:
    code = f"ZOTERO_ITEM CSL_CITATION {csl(WORK)}"
    properties = "".join(
        f'<property name="ZOTERO_BREF_abc_{number}"><vt:lpwstr>{piece}</vt:lpwstr></property>'
        for number, piece in ((2, code[100:].replace('"', "&quot;")), (1, code[:100].replace('"', "&quot;")))
    )
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{properties}</Properties>'
    )
    marked = f'<w:bookmarkStart w:id="3" w:name="ZOTERO_BREF_abc"/>{run("(Smith)")}<w:bookmarkEnd w:id="3"/>'
    found = read(with_parts(docx(p(run("So "), marked, run("."))), docProps__custom=custom))
    assert citations(found) == [("KEY1", None)]


def test_mendeley() -> None:
    found = read(
        docx(
            p(
                run("So "),
                mendeley(csl(WORK), "(Smith)"),
                field(f"ADDIN CSL_CITATION {csl(WORK)}", run("(S.)")),
                run("."),
            )
        )
    )
    assert texts(found) == ["So (Smith)(S.)."]
    assert citations(found) == [("KEY1", None)] * 2


def test_endnote() -> None:
    xml = (
        "<EndNote><Cite><Author>Smith</Author><Year>2020</Year><RecNum>4</RecNum><Pages>12</Pages><record><titles><title>"
        '<style face="normal">On</style></title></titles><urls><url>http://a.org</url></urls></record></Cite></EndNote>'
    )
    found = read(docx(p(field(f"ADDIN EN.CITE {xml}", run("(Smith 2020)")))))
    assert citations(found) == [("endnote-4", "12")]
    assert found.entries["endnote-4"].url == "http://a.org"


def test_endnote_keeps_long_citations_beside_the_field() -> None:
    xml = "<EndNote><Cite><Author>Smith</Author><Year>2020</Year><RecNum>4</RecNum><record><urls><url>http://a.org</url></urls></record></Cite></EndNote>"
    packed = base64.b64encode(xml.encode()).decode()
    data = f'<w:r><w:fldChar w:fldCharType="begin"><w:fldData xml:space="preserve">{packed[:50]}\n{packed[50:]}</w:fldData></w:fldChar></w:r>'
    inner = (
        data + '<w:r><w:instrText> ADDIN EN.CITE.DATA </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    outer = data + f"<w:r><w:instrText> ADDIN EN.CITE </w:instrText></w:r>{inner}"
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("(Smith 2020)")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    found = read(docx(p(run("So "), outer, shown, run("."))))
    assert texts(found) == ["So (Smith 2020)."]
    assert citations(found) == [("endnote-4", None)]
    assert found.entries["endnote-4"].url == "http://a.org"


def test_a_damaged_citation_is_told_and_its_words_are_read() -> None:
    found = read(docx(p(run("So "), field("ADDIN ZOTERO_ITEM CSL_CITATION {broken", run("(Smith)")), run("."))))
    assert texts(found) == ["So (Smith)."]
    assert citations(found) == []
    assert "1 citation" in found.troubles[0].why


def test_links_of_both_kinds() -> None:
    body = p(
        run("See "), link("http://a.org/x", "this page"), run(", "), field('HYPERLINK "http://b.org/y" \\l "part"', run("that")),
        run(" and "), '<w:hyperlink w:anchor="here">' + run("above") + "</w:hyperlink>",
        f'<w:fldSimple w:instr="HYPERLINK http://c.org">{run("c")}</w:fldSimple>',
    )  # fmt: skip
    assert links(read(with_links(body, "http://a.org/x"))) == [
        ("this page", "http://a.org/x"), ("that", "http://b.org/y#part"), ("c", "http://c.org"),
    ]  # fmt: skip


def test_the_list_of_works_and_the_contents() -> None:
    begin, *_, end = field("TOC", run("x")).split(run("x"))
    references = field("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", "</w:p>" + p(run("Smith. “On bridges.”")) + "<w:p>")
    body = (
        p(begin, run("“One” ... 3")) + p(run("“Two” ... 4"), end) + p(run("Text.")) + p(references) + p(run("After."))
    )
    found = read(docx(body))
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("paragraph", "Text."), ("reference", "Smith. “On bridges.”"), ("paragraph", "After."),
    ]  # fmt: skip


def test_a_field_within_the_instruction_of_another_is_no_text() -> None:
    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = sign("begin") + "<w:r><w:instrText>DOCPROPERTY x</w:instrText></w:r>" + sign("separate") + run("inner")
    outer = sign("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>" + inner + sign("end") + sign("separate")
    found = read(docx(p(run("one "), outer, run("two"), sign("end"), run(" three")) + p(run("four"))))
    assert texts(found) == ["one two three", "four"]


def test_what_is_struck_out_is_gone() -> None:
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>not </w:t></w:r>"
    kept = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>so</w:t></w:r>'
    assert texts(read(docx(p(run("it is "), struck, kept)))) == ["it is so"]
