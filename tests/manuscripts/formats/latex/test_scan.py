"""Which brace closes which, which end ends which beginning."""

from __future__ import annotations

from formats import texts

from archiver.manuscripts.formats.latex import reader as latex
from archiver.manuscripts.formats.latex.scan import scan


def test_braces_and_environments() -> None:
    source = "a{b{c}}\\begin{x}\\begin{y}\\end{y}\\end{x}"
    found = scan(source)
    assert found.closes[1] == 6
    assert found.closes[3] == 5
    assert found.ends[source.index("\\begin{x}")] == source.index("\\end{x}")
    assert not found.troubles


def test_what_is_no_brace() -> None:
    found = scan("\\{ % {\n \\verb|{| \\url{a%b} \\begin{verbatim}{\\end{verbatim}")
    assert not found.troubles


def test_what_is_left_open_is_told_with_its_line() -> None:
    found = scan("\\begin{x}\n\\begin{y}\n\\end{x}\n{\n}}")
    assert [(trouble.line, trouble.why.split(" is ")[0]) for trouble in found.all_troubles()] == [
        (2, "\\begin{y}"), (5, "a brace"),
    ]  # fmt: skip
    assert list(found.ends.values()) == [20]


def test_paragraphs() -> None:
    found = scan("one\ntwo\n \nthree")
    assert [found.paragraph_end(at) for at in (0, 5, 7, 9)] == [7, 7, 7, 15]


def test_a_document_that_ends_on_the_line_on_which_it_begins() -> None:
    one = b"\\documentclass{article}\\begin{document}Text \\enquote{one two}.\\end{document} no text"
    found = latex.read(one, "x.tex")
    assert (texts(found), found.troubles) == (["Text one two."], ())
    last = b"\\begin{document}\nText.\nLast\\footnote{A.}\\end{document}"
    found = latex.read(last, "x.tex")
    assert (texts(found), found.troubles) == (["Text. Last", "A."], ())
    commented = b"\\begin{document}\nText. % \\end{document}\nMore.\n\\end{document}"
    assert texts(latex.read(commented, "x.tex")) == ["Text. More."]
