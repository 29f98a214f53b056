"""What Pandoc adds to Markdown: citations by key, and a front matter that names the bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.rules_inline import StateInline

_KEY = r"(?:[^\W_][\w]*(?:[:.#$%&+?<>~/-]+\w+)*|_\w+(?:[:.#$%&+?<>~/-]+\w+)*|\{[^{}\s]+\})"
_ONE = re.compile(rf"(?<![\w@])(-?)@({_KEY})")
_GROUP = re.compile(rf"\[(?=[^\[\]]{{0,2000}}?(?<![\w@])-?@{_KEY})([^\[\]]{{1,2000}})\](?![(\[])")
_TEXTUAL = re.compile(rf"-?@({_KEY})(?:\s*\[([^\[\]@]{{1,200}})\](?![(\[]))?")
_SPAN = re.compile(r"\{[.#a-zA-Z][^{}\n]{0,300}\}")
_RAISED = re.compile(r"([\^~])([\w+−-]{1,12})\1(?!\1)")
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_TOML = re.compile(r"\A\+\+\+[ \t]*\r?\n.*?\r?\n\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PAGES = re.compile(
    r"(?:\b(?:pp?|pgs?|S|pág|págs|с|стр|paginas?|pages?|Seiten?|f)\b\.?|§§?)?\s*"
    r"((?:\d+[a-z]?|[ivxlc]+|[IVXLC]+)\b(?:\s*[-–—]+\s*(?:\d+|[ivxlc]+|[IVXLC]+)\b)?(?:\s*(?:ff?\.|,\s*\d+))*)",
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A key and what is said of the place in the work, as written."""

    key: str
    locator: str | None


def citations_at(text: str, at: int) -> tuple[int, tuple[Cited, ...], bool] | None:
    """The citation that begins there: where it ends, its works, and whether it stands in brackets (a reader of the text sees no key)."""
    if text[at] == "[":
        found = _GROUP.match(text, at)
        return (found.end(), tuple(_works(found[1])), True) if found else None
    if at and (text[at - 1].isalnum() or text[at - 1] in "@/._"):
        return None
    textual = _TEXTUAL.match(text, at)
    if textual is None:
        return None
    return textual.end(), (Cited(textual[1].strip("{}"), _locator(textual[2] or "")),), False


def span(state: StateInline, silent: bool) -> bool:
    """``[words]{.smallcaps}``: the words are read, what is said of them is not."""
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, False)
    said = _SPAN.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if said is None:
        return False
    if not silent:
        start, most = state.pos, state.posMax
        state.push("pandoc_span_open", "", 1)
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.push("pandoc_span_close", "", -1)
        state.posMax = most
    state.pos = said.end()
    return True


def raised(state: StateInline, silent: bool) -> bool:
    """``10^2^`` and ``H~2~O``: figures and letters above or below the line."""
    found = _RAISED.match(state.src, state.pos, state.posMax)
    if found is None or state.src[state.pos - 1 : state.pos] == found[1]:
        return False
    if not silent:
        token = state.push("pandoc_raised", "", 0)
        token.content = found[2]
        token.meta = {"start": state.pos, "end": found.end()}
    state.pos = found.end()
    return True


def _works(inside: str) -> Iterator[Cited]:
    for part in inside.split(";"):
        found = _ONE.search(part)
        if found:
            yield Cited(found[2].strip("{}"), _locator(part[found.end() :]))


def _locator(words: str) -> str | None:
    """The page or section out of ``, p. 12`` or ``p. 12``; None where nothing is said."""
    words = words.strip().lstrip(",").strip().strip("{}")
    if not words:
        return None
    page = _PAGES.match(words)
    return (page[1].strip() if page and page[1] else words)[:80]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """How long it is in the file, the bibliographies that it names, and the language."""

    length: int = 0
    bibliographies: tuple[str, ...] = ()
    language: str | None = None


def front_matter(source: str) -> FrontMatter:
    """The block of YAML (or TOML, of which nothing is read) at the start of a file.

    Only the two settings that matter are read, line by line: a parser of the whole language would take in what hostile files do with it.
    """
    toml = _FRONT_TOML.match(source)
    if toml:
        return FrontMatter(toml.end())
    found = _FRONT.match(source)
    if found is None:
        return FrontMatter()
    lines = found[1].splitlines()
    values = {name: list(_values(lines, name)) for name in ("bibliography", "lang", "language")}
    language = next(iter(values["lang"] or values["language"]), None)
    return FrontMatter(found.end(), tuple(values["bibliography"]), language)


def _values(lines: list[str], name: str) -> Iterator[str]:
    for at, line in enumerate(lines):
        setting, colon, value = line.partition(":")
        if not colon or setting.strip() != name or setting[:1].isspace():
            continue
        value = _uncommented(value)
        if value.startswith("["):
            yield from filter(None, map(_bare, value.strip("[]").split(",")))
        elif value:
            yield _bare(value)
        else:
            for further in lines[at + 1 :]:
                item = further.strip()
                if not item.startswith("- "):
                    break
                yield _bare(_uncommented(item[2:]))
        return


def _uncommented(value: str) -> str:
    return re.sub(r"(?:^|\s)#.*", "", value).strip()


def _bare(value: str) -> str:
    return value.strip().strip("\"'")
