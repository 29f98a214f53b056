from __future__ import annotations

import pytest

from archiver.errors import InputError
from archiver.manuscripts import readers
from archiver.manuscripts.document import BlockKind
from archiver.manuscripts.quotations import find_quotations
from archiver.manuscripts.readers import format_of, is_manuscript, read_manuscript


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.md", b"", "markdown"), ("A.QMD", b"", "markdown"), ("a.Rmd", b"", "markdown"), ("a.txt", b"", "plain"),
        ("a.tex", b"", "latex"), ("a.docx", b"", "docx"), ("a.odt", b"", "odt"), ("a.htm", b"", "html"), ("a.wiki", b"", "wikitext"),
        ("draft", b"PK\x03\x04....word/document.xml", "docx"),
        ("draft", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
        ("draft", b"\n<!DOCTYPE html><p>x", "html"),
        ("draft", b"% x\n\\documentclass{article}", "latex"),
    ],
)  # fmt: skip
def test_the_format_is_told_by_name_then_by_content(name: str, data: bytes, form: str) -> None:
    assert format_of(name, data) == form


def test_what_is_none_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"sheet\.xlsx is no table and no manuscript"):
        read_manuscript("sheet.xlsx", b"x")
    with pytest.raises(
        InputError, match=r"sheet\.ods is no table.* save the spreadsheet as CSV, with the columns url and quote"
    ):
        read_manuscript("sheet.ods", b"PK\x03\x04")
    with pytest.raises(InputError, match=r"paper\.doc is no table.* checked: save it as \.docx or \.odt\."):
        read_manuscript("paper.doc", b"\xd0\xcf\x11\xe0")
    with pytest.raises(
        InputError, match=r"paper\.pdf is no table.* checked: give the file that the PDF was made from\."
    ):
        read_manuscript("paper.pdf", b"%PDF-1.7\n")
    monkeypatch.setattr(readers, "MAX_BYTES", 3)
    with pytest.raises(InputError, match="check it in parts"):
        read_manuscript("a.md", b"four")
    assert is_manuscript("x.TeX")
    assert not is_manuscript("x.csv")


@pytest.mark.parametrize(
    "heading", ["References", "3. Works Cited", "Literaturverzeichnis", "Bibliographie", "参考文献"]
)
def test_what_stands_under_such_a_heading_is_a_list_of_works(heading: str) -> None:
    text = f"Before.\n\n# {heading}\n\nSmith, “A title”.\n\n- Jones.\n\n# Appendix\n\nAfter.\n"
    blocks = read_manuscript("a.md", text.encode()).blocks
    kinds = [block.kind for block in blocks if block.kind is not BlockKind.HEADING]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.REFERENCE, BlockKind.REFERENCE, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    "data",
    ["“One two three” (http://a.org).".encode("utf-16-le"), bytes(range(256)) * 8, b"\x00" * 100],
)
@pytest.mark.parametrize("name", ["a.md", "a.tex", "a.txt", "a.html", "a.wikitext"])
def test_what_is_no_text_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(InputError, match=f"^{name} is no plain text"):
        read_manuscript(name, data)


def test_text_in_any_charset_is_no_such_file() -> None:
    words = "Er sagte „Grüße an alle dort“ (http://a.org). " * 9
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert len(find_quotations(read_manuscript("a.md", words.encode(encoding))).passages) == 9
    read_manuscript("a.md", "彼は「皆さんこんにちは」と言った。".encode("iso-2022-jp"))
    read_manuscript("a.md", b"A stray NUL \x00 in a text is no reason.")


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
@pytest.mark.parametrize("data", [b"", b"# A text file\n", bytes(range(256))])
def test_what_is_no_zip_file_is_told_so(name: str, data: bytes) -> None:
    with pytest.raises(InputError, match="it is no zip file"):
        read_manuscript(name, data)
