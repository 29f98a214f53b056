"""A book's text in the order in which it is read."""

from __future__ import annotations

from mediasamples import EPUB, epub, zipped

from archiver import match, texts
from archiver.model import Layer, Reading, Verdict


def read(data: bytes) -> Reading:
    return texts.read(data, content_type=EPUB)


def document(data: bytes) -> str:
    (text,) = read(data).texts
    assert (text.layer, text.complete) == (Layer.DOCUMENT, True)
    return text.content


CHAPTERS = {
    "a": "<h1>One</h1><p>The bridge closed.</p>",
    "b": "<p>Nobody was <i>hu</i>rt.</p>",
    "c": "<p>Notes &amp; thanks.&#160;End.</p>",
}


def test_chapters_are_in_the_order_of_the_spine() -> None:
    assert document(epub(CHAPTERS, order=["b", "a", "b"])) == "T\nNobody was hurt.\nT\nOne\nThe bridge closed."


def test_what_stands_beside_the_book_comes_last() -> None:
    data = epub(CHAPTERS, extra={"OEBPS/book.opf": OPF}, order=[])
    assert document(data).endswith("hurt.\nT\nOne\nThe bridge closed.")


OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="x" href="text/a%2Exhtml#s" media-type="application/xhtml+xml"/>'
    '<item id="y" href="text/b.xhtml" media-type="application/xhtml+xml"/><item id="z" href="style.css" media-type="text/css"/></manifest>'
    '<spine><itemref idref="x" linear="no"/><itemref idref="y"/><itemref idref="z"/><itemref idref="none"/></spine></package>'
)


def test_reading_aids_and_soft_hyphens_do_not_break_a_quotation() -> None:
    data = epub(
        {
            "a": "<p><ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>を閉鎖した。</p><p>The ferry\u00admen co&#xAD;operate.</p>"
        }
    )
    assert document(data) == "T\n橋を閉鎖した。\nThe ferry\u00admen co\u00adoperate."
    assert match.judge("The ferrymen cooperate.", read(data).texts).verdict is Verdict.TYPOGRAPHIC


def test_hidden_text_is_beside_the_book() -> None:
    found = read(epub({"a": '<p>Shown <span style="display:none">and not </span>words.</p>'})).texts
    assert {text.layer.value: text.content for text in found} == {"document": "T\nShown words.", "embedded": "and not"}


def test_what_it_says_of_itself_is_marked_as_claimed() -> None:
    meta = (
        "<dc:title>The bridge</dc:title><dc:creator>Ada Voss</dc:creator><dc:creator>Ben Or</dc:creator><dc:date>2024-05-03</dc:date>"
        '<dc:language>en</dc:language><dc:publisher>Press</dc:publisher><meta property="dcterms:modified">2024-06-01T00:00:00Z</meta>'
    )
    found = read(epub(CHAPTERS, meta=meta))
    info = found.info
    assert (info.title, info.authors, info.published, info.language) == (
        "The bridge",
        ("Ada Voss", "Ben Or"),
        "2024-05-03",
        "en",
    )
    assert (info.modified, info.site_name) == ("2024-06-01T00:00:00Z", "Press")
    assert [notice.code for notice in found.notices] == ["claimed-metadata"]


def test_an_encrypted_chapter_makes_it_incomplete_and_encrypted_fonts_do_not() -> None:
    def encryption(name: str) -> str:
        return (
            '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
            f'<enc:CipherData><enc:CipherReference URI="{name}"/></enc:CipherData></enc:EncryptedData></encryption>'
        )

    (text,) = read(epub(CHAPTERS, extra={"META-INF/encryption.xml": encryption("OEBPS/text/b.xhtml")})).texts
    assert (text.complete, text.why, "Nobody" in text.content) == (False, "it is encrypted", False)
    assert document(epub(CHAPTERS, extra={"META-INF/encryption.xml": encryption("OEBPS/font.otf")}))
    (notice,) = read(
        epub({"a": "<p>x</p>"}, extra={"META-INF/encryption.xml": encryption("OEBPS/text/a.xhtml")})
    ).notices
    assert notice.detail == "the book (EPUB) cannot be read: it is encrypted"


def test_elements_that_are_empty_in_xml_swallow_nothing() -> None:
    chapter = (
        '<html><head><title/><script src="a.js" /></head><body><p>The bridge closed.</p><title>x</title></body></html>'
    )
    assert document(epub({"a": ""}, extra={"OEBPS/text/a.xhtml": chapter})) == "The bridge closed.\nx"


def test_a_missing_chapter_makes_it_incomplete() -> None:
    (text,) = read(epub({"a": "<p>Words.</p>"}, extra={"OEBPS/book.opf": OPF})).texts
    assert not text.complete
    assert "is missing" in text.why


def test_one_without_contents_says_so() -> None:
    (notice,) = read(zipped({"mimetype": EPUB, "META-INF/container.xml": "<container/>"})).notices
    assert "names no contents" in notice.detail
