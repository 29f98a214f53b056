"""Zotero RDF: ``z:archive`` and ``dc:coverage`` (Zotero's *Archive* and *Loc. in Archive*), and a line of ``dc:description`` (its *Extra*)."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from archiver.bibliography import Work
from archiver.bibliography.xmlspans import end_of_child, root_attributes
from archiver.citing.citation import Citation
from archiver.citing.into.fields import NOTED, public_copy, sentence
from archiver.citing.into.insertion import Insertion

_NAMESPACES = {"dc": "http://purl.org/dc/elements/1.1/", "z": "http://www.zotero.org/namespaces/export#"}
_HEAD = 1 << 16  # characters of a file in which its root begins
_OWN_ARCHIVE = re.compile(r"<(?:z:archive|dc:coverage)[\s>/]")


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
    note = end_of_child(element, "dc:description") if _is_bound("dc", text) else None
    if note is not None:
        said.append(Insertion(work.start + note, f"\n{escape(sentence(citation))}"))
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


def _is_bound(prefix: str, text: str) -> bool:
    return root_attributes(text[:_HEAD].encode("utf-8", "replace")).get(f"xmlns:{prefix}") == _NAMESPACES[prefix]


def _element(prefix: str, name: str, value: str, text: str) -> str:
    """With the namespace where the root of the file does not bind that prefix to it."""
    attribute = "" if _is_bound(prefix, text) else f' xmlns:{prefix}="{_NAMESPACES[prefix]}"'
    return f"<{prefix}:{name}{attribute}>{escape(value)}</{prefix}:{name}>"
