"""Zotero RDF, as Zotero's export of that name writes it: RDF/XML with one element to a work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from archiver.bibliography.bibfields import doi_address, doi_of
from archiver.bibliography.dates import csl_date
from archiver.bibliography.entry import Entry
from archiver.bibliography.works import Trouble, Work
from archiver.bibliography.xmlspans import child_spans

Element: TypeAlias = "etree._Element"

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_BIB = "{http://purl.org/net/biblio#}"
_FOAF = "{http://xmlns.com/foaf/0.1/}"
_Z = "{http://www.zotero.org/namespaces/export#}"
_PRISM = "{http://prismstandard.org/namespaces/1.2/basic/}"
_VCARD = "{http://nwalsh.com/rdf/vCard#}"

_NO_WORKS = frozenset(
    {f"{_Z}Attachment", f"{_Z}Collection", f"{_BIB}Memo", f"{_BIB}Journal", f"{_BIB}Periodical", f"{_BIB}Series"}
)
_TYPES = {
    "journalArticle": "article-journal", "magazineArticle": "article-magazine", "newspaperArticle": "article-newspaper", "book": "book",
    "bookSection": "chapter", "conferencePaper": "paper-conference", "report": "report", "thesis": "thesis", "webpage": "webpage",
    "blogPost": "post-weblog", "forumPost": "post", "encyclopediaArticle": "entry-encyclopedia", "dictionaryEntry": "entry-dictionary",
    "preprint": "article", "dataset": "dataset", "computerProgram": "software", "case": "legal_case", "statute": "legislation", "bill": "bill",
    "hearing": "hearing", "patent": "patent", "map": "map", "artwork": "graphic", "audioRecording": "song", "podcast": "song",
    "videoRecording": "motion_picture", "film": "motion_picture", "tvBroadcast": "broadcast", "radioBroadcast": "broadcast",
    "interview": "interview", "letter": "personal_communication", "email": "personal_communication", "instantMessage": "personal_communication",
    "manuscript": "manuscript", "presentation": "speech", "standard": "standard", "document": "document",
}  # fmt: skip
_CLASSES = {
    f"{_BIB}Article": "article-journal", f"{_BIB}Book": "book", f"{_BIB}BookSection": "chapter", f"{_BIB}Report": "report",
    f"{_BIB}Thesis": "thesis", f"{_BIB}Manuscript": "manuscript", f"{_BIB}Document": "webpage", f"{_BIB}Letter": "personal_communication",
}  # fmt: skip
_ROLES = (
    ("author", f"{_BIB}authors"), ("editor", f"{_BIB}editors"), ("translator", f"{_Z}translators"), ("collection-editor", f"{_Z}seriesEditors"),
    ("container-author", f"{_Z}bookAuthors"), ("director", f"{_Z}directors"), ("interviewer", f"{_Z}interviewers"),
)  # fmt: skip
_TEXTS = (
    ("title", f"{_DC}title"), ("title-short", f"{_Z}shortTitle"), ("page", f"{_BIB}pages"), ("abstract", f"{_TERMS}abstract"),
    ("language", f"{_Z}language"), ("volume", f"{_PRISM}volume"), ("issue", f"{_PRISM}number"), ("edition", f"{_PRISM}edition"),
    ("genre", f"{_Z}type"), ("source", f"{_Z}libraryCatalog"),
)  # fmt: skip
_OF_WHOLES = (f"{_DC}title", *(tag for _, tag in _TEXTS if tag.startswith(_PRISM)))


@dataclass(frozen=True, slots=True)
class _Whole:
    """What a work has from the journal, book or series that it is in: ``texts`` by tag."""

    texts: dict[str, str]
    doi: str | None


class _Wholes:
    """The wholes of one file, each read once, whatever number of works name it."""

    def __init__(self, elements: list[Element]) -> None:
        self._by_id = {about: element for element in elements if (about := element.get(f"{RDF}about")) is not None}
        self._known: dict[str, _Whole] = {}

    def of(self, part: Element) -> _Whole | None:
        """What an ``isPartOf`` refers to: what stands in it, else what its ``rdf:resource`` names."""
        if len(part):
            return _whole(part[0])
        name = part.get(f"{RDF}resource") or ""
        if name in self._by_id and name not in self._known:
            self._known[name] = _whole(self._by_id[name])
        return self._known.get(name)


def _whole(element: Element) -> _Whole:
    return _Whole({tag: _words(element.find(tag)) for tag in _OF_WHOLES}, _doi(element))


def read_zotero_rdf(data: bytes, text: str) -> tuple[tuple[Work, ...], tuple[Trouble, ...]]:
    """The works of an export; ``text`` is ``data`` decoded. Where the XML breaks off, what stands before is read, and the place told."""
    troubles: list[Trouble] = []
    # no entity is put in, nothing is fetched, and of a broken file what can be had is had
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    broken = [fault.line for fault in parser.error_log]
    if broken:
        troubles.append(Trouble("The XML is broken here; what stands behind may be missing.", broken[0], lost=True))
    if root is None or root.tag != f"{RDF}RDF":
        troubles.append(Trouble("The file is no RDF/XML of Zotero.", 1, lost=True))
        return (), tuple(troubles)
    elements = [child for child in root if isinstance(child.tag, str)]
    wholes = _Wholes(elements)
    spans = child_spans(data, text)
    works = []
    for number, element in enumerate(elements):
        if not _is_work(element):
            continue
        about = element.get(f"{RDF}about") or f"item-{number + 1}"
        key = _words(element.find(f"{_Z}citationKey")) or about.removeprefix("#")
        url, item = _item(key, element, wholes)
        start, end = spans[number] if len(spans) == len(elements) else (0, 0)
        works.append(Work(Entry(key, url, item, element.sourceline), start, end))
    return tuple(works), tuple(troubles)


def _is_work(element: Element) -> bool:
    kind = element.find(f"{_Z}itemType")
    if element.tag in _NO_WORKS or (kind is None and element.tag not in _CLASSES):
        return False
    return _words(kind) not in ("attachment", "note", "annotation")


def _item(key: str, element: Element, wholes: _Wholes) -> tuple[str | None, dict[str, object]]:
    kind = _TYPES.get(_words(element.find(f"{_Z}itemType"))) or _CLASSES.get(str(element.tag), "document")
    item: dict[str, object] = {"id": key, "type": kind}
    for role, tag in _ROLES:
        names = list(_people(element.find(tag)))
        if names:
            item[role] = names
    named = [wholes.of(part) for part in element.findall(f"{_TERMS}isPartOf")]
    around = [whole for whole in named if whole is not None]
    item |= {name: words for name, words in _texts(element, around) if words}
    for name, tag in (("issued", f"{_DC}date"), ("accessed", f"{_TERMS}dateSubmitted")):
        date = csl_date(_words(element.find(tag)))
        if date:
            item[name] = date
    doi = next((found for found in (_doi(element), *(whole.doi for whole in around)) if found), None)
    if doi:
        item["DOI"] = doi
    url = _address(element) or doi_address(doi or "")
    if url:
        item["URL"] = url
    return url, item


def _texts(element: Element, around: list[_Whole]) -> Iterator[tuple[str, str]]:
    """Volume and issue may stand with the journal; everything else is the work's own."""
    for name, tag in _TEXTS:
        wholes = around if tag.startswith(_PRISM) else []
        yield name, _words(element.find(tag)) or next((whole.texts[tag] for whole in wholes if whole.texts[tag]), "")
    title = f"{_DC}title"
    yield "container-title", next((whole.texts[title] for whole in around if whole.texts[title]), "")
    publisher = element.find(f"{_DC}publisher")
    if publisher is not None:
        yield "publisher", _words(publisher.find(f".//{_FOAF}name"))
        yield "publisher-place", _words(publisher.find(f".//{_VCARD}locality"))


def _people(roles: Element | None) -> Iterator[dict[str, str]]:
    for person in roles.iter(f"{_FOAF}Person") if roles is not None else ():
        family = _words(person.find(f"{_FOAF}surname"))
        given = _words(person.find(f"{_FOAF}givenName")) or _words(person.find(f"{_FOAF}givenname"))
        if family or given:
            yield {"family": family, "given": given} if family and given else {"literal": family or given}


def _doi(element: Element) -> str | None:
    said = (_words(found) for found in element.findall(f"{_DC}identifier") if not len(found))
    return next((doi for words in said if (doi := doi_of(words.removeprefix("DOI ")))), None)


def _address(element: Element) -> str | None:
    for found in element.findall(f"{_DC}identifier"):
        value = found.find(f"{_TERMS}URI/{RDF}value")
        if value is not None and _words(value):
            return _words(value)
    about = element.get(f"{RDF}about") or ""
    return about if about.lower().startswith(("http://", "https://")) else None


def _words(element: Element | None) -> str:
    return " ".join((element.text or "").split()) if element is not None else ""
