"""Where the elements of an XML file stand, so that something can be written beside one without touching the rest."""

from __future__ import annotations

import contextlib
from xml.parsers import expat


class _Unfit(Exception):
    """The file declares entities or the like; what stands where cannot be told then."""


_NOT_READ = (expat.ExpatError, _Unfit, LookupError, ValueError)
"""The last two for a charset that Python does not know, or that takes several bytes."""


def child_spans(data: bytes, text: str) -> list[tuple[int, int]]:
    """(start, end) of each element right below the root, in code points of ``text``, which is ``data`` decoded from UTF-8 or Latin-1.

    Empty where the XML is broken, has a document type (nothing of it is read), or is in another encoding.
    """
    if not data.isascii() and text.encode("utf-8") not in (data, data.removeprefix(b"\xef\xbb\xbf")):
        return []
    found: list[tuple[int, int]] = []
    depth = 0
    parser = expat.ParserCreate()

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        del name, attributes
        depth += 1
        if depth == 2:
            found.append((parser.CurrentByteIndex, 0))

    def end(name: str) -> None:
        nonlocal depth
        del name
        if depth == 2:
            at = parser.CurrentByteIndex
            # of an element without content this is where it begins; no attribute may hold a bare ">" there
            found[-1] = (found[-1][0], _end_of_tag(data, at))
        depth -= 1

    def refuse(*_: object) -> None:
        raise _Unfit

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = begin, end, refuse
    try:
        parser.Parse(data, True)
    except _NOT_READ:
        return []
    return _in_code_points(data, found)


def root_attributes(data: bytes) -> dict[str, str]:
    """The attributes of the root, those that bind prefixes among them; empty where it has none, or the XML is broken before."""
    found: dict[str, str] = {}
    parser = expat.ParserCreate()

    def begin(name: str, attributes: dict[str, str]) -> None:
        del name
        found.update(attributes)
        raise _Unfit

    parser.StartElementHandler = begin
    with contextlib.suppress(*_NOT_READ):
        parser.Parse(data, True)
    return found


def end_of_child(element: str, name: str) -> int | None:
    """Before the end tag of the first element of this name (with its prefix) right below an element, in code points; None where there is none,
    or it is empty without an end tag."""
    data = element.encode("utf-8", "replace")
    ends: list[int] = []
    depth = 0
    parser = expat.ParserCreate("utf-8")

    def begin(other: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        del other, attributes
        depth += 1

    def end(other: str) -> None:
        nonlocal depth
        if depth == 2 and other == name and data[parser.CurrentByteIndex :].startswith(b"</"):
            ends.append(parser.CurrentByteIndex)
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(data, True)
    except _NOT_READ:
        return None
    return len(data[: ends[0]].decode("utf-8")) if ends else None


def _end_of_tag(data: bytes, at: int) -> int:
    """Behind the ``>`` of a tag, those in attributes passed over."""
    quote = b""
    for position in range(at, len(data)):
        sign = data[position : position + 1]
        if quote:
            quote = b"" if sign == quote else quote
        elif sign in (b'"', b"'"):
            quote = sign
        elif sign == b">":
            return position + 1
    return len(data)


def _in_code_points(data: bytes, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    place, at, converted = mark, 0, []
    for start, end in spans:
        first = at + len(data[place:start].decode("utf-8", "replace"))
        last = first + len(data[start:end].decode("utf-8", "replace"))
        converted.append((first, last))
        place, at = end, last
    return converted
