"""LaTeX's citations."""

from __future__ import annotations

import pytest
from formats import citations, texts

from archiver.manuscripts.formats.latex import reader as latex
from archiver.manuscripts.formats.latex.cites import is_citing, is_textual, plain


@pytest.mark.parametrize(
    ("source", "cited"),
    [
        ("\\cite{a}", [("a", None)]),
        ("\\cite{a, b}", [("a", None), ("b", None)]),
        ("\\cite[12]{a,b}", [("a", None), ("b", "12")]),
        ("\\citep[see][p.~3--4]{a}", [("a", "3–4")]),
        ("\\citep[see also][]{a}", [("a", None)]),
        ("\\citet*[S. 3]{a}", [("a", "3")]),
        ("\\parencite[§~4]{a}", [("a", "§ 4")]),
        ("\\autocites(cf.)()[1]{a}[2]{b}{c}", [("a", "1"), ("b", "2"), ("c", None)]),
        ("\\citeA<see>[3]{a}", [("a", "3")]),
        ("\\cite%\n{a}", [("a", None)]),
        ("\\cite[\\pno~3\\psq]{a}", [("a", "3")]),
        ("\\pvolcite[see]{2}[p.~7]{a}", [("a", "7")]),
        ("\\nocite{a}", []),
        ("\\cite", []),
    ],
)
def test_cited(source: str, cited: list[tuple[str, str | None]]) -> None:
    found = latex.read(f"So it is {source}.".encode(), "x.tex")
    assert citations(found) == cited
    assert texts(found)[0].startswith("So it is")


def test_only_works_that_are_words_of_the_sentence_are_shown() -> None:
    found = latex.read(b"\\textcite{a} and \\citeauthor{b} say so \\parencite{c} \\supercite{d}.", "x.tex")
    assert texts(found) == ["a and b say so."]


def test_names() -> None:
    assert all(map(is_citing, ("cite", "Textcite", "footcite", "citeyearpar", "parencites", "fullcite")))
    assert not any(map(is_citing, ("nocite", "emph", "setcitestyle", "excited")))
    assert [name for name in ("citet", "textcites", "citep", "footcite", "citeauthor") if is_textual(name)] == [
        "citet", "textcites", "citeauthor",
    ]  # fmt: skip
    assert plain("p.~3--4 \\emph{x}") == "p.\u00a03–4  x"


def test_a_blank_before_a_citation_in_brackets_is_none_of_the_text() -> None:
    found = latex.read(
        b"He wrote ``it is so''~\\cite[p.~12]{a} and ``more'' \\footnote{B}.\n\\begin{quote}\n``Words''~\\cite{b}\n\\end{quote}",
        "x.tex",
    )
    assert texts(found) == ["He wrote “it is so” and “more”.", "B", "“Words”"]
