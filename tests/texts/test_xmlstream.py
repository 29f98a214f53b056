"""XML as a stream: no entities, no depth, no network."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from growth import assert_linear

from archiver.texts import xmlstream
from archiver.texts.package import Refused


class Told:
    def __init__(self) -> None:
        self.events: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.events.append(f"<{name}{'' if not attributes else ' ' + str(xmlstream.attribute(attributes, 'a'))}>")

    def end(self, name: str) -> None:
        self.events.append(f"</{name}>")

    def text(self, data: str) -> None:
        self.events.append(data)


def told(source: bytes) -> str:
    handler = Told()
    xmlstream.read(source, {"urn:one": "one"}, handler)
    return "".join(handler.events)


def test_names_are_those_of_the_namespaces() -> None:
    source = b'<x:r xmlns:x="urn:one" xmlns:y="urn:two"><y:b y:a="1">&amp;&#228;<![CDATA[<]]></y:b><c a="2"/></x:r>'
    assert told(source) == "<one:r><?:b 1>&ä<</?:b><?:c 2></?:c></one:r>"


def test_charsets() -> None:
    assert told('<?xml version="1.0" encoding="utf-16"?><r>ä</r>'.encode("utf-16")) == "<?:r>ä</?:r>"
    assert told('<?xml version="1.0" encoding="windows-1252"?><r>“</r>'.encode("cp1252")) == "<?:r>“</?:r>"


def test_a_document_type_that_is_elsewhere_is_not_fetched() -> None:
    assert told(b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r>a&unknown;b</r>') == "<?:r>ab</?:r>"


LAUGHS = b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">' + b"".join(
    b'<!ENTITY %c "%s">' % (99 + number, b"&%c;" % (98 + number) * 10) for number in range(9)
)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (LAUGHS + b"]><r>&k;</r>", "entities of its own"),
        (b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>', "entities of its own"),
        (b'<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:9/">%a;]><r/>', "entities of its own"),
        (b"<r>&a;</r>", "broken in line 1"),
        (b"<r>\n<a></r>", "broken in line 2"),
        (b"<r>\x01</r>", "broken in line 1"),
        (b"", "broken in line 1"),
        (b"<r>", "broken in line 1"),
        (b'<?xml version="1.0" encoding="gb18030"?><r>\xb2\xe2</r>', "charset that is not read|broken"),
        (b'<?xml version="1.0" encoding="x-none"?><r/>', "charset that is not read|broken"),
        (b'<?xml version="1.0" encoding="rot13"?><r/>', "charset that is not read|broken"),
        (b"<r>\xff\xfe</r>", "broken in line 1"),
        (b"<r><x:a/></r>", "broken in line 1"),
    ],
)
def test_what_is_refused(source: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        told(source)


def test_depth_and_length_cost_nothing_beyond_themselves() -> None:
    assert_linear(told, lambda n: b"<a>" * n + b"x" + b"</a>" * n, 500_000, seconds=10)
    assert_linear(told, lambda n: b"<r a='" + b"x" * n + b"'>" + b"y" * n + b"</r>", 20_000_000, seconds=10)


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmlstream, "MAX_ELEMENTS", 10)
    with pytest.raises(Refused, match="more than 10 elements"):
        told(b"<r>" + b"<a/>" * 10 + b"</r>")
