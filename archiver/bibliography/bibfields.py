"""What the types and fields of BibTeX and biblatex are called in CSL-JSON."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from archiver.bibliography.bibnames import csl_names
from archiver.bibliography.dates import csl_date, parts_date
from archiver.bibliography.latex import Budget, address_in, plain_address, plain_text

_TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "review": "review",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book", "proceedings": "book", "mvproceedings": "book",
    "booklet": "pamphlet", "manual": "book", "reference": "book", "mvreference": "book", "periodical": "periodical",
    "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter", "incollection": "chapter", "suppcollection": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "inreference": "entry-encyclopedia",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "report": "report", "techreport": "report",
    "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis", "patent": "patent", "dataset": "dataset", "software": "software",
    "unpublished": "manuscript", "jurisdiction": "legal_case", "legislation": "legislation", "legal": "legislation",
    "letter": "personal_communication",
    "image": "graphic", "artwork": "graphic", "audio": "song", "music": "song", "video": "motion_picture", "movie": "motion_picture",
    "standard": "standard", "performance": "performance",
}  # fmt: skip
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
_NAMES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "bookauthor": "container-author",
    "director": "director",
}
_TEXTS = (
    ("container-title", ("journaltitle", "journal", "booktitle", "maintitle", "issuetitle", "website", "sitename")),
    ("container-title-short", ("shortjournal",)),
    ("title-short", ("shorttitle",)),
    ("collection-title", ("series",)),
    ("event-title", ("eventtitle",)),
    ("publisher", ("publisher", "school", "institution", "organization")),
    ("publisher-place", ("location", "address")),
    ("volume", ("volume",)),
    ("edition", ("edition",)),
    ("chapter-number", ("chapter",)),
    ("version", ("version",)),
    ("genre", ("type", "entrysubtype")),
    ("note", ("note", "addendum")),
    ("abstract", ("abstract",)),
    ("keyword", ("keywords",)),
    ("language", ("langid", "language")),
    ("ISBN", ("isbn",)),
    ("ISSN", ("issn",)),
    ("number-of-pages", ("pagetotal",)),
)
_ARXIV = re.compile(r"(?:arxiv:)?([a-z-]+(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?", re.IGNORECASE)
_LONGEST_DOI = 2_000  # characters
# 10/abcd is a short one (https://shortdoi.org); half a surrogate pair is no sign
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s\ud800-\udfff]+|10/[a-z0-9]+)", re.IGNORECASE
)


class Values:
    """What the values of one file mean, each read once: entries that inherit have the same ones."""

    def __init__(self, budget: Budget) -> None:
        self.text = functools.cache(lambda words: plain_text(words, budget))
        self.names = functools.cache(lambda words: csl_names(words, budget))


def csl_item(kind: str, key: str, fields: Mapping[str, str], values: Values) -> tuple[str | None, dict[str, object]]:
    """Where the work can be read (see `address`), and its CSL-JSON."""
    item: dict[str, object] = {"id": key, "type": _type(kind, fields)}
    for name, meant in _NAMES.items():
        names = values.names(fields.get(name, ""))
        if names:
            item[meant] = names
    item |= {name: value for name, value in _titles(fields, values) if value}
    for name, sources in _TEXTS:
        value = next((values.text(fields[source]) for source in sources if fields.get(source, "").strip()), "")
        if value:
            item[name] = value
    if fields.get("number", "").strip():
        item["issue" if item["type"] == "article-journal" else "number"] = values.text(fields["number"])
    if fields.get("issue", "").strip():
        item["issue"] = values.text(fields["issue"])
    if fields.get("pages", "").strip():
        item["page"] = re.sub(r"\s*(?:--+|–|—)\s*", "-", values.text(fields["pages"]))
    if kind in _GENRES:
        item.setdefault("genre", _GENRES[kind])
    item |= {name: value for name, value in _dates(fields, values) if value}
    doi = doi_of(plain_address(fields.get("doi", "")))
    if doi:
        item["DOI"] = doi
    url = address(fields)
    if url:
        item["URL"] = url
    return url, item


def _type(kind: str, fields: Mapping[str, str]) -> str:
    if kind == "misc" and (fields.get("url", "").strip() or address_in(fields.get("howpublished", ""))):
        return "webpage"
    return _TYPES.get(kind, "document")


def _titles(fields: Mapping[str, str], values: Values) -> Iterator[tuple[str, str]]:
    title, subtitle = (values.text(fields.get(name, "")) for name in ("title", "subtitle"))
    yield "title", f"{title}: {subtitle}" if title and subtitle else title or subtitle


def _dates(fields: Mapping[str, str], values: Values) -> Iterator[tuple[str, dict[str, object] | None]]:
    if fields.get("date", "").strip():
        yield "issued", csl_date(_bare(fields["date"]))
    elif fields.get("year", "").strip():
        parts = (values.text(fields.get(name, "")) for name in ("year", "month", "day"))
        yield "issued", parts_date(*parts)
    yield "accessed", csl_date(_bare(fields.get("urldate", "") or fields.get("lastchecked", "")))
    yield "original-date", csl_date(_bare(fields.get("origdate", "")))
    yield "event-date", csl_date(_bare(fields.get("eventdate", "")))


def _bare(words: str) -> str:
    """A date without braces: ``~`` and ``%`` mean something in it (ISO 8601-2) that they do not in LaTeX."""
    return words.replace("{", "").replace("}", "").replace("\\", "")


def address(fields: Mapping[str, str]) -> str | None:
    """Where a work can be read: ``url``, what ``howpublished`` or ``note`` says, its DOI's, its eprint's; None where nothing says it."""
    if fields.get("url", "").strip():
        return plain_address(fields["url"]) or None
    for name in ("howpublished", "note"):
        found = address_in(fields.get(name, ""))
        if found:
            return found
    return doi_address(plain_address(fields.get("doi", ""))) or _eprint(fields)


def doi_of(words: str) -> str | None:
    """The DOI alone of what is given as one (``https://doi.org/10.…``, ``doi:10.…``); None where there is none."""
    found = _DOI.fullmatch(words.strip()) if len(words) <= _LONGEST_DOI else None
    return found[1] if found else None


def doi_address(words: str) -> str | None:
    """Where a DOI leads."""
    doi = doi_of(words)
    return f"https://doi.org/{quote(doi, safe='/:;()._-~')}" if doi else None


def _eprint(fields: Mapping[str, str]) -> str | None:
    name, kind = (
        plain_address(fields.get("eprint", "")),
        (fields.get("eprinttype") or fields.get("archiveprefix") or "").strip().lower(),
    )
    if kind in ("", "arxiv"):
        found = _ARXIV.fullmatch(name)
        return f"https://arxiv.org/abs/{name.removeprefix('arXiv:').removeprefix('arxiv:')}" if found else None
    if kind == "jstor" and re.fullmatch(r"[\w./-]+", name, re.ASCII):
        return f"https://www.jstor.org/stable/{name}"
    if kind == "googlebooks" and re.fullmatch(r"[\w-]+", name, re.ASCII):
        return f"https://books.google.com/books?id={name}"
    if kind == "pubmed" and name.isdigit():
        return f"https://pubmed.ncbi.nlm.nih.gov/{name}/"
    if kind in ("hdl", "handle") and "/" in name:
        return f"https://hdl.handle.net/{quote(name, safe='/:;()._-~')}"
    return None
