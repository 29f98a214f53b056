"""Commands that a LaTeX file gives itself: none of their words is missing from a quotation, or the quotation is not judged."""

from __future__ import annotations

import pytest
from growth import assert_linear

from archiver.archive import Archive
from archiver.manuscripts import plan_check, read_manuscript
from archiver.manuscripts.document import Manuscript, Unread
from archiver.manuscripts.sourcing.keys import Works


def read(text: str, preamble: str = "") -> Manuscript:
    source = f"\\documentclass{{article}}{preamble}\\begin{{document}}{text}\\end{{document}}"
    return read_manuscript("paper.tex", source.encode())


def shown(text: str, preamble: str = "") -> tuple[str, list[str]]:
    (block,) = read(text, preamble).blocks
    return block.text, [mark.name for mark in block.marks if isinstance(mark, Unread)]


@pytest.mark.parametrize(
    ("preamble", "text", "words"),
    [
        (r"\newcommand{\no}{\emph{not}}", r"it is \no{} so", "it is not so"),
        (r"\newcommand{\no}{not\xspace}", r"it is \no so", "it is not so"),
        (r"\def\no{never \emph{ever}}", r"it is \no\ so", "it is never ever so"),
        (r"\newcommand{\no}{not}\renewcommand{\no}{surely}", r"it is \no{} so", "it is surely so"),
        (r"\newcommand{\gone}[1]{}", r"it is \gone{not }so", "it is so"),
        (r"\newcommand{\rev}[1]{\textcolor{red}{\emph{#1}}}", r"it is \rev{not} so", "it is not so"),
        ("% \\newcommand{\\no}{not}\n\\newcommand{\\no}{surely}", r"it is \no{} so", "it is surely so"),
        ("", r"\newcommand{\no}{not}it is \no{} so", "it is not so"),
        ("", r"\def\x#1{\textit{#1}}it is \x{so}", "it is so"),
        ("", r"\small it is \noindent so", "it is so"),
        ("", r"it is \sout{not} so \replaced[id=a]{now}{then} \deleted{x}\added{there}", "it is so now there"),
        ("", r"it is \iffalse not \ifx a b\fi at all \else quite \fi so", "it is quite so"),
    ],
)
def test_words(preamble: str, text: str, words: str) -> None:
    found, unread = shown(text, preamble)
    assert (" ".join(found.split()), unread) == (words, [])


@pytest.mark.parametrize(
    ("preamble", "text"),
    [
        ("", r"it is \unheard so"),
        (r"\newcommand{\x}[1]{not #1}", r"it is \x{so}"),
        (r"\newcommand{\x}[2]{#2 #1}", r"it is \x{so}{not}"),
        (r"\newcommand{\x}[1]{\emph{\sout{#1}}}", r"it is \x{so}"),
        (r"\newcommand{\x}{\unheard}", r"it is \x{} so"),
        (r"\newcommand{\y}[1]{not #1}\newcommand{\x}[1]{\y{#1}}", r"it is \x{so}"),
    ],
)
def test_what_prints_what_is_not_known(preamble: str, text: str) -> None:
    assert len(shown(text, preamble)[1]) == 1


def test_a_quotation_that_is_not_read_whole_is_not_judged(archive: Archive) -> None:
    text = r"``it is \unheard{} so to all'' \url{http://a.org/1}. \unheard{} ``It is so to some'' \url{http://a.org/2}."
    planned = plan_check(archive, "paper.tex", read(text), Works({}))
    assert [one.unjudged and one.unjudged.value for one in planned.quotations] == ["unread", None]
    assert "\\unheard" in planned.quotations[0].why


def test_masses_of_definitions_take_no_masses_of_time() -> None:
    assert read("x", r"\newcommand{\a}{\emph{b}}" * 100).blocks[0].text == "x"
    assert_linear(lambda preamble: read("x", preamble), lambda n: r"\newcommand{\a}{\emph{b}}" * n, 20_000, seconds=10)


def test_commands_that_double_grow_no_further() -> None:
    doubling = "".join(f"\\newcommand{{\\x{chr(97 + n)}}}{{\\x{chr(96 + n)}\\x{chr(96 + n)}}}" for n in range(1, 26))
    found = read(r"it is \xz so", r"\newcommand{\xa}{word}" + doubling)
    assert [mark.name for mark in found.blocks[0].marks if isinstance(mark, Unread)] == ["\\xz"]
