"""Quotations by LaTeX's word, in odd surroundings."""

from __future__ import annotations

from formats import citations, quoted, texts

from archiver.manuscripts.formats.latex import reader as latex


def test_a_quotation_in_a_quotation() -> None:
    found = latex.read(b"\\enquote{He said \\enquote{no} to us}.", "x.tex")
    assert texts(found) == ["He said “no” to us."]
    assert sorted(quoted(found)) == ["He said “no” to us", "“no”"]
    (block,) = latex.read(b"\\begin{displayquote}He said \\enquote{no} to us.\\end{displayquote}", "x.tex").blocks
    assert block.text == "He said “no” to us."


def test_a_citation_of_several_works_names_none_of_them_alone() -> None:
    (block,) = latex.read(b"\\textquote[{\\cite{a,b}}]{words}", "x.tex").blocks
    assert [getattr(mark, "key", None) for mark in block.marks] == [None, "a", "b"]


def test_a_quotation_without_words() -> None:
    found = latex.read(b"\\textquote[\\cite{a}] \\textcquote{a} \\enquote{} x \\textelp", "x.tex")
    assert texts(found) == ["x"]
    assert quoted(found) == []


def test_a_set_off_quotation_with_an_address() -> None:
    found = latex.read(b"\\begin{displayquote}[\\url{http://a.org}]Words.\\end{displayquote} More \\cite{k}.", "x.tex")
    assert [(block.kind.value, block.source) for block in found.blocks] == [
        ("quote", "http://a.org"),
        ("paragraph", None),
    ]
    assert citations(found) == [("k", None)]


def test_epigraphs() -> None:
    found = latex.read(
        b"A.\\epigraph{Words of \\emph{hers}.}{A. Voss, \\url{http://a.org}} B \\say{more words}. \\epigraph{x}",
        "x.tex",
    )
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("paragraph", "A."), ("quote", "Words of hers.\n— A. Voss, http://a.org"), ("paragraph", "B more words. x"),
    ]  # fmt: skip
    assert quoted(found) == ["more words"]
