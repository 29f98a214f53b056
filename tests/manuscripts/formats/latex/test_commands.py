"""What each command of LaTeX does."""

from __future__ import annotations

import pytest
from formats import citations, links, notes, quoted, signs, texts, words

from archiver.manuscripts.document import Citation, Manuscript, Quoted
from archiver.manuscripts.formats.latex import reader as latex


def read(source: str) -> Manuscript:
    return latex.read(source.encode(), "paper.tex")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("\\section[Short]{A \\emph{title}}", "A title"),
        ("\\textbf{a} \\textcolor{red}{b} \\vspace{1em}c \\label{x}d", "a b c d"),
        ("\\unknown[option]{shown} words", "shown words"),
        ("a\\ldots{} b \\dots c \\S 4 \\ss", "a… b …c §4 ß"),
        ("\\glqq Ja\\grqq{} \\og oui\\fg{}", "„Ja“ « oui »"),
        ("\\textins{the} bridge \\textelp{} closed \\textelp{for} now", "[the] bridge […] closed [… for] now"),
        ("one \\\\ two", "one\ntwo"),
        ("\\includegraphics[width=3cm]{a.png}\\todo{ask} x", "x"),
        ("\\foreignlanguage{german}{Wort}", "Wort"),
    ],
)
def test_text(source: str, text: str) -> None:
    assert texts(read(source)) == [text]


@pytest.mark.parametrize(
    ("source", "key", "locator", "url"),
    [
        ("\\enquote{some words}", None, None, None),
        ("\\enquote*{some words}", None, None, None),
        ("\\foreignquote{german}{some words}", None, None, None),
        ("\\textquote[{\\cite[5]{k}}]{some words}", "k", "5", None),
        ("\\textquote[\\url{http://a.org/x}][.]{some words}", None, None, "http://a.org/x"),
        ("\\blockquote[\\href{http://a.org}{A}]{some words}", None, None, "http://a.org"),
        ("\\textcquote[see][S.~7]{k}[.]{some words}", "k", "7", None),
        ("\\blockcquote[7--8]{k}{some words}", "k", "7–8", None),
        ("\\foreigntextcquote{german}[7]{k}{some words}", "k", "7", None),
        ("\\hyphentextquote{german}[\\cite{k}]{some words}", "k", None, None),
    ],
)
def test_csquotes(source: str, key: str | None, locator: str | None, url: str | None) -> None:
    (block,) = read(f"He wrote {source} once.").blocks
    (mark,) = (mark for mark in block.marks if isinstance(mark, Quoted))
    assert words(block, mark) == "some words"
    assert (mark.key, mark.locator, mark.url) == (key, locator, url)
    if key:
        assert [(one.start, one.key) for one in block.marks if isinstance(one, Citation)] == [(mark.end, key)]


def test_quotations_that_are_set_off() -> None:
    found = read(
        "A.\n\\begin{quote}One.\n\nTwo.\\end{quote}\\footnote{From B.}\nC.\n\\begin{displayquote}[\\cite[3]{k}]\nThree.\n\\end{displayquote}\n"
        "\\begin{displaycquote}[4]{m}Four.\\end{displaycquote}"
    )
    assert texts(found, "quote") == ["One.", "Two.", "Three.", "Four."]
    assert [block.source for block in found.blocks if block.kind == "quote"] == [None, None, "k", "m"]
    assert signs(found) == [("Two.", "1")]
    assert citations(found) == [("k", "3"), ("m", "4")]
    assert notes(found) == {"1": "From B."}


def test_own_commands_that_quote() -> None:
    preamble = (
        "\\newcommand{\\q}[1]{\\enquote{#1}}\\newcommand*\\dq[1]{``#1''}\\newcommand{\\eg}{e.g.}\n\\begin{document}"
    )
    found = read(preamble + "He said \\q{one two}, \\dq{three}, \\eg\\ four.\\end{document}")
    assert quoted(found) == ["one two", "three"]
    assert texts(found) == ["He said one two, three, e.g. four."]


def test_links() -> None:
    found = read(
        "See \\href{http://a.org/x\\%20y\\#z}{the \\emph{page}}, \\url{http://b.org/_c} and \\url|http://d.org| or \\href{mailto:a@b.c}{me}."
    )
    assert links(found) == [
        ("the page", "http://a.org/x%20y#z"), ("http://b.org/_c", "http://b.org/_c"), ("http://d.org", "http://d.org"),
    ]  # fmt: skip


def test_notes_apart_from_their_signs() -> None:
    found = read(
        "One\\footnotemark{} two\\footnotemark[7].\n\n\\footnotetext{First.}\\footnotetext[7]{Second.} Three\\endnote{End.}\\footcite[3]{k}."
    )
    assert notes(found) == {"1": "First.", "7": "Second.", "e1": "End.", "2": "k"}
    assert citations(found) == [("k", "3")]


def test_the_list_of_works() -> None:
    found = read(
        "See \\cite{a}.\n\\begin{thebibliography}{9}\n\\bibitem{a} A, \\emph{One}. \\url{http://a.org}.\n\n\\bibitem[B]{b} B, doi:10.1000/18.\n"
        "\\bibitem{c} C.\\end{thebibliography}"
    )
    assert {key: entry.url for key, entry in found.entries.items()} == {
        "a": "http://a.org", "b": "https://doi.org/10.1000/18", "c": None,
    }  # fmt: skip
    assert found.entries["b"].line == 5
    assert texts(found, "reference") == ["A, One. http://a.org.", "B, doi:10.1000/18.", "C."]


def test_lists_tables_and_captions() -> None:
    found = read(
        "\\begin{itemize}\\item One\\item[x] two\\end{itemize}\\begin{tabular}{ll}a & b\\\\c & d\\end{tabular}"
        "\\begin{figure}[ht]\\caption[s]{A caption.}\\end{figure}"
    )
    assert texts(found, "item") == ["One", "x two"]
    assert texts(found, "cell") == ["a", "b", "c", "d"]
    assert texts(found, "caption") == ["A caption."]


def test_other_files_are_named() -> None:
    found = read("\\input{chapters/one}\n\\addbibresource[glob]{refs.bib}\\bibliography{a,b}\n% \\bibliography{no}\n")
    assert found.bibliographies == ("refs.bib", "a.bib", "b.bib")
    assert [(trouble.line, "chapters/one" in trouble.why) for trouble in found.troubles] == [(1, True)]


def test_the_number_of_a_note_that_stood_before_is_read() -> None:
    text = (
        "A.\\footnote{\\label{fn:a}Smith, 1999.} B.\\footnote{Smith, supra note~\\ref{fn:a}, at 5; Table \\ref{tab:x}.}"
    )
    notes = [block.text for block in read(text).blocks if block.note is not None]
    assert notes == ["Smith, 1999.", "Smith, supra note\u00a01, at 5; Table ."]
