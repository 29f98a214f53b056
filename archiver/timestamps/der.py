"""Just enough DER (ITU-T X.690) to look into a time stamp: definite lengths, tags of one byte, no recursion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, OCTETS, OID, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31
FIRST, SECOND = 0xA0, 0xA1  # context-specific and constructed: [0], [1]


class NotDer(ValueError):
    """The bytes are not DER, or not what was looked for."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of ``data``: its tag, where it starts, where its content starts, where both end."""

    data: bytes
    tag: int
    start: int
    content: int
    end: int

    @property
    def whole(self) -> bytes:
        """Tag, length and content."""
        return self.data[self.start : self.end]

    @property
    def inner(self) -> bytes:
        return self.data[self.content : self.end]

    def children(self) -> Iterator[Element]:
        """The elements that the content consists of. Raises NotDer."""
        at = self.content
        while at < self.end:
            child = _element(self.data, at, self.end)
            yield child
            at = child.end

    def expect(self, *tags: int) -> list[Element]:
        """The children, where the first of them have these tags. Raises NotDer."""
        found = list(self.children())
        if [child.tag for child in found[: len(tags)]] != list(tags):
            raise NotDer("an element has not the parts that it should have")
        return found


def read(data: bytes) -> Element:
    """The one element that the bytes consist of. Raises NotDer."""
    element = _element(data, 0, len(data))
    if element.end != len(data):
        raise NotDer("bytes follow the element")
    return element


def encode(tag: int, content: bytes) -> bytes:
    """An element as DER writes it."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _element(data: bytes, start: int, end: int) -> Element:
    if end - start < 2:
        raise NotDer("an element is cut short")
    tag, length, content = data[start], data[start + 1], start + 2
    if tag & 0x1F == 0x1F:
        raise NotDer("a tag of several bytes")
    if length == 0x80:
        raise NotDer("a length that is not told")
    if length > 0x80:
        count = length & 0x7F
        if count > 4 or content + count > end:
            raise NotDer("a length that cannot be")
        length = int.from_bytes(data[content : content + count], "big")
        content += count
    if content + length > end:
        raise NotDer("an element is cut short")
    return Element(data, tag, start, content, content + length)
