"""XML read as a stream of elements, of which nothing is built: no tree, no depth, no entities, no network.

expat keeps open elements on the heap, so that deep nesting costs nothing. A document type with declarations of its own, which is where
entities come from, is refused: no format that is read here has one. An external one is never fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from archiver.texts.package import Refused

MAX_ELEMENTS = 3_000_000
"""Elements of one part that are read; some five seconds."""

_SEPARATOR = " "


class Handler(Protocol):
    """What is told of a part. Names are ``prefix:local``, the prefix as in the namespaces given; ``?:local`` for any other."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str, /) -> None: ...


def read(source: bytes, namespaces: Mapping[str, str], handler: Handler) -> None:
    """Tells the handler all of a part. ``namespaces`` are prefixes by URI.

    Raises Refused where it is not well formed, after all that came before was told.
    """
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    names: dict[str, str] = {}
    count = 0

    def short(name: str) -> str:
        uri, _, local = name.rpartition(_SEPARATOR)
        found = names[name] = f"{namespaces.get(uri, '?')}:{local}"
        return found

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS:
            raise Refused(f"a part of it has more than {MAX_ELEMENTS} elements")
        handler.start(names.get(name) or short(name), attributes)

    def end(name: str) -> None:
        handler.end(names.get(name) or short(name))

    def doctype(_name: str, _system: str | None, _public: str | None, has_declarations: int) -> None:
        if has_declarations:
            raise Refused("a part of it declares entities of its own, which no such document does")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(source, True)
    except expat.ExpatError as error:
        raise Refused(f"the XML of a part of it is broken in line {error.lineno}") from error
    except (LookupError, ValueError) as error:  # a charset that Python does not know, or that takes several bytes
        raise Refused("the XML of a part of it is in a charset that is not read") from error


def attribute(attributes: Mapping[str, str], local: str) -> str | None:
    """The value of the attribute of a local name, in whatever namespace; None where there is none."""
    found = attributes.get(local)
    if found is not None:
        return found
    ending = _SEPARATOR + local
    return next((value for name, value in attributes.items() if name.endswith(ending)), None)
