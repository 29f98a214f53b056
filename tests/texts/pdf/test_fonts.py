"""What the glyphs of an embedded font are called."""

from __future__ import annotations

import pytest
from pdffiles import _cff

from archiver.texts.pdf import fonts


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("prime", "′"),
        ("A", "A"),
        ("angbracketleft", "⟨"),
        ("parenleftBigg", "("),
        ("uni2260", "≠"),
        ("a.alt", "a"),
        ("g123", ""),
        (".notdef", ""),
        ("", ""),
    ],
)
def test_names(name: str, character: str) -> None:
    assert fonts.character_of(name) == character


def test_only_what_the_font_itself_contradicts_is_put_right() -> None:
    assert fonts.of_program(_cff({48: "prime", 65: "A", 104: "angbracketleft"})) == {"0": "′", "h": "⟨"}
    # it has a glyph for the figure: the table to Unicode may have told PDFium so
    assert fonts.of_program(_cff({48: "prime", 49: "zero"})) == {"1": "0"}


def test_type_1() -> None:
    program = b"%!PS-AdobeFont-1.0: X\n/Encoding 256 array\ndup 48 /prime put\ndup 65 /A put\nreadonly def\ncurrentfile eexec\n\x00\xff"
    assert fonts.of_program(program) == {"0": "′"}


@pytest.mark.parametrize(
    "program", [b"", b"\x00\x01\x00\x00 TrueType", b"\x01\x00\x04\x01 no CFF at all", b"%!" + b"dup 999 /x put" * 99]
)
def test_strange_programs_correct_nothing(program: bytes) -> None:
    assert fonts._corrections(program) == {}
