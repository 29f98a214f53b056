"""Elements of a page that are called bylines, authors, captions, credits or copyright.

An element is believed for its name and its place: near the headline, or about the author at the article's end; never in
furniture, where the authors of other articles stand, and never among readers' comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.credits import crediting, names
from archiver.credits.credit import Credit, Role
from archiver.credits.organisations import find
from archiver.texts.outline import Outline, Part

_NEAR = 2_500  # characters of text after the headline
_BEFORE = 600  # and before it
_TOGETHER = 500  # characters after the first byline: what comes later is about the author, or of another article
_LONGEST = 300
_MOST = 200

_AUTHOR = re.compile(
    r"(?:\A|[\s_-])(?:authors?|byline|by-line|autor(?:en|es|e|in)?|auteurs?|writers?|reporters?|journalists?|redaktor|forfatter|skribent"
    r"|author-?names?|authors?-?(?:list|links?|info|wrapper|box|meta|item|block|name)|article-?authors?|post-?authors?|contributors?|creator|autore|penulis|pewarta)(?=\Z|[\s_-])"
    r"|byline|author(?:name|list|wrapper|link|s-name)|metainfoauthor|authorslist",
)
_NOT_AUTHOR = re.compile(
    r"(?:\A|[\s_-])(?:bio\w*|description|avatar|image|img|picture|photo\w*|social|follow|twitter|e?mail|date|time|published|share|icon|job|position|role|title|more|count|tags?|comments?|profile-link|about|text|teaser)(?=\Z|[\s_-])"
)
_PHOTO = re.compile(
    r"(?:\A|[\s_-])(?:(?:photo|image|img|media|picture|foto|bild)?-?_?(?:credits?|copyrights?|source|photographer|agency)|captions?\w*|figcaption)(?=\Z|[\s_-])|caption|photocredit|imagecredit"
)
_PHOTO_WORDS = re.compile(
    r"(?:©|\(c\)|\b(?:photo(?:graph|graphe|graphy|s)?|picture|image|foto|fotos|bild|credit|crédit|crédits|kép|imagen?|grafik|quelle|source|fonte|zdroj|fuente|via|by|kuva|zdjęcie|фото|getty)\b|写真|사진|摄影|図|[/|(（\[])",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:\A|[\s_-])(?:(?:article|news|post|story|text)-?)?(?:source|quelle|fuente|agency|agentur|agencia|agence|provider|source-?(?:name|org(?:anization)?)|sourceorganization)(?=\Z|[\s_-])"
)
_COPYRIGHT = re.compile(r"(?:\A|[\s_-])(?:copyright|copyrightholder|rights)(?=\Z|[\s_-])")
_MARK = re.compile(r"(?:©|\bcopyright\b|\(c\)\s*\d{4})", re.IGNORECASE)


def read(page: Outline, own: frozenset[str]) -> Iterator[Credit]:
    """The credits that elements of the page show."""
    count = 0
    first: int | None = None  # where the first people are named
    for part in page.parts:
        if count > _MOST:
            return
        if first is not None and (part.distance or 0) - first > _TOGETHER and _is_author(part):
            continue
        for credit in _of_part(part, own):
            count += 1
            if (
                first is None
                and credit.where != "element caption"
                and credit.role in (Role.AUTHOR, Role.AGENCY, Role.OUTLET)
            ):
                first = part.distance
            yield credit


def _of_part(part: Part, own: frozenset[str]) -> Iterator[Credit]:
    hints, text = part.hints, part.text
    if part.name == "meta":
        return
    if part.name == "figcaption" or part.picture or (_PHOTO.search(hints) and not part.furniture):
        if len(text) <= 600:
            yield from _of_caption(part)
    elif part.furniture:
        return
    elif _is_author(part):
        yield from _of_byline(part, own)
    elif (
        _SOURCE.search(hints)
        and text
        and len(text) < 120
        and "\n" not in text
        and part.name not in {"source", "img", "time"}
    ):
        words = names.without_label(text) or text.partition(":")[2] or text.partition("：")[2] or text
        yield from crediting.named(Role.SOURCE, words, text, "element source")
    elif _COPYRIGHT.search(hints) and _MARK.search(text) and len(text) < 300:
        yield from crediting.named(Role.COPYRIGHT, _MARK.sub("", text), text, "element copyright")


def _is_author(part: Part) -> bool:
    return (
        bool(_AUTHOR.search(part.hints) or "author" in part.attributes.get("rel", "").lower().split())
        and part.name not in {"time", "img", "h1", "address"}
        and not part.picture
        and not _NOT_AUTHOR.search(part.hints.replace("entry-author-link", ""))
        and (part.distance is None or -_BEFORE <= part.distance <= _NEAR)
        and 0 < len(part.text) <= _LONGEST
    )


def _of_byline(part: Part, own: frozenset[str]) -> Iterator[Credit]:
    where = "a[rel=author]" if part.attributes.get("rel") else "element byline"
    if "itemprop" in part.attributes:
        where = f"itemprop {part.attributes['itemprop']}"
    lines = [names.undated(line) for line in part.text.split("\n")]
    lines = [line for line in lines if line and line != "AA"]  # a button for the size of letters
    if len(lines) == 2 and names.without_label(f"{lines[0]} ") == "":
        lines = [" ".join(lines)]
    said = 0
    for line in lines[:8]:
        rest = names.without_label(line)
        sure = rest is not None or (len(lines) == 1 and len(line) <= 40)
        given = rest is not None and len(rest.split()) == 1
        found = list(crediting.signed(line, line, where, sure=sure, given=given, own=own))
        if names.without_label(line) is None and not crediting.covers(line, found):
            continue  # a headline with people in it
        yield from found
        said += bool(found)
        if len(lines) > 3 and said > 1:  # a box about the author, with what else he wrote
            return


def _of_caption(part: Part) -> Iterator[Credit]:
    """The agencies and outlets that a caption credits; people are left out, since a caption names those that it shows."""
    lines = part.text.split("\n")
    tail = lines[-1][-160:]
    marked = list(_PHOTO_WORDS.finditer(tail))
    whole = len(tail) < 60 and len(lines) > 1
    words = (
        tail
        if whole or "credit" in part.hints or "copyright" in part.hints
        else tail[marked[0].start() :]
        if marked
        else ""
    )
    if not words:
        return
    for found in dict.fromkeys(f.organisation for f in find(words)):
        yield crediting.of_organisation(Role.PHOTO, found, words, "element caption")
