"""Accents, letters and quotation marks of LaTeX."""

from __future__ import annotations

import pytest
from formats import texts

from archiver.manuscripts.formats.latex import reader as latex
from archiver.manuscripts.formats.latex.signs import accented


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Caf\\'e na\\\"{\\i}ve \\v{S}koda \\c{c}a \\~n", "Café naïve Škoda ça ñ"),
        ("\\aa ngstr\\\"om \\o re \\L{}\\'od\\'z", "ångström øre Łódź"),
        ("`single' and ``double''", "‘single’ and “double”"),
        ("pp. 3--4 --- so", "pp. 3–4 — so"),
        (",,Ja'' <<oui>> ?`que?", "„Ja” «oui» ¿que?"),
        ("100\\% \\$5 \\#1 a\\_b \\{c\\}", "100% $5 #1 a_b {c}"),
    ],
)
def test_signs(source: str, text: str) -> None:
    assert texts(latex.read(source.encode(), "x.tex")) == [text]


def test_the_quotation_mark_is_a_shorthand_in_german_only() -> None:
    german = '\\usepackage[ngerman]{babel}\\begin{document}"`Sch"on"\' "=Ende\\end{document}'
    assert texts(latex.read(german.encode(), "x.tex")) == ["„Schön“ -Ende"]
    assert texts(latex.read(b'He said "also" this.', "x.tex")) == ['He said "also" this.']


def test_an_accent_on_nothing_is_nothing() -> None:
    assert accented("'", "e") == "é"
    assert accented("'", "") == ""
    assert accented("'", "\\i") == "í"
    assert accented("t", "oo") == "o͡o"
