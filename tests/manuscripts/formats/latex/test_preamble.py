"""What a LaTeX file says before its text."""

from __future__ import annotations

import pytest

from archiver.manuscripts.formats.latex.preamble import read_preamble


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("\\documentclass[ngerman,12pt]{article}", "de"),
        ("\\usepackage[french,english]{babel}", "en"),
        ("\\usepackage[main=french,english]{babel}", "fr"),
        ("\\setdefaultlanguage[variant=british]{english}", "en"),
        ("\\usepackage[utf8]{inputenc}", None),
        ("% \\usepackage[german]{babel}", None),
    ],
)
def test_language(source: str, language: str | None) -> None:
    assert read_preamble(source).language == language


def test_own_commands() -> None:
    found = read_preamble(
        "\\newcommand{\\q}[1]{{\\enquote*{#1}}}\\renewcommand\\ie{i.\\,e.}\\newcommand{\\eg}{e.~g.}\\newcommand{\\two}[2]{#1#2}"
    )
    assert found.same == {"q": "enquote"}
    assert found.signs == {"eg": "e.\u00a0g."}
    assert read_preamble("\\newcommand{\\broken}{never closed").signs == {}
