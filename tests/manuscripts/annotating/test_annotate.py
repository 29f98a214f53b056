"""Whatever the format: the copy reads as the manuscript does, and has as many notes as it says."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from annotating_samples import AT
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import InputError
from archiver.manuscripts import Finding, Manuscript, Report, read_manuscript
from archiver.manuscripts.annotating import Note, annotate
from archiver.manuscripts.document import BlockKind
from archiver.manuscripts.places import Places
from archiver.manuscripts.quotations import find_quotations
from archiver.manuscripts.report import Unjudged

FIRST, SECOND = (
    "we will not ask the ferrymen to work at night",
    "nobody has been hurt on this bridge, and nobody will be",
)
HEAD = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"


def of_docx(*paragraphs: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def of_odt(*paragraphs: str) -> bytes:
    out = io.BytesIO()
    body = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {HEAD}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return out.getvalue()


FILES = {
    "p.md": f"He said “{FIRST}”.\n\nAnd then: “{SECOND}”.\n".encode(),
    "p.qmd": f"---\ntitle: x\n---\n\nHe said \"{FIRST}\".\n\n> {SECOND}\n".encode(),
    "p.txt": f"He said “{FIRST}”.\n\nAnd then: “{SECOND}”.\n".encode(),
    "p.tex": f"\\documentclass{{article}}\n\\begin{{document}}\nSaid \\enquote{{{FIRST}}}.\n\nAnd then: ``{SECOND}''.\n\\end{{document}}\n".encode(),
    "p.html": f"<p>He said <q>{FIRST}</q>.</p>\n<p>And then: “{SECOND}”.</p>".encode(),
    "p.wikitext": f"He said \"{FIRST}\".\n\nMore.<ref>{{{{cite web|url=https://a.b/c|title=T|quote={SECOND}}}}}</ref>\n".encode(),
    "p.docx": of_docx(f"He said “{FIRST}”.", f"And then: “{SECOND}”."),
    "p.odt": of_odt(f"He said “{FIRST}”.", f"And then: “{SECOND}”."),
}  # fmt: skip


def notes_on(manuscript: Manuscript, words: str = "archiver: altered. See https://a.b/c-->d [f-0]") -> list[Note]:
    places = Places(manuscript)
    return [
        Note(Finding(f"f-{number}", places.of(passage), passage, unjudged=Unjudged.NO_SOURCE), words)
        for number, passage in enumerate(find_quotations(manuscript).passages)
    ]


def said(manuscript: Manuscript) -> list[tuple[BlockKind, str | None, str]]:
    return [(one.kind, one.note, one.text) for one in manuscript.blocks if one.kind is not BlockKind.COMMENT]


@pytest.mark.parametrize("name", FILES)
def test_the_copy_reads_as_the_manuscript(name: str) -> None:
    manuscript = read_manuscript(name, FILES[name])
    notes = notes_on(manuscript)
    assert [note.finding.quotation for note in notes] == [FIRST, SECOND]
    made = annotate(FILES[name], Report(name, manuscript, ()), notes, AT)
    assert (made.placed, made.lost) == (2, ())
    again = read_manuscript(name, made.data)
    if name != "p.txt":
        assert said(again) == said(manuscript)
    assert [one.text for one in find_quotations(again).passages] == [FIRST, SECOND]
    assert made.data != FILES[name]
    comments = [one for one in again.blocks if one.kind is BlockKind.COMMENT]
    assert len(comments) == (2 if name in ("p.docx", "p.odt") else 0)


@pytest.mark.parametrize("name", FILES)
def test_a_copy_can_be_annotated_again(name: str) -> None:
    data = FILES[name]
    for _ in range(3):
        manuscript = read_manuscript(name, data)
        made = annotate(data, Report(name, manuscript, ()), notes_on(manuscript), AT)
        assert made.placed == 2
        data = made.data
    assert [one.text for one in find_quotations(read_manuscript(name, data)).passages] == [FIRST, SECOND]


def test_a_note_of_latex_is_a_line_that_tex_does_not_read() -> None:
    manuscript = read_manuscript("p.tex", FILES["p.tex"])
    made = annotate(
        FILES["p.tex"], Report("p.tex", manuscript, ()), notes_on(manuscript, "archiver: 50% \\end{document} {"), AT
    )
    lines = made.data.split(b"\n")
    assert [line for line in lines if not line.startswith(b"% archiver")] == FILES["p.tex"].split(b"\n")
    assert lines[2] == b"% archiver: 50% \\end{document} {"


HOSTILE = st.text(max_size=60).map(lambda text: f"archiver: {' '.join(text.split())} [f-0]")


@settings(max_examples=40)
@given(st.sampled_from([name for name in FILES if name not in ("p.docx", "p.odt", "p.txt")]), HOSTILE)
def test_no_words_of_a_note_come_into_the_text(name: str, words: str) -> None:
    from archiver.printable import printable

    manuscript = read_manuscript(name, FILES[name])
    made = annotate(FILES[name], Report(name, manuscript, ()), notes_on(manuscript, printable(words)), AT)
    assert said(read_manuscript(name, made.data)) == said(manuscript)
    kept = re.sub(rb"<!-- archiver: .*? -->|(?m:^% archiver: .*\n)", b"", made.data)
    assert kept == FILES[name]


def test_a_format_that_is_not_known_is_told() -> None:
    with pytest.raises(InputError, match="no notes can be written"):
        annotate(b"", Report("p.pdf", Manuscript("pdf", ()), ()), [], AT)
