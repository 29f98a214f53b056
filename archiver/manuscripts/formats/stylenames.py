"""What the styles of word processors are called: the names say which paragraphs are quotations, headings, entries of a list of works."""

from __future__ import annotations

import re

from archiver.manuscripts.document import BlockKind

# Names in the languages that Word and LibreOffice come in, and what people call styles of their own.
_QUOTE = re.compile(
    r"(?:intense|intensives?|block|long|lang|set ?off|eingerücktes?|blok|bloc|bloque)?[ _-]*"
    r"(?:quot(?:e|es|ation|ations)|blockquote|block ?text|zitate?|blockzitat|zitatblock|citations?|citas?|citazion[ei]|citação|citações"
    r"|citaat|citaten|citat(?:er|ion)?|sitat(?:er)?|lainaus|cytat|cytaty|citát|idézet|цитата|цитаты|引用(?:文|句)?|引文|인용(?:문|구)?|alıntı|παράθεση)"
    r"(?:[ _-]*(?:block|intense|intensiv|intensif|forte|destacad[ao]|long|lang|text))?[ _-]*\d?",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|nagłówek|заголовок|nadpis|otsikko|見出し|标题|제목"
    r"|title|titel|subtitle)[ _-]*\d*",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:caption|beschriftung|légende|legende|epígrafe|didascalia|bijschrift|图题|題注|figure|table|illustration)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:bibliography|bibliographie|bibliografía|bibliografia|literaturverzeichnis|references?|works cited)[ _-]*\d*(?:[ _-]heading)?",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"_([0-9a-f]{2,4})_", re.IGNORECASE)


def kind_of(name: str) -> BlockKind | None:
    """What a paragraph of a style is by the style's name, None where that says nothing. ODF's ``_20_`` for a blank is understood."""
    name = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), name).strip()
    for kind, pattern in (
        (BlockKind.QUOTE, _QUOTE),
        (BlockKind.HEADING, _HEADING),
        (BlockKind.CAPTION, _CAPTION),
        (BlockKind.REFERENCE, _REFERENCE),
    ):
        if pattern.fullmatch(name):
            return kind
    return None


_DEEPEST = 50  # styles that are based on one another


def kinds(named: dict[str, str], based_on: dict[str, str]) -> dict[str, BlockKind]:
    """The kind of each style by its id, from names by id, and from what it is based on where its own name says nothing."""
    found: dict[str, BlockKind] = {}
    for style in {*named, *based_on}:
        at: str | None = style
        passed: set[str] = set()
        while at is not None and at not in passed and len(passed) < _DEEPEST:
            passed.add(at)
            kind = found.get(at) or kind_of(named.get(at, "")) or kind_of(at)
            if kind is not None:
                found[style] = kind
                break
            at = based_on.get(at)
    return found


def hidden(hides: dict[str, bool], based_on: dict[str, str]) -> frozenset[str]:
    """The styles whose text is not shown: what a style says itself (``hides``) goes before what those say that it is based on."""
    found = set()
    for style in {*hides, *based_on}:
        at: str | None = style
        passed: set[str] = set()
        while at is not None and at not in passed and at not in hides and len(passed) < _DEEPEST:
            passed.add(at)
            at = based_on.get(at)
        if at is not None and hides.get(at):
            found.add(style)
    return frozenset(found)
