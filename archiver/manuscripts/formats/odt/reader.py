"""OpenDocument manuscripts (odt, ISO/IEC 26300): the text as it stands now, its notes, annotations, links and citations.

Citations are those of Zotero (reference marks, and bookmarks with properties) and ODF's own bibliography marks; the works come along as
`entries`. What is hidden or deleted is not there. There are no places in a file: blocks are found by their number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from archiver.errors import InputError
from archiver.manuscripts.document import Manuscript, Trouble
from archiver.manuscripts.formats.odt.body import Content
from archiver.manuscripts.formats.odt.styles import Styles
from archiver.manuscripts.formats.packages import opened, parse
from archiver.texts import office
from archiver.texts.package import Package
from archiver.texts.xmlstream import attribute

_PIECE = re.compile(r"(ZOTERO_\w+?)_(\d{1,6})")


def read(data: bytes, name: str) -> Manuscript:
    """Reads an OpenDocument text. Raises InputError where nothing of it can be read."""
    package = opened(data, name, "an OpenDocument text")
    if "content.xml" not in package:
        raise InputError(
            f"{name} cannot be read as an OpenDocument text: it is a zip file without the part that holds the text."
        )
    troubles: list[Trouble] = []
    styles, meta = Styles(), _Meta()
    for part in ("styles.xml", "content.xml"):
        if part in package:
            parse(package, part, styles, [] if part == "content.xml" else troubles)
    if "meta.xml" in package:
        parse(package, "meta.xml", meta, troubles)
    content = Content(styles.kinds(), styles.hidden(), meta.codes())
    parse(package, "content.xml", content, troubles)
    content.finish()
    blocks = content.assembly.finish()
    if troubles and not blocks:
        raise InputError(f"{name} cannot be read as an OpenDocument text: {troubles[0].why}.")
    if content.broken:
        troubles.append(
            Trouble(f"{content.broken} citations of a reference program are damaged, and stand for no work")
        )
    language = _language(package)
    return Manuscript("odt", blocks, None, content.entries, (), language, tuple(troubles))


def _language(package: Package) -> str | None:
    return office.first(office.values(package.optional("meta.xml"), frozenset({"dc:language"})), "dc:language")


class _Meta:
    """Properties that somebody, or Zotero, gave the document."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._name = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "meta:user-defined":
            self._name = attribute(attributes, "name") or ""

    def end(self, name: str) -> None:
        if name == "meta:user-defined":
            self._name = ""

    def text(self, data: str, /) -> None:
        if self._name:
            self._values[self._name] = self._values.get(self._name, "") + data

    def codes(self) -> dict[str, str]:
        """The codes of citations by the name of their bookmark; long ones come in pieces."""
        pieces: dict[str, dict[int, str]] = {}
        for name, value in self._values.items():
            part = _PIECE.fullmatch(name)
            if part:
                pieces.setdefault(part[1], {})[int(part[2])] = value
        return {name: "".join(values[number] for number in sorted(values)) for name, values in pieces.items()}
