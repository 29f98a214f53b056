"""Zotero RDF: ``z:archive`` and ``dc:coverage`` (Zotero's *Archive* and *Loc. in Archive*), and a line of ``dc:description`` (its *Extra*)."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from archiver.bibliography import Work
from archiver.citing.citation import Citation
from archiver.citing.into.fields import NOTED, public_copy, sentence
from archiver.citing.into.insertion import Insertion

_NAMESPACES = {"dc": "http://purl.org/dc/elements/1.1/", "z": "http://www.zotero.org/namespaces/export#"}
_OWN_ARCHIVE = re.compile(r"<(?:z:archive|dc:coverage)[\s>/]")
_NOTE = re.compile(r"</dc:description\s*>")


def is_done(element: str) -> bool:
    return NOTED.search(element) is not None


def insertions(text: str, work: Work, citation: Citation) -> list[Insertion]:
    """Before the end tag, each on a line of its own; empty where the element has none."""
    element = text[work.start : work.end]
    closing = element.rfind("</")
    if closing < 0:
        return []
    said: list[Insertion] = []
    fields = []
    copy = public_copy(citation)
    if copy is not None and not _OWN_ARCHIVE.search(element):
        fields += [_element("z", "archive", copy[0], text), _element("dc", "coverage", copy[1], text)]
    note = _NOTE.search(element)
    if note:
        said.append(Insertion(work.start + note.start(), f"\n{escape(sentence(citation))}"))
    else:
        fields.append(_element("dc", "description", sentence(citation), text))
    lead = _indent(element)
    if fields:
        said.append(
            Insertion(work.start + len(element[:closing].rstrip()), "".join(f"{lead}{field}" for field in fields))
        )
    return said


def _indent(element: str) -> str:
    found = re.search(r">(\s*\n[ \t]*)<", element)
    return found[1] if found else "\n"


def _element(prefix: str, name: str, value: str, text: str) -> str:
    """With the namespace where the head of the file does not bind that prefix to it."""
    uri = _NAMESPACES[prefix]
    bound = re.search(
        rf"xmlns:{prefix}\s*=\s*[\"']{re.escape(uri)}[\"']", text[: text.find(">", text.find("<rdf:RDF")) + 1]
    )
    attribute = "" if bound else f' xmlns:{prefix}="{uri}"'
    return f"<{prefix}:{name}{attribute}>{escape(value)}</{prefix}:{name}>"
