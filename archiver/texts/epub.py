"""Books (EPUB 2 and 3): the chapters in the order in which they are read, each a page of XHTML read like any other."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from archiver.model.text import PageInfo, Reading
from archiver.texts import decode, document, office, xmlstream
from archiver.texts import payload as payload_
from archiver.texts.marked import Flow
from archiver.texts.package import Package, Refused
from archiver.texts.payload import Payload, too_long

EXTRACTOR = "archiver-epub"
VERSION = "1"
"""Counted up whenever another text would be drawn from the same bytes; with it goes the version of the document layer."""

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document"})
_META = frozenset({"dc:title", "dc:creator", "dc:date", "dc:language", "dc:publisher"})
_MODIFIED = re.compile(rb"property\s*=\s*[\"']dcterms:modified[\"'][^>]{0,200}>\s*([^<\s]{4,40})\s*<")


def read(payload: Payload) -> Reading:
    """The document layer of a book. Never raises."""
    return office.read_package(payload, "book (EPUB)", _read)


def _read(package: Package) -> Reading:
    found = next(iter(office.elements(package.read(_CONTAINER), office.NAMESPACES, "ocf:rootfile")), {})
    where = found.get("full-path", "")
    if not where:
        raise Refused("it names no contents")
    source = package.read(where)
    contents = _Contents()
    problems: list[str] = []
    try:
        xmlstream.read(source, office.NAMESPACES, contents)
    except Refused as error:
        problems.append(str(error))
    locked = _encrypted(package)
    folder = posixpath.dirname(where)
    flow, size = Flow(), 0
    for href in contents.reading_order():
        name = posixpath.normpath(posixpath.join(folder, href))
        if name in locked:
            problems.append("it is encrypted")
            continue
        try:
            chapter = document.read(decode.decode(package.read(name), None).text, xml=True)
        except Refused as error:
            problems.append(str(error))
            continue
        flow.add_settled(chapter.text, chapter.unseen)
        size += len(chapter.text)
        if size > payload_.MAX_CHARACTERS:
            problems.append(too_long())
            break
    texts = office.layers(flow, EXTRACTOR, f"{VERSION}.{document.VERSION}", problems)
    if not texts and problems:
        raise Refused(problems[0])
    info = _info(source)
    return Reading(texts, info, office.NO_DECODING, None, office.claims(info, "published"))


class _Contents:
    """The list of a book's files, and which of them are read, in which order."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._order: list[tuple[str, bool]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "opf:item" and attributes.get("media-type", "").lower() in _PAGES:
            href = unquote(attributes.get("href", "").partition("#")[0])
            self._files.setdefault(attributes.get("id", ""), href)
        elif name == "opf:itemref":
            self._order.append((attributes.get("idref", ""), attributes.get("linear", "yes") != "no"))

    def end(self, _name: str, /) -> None:
        return

    def text(self, _data: str, /) -> None:
        return

    def reading_order(self) -> Iterator[str]:
        """The names of the chapters, each once; what stands beside the book (notes, answers) comes last."""
        order = [name for linear in (True, False) for name, is_linear in self._order if is_linear is linear]
        yield from dict.fromkeys(self._files[name] for name in order if self._files.get(name))


def _encrypted(package: Package) -> frozenset[str]:
    """The files that are locked; fonts often are, in books whose text is not."""
    references = office.elements(package.optional(_ENCRYPTION), office.NAMESPACES, "enc:CipherReference")
    return frozenset(posixpath.normpath(unquote(found.get("URI", ""))).lstrip("/") for found in references)


def _info(source: bytes) -> PageInfo:
    said = office.values(source, _META)
    modified = _MODIFIED.search(source)
    return PageInfo(
        title=office.first(said, "dc:title"),
        authors=tuple(dict.fromkeys(said.get("dc:creator", ()))),
        published=office.date(office.first(said, "dc:date")),
        modified=office.date(modified[1].decode("ascii", "replace")) if modified else None,
        site_name=office.first(said, "dc:publisher"),
        language=office.first(said, "dc:language"),
    )
