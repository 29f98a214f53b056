"""Environments of LaTeX."""

from __future__ import annotations

from formats import opaque, texts

from archiver.manuscripts.formats.latex import reader as latex


def test_environments_that_are_no_text() -> None:
    found = latex.read(
        b"A \\begin{comment}no ``x''\\end{comment} b\n\\begin{tikzpicture}\\node{n};\\end{tikzpicture}", "x.tex"
    )
    assert texts(found) == ["A b"]


def test_a_formula_does_not_break_its_sentence() -> None:
    found = latex.read(b"So\n\\begin{equation}\na = b\n\\end{equation}\nholds.", "x.tex")
    assert texts(found)[0].endswith("holds.")
    assert [words.strip() for words in opaque(found)] == ["a = b"]


def test_arguments_of_environments_are_no_text() -> None:
    found = latex.read(
        b"\\begin{minipage}[t]{3cm}A.\\end{minipage}\\begin{custom}[opt]B.\\end{custom}\\begin{wrapfigure}{r}{2cm}C.\\end{wrapfigure}",
        "x.tex",
    )
    assert texts(found) == ["A.", "B.", "C."]


def test_an_environment_in_a_note() -> None:
    found = latex.read(b"A\\footnote{See \\begin{quote}B.\\end{quote} C.} d.", "x.tex")
    assert [(block.text, block.kind.value, block.note) for block in found.blocks] == [
        ("A d.", "paragraph", None), ("See", "paragraph", "1"), ("B.", "quote", "1"), ("C.", "paragraph", "1"),
    ]  # fmt: skip


def test_two_entries_of_one_key() -> None:
    found = latex.read(
        b"\\begin{thebibliography}{1}\\bibitem{a} One http://a.org\\bibitem{a} Two\\end{thebibliography}", "x.tex"
    )
    assert [(key, entry.url) for key, entry in found.entries.items()] == [("a", "http://a.org")]
