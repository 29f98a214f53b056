"""What a Word document says, with all changes accepted."""

from __future__ import annotations

import time

import pytest
from mediasamples import DOCX, docx, run, zipped

from archiver import match, texts
from archiver.model import Layer, Reading, Verdict


def read(data: bytes) -> Reading:
    return texts.read(data, content_type=DOCX)


def document(data: bytes) -> str:
    (text,) = read(data).texts
    assert (text.layer, text.complete, text.extractor) == (Layer.DOCUMENT, True, "archiver-docx")
    return text.content


def layers(data: bytes) -> dict[str, str]:
    return {text.layer.value: text.content for text in read(data).texts}


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(runs)}</w:p>"


def test_runs_do_not_split_words_and_paragraphs_end_lines() -> None:
    assert (
        document(docx(p(run("The bri"), run("dge"), run(" closed.")) + p(run("Nobody  was hurt."))))
        == "The bridge closed.\nNobody was hurt."
    )


def test_deleted_text_is_not_said_and_inserted_text_is() -> None:
    deleted = f'<w:del w:id="1" w:author="A"><w:r><w:delText>not </w:delText></w:r>{run("never ")}</w:del>'
    inserted = f'<w:ins w:id="2" w:author="A">{run("soon ")}<w:del w:id="3">{run("or late ")}</w:del></w:ins>'
    data = docx(p(run("It will "), deleted, inserted, run("be closed on Monday.")))
    assert document(data) == "It will soon be closed on Monday."
    found = read(data).texts
    assert match.judge("It will not be closed on Monday.", found).verdict is Verdict.ALTERED
    assert match.judge("It will soon be closed on Monday.", found).verdict is Verdict.VERBATIM


def test_what_was_moved_stands_where_it_was_moved_to() -> None:
    moved = f'<w:moveFromRangeStart w:id="1"/><w:moveFrom w:id="2">{run("Last words. ")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/>'
    assert (
        document(docx(p(moved, run("First words. "), f'<w:moveTo w:id="3">{run("Last words.")}</w:moveTo>')))
        == "First words. Last words."
    )


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    body = p(run("It will clo"), properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p(
        run("se on Monday."), properties='<w:pPrChange w:id="2"><w:pPr/></w:pPrChange>'
    )
    assert document(docx(body)) == "It will close on Monday."


def test_a_deleted_row_is_gone_with_its_notes() -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr>{properties}<w:tc>{p(run(text))}</w:tc><w:tc>{p(run('2'), reference(7))}</w:tc></w:tr>"

    deleted = row("gone", '<w:trPr><w:del w:id="1"/></w:trPr>')
    table = f"<w:tbl>{deleted}{row('kept')}</w:tbl>"
    assert document(docx(table, footnotes=note(7, "A note."))) == "kept\n2\nA note."
    gone = f"<w:tbl>{deleted}</w:tbl>{p(run('After.'))}"
    assert document(docx(gone, footnotes=note(7, "A note."))) == "After."


def reference(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def note(number: int, text: str, kind: str = "footnote") -> str:
    separator = f'<w:{kind} w:type="separator" w:id="-1">{p(run("-----"))}</w:{kind}>'
    return f'{separator}<w:{kind} w:id="{number}">{p(f"<w:r><w:{kind}Ref/></w:r>", run(text))}</w:{kind}>'


def test_notes_do_not_break_the_sentence_and_stand_behind_the_text() -> None:
    body = p(run("The bridge"), reference(2), run(" closed"), reference(3, "endnote"), run("."))
    assert document(docx(body, footnotes=note(2, "Built in 1914."), endnotes=note(3, "See the plan.", "endnote"))) == (
        "The bridge closed.\nBuilt in 1914.\nSee the plan."
    )


def test_a_note_of_deleted_text_is_not_said() -> None:
    body = p(run("Closed."), f'<w:del w:id="1">{reference(2)}</w:del>')
    assert document(docx(body, footnotes=note(2, "Nobody stands by this."))) == "Closed."


def test_tables_boxes_headers_and_footers_are_on_lines_of_their_own() -> None:
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{p(run('In a box.'))}</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent>{p(run('In a box.'))}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    table = f"<w:tbl><w:tr><w:tc>{p(run('one'))}</w:tc><w:tc>{p(run('two'))}</w:tc></w:tr></w:tbl>"
    body = p(run("A sentence "), box, run("goes on.")) + table
    data = docx(body, header1=p(run("Draft")), header2=p(run("Draft")), footer1=p(run("Page")))
    assert document(data) == "A sentence goes on.\nIn a box.\none\ntwo\nDraft\nPage"


def test_hidden_text_does_not_break_a_sentence_and_is_not_shown() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space='preserve'>as nobody knows </w:t></w:r>"
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>soon.</w:t></w:r>"
    data = docx(p(run("It will close "), hidden, shown))
    assert layers(data) == {"document": "It will close soon.", "embedded": "as nobody knows"}
    judged = match.judge("as nobody knows", read(data).texts)
    assert "not-shown" in {notice.code for notice in judged.warnings}


def test_styles_hide_too() -> None:
    styles = (
        '<w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="Sub"><w:basedOn w:val="Secret"/></w:style>'
        '<w:style w:styleId="Open"><w:basedOn w:val="Secret"/><w:rPr><w:vanish w:val="false"/></w:rPr></w:style>'
    )
    body = "".join(
        p(run(f"In {style}."), properties=f'<w:pStyle w:val="{style}"/>') for style in ("Secret", "Sub", "Open")
    )
    assert layers(docx(body, styles=styles)) == {"document": "In Open.", "embedded": "In Secret.\nIn Sub."}


def test_comments_are_beside_the_document() -> None:
    comments = f'<w:comment w:id="1" w:author="Ben">{p(run("Is this so?"))}</w:comment>'
    body = p(
        '<w:commentRangeStart w:id="1"/>',
        run("It closed."),
        '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>',
    )
    assert layers(docx(body, comments=comments)) == {"document": "It closed.", "embedded": "Is this so?"}


def test_fields_show_their_result_and_signs_are_characters() -> None:
    field = "".join(
        f"<w:r>{part}</w:r>" for part in ('<w:fldChar w:fldCharType="begin"/>', "<w:instrText>PAGEREF x</w:instrText>")
    )
    signs = "<w:r><w:t>twenty</w:t><w:noBreakHyphen/><w:t>one</w:t><w:tab/><w:t>co</w:t><w:softHyphen/><w:t>operate</w:t><w:br/><w:t>Σ</w:t></w:r>"
    data = docx(p(run("See page "), field, run("12. "), signs, '<w:r><w:sym w:font="X" w:char="03B1"/></w:r>'))
    assert document(data) == "See page 12. twenty\u2011one co\u00adoperate\nΣα"
    assert match.judge("twenty-one cooperate", read(data).texts).verdict is Verdict.TYPOGRAPHIC


def test_reading_aids_are_left_out() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('はし')}</w:rt><w:rubyBase>{run('橋')}</w:rubyBase></w:ruby></w:r>"
    assert document(docx(p(ruby, run("を閉鎖した。")))) == "橋を閉鎖した。"


def test_what_it_says_of_itself_is_marked_as_claimed() -> None:
    core = "<dc:title>The bridge</dc:title><dc:creator>Ada Voss</dc:creator><dcterms:created>2024-05-03T10:00:00Z</dcterms:created>"
    found = read(docx(p(run("Words.")), core=core + "<dcterms:modified>never</dcterms:modified>"))
    assert (found.info.title, found.info.authors, found.info.published, found.info.modified) == (
        "The bridge", ("Ada Voss",), "2024-05-03T10:00:00Z", None,
    )  # fmt: skip
    assert [notice.code for notice in found.notices] == ["claimed-metadata"]


def test_the_strict_namespace_is_read_too() -> None:
    data = docx(p(run("Words.")))
    body = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p(run("Words."))}</w:body></w:document>'
    assert document(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body})) == document(data)


def test_a_part_that_is_broken_makes_the_text_incomplete() -> None:
    (text,) = read(docx(p(run("First.")) + p(run("Second.")) + "<w:p>")).texts
    assert (text.content, text.complete) == ("First.\nSecond.", False)
    assert "broken in line" in text.why
    (text,) = read(docx(p(run("First."), reference(2)), footnotes="<w:footnote")).texts
    assert not text.complete
    (text,) = read(docx(p(run("First.")) + '<w:altChunk r:id="x" xmlns:r="y"/>')).texts
    assert "altChunk" in text.why


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (docx(p(run("Words.")))[:-40], "cut or damaged"),
        (zipped({"a": "b"}), "word/document.xml' is missing"),
        (docx(""), "holds no text"),
    ],
)
def test_one_that_cannot_be_read_says_why(data: bytes, words: str) -> None:
    found = read(data)
    assert found.texts == ()
    (notice,) = found.notices
    assert (notice.code, words in notice.detail) == ("unreadable-document", True)


def test_boxes_in_boxes_end_in_time() -> None:
    start = time.process_time()
    deep = "<w:p><w:r><w:t>a</w:t><w:txbxContent>" * 20_000 + p(run("deep")) + "</w:txbxContent></w:r></w:p>" * 20_000
    assert "deep" in document(docx(deep))
    assert time.process_time() - start < 10
