"""What an OpenDocument text says as it stands now."""

from __future__ import annotations

from mediasamples import ODT, odt, zipped

from archiver import match, texts
from archiver.model import Layer, Reading, Verdict


def read(data: bytes) -> Reading:
    return texts.read(data, content_type=ODT)


def layers(data: bytes) -> dict[str, str]:
    return {text.layer.value: text.content for text in read(data).texts}


def document(data: bytes) -> str:
    (text,) = read(data).texts
    assert (text.layer, text.complete, text.extractor) == (Layer.DOCUMENT, True, "archiver-odt")
    return text.content


def test_spans_blanks_and_lines() -> None:
    content = (
        '<text:h text:outline-level="1">The bridge</text:h><text:p>It<text:s text:c="3"/>will <text:span>clo</text:span>se<text:tab/>on'
        "<text:line-break/>Monday<text:soft-page-break/>s.</text:p><text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
    )
    assert document(odt(content)) == "The bridge\nIt will close on\nMondays.\none"


def test_deleted_text_is_not_said_and_inserted_text_is() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="a"><text:deletion><office:change-info><dc:creator>A</dc:creator></office:change-info>'
        "<text:p>not </text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    inserted = '<text:change-start text:change-id="b"/>soon <text:change-end text:change-id="b"/>'
    data = odt(f'{changes}<text:p>It will <text:change text:change-id="a"/>{inserted}close.</text:p>')
    assert document(data) == "It will soon close."
    assert match.judge("It will not close.", read(data).texts).verdict is Verdict.ALTERED


def test_notes_boxes_and_comments_do_not_break_the_sentence() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Built in 1914.</text:p>'
        "</text:note-body></text:note>"
    )
    comment = "<office:annotation><dc:creator>Ben</dc:creator><dc:date>2024-05-03</dc:date><text:p>Is this so?</text:p></office:annotation>"
    box = "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box><svg:title>alternative</svg:title></draw:frame>"
    data = odt(f"<text:p>The bridge{note} has{comment} been{box} closed.</text:p><text:p>For good.</text:p>")
    assert layers(data) == {
        "document": "The bridge has been closed.\nIn a box.\nFor good.\nBuilt in 1914.",
        "embedded": "Is this so?",
    }


def test_tables_headers_and_footers() -> None:
    cells = "".join(f"<table:table-cell><text:p>{word}</text:p></table:table-cell>" for word in ("one", "two"))
    table = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    margins = "<style:header><text:p>Draft</text:p></style:header><style:footer><text:p>Page</text:p></style:footer>"
    styles = f"<office:master-styles><style:master-page>{margins}</style:master-page></office:master-styles>"
    assert document(odt(f"{table}<text:p>After.</text:p>", styles=styles)) == "one\ntwo\nAfter.\nDraft\nPage"


def test_hidden_text_is_beside_the_document() -> None:
    automatic = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    content = (
        '<text:p>It <text:span text:style-name="T1">as <text:span>nobody</text:span> knows </text:span>closed.</text:p>'
        '<text:section text:display="none"><text:section><text:p>In a section.</text:p></text:section><text:p>Still.</text:p></text:section>'
        '<text:p text:style-name="T1">A paragraph.</text:p><text:p>Shown.<text:hidden-text text:is-hidden="true">A field.</text:hidden-text></text:p>'
    )
    assert layers(odt(content, automatic=automatic)) == {
        "document": "It closed.\nShown.",
        "embedded": "as nobody knows\nIn a section.\nStill.\nA paragraph.\nA field.",
    }


def test_reading_aids_are_left_out() -> None:
    ruby = "<text:ruby><text:ruby-base>橋</text:ruby-base><text:ruby-text>はし</text:ruby-text></text:ruby>"
    assert document(odt(f"<text:p>{ruby}を閉鎖した。</text:p>")) == "橋を閉鎖した。"


def test_what_it_says_of_itself_is_marked_as_claimed() -> None:
    meta = (
        "<dc:title>The bridge</dc:title><meta:initial-creator>Ada</meta:initial-creator><dc:creator>Ben</dc:creator>"
        "<meta:creation-date>2024-05-03T10:00:00.123</meta:creation-date><dc:date>2024-05-04T10:00:00</dc:date>"
    )
    found = read(odt("<text:p>Words.</text:p>", meta=meta))
    assert (found.info.title, found.info.authors) == ("The bridge", ("Ada", "Ben"))
    assert (found.info.published, found.info.modified) == ("2024-05-03T10:00:00.123", "2024-05-04T10:00:00")
    assert [notice.code for notice in found.notices] == ["claimed-metadata"]


def test_an_encrypted_one_says_so() -> None:
    data = zipped({"mimetype": ODT, "META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": b"\x00\x01"})
    (notice,) = read(data).notices
    assert (notice.code, "it is encrypted" in notice.detail) == ("unreadable-document", True)


def test_a_part_that_is_broken_makes_the_text_incomplete() -> None:
    (text,) = read(odt("<text:p>First.</text:p><text:p>")).texts
    assert (text.content, text.complete) == ("First.", False)
