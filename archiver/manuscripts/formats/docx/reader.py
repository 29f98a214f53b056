"""Word manuscripts (docx, ECMA-376): the text with all changes accepted, its notes, comments, links and citations.

Citations are those of Zotero (fields, and bookmarks with properties), Mendeley (fields and content controls), EndNote and Word itself; the works
come along as `entries`. What is hidden or deleted is not there. There are no places in a file: blocks are found by their number.
"""

from __future__ import annotations

import posixpath

from archiver.errors import InputError
from archiver.manuscripts.document import Manuscript, Trouble
from archiver.manuscripts.formats.docx.body import Body, Shared
from archiver.manuscripts.formats.docx.sources import kept_codes, own_works
from archiver.manuscripts.formats.docx.styles import Styles
from archiver.manuscripts.formats.packages import opened, parse
from archiver.texts import office
from archiver.texts.package import Package

_MAIN = "word/document.xml"
_RELATIONS = {"http://schemas.openxmlformats.org/package/2006/relationships": "r"}
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def read(data: bytes, name: str) -> Manuscript:
    """Reads a Word document. Raises InputError where nothing of it can be read."""
    package = opened(data, name, "a Word document")
    main = next((target for kind, target, _ in _relations(package, "").values() if kind == "officeDocument"), _MAIN)
    if main not in package:
        raise InputError(
            f"{name} cannot be read as a Word document: it is a zip file without the part that holds the text."
        )
    parts = _relations(package, main)
    troubles: list[Trouble] = []
    styles = Styles()
    for part in _parts(parts, package, "styles"):
        parse(package, part, styles, troubles)
    shared = Shared(styles.kinds(), styles.hidden(), kept_codes(package), own_works(package))
    _read_part(package, main, shared, troubles)
    for kind, note in _NOTES.items():
        if any(other == note for other, _ in shared.labels):
            for part in _parts(parts, package, kind):
                _read_part(package, part, shared, troubles, note)
    for part in _parts(parts, package, "comments"):
        _read_part(package, part, shared, troubles)
    blocks = shared.assembly.finish()
    if troubles and not blocks:
        raise InputError(f"{name} cannot be read as a Word document: {troubles[0].why}.")
    if shared.broken:
        troubles.append(Trouble(f"{shared.broken} citations of a reference program are damaged, and stand for no work"))
    info, _ = office.core_properties(package)
    return Manuscript("docx", blocks, None, shared.entries, (), info.language, tuple(troubles))


def _read_part(package: Package, part: str, shared: Shared, troubles: list[Trouble], notes: str = "") -> None:
    targets = {
        number: target
        for number, (kind, target, outside) in _relations(package, part).items()
        if outside and kind == "hyperlink"
    }
    body = Body(shared, targets, notes)
    parse(package, part, body, troubles)
    body.finish()


def _parts(relations: dict[str, tuple[str, str, bool]], package: Package, kind: str) -> list[str]:
    """The part of a kind, if the document has it."""
    return [
        target for other, target, outside in relations.values() if other == kind and not outside and target in package
    ][:1]


def _relations(package: Package, part: str) -> dict[str, tuple[str, str, bool]]:
    """(last word of its type, member or address, whether that is outside) of each relation of a part by id."""
    folder, name = posixpath.split(part)
    source = package.optional(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, tuple[str, str, bool]] = {}
    for attributes in office.elements(source, _RELATIONS, "r:Relationship"):
        kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
        outside = attributes.get("TargetMode", "").lower() == "external"
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found.setdefault(attributes.get("Id", str(len(found))), (kind, target, outside))
    return found
