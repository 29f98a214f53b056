"""RIS files (https://en.wikipedia.org/wiki/RIS_(file_format), by the tags that Reference Manager, EndNote and Zotero write)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from archiver.bibliography.bibfields import doi_address, doi_of
from archiver.bibliography.csljson import Lines
from archiver.bibliography.dates import csl_date
from archiver.bibliography.entry import Entry
from archiver.bibliography.needs import needing
from archiver.bibliography.works import Trouble, Work, shown

_START = re.compile(r"(?:^|(?<=\r))TY  -", re.MULTILINE)
_END = re.compile(r"(?:^|(?<=\r))ER  -[^\r\n]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_TAGGED = re.compile(r"(?:^|(?<=\r))[A-Z][A-Z0-9]  -", re.MULTILINE)
# a beginning that others read, and we do not: in lower case, set in, with other blanks
_MISSPELT = re.compile(r"(?:^|(?<=\r))(?!(?-i:TY)  -)[ \t]*TY[ \t]{0,4}-", re.MULTILINE | re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\n|\r")

_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "periodical", "ABST": "article-journal", "INPR": "article-journal",
    "MGZN": "article-magazine", "NEWS": "article-newspaper", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "SER": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "CONF": "book", "CPAPER": "paper-conference", "RPRT": "report", "GOVDOC": "report", "THES": "thesis",
    "ELEC": "webpage", "ICOMM": "webpage", "BLOG": "post-weblog", "WEB": "webpage", "MULTI": "webpage", "DBASE": "webpage",
    "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary", "DATA": "dataset", "AGGR": "dataset", "COMP": "software",
    "CASE": "legal_case", "STAT": "legislation", "LEGAL": "legislation", "BILL": "bill", "HEAR": "hearing", "PAT": "patent", "STAND": "standard",
    "MAP": "map", "ART": "graphic", "FIGURE": "figure", "SOUND": "song", "VIDEO": "motion_picture", "MPCT": "motion_picture", "MUSIC": "song",
    "PCOMM": "personal_communication", "MANSCPT": "manuscript", "UNPB": "manuscript", "SLIDE": "speech", "PAMP": "pamphlet",
}  # fmt: skip
_NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("author", ("authors", "first_authors")), ("editor", ("secondary_authors",)), ("collection-editor", ("tertiary_authors",)),
    ("translator", ("subsidiary_authors",)),
)  # fmt: skip
_TEXTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("title", ("title", "primary_title", "translated_title")),
    ("title-short", ("short_title",)),
    ("container-title", ("journal_name", "secondary_title", "alternate_title3", "alternate_title2")),
    ("container-title-short", ("alternate_title1",)),
    ("collection-title", ("tertiary_title",)),
    ("publisher", ("publisher",)),
    ("publisher-place", ("place_published",)),
    ("volume", ("volume",)),
    ("edition", ("edition",)),
    ("abstract", ("abstract", "notes_abstract")),
    ("language", ("language",)),
    ("source", ("name_of_database",)),
    ("call-number", ("call_number",)),
)
_BOOKS = frozenset({"book", "chapter", "report", "thesis", "pamphlet"})


def read_ris(text: str) -> tuple[tuple[Work, ...], tuple[Trouble, ...]]:
    """The works of a RIS file, and its faults."""
    with needing("rispy"):
        import rispy
    troubles: list[Trouble] = []
    lines = Lines(text)
    works = []
    read = 0
    for number, (start, end, closed) in enumerate(ris_records(text), 1):
        _tell_between(text[read:start], lines.at(read), troubles, is_first=number == 1)
        read = end
        line = lines.at(start)
        if not closed:
            troubles.append(Trouble("This record has no end (ER); it is read up to the next one.", line))
        body = _LINE_END.split(text[start:end])
        # UR is split at no semicolon: that is a character of addresses
        found = rispy.RisParser(delimiter_tags_mapping={}).parse("\n".join([*body, "ER  - "]))
        value: Mapping[str, Any] = found[0]
        key = str(value.get("id") or "").strip() or str(value.get("label") or "").strip() or f"ris-{number}"
        url, item = _item(key, value)
        if item["type"] == "document" and str(value.get("type_of_reference")) not in ("GEN", ""):
            troubles.append(
                Trouble(
                    f"The type {shown(str(value['type_of_reference']))} is not known; it is taken for a document.", line
                )
            )
        works.append(Work(Entry(key, url, item, line), start, end))
    _tell_between(text[read:], lines.at(read), troubles, is_first=not works)
    if not works:
        troubles.append(Trouble("The file holds no record of RIS, which begins with TY.", 1, lost=True))
    return tuple(works), tuple(troubles)


def _tell_between(words: str, line: int, troubles: list[Trouble], *, is_first: bool) -> None:
    """Tags that stand in no record, and records that begin otherwise than they must."""
    misspelt = _MISSPELT.search(words)
    tagged = _TAGGED.search(words)
    if misspelt:
        at = line + Lines(words).at(misspelt.end()) - 1
        why = "A record begins here, but not with TY, two blanks and a hyphen; such records are left out"
        troubles.append(Trouble(f"{why}, up to the next that does.", at, lost=True))
    elif tagged:
        at = line + Lines(words).at(tagged.end()) - 1
        where = "before the first record" if is_first else "behind a record's end (ER)"
        troubles.append(Trouble(f"There are tags {where}; they are left out up to the next TY.", at, lost=True))


def ris_records(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is closed) of each record, from ``TY`` to behind its ``ER`` line, or to the next ``TY``."""
    starts = [found.start() for found in _START.finditer(text)]
    for at, start in enumerate(starts):
        following = starts[at + 1] if at + 1 < len(starts) else len(text)
        closing = _END.search(text, start, following)
        yield start, closing.end() if closing else following, closing is not None


def _item(key: str, value: Mapping[str, Any]) -> tuple[str | None, dict[str, object]]:
    kind = _TYPES.get(str(value.get("type_of_reference", "")).strip().upper(), "document")
    item: dict[str, object] = {"id": key, "type": kind}
    for role, people in _NAMES:
        names = [_name(name) for source in people for name in value.get(source, ()) if name.strip()]
        if names:
            item[role] = names
    for meant, sources in _TEXTS:
        words = next((found for source in sources if (found := _words(value.get(source)))), None)
        if words:
            item[meant] = words
    item |= {name: said for name, said in _numbers(kind, value) if said}
    for meant, dates in (("issued", ("date", "publication_year", "year")), ("accessed", ("access_date",))):
        date = next((csl_date(words) for name in dates if (words := _words(value.get(name)))), None)
        if date:
            item[meant] = date
    doi = doi_of(_words(value.get("doi")))
    if doi:
        item["DOI"] = doi
    url = _address(value) or doi_address(doi or "")
    if url:
        item["URL"] = url
    return url, item


def _numbers(kind: str, value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a tag means depends on the type; notes and keywords, of which there are several, are one text each."""
    yield "issue" if kind.startswith("article") else "number", _words(value.get("number"))
    ends = (_words(value.get(name)) for name in ("start_page", "end_page"))
    yield "page", "-".join(dict.fromkeys(part for part in ends if part))
    yield "ISBN" if kind in _BOOKS else "ISSN", _words(value.get("issn"))
    yield "note", " ".join(note for note in [*value.get("notes", ()), _words(value.get("note"))] if note)
    yield "keyword", ", ".join(word for word in value.get("keywords", ()) if word)


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(words: str) -> dict[str, str]:
    """``Family, Given, Suffix``; without a comma it is a body, or somebody of one name."""
    parts = [" ".join(part.split()) for part in words.split(",", 2)]
    if len(parts) == 1 or not parts[1]:
        return {"literal": parts[0]}
    named = {"family": parts[0], "given": parts[1], "suffix": parts[2] if len(parts) > 2 else ""}
    return {name: part for name, part in named.items() if part}


def _address(value: Mapping[str, Any]) -> str | None:
    for line in value.get("urls", ()):
        # several addresses in one tag stand apart by semicolons, which are characters of addresses too
        for part in re.split(r";\s*(?=https?://)", str(line).strip(), flags=re.IGNORECASE):
            if part.strip():
                return part.strip()
    return None
