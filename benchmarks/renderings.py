"""A manuscript of `writing` in six formats, as people and their programs write them. Each gives the files of a folder, the manuscript first."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

import worddocs
from mediasamples import odt, run
from writing import Address, Block, Cite, Inline, Link, Quote, Words, Work, Written

Files = dict[str, bytes]


def plain(item: Quote) -> str:
    """A quotation with its marks."""
    return f"{item.marks[0]}{item.text}{item.marks[1]}"


def bib(works: Iterable[Work]) -> str:
    """A bibliography in BibTeX."""
    return "".join(
        f"@online{{{work.key},\n  author = {{{work.author}, A.}},\n  title = {{{work.title}}},\n  year = {{{work.year}}},\n"
        f"  url = {{{work.url}}},\n}}\n\n"
        for work in works
    )


def csl_item(work: Work) -> dict[str, object]:
    return {
        "id": work.key,
        "citation-key": work.key,
        "type": "webpage",
        "title": work.title,
        "URL": work.url,
        "author": [{"family": work.author}],
    }


class _Notes:
    """Notes as they come, numbered from 1."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def add(self, text: str) -> int:
        self.texts.append(text)
        return len(self.texts)


# -- Markdown --

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~^@$])")


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def markdown(written: Written) -> Files:
    """Pandoc's Markdown, with a bibliography beside it."""
    notes = _Notes()
    blocks = [_md_block(block, notes) for block in written.blocks]
    front = f"---\nlang: {written.language}\nbibliography: refs.bib\n---\n\n" if written.works else ""
    ends = "".join(f"[^{number}]: {text}\n\n" for number, text in enumerate(notes.texts, 1))
    text = front + "\n\n".join(blocks) + "\n\n" + ends
    return {"paper.md": text.encode()} | ({"refs.bib": bib(written.works).encode()} if written.works else {})


def _md_block(block: Block, notes: _Notes) -> str:
    text = "".join(_md_inline(item, notes) for item in block.items)
    if re.match(r"[-+*>\d]", text):
        text = re.sub(r"^(\d+)([.)])", r"\1\\\2", text) if text[0].isdigit() else "\\" + text
    if block.kind == "heading":
        return f"## {text}"
    if block.kind == "item":
        return f"- {text}"
    if block.kind == "cell":
        return f"| A | {text} |\n|---|---|"
    if block.kind == "quote":
        lines = [
            text,
            *(["", "".join(_md_inline(item, notes) for item in block.attribution)] if block.attribution else []),
        ]
        return "\n".join(f"> {line}".rstrip() for line in lines)
    return text


def _md_inline(item: Inline, notes: _Notes) -> str:
    if isinstance(item, Words):
        return _md(item.text)
    if isinstance(item, Quote):
        return _md(plain(item))
    if isinstance(item, Link):
        return f"[{''.join(_md_inline(inner, notes) for inner in item.items)}](<{item.url}>)"
    if isinstance(item, Address):
        return f"<{item.url}>"
    if isinstance(item, Cite):
        page = f"p. {item.page}" if item.page else ""
        if item.textual:
            return f"@{item.work.key}" + (f" [{page}]" if page else "")
        return f"[@{item.work.key}{', ' + page if page else ''}]"
    return f"[^{notes.add(''.join(_md_inline(inner, notes) for inner in item.items))}]"


# -- LaTeX --

_TEX = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    **{sign: "\\" + sign for sign in "{}%$&#_"},
}
_TEX_SIGNS = re.compile(r"[\\~^{}%$&#_]")
_LANGUAGES = {"en": "english", "de": "ngerman", "fr": "french", "es": "spanish", "zh": "chinese"}


def _tex(text: str) -> str:
    return _TEX_SIGNS.sub(lambda sign: _TEX[sign[0]], text).replace("--", "-{}-").replace("\u00a0", "~")


def latex(written: Written) -> Files:
    """LaTeX with biblatex and csquotes."""
    blocks = "\n\n".join(map(_tex_block, written.blocks))
    # babel's German makes " a command, so that nobody who loads it types " for a quotation mark
    option = _LANGUAGES[written.language]
    text = (
        f"\\documentclass{{article}}\n\\usepackage[{option}]{{babel}}\n\\usepackage{{csquotes}}\n\\usepackage{{biblatex}}\n"
        f"\\addbibresource{{refs.bib}}\n\\begin{{document}}\n{blocks}\n\n\\printbibliography\n\\end{{document}}\n"
    )
    return {"paper.tex": text.encode(), "refs.bib": bib(written.works).encode()}


def _tex_block(block: Block) -> str:
    text = "".join(map(_tex_inline, block.items))
    if block.kind == "heading":
        return f"\\section{{{text}}}"
    if block.kind == "item":
        return f"\\begin{{itemize}}\n  \\item {text}\n\\end{{itemize}}"
    if block.kind == "cell":
        return f"\\begin{{tabular}}{{ll}}\nA & {text} \\\\\n\\end{{tabular}}"
    if block.kind == "quote":
        line = "".join(map(_tex_inline, block.attribution))
        return f"\\begin{{quote}}\n{text}\n{chr(10) + line + chr(10) if line else ''}\\end{{quote}}"
    return text


def _tex_inline(item: Inline) -> str:
    if isinstance(item, Words):
        return _tex(item.text)
    if isinstance(item, Quote):
        if item.markup:
            return f"\\enquote{{{_tex(item.text.strip())}}}"
        if item.marks == "“”":
            return f"``{_tex(item.text)}''"
        return _tex(plain(item))
    if isinstance(item, Link):
        return f"\\href{{{item.url.replace('%', chr(92) + '%').replace('#', chr(92) + '#')}}}{{{''.join(map(_tex_inline, item.items))}}}"
    if isinstance(item, Address):
        return f"\\url{{{item.url}}}"
    if isinstance(item, Cite):
        return (
            f"\\{'textcite' if item.textual else 'parencite'}{f'[{item.page}]' if item.page else ''}{{{item.work.key}}}"
        )
    return f"\\footnote{{{''.join(map(_tex_inline, item.items))}}}"


# -- HTML --


def page(written: Written) -> Files:
    """HTML with notes at the end, and Pandoc's marks for citations."""
    notes = _Notes()
    blocks = "\n".join(_html_block(block, notes) for block in written.blocks)
    ends = "".join(
        f'<li id="fn{number}"><p>{text} <a href="#r{number}">↩</a></p></li>\n'
        for number, text in enumerate(notes.texts, 1)
    )
    works = "".join(
        f'<div id="ref-{work.key}" class="csl-entry">{work.author} {work.year}. <a href={quoteattr(work.url)}>{work.title}</a>.</div>\n'
        for work in written.works
    )
    text = (
        f'<!DOCTYPE html>\n<html lang="{written.language}"><head><meta charset="utf-8"><title>Paper</title></head><body>\n'
        f"{blocks}\n<hr>\n<ol>\n{ends}</ol>\n"
        f'<div id="refs" class="references csl-bib-body">{works}</div></body></html>\n'
    )
    return {"paper.html": text.encode()}


def _html_block(block: Block, notes: _Notes) -> str:
    text = "".join(_html_inline(item, notes) for item in block.items)
    if block.kind == "heading":
        return f"<h2>{text}</h2>"
    if block.kind == "item":
        return f"<ul>\n<li>{text}</li>\n</ul>"
    if block.kind == "cell":
        return f"<table><tr><td>A</td><td>{text}</td></tr></table>"
    if block.kind == "quote":
        line = "".join(_html_inline(item, notes) for item in block.attribution)
        return f"<blockquote>\n<p>{text}</p>\n{f'<p>{line}</p>' + chr(10) if line else ''}</blockquote>"
    return f"<p>{text}</p>"


def _html_inline(item: Inline, notes: _Notes) -> str:
    if isinstance(item, Words):
        return html.escape(item.text, quote=False)
    if isinstance(item, Quote):
        return (
            f"<q>{html.escape(item.text.strip(), quote=False)}</q>"
            if item.markup
            else html.escape(plain(item), quote=False)
        )
    if isinstance(item, Link):
        return f"<a href={quoteattr(item.url)}>{''.join(_html_inline(inner, notes) for inner in item.items)}</a>"
    if isinstance(item, Address):
        return f"<a href={quoteattr(item.url)}>{html.escape(item.url)}</a>"
    if isinstance(item, Cite):
        return f'<span class="citation" data-cites="{item.work.key}">{html.escape(_author_year(item))}</span>'
    number = notes.add("".join(_html_inline(inner, notes) for inner in item.items))
    return f'<sup><a href="#fn{number}" id="r{number}">{number}</a></sup>'


def _author_year(item: Cite) -> str:
    place = f", {item.page}" if item.page else ""
    return (
        f"{item.work.author} ({item.work.year}{place})"
        if item.textual
        else f"({item.work.author} {item.work.year}{place})"
    )


# -- Word --


def word(written: Written) -> Files:
    """Word with footnotes and Zotero's fields."""
    notes = _Notes()
    urls: set[str] = set()
    body = "".join(_word_block(block, notes, urls) for block in written.blocks)
    styles = '<w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style><w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    ends = "".join(worddocs.note(number, worddocs.p(text)) for number, text in enumerate(notes.texts, 1))
    return {"paper.docx": worddocs.with_links(body, *sorted(urls), styles=styles, footnotes=ends)}


def _word_block(block: Block, notes: _Notes, urls: set[str]) -> str:
    runs = [_word_inline(item, notes, urls) for item in block.items]
    if block.kind == "heading":
        return worddocs.p(*runs, style="berschrift2")
    if block.kind == "item":
        return worddocs.p(*runs, properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    if block.kind == "cell":
        return f"<w:tbl><w:tr><w:tc>{worddocs.p(run('A'))}</w:tc><w:tc>{worddocs.p(*runs)}</w:tc></w:tr></w:tbl>"
    if block.kind == "quote":
        line = [_word_inline(item, notes, urls) for item in block.attribution]
        return worddocs.p(*runs, style="Zitat") + (worddocs.p(*line, style="Zitat") if line else "")
    return worddocs.p(*runs)


def _word_inline(item: Inline, notes: _Notes, urls: set[str]) -> str:
    if isinstance(item, Words):
        middle = len(item.text) // 2
        return run(item.text[:middle]) + run(item.text[middle:])  # Word cuts runs where it likes
    if isinstance(item, Quote):
        return run(plain(item))
    if isinstance(item, Link):
        urls.add(item.url)
        return worddocs.link(
            item.url, "".join(plain(inner) if isinstance(inner, Quote) else inner.text for inner in item.items)
        )
    if isinstance(item, Address):
        return run(item.url)
    if isinstance(item, Cite):
        code = worddocs.csl(csl_item(item.work), **({"locator": item.page, "label": "page"} if item.page else {}))
        return worddocs.field(f" ADDIN ZOTERO_ITEM CSL_CITATION {code}", run(_author_year(item)))
    return worddocs.reference(notes.add("".join(_word_inline(inner, notes, urls) for inner in item.items)))


# -- OpenDocument --

_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def opendocument(written: Written) -> Files:
    """OpenDocument with footnotes and Zotero's reference marks."""
    marks: list[int] = []
    content = "".join(_odt_block(block, marks) for block in written.blocks)
    styles = '<style:style style:name="Quotations" style:family="paragraph"/>'
    return {"paper.odt": odt(content, styles=styles)}


def _odt_block(block: Block, marks: list[int]) -> str:
    text = "".join(_odt_inline(item, marks) for item in block.items)
    if block.kind == "heading":
        return f'<text:h text:outline-level="2">{text}</text:h>'
    if block.kind == "item":
        return f"<text:list><text:list-item><text:p>{text}</text:p></text:list-item></text:list>"
    if block.kind == "cell":
        cells = "".join(f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in ("A", text))
        return f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    if block.kind == "quote":
        line = "".join(_odt_inline(item, marks) for item in block.attribution)
        style = 'text:style-name="Quotations"'
        return f"<text:p {style}>{text}</text:p>" + (f"<text:p {style}>{line}</text:p>" if line else "")
    return f"<text:p>{text}</text:p>"


def _odt_inline(item: Inline, marks: list[int]) -> str:
    if isinstance(item, Words):
        return escape(item.text).replace("  ", " <text:s/>")
    if isinstance(item, Quote):
        return escape(plain(item))
    if isinstance(item, Link):
        return f"<text:a {_XLINK} xlink:href={quoteattr(item.url)}>{''.join(_odt_inline(inner, marks) for inner in item.items)}</text:a>"
    if isinstance(item, Address):
        return escape(item.url)
    if isinstance(item, Cite):
        marks.append(0)
        code = worddocs.csl(csl_item(item.work), **({"locator": item.page, "label": "page"} if item.page else {}))
        name = quoteattr(f"ZOTERO_ITEM CSL_CITATION {code} RND{len(marks)}")
        return f"<text:reference-mark-start text:name={name}/>{escape(_author_year(item))}<text:reference-mark-end text:name={name}/>"
    inside = "".join(_odt_inline(inner, marks) for inner in item.items)
    return (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body><text:p>{inside}</text:p></text:note-body></text:note>"
    )


# -- wikitext --


def wiki(written: Written) -> Files:
    """Wikitext with references, and short references to cite templates at the end."""
    blocks = "\n\n".join(map(_wiki_block, written.blocks))
    works = "".join(
        f"* {{{{cite web |last={work.author} |first=A. |year={work.year} |title={work.title} |url={work.url.replace('|', '%7C')}}}}}\n"
        for work in written.works
    )
    return {"paper.wikitext": f"{blocks}\n\n== References ==\n{{{{reflist}}}}\n{works}".encode()}


def _wiki_block(block: Block) -> str:
    text = "".join(map(_wiki_inline, block.items))
    if block.kind == "heading":
        return f"== {text} =="
    if block.kind == "item":
        return f"* {text}"
    if block.kind == "cell":
        return f"{{|\n| A || {text}\n|}}"
    if block.kind == "quote":
        line = "".join(map(_wiki_inline, block.attribution)).removeprefix("— ")
        return f"{{{{blockquote|text={text}{'|author=' + line if line else ''}}}}}"
    return text


def _wiki_inline(item: Inline) -> str:
    if isinstance(item, Words):
        return item.text
    if isinstance(item, Quote):
        return plain(item)
    if isinstance(item, Link):
        words = "".join(map(_wiki_inline, item.items)).replace("]", "&#93;")
        return f"[{item.url} {words}]"
    if isinstance(item, Address):
        return item.url
    if isinstance(item, Cite):
        place = f"|p={item.page}" if item.page else ""
        return f"{{{{{'harvtxt' if item.textual else 'sfn'}|{item.work.author}|{item.work.year}{place}}}}}"
    return f"<ref>{''.join(map(_wiki_inline, item.items))}</ref>"


FORMATS: dict[str, Callable[[Written], Files]] = {
    "markdown": markdown, "latex": latex, "docx": word, "html": page, "odt": opendocument, "wikitext": wiki,
}  # fmt: skip
UNFIT: Sequence[str] = (
    "|",
    "{",
    "}",
    "<",
    ">",
    "''",
    "[[",
    "]]",
    "\\",
    "`",
    "*",
    "_",
    "~",
    "^",
    "@",
    "$",
    "\t",
    "=",
    "http",
    "www.",
)
"""What no quotation of this benchmark has in it: what each format makes of such signs is for tests."""
