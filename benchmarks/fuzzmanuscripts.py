"""Fuzz targets for manuscripts of every format (read, paired with sources, planned, checked, annotated) and for office files and PDFs."""

# ruff: noqa: E501  # lists of odd values are read as they stand

from __future__ import annotations

import io
import json
import os
import random
import re
import resource
import sys
import zipfile
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

import media
from fuzzformats import archive, folder
from fuzzing import Broken, Target, mutated
from mediasamples import EVERY, zipped
from patterns import ALL
from renderings import FORMATS
from writing import Author

from archiver import texts
from archiver.manuscripts import check, plan_check, read_manuscript
from archiver.manuscripts.annotating import annotate
from archiver.manuscripts.annotating.notes import notes_on
from archiver.manuscripts.document import Block, Manuscript
from archiver.manuscripts.reports import KINDS, render
from archiver.manuscripts.sourcing.keys import collect_works

_NOW = "2024-05-03T10:00:00Z"
_ANNOTATED = 8_000  # bytes: a copy with notes is read again up to a hundred times, within a bound of its own
_LINE_END = re.compile(r"\r\n?|\n")
_SENTENCES = (
    "The wall was rebuilt within four months", "Nobody was told before the sluice was opened", "Forty of the 300 families had not come back",
    "Was der Fluß in einer Nacht nahm", "We counted the boats in the morning, and three were missing",
)  # fmt: skip


def _written(seed: int, form: str) -> tuple[str, bytes]:
    count = 0

    def take() -> tuple[str, str]:
        nonlocal count
        count += 1
        return f"{_SENTENCES[count % len(_SENTENCES)]}, {count} said", f"https://example.org/{count}?a=1&b=2"

    author = Author(seed, ("en", "de", "fr")[seed % 3], take, keys=seed % 2 == 0)
    for pattern in random.Random(seed).sample(ALL, 3):
        pattern(author)
    name, data = next(iter(FORMATS[form](author.out).items()))
    return name, data


@cache
def _seeds(form: str) -> tuple[bytes, ...]:
    if form == "plain":
        return tuple(_written(seed, "markdown")[1] for seed in range(8))
    return tuple(_written(seed, form)[1] for seed in range(8))


def _words(*signs: str) -> tuple[bytes, ...]:
    return tuple(sign.encode() for sign in signs)


_MARKS = _words(
    "“",
    "”",
    "„",
    '"',
    "'",
    "«",
    "»",
    "「",
    "[1]",
    "https://example.org/x",
    "(Moor 2019, p. 12)",
    "ibid.",
    "\n\n",
    "\n",
    "References\n",
    "¹",
)
_WORDS = {
    "markdown": _words(
        "*", "**", "_", "`", "```\n", "[^1]", "[^1]: x\n", "[a](b)", "![", "](", "[@key, p. 3]", "@key", "> ", "- ", "1. ", "# ", "---\n", "|", "<!--", "-->", "<div>", "\\",
        "::: {.x}\n", "$", "$$\n", "~~", "\t", "[x]: http://a\n", "<q>", "&amp;", "{=html}", "^[", "\n    ",
    ),
    "plain": _words("\n", "\n\n", "> ", "   ", "\t", "--", "[1] ", "\f"),
    "latex": _words(
        "\\", "{", "}", "[", "]", "%", "$", "$$", "\\[", "\\begin{quote}", "\\end{quote}", "\\begin{", "\\end{document}", "\\footnote{", "\\cite[12]{k}", "\\enquote{", "\\href{a}{b}",
        "\\def\\a{\\a}", "\\newcommand{\\x}[2]{#1#2\\x}", "\\newcommand\\y{\\y\\y}", "\\x", "\\y", "\\input{a}", "\\verb|", "\\bibitem{k}", "~", "&", "\\\\", "``", "''", "\\(", "\\iffalse ", "\\fi ",
        "\\let\\a=\\b", "\\begin{verbatim}", "\\textquote", "\\\"u", "#1", "^^41", "\\char", "\\csname", "\\footnotemark", "\\item", "\\usepackage{csquotes}", "\\MakeOuterQuote{\"}",
    ),
    "html": _words("<q>", "</q>", "<blockquote cite=x>", "<p>", "</p>", "<a href='x'>", "</a>", "<sup>", "<!--", "<table>", "<script>", "<style>p{display:none}</style>", "&quot;", "<li id=fn1>", "<pre>", "<div>"),
    "wikitext": _words(
        "{{", "}}", "|", "[[", "]]", "[http://a b]", "<ref>", "</ref>", "<ref name=a />", "<nowiki>", "</nowiki>", "'''", "''", "{|", "|}", "|-", "==", "<!--", "{{cite web|url=x|quote=y}}",
        "{{quote|a|b}}", "{{{1|", "}}}", "<blockquote>", "#REDIRECT", "*", ":", "__TOC__", "-{", "}-", "~~~~", "<math>", "<ref group=n>",
    ),
    "docx": _words(
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:ins>", "<w:del>", "<w:fldChar w:fldCharType=\"begin\"/>", "<w:fldChar w:fldCharType=\"end\"/>", "<w:instrText>HYPERLINK \"x\"</w:instrText>",
        "<w:instrText> ADDIN ZOTERO_ITEM CSL_CITATION {</w:instrText>", "<w:footnoteReference w:id=\"1\"/>", "<w:hyperlink>", "<w:sdt>", "<w:tbl><w:tr><w:tc>", "w:id=\"x\"", "w:val=\"-9\"", "<w:br/>", "<w:tab/>",
    ),
    "odt": _words(
        "<text:p>", "</text:p>", "<text:span>", "</text:span>", "<text:note>", "<text:note-body>", "<text:s text:c=\"99999999\"/>", "<text:s text:c=\"x\"/>", "<text:a>", "<table:table>",
        "table:number-columns-repeated=\"99999999\"", "<text:reference-mark text:name=\"ZOTERO_ITEM {\"/>", "<text:tracked-changes>", "<office:annotation>", "<text:list>", "<draw:frame>", "<text:tab/>",
    ),
}  # fmt: skip
ENDINGS = {
    "markdown": ".md",
    "plain": ".txt",
    "latex": ".tex",
    "html": ".html",
    "wikitext": ".wiki",
    "docx": ".docx",
    "odt": ".odt",
}


def _make(form: str, chance: random.Random) -> bytes:
    seeds = _seeds(form)
    data = chance.choice(seeds)
    if form in ("docx", "odt"):
        return inside(data, chance, _WORDS[form] + _MARKS)
    return mutated(data, chance, _WORDS[form] + _MARKS, seeds)


def inside(data: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    """A zip file with one of its members changed, or, now and then, changed as it lies there."""
    if chance.random() < 0.15:
        return mutated(data, chance, (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff"))
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        members: dict[str, str | bytes] = {info.filename: opened.read(info) for info in opened.infolist()}
    main = [name for name in members if name.endswith(("document.xml", "content.xml", "notes.xml", ".xhtml"))]
    name = chance.choice(main if main and chance.random() < 0.7 else sorted(members))
    content = members[name]
    members[name] = mutated(content if isinstance(content, bytes) else content.encode(), chance, words)
    return zipped(members)


def _check(form: str, data: bytes) -> None:
    name = f"draft{ENDINGS[form]}"
    manuscript = read_manuscript(name, data)
    for block in manuscript.blocks:
        _sound(block, manuscript)
    plan = plan_check(archive(), name, manuscript, collect_works(manuscript, None))
    lines = len(_LINE_END.findall(manuscript.source or "")) + 1
    for one in plan.quotations:
        where = plan.places.of(one.pair.passage)
        if manuscript.source is not None and where.line is not None and not 1 <= where.line <= lines:
            raise Broken(f"a quotation is said to stand on line {where.line} of {lines}")
    report = check(archive(), plan, {})
    for kind in KINDS:
        render(report, kind, path=name, at=_NOW).encode()
    if len(data) > _ANNOTATED:
        return
    notes = list(notes_on(report, every=True))
    again = annotate(data, report, notes, _NOW)
    if again.placed + len(again.lost) != len(notes):
        raise Broken("notes went lost")
    read_manuscript(name, again.data)


def _sound(block: Block, manuscript: Manuscript) -> None:
    block.text.encode()
    if any(not 0 <= at <= len(block.text) for at, _ in block.origin):
        raise Broken("an origin outside the text")
    for mark in block.marks:
        start = getattr(mark, "start", getattr(mark, "at", 0))
        end = getattr(mark, "end", start)
        if not 0 <= start <= end <= len(block.text):
            raise Broken(f"a mark outside the text: {mark!r}"[:200])
    if manuscript.source is not None and block.text:
        place = block.in_file(0)
        if place is not None and not 0 <= place <= len(manuscript.source):
            raise Broken("a block that stands nowhere in the file")


# -- office files and books as pages --

_KINDS = ("docx", "odt", "epub")


@cache
def _books() -> tuple[bytes, ...]:
    return tuple(EVERY[name][0](media.SENTENCES * 2) for name in _KINDS)


def _make_book(chance: random.Random) -> bytes:
    return inside(
        chance.choice(_books()),
        chance,
        _WORDS["docx"]
        + _WORDS["odt"]
        + _words("<itemref idref='x'/>", "<spine>", "href='../../x'", "<p>", "&a;", "<!DOCTYPE x [<!ENTITY a 'b'>]>"),
    )


def _read_book(data: bytes) -> None:
    found = texts.read(data, content_type="application/octet-stream")
    wrong = media.fault(found)
    if wrong:
        raise Broken(wrong)


# -- PDF: in a child, as the tool reads it, but forked, so that an input costs milliseconds --


@cache
def _pdfs() -> tuple[bytes, ...]:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
    from pdffiles import Pdf, column, downwards, text, wide

    lines = [
        text(72, 700 - 14 * row, "The pier was closed on the 3rd of May, (and nobody) was told") for row in range(12)
    ]
    two = [*column(60, 700, ["one col-", "umn here"] * 9), *column(320, 700, ["another", "beside it"] * 9)]
    return (
        Pdf(info={"Title": "Pier", "Author": "A. Voss"}, labels="0 << /S /r >> 1 << /S /D >>")
        .page(lines)
        .page(two)
        .build(),
        Pdf(
            xmp="<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>"
        )
        .page(lines, rotate=90)
        .build(),
        Pdf()
        .symbols({65: "A", 66: "fi"})
        .page(
            [
                wide(72, 700, "これは縦書きの文章"),
                *downwards(300, 700, "二行目もるばん"),
                "BT /S1 12 Tf 72 400 Td (AB) Tj ET",
            ]
        )
        .build(),
    )


_PDF = _words(
    "obj", "endobj", "stream\n", "endstream", "xref", "trailer", "startxref", "/Length 99999999", "/Kids [1 0 R]", "/Parent 1 0 R", "/Count 999999", "/Count -1", "<<", ">>", "[", "]", "(", ")",
    "/MediaBox [0 0 1e9 1e9]", "/MediaBox [0 0 0 0]", "/Rotate 33", "/Filter /FlateDecode", "/Filter [/FlateDecode /FlateDecode]", "1 0 R", "9999 0 R", "/Type /Page", "Tf", "Tj", "TJ", "Tm", "0 0 0 0 0 0 Tm",
    "1e30 0 0 1e30 1e30 1e30 Tm", "q ", "Q ", "BT", "ET", "Do", "/Encrypt 1 0 R", "/ToUnicode 1 0 R", "NaN", "-", "/Nums [", "<FEFFD800>", "/S /r", "/S /A", "/St 99999999", "/Title <FEFFD800DC>",
)  # fmt: skip


def _make_pdf(chance: random.Random) -> bytes:
    return mutated(chance.choice(_pdfs()), chance, _PDF, _pdfs())


def _read_pdf(data: bytes) -> None:
    from archiver.texts.payload import Payload
    from archiver.texts.pdf import (
        document,  # noqa: F401  # here, so that no child imports it again
        reader,
    )

    out = folder() / "answer.json"
    out.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        _answer(data, out)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return  # PDFium fell over in a process that is there to fall over; what is told of it, `reader` says
    answer = json.loads(out.read_text("utf-8"))
    if "fault" in answer:
        raise Broken(answer["fault"])
    if "error" in answer:
        return
    found = reader._reading(Payload(data, "application/pdf"), answer)
    wrong = media.fault(found)
    if wrong and found.texts[0].content.strip():
        raise Broken(wrong)


def _answer(data: bytes, out: Path) -> None:
    """What the worker does, in a child that ends here."""
    from archiver.texts.pdf import document, limits

    try:
        resource.setrlimit(resource.RLIMIT_CPU, (limits.PROCESSOR, limits.PROCESSOR))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            answer = document.read(data)
        except document.Unreadable as error:
            answer = {"error": error.code, "why": str(error)}
        out.write_text(json.dumps(answer), "utf-8")
    except BaseException as error:  # noqa: BLE001  # that is what is looked for
        import traceback

        where = traceback.extract_tb(error.__traceback__)[-1]
        out.write_text(
            json.dumps({"fault": f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}: {error}"}),
            "utf-8",
        )
    os._exit(0)


def targets() -> list[Target]:
    """All of this module: ``manuscript-FORMAT`` for each format, ``book``, ``pdf``."""
    forms: list[Target] = [
        Target(f"manuscript-{form}", partial(_make, form), partial(_check, form)) for form in ENDINGS
    ]
    return [*forms, Target("book", _make_book, _read_book), Target("pdf", _make_pdf, _read_pdf)]
