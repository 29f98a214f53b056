"""LaTeX as a whole: the prose, its place in the file, and files that somebody broke."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from formats import citations, links, misplaced, notes, opaque, quoted, signs, texts
from growth import assert_linear
from hypothesis import given
from hypothesis import strategies as st

from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.formats.latex import reader as latex

COMMANDS = r"""\ { } [ ] % $ a `` '' \enquote \footnote \cite \begin{quote} \end{quote} \begin{ \textquote \item \url \href \bibitem \( & \\ \' ü
    \verb| \begin{displayquote} \end{displayquote} \begin{thebibliography} \footcite \footnotetext \blockcquote \section"""
PARTS = [*COMMANDS.split(), " ", "\n", "\n\n"]


def read(source: str) -> Manuscript:
    return latex.read(source.encode(), "paper.tex")


def test_the_text_is_that_of_the_printed_page() -> None:
    found = read(
        "\\documentclass{article}\n\\title{Not text}\n\\begin{document}\nHe said ``no \\emph{more}'' --- twice, %\n   % a comment ``x''\n"
        "  50\\,\\% of {\\bf all}.\n\nNext~one \\& last.\n\\end{document}\nnothing"
    )
    assert texts(found) == ["He said “no more” — twice, 50\u202f% of all.", "Next\u00a0one & last."]
    assert not found.troubles
    assert misplaced(found) == []


def test_a_file_without_a_preamble_is_a_chapter() -> None:
    assert texts(read("A chapter.\n\nIts end.")) == ["A chapter.", "Its end."]


def test_formulas_and_code_are_opaque() -> None:
    found = read(
        'If $a = ``b\'\'$ and \\(c\\) then \\verb|"d"|.\n\n\\begin{verbatim}\n"x" \\cite{y}\n\\end{verbatim}\n\\[ "z" \\]'
    )
    assert opaque(found) == ["a = ``b''", "c", '"d"', '"x" \\cite{y}', '"z"']
    assert citations(found) == []


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    assert quoted(read("He said \\enquote{one two.\n\nThree four} and left.")) == ["one two.", "Three four"]


def test_a_note_is_a_block_behind_the_one_with_its_sign() -> None:
    found = read("He left\\footnote{See \\url{http://a.org/b%20c}.\n\nOr ask.}. Then\\footnote{Too.} more.\n\nLast.")
    assert signs(found) == [("He left", "1"), ("He left. Then", "2")]
    assert notes(found) == {"1": "See http://a.org/b%20c.\nOr ask.", "2": "Too."}
    assert [block.paragraph for block in found.blocks] == [1, 2, 3, 4, 5]
    assert texts(found)[-1] == "Last."
    assert links(found) == [("http://a.org/b%20c", "http://a.org/b%20c")]


def test_what_is_never_closed_costs_its_paragraph() -> None:
    found = read(
        "One \\footnote{two.\n\nThree \\begin{quote} four.\n\nFive $six.\n\n``Seven'' \\cite{k}.\n\n\\end{itemize} Eight."
    )
    assert texts(found) == ["One", "two.", "Three", "four.", "Five $six.", "“Seven”.", "Eight."]
    assert citations(found) == [("k", None)]
    assert [trouble.line for trouble in found.troubles] == [1, 3, 5, 9]
    assert "never closed" in found.troubles[0].why
    assert "\\begin{quote} is never ended" in found.troubles[1].why


def test_many_faults_are_counted() -> None:
    troubles = read("\\begin{quote} a\n\n" * 100).troubles
    assert len(troubles) == 21
    assert troubles[-1].why == "environments: 80 more"


@pytest.mark.parametrize(
    "grown",
    [
        lambda n: "{" * 10 * n,
        lambda n: "}" * 10 * n,
        lambda n: "\\footnote{" * 3 * n,
        lambda n: "\\enquote{" * 3 * n + "}" * 3 * n,
        lambda n: "\\begin{quote}" * 3 * n,
        lambda n: "\\begin{verbatim}\n" * 3 * n,
        lambda n: "$ \\( " * 5 * n,
        lambda n: "\\cite[" * 5 * n,
        lambda n: "\\textquote[" * 2 * n + "]{a}" * 2 * n,
        lambda n: "\\item[" * 3 * n,
        lambda n: "\\verb|" * 5 * n,
        lambda n: "\\href{" * 5 * n,
        lambda n: "\\iffalse a " * 3 * n,
    ],
    ids=lambda grown: grown(1)[:12],
)
def test_hostile_files_are_read_in_linear_time(grown: Callable[[int], str]) -> None:
    assert_linear(read, grown, 10_000, seconds=20)


@given(st.lists(st.sampled_from(PARTS), max_size=40))
def test_any_sequence_of_commands_is_read(parts: list[str]) -> None:
    found = read("".join(parts))
    for block in found.blocks:
        assert block.text.strip() or block.marks
        for at in range(len(block.text)):
            place = block.in_file(at)
            assert place is None or 0 <= place <= len("".join(parts))


def test_bytes_that_are_no_text_are_read_as_well_as_they_can() -> None:
    assert "Caf" in texts(latex.read(b"Caf\xe9 \xff\x00 x", "x.tex"))[0]
    assert texts(latex.read("Café".encode("latin-1"), "x.tex")) == ["Café"]
