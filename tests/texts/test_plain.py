"""Plain text is its own document layer."""

from __future__ import annotations

from archiver.model.text import Layer
from archiver.texts import plain


def test_text_is_kept_but_for_line_ends_and_nul() -> None:
    text = plain.read("  <p>not markup</p> &amp;\r\n\ttwo  spaces\rthree\x00\n")
    assert text is not None
    assert text.content == "  <p>not markup</p> &amp;\n\ttwo  spaces\nthree\n"
    assert (text.layer, text.complete, text.unseen) == (Layer.DOCUMENT, True, ())


def test_white_space_is_no_text() -> None:
    assert plain.read(" \r\n\t") is None
