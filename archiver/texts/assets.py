"""What a page names that belongs to its looks: images, style sheets, fonts, icons, as attributes, ``style`` elements and attributes say.

Not scripts, not audio and video (their posters are images), not the documents in frames: what a script would load is not named by the page,
and a frame is another page. ``data:`` addresses are in the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from archiver import urls
from archiver.errors import InputError
from archiver.model import Reference, References, Role
from archiver.texts.charsets import codec_of
from archiver.texts.elements import WITH_BACKGROUND
from archiver.texts.markup import attributes
from archiver.texts.stylesheets import MAX_CHARACTERS, StyleNames, decode_sheet, named_in, named_in_declarations

MAX_REFERENCES = 2_000
"""Of one page or sheet; the others are counted."""

MAX_TAGS = 20_000
MAX_CANDIDATES = 12
"""Of one ``srcset``; the others are counted."""

_SPACE = "\t\n\f\r "
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-hi-res-src", "data-image-src", "data-url", "data-bg",
         "data-background", "data-background-image", "data-bg-src")  # fmt: skip
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set")
_ANY_ELEMENT = ("data-bg", "data-background", "data-background-image", "data-bg-src")
_LOOKS_LIKE_URL = re.compile(r"[^\s{}<>\"]+(?:/|\.)[^\s{}<>\"]*")
_IN_URL = re.compile(r"\s*url\(\s*['\"]?(.*?)['\"]?\s*\)\s*", re.IGNORECASE | re.DOTALL)
_CANDIDATE = re.compile(rf"[{_SPACE},]*+([^{_SPACE}]++)")
_DESCRIPTORS = re.compile(r"(?:[^,(]++|\([^)]*+(?:\)|\Z)|(?!))*+,?+")
_NOT_FETCHED = ("data:", "about:", "javascript:", "blob:", "#")
_PRELOADED = {"style": Role.STYLE, "image": Role.IMAGE, "font": Role.FONT}
_ICONS = frozenset({"icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "fluid-icon"})

Named = tuple[str, Role, bool]


def find(tags: Sequence[tuple[str, str]], styles: Iterable[str], url: str, charset: str | None) -> References:
    """The references of a page: its start tags that may name something, as (name in lower case, source of the attributes), and the content
    of its ``style`` elements; ``url`` is the address that answered, ``charset`` that of the page. Linear, and never raises.
    """
    collected = _Collected(charset)
    base, based = url, False
    waiting: list[Named] = []
    for name, source in tags[:MAX_TAGS]:
        found = attributes(source)
        if name == "base":
            if not based and "href" in found:
                based, base = True, collected.absolute(found["href"], url) or url
            continue
        waiting += collected.in_tag(name, found)
    if len(tags) > MAX_TAGS:
        collected.leave_out("long-page", len(tags) - MAX_TAGS)
    for css in styles:
        waiting += collected.in_style(css)
    collected.take(waiting, base)
    return collected.references(url)


def in_sheet(data: bytes, content_type: str | None, url: str, page_charset: str | None) -> References:
    """The references of a style sheet, content coding undone; ``url`` is the address that answered. Never raises."""
    collected = _Collected(None)
    css = decode_sheet(data[: 4 * MAX_CHARACTERS], content_type, page_charset)
    collected.take(collected.in_style(css), url)
    return collected.references(url)


def encoded(name: str, charset: str | None) -> str:
    """An address as a page in ``charset`` means it: its query is sent in that charset (WHATWG URL, section 4.4), all else in UTF-8."""
    if name.isascii() or charset in (None, "utf-8", "utf-16le", "utf-16be") or "?" not in name:
        return name
    before, _, query = name.partition("?")
    query, mark, fragment = query.partition("#")
    written = query.encode(codec_of(charset or "utf-8"), "xmlcharrefreplace")
    return f"{before}?{quote(written, safe=''.join(map(chr, range(33, 127))))}{mark}{fragment}"


class _Collected:
    """References, made absolute and each taken once."""

    def __init__(self, charset: str | None) -> None:
        self._charset = charset
        self._found: dict[str, Reference] = {}
        self._beyond: set[str] = set()
        self._left_out: dict[str, int] = {}

    def references(self, own: str) -> References:
        """Without the page or sheet itself, which an empty address stands for."""
        if self._beyond:
            self.leave_out("too-many", len(self._beyond))
        itself = urls.parse(own).href if own else ""
        items = tuple(item for item in self._found.values() if item.url != itself)
        return References(items, tuple(self._left_out.items()))

    def leave_out(self, reason: str, number: int = 1) -> None:
        self._left_out[reason] = self._left_out.get(reason, 0) + number

    def take(self, names: Iterable[Named], base: str) -> None:
        for name, role, spare in names:
            address = self.absolute(name, base)
            if address is None:
                continue
            known = self._found.get(address)
            if known is not None:
                if (known.spare and not spare) or (role == Role.STYLE != known.role):
                    self._found[address] = Reference(address, role if role == Role.STYLE else known.role, spare=False)
            elif len(self._found) < MAX_REFERENCES:
                self._found[address] = Reference(address, role, spare)
            else:
                self._beyond.add(address)

    def absolute(self, name: str, base: str) -> str | None:
        """The address without fragment; None for one that is none, is in the page already, or is not fetched from the web."""
        name = name.strip(_SPACE)
        if not name or name[:11].lower().startswith(_NOT_FETCHED):
            return None
        try:
            parsed = urls.parse(encoded(name, self._charset), base or None)
        except InputError:
            self.leave_out("no-address")
            return None
        if parsed.scheme not in ("http", "https"):
            self.leave_out("not-http")
            return None
        return parsed.href

    def in_style(self, css: str) -> list[Named]:
        return self._styled(named_in(css))

    def _styled(self, found: StyleNames) -> list[Named]:
        for reason, number in found.left_out.items():
            self.leave_out(reason, number)
        return [(address, role, False) for address, role in found.names]

    def in_tag(self, name: str, found: dict[str, str]) -> Iterator[Named]:
        """What one start tag names, as it stands there."""
        if "style" in found and "(" in found["style"]:
            yield from self._styled(named_in_declarations(found["style"]))
        if name == "link":
            yield from self._in_link(found)
        elif name in ("img", "amp-img", "source", "picture"):
            yield from self._in_image(name, found)
        elif name == "input":
            if found.get("type", "").lower() == "image":
                yield found.get("src", ""), Role.IMAGE, False
        elif name == "video":
            yield found.get("poster", ""), Role.IMAGE, False
        elif name in ("image", "feimage", "use"):
            yield found.get("href", found.get("xlink:href", "")), Role.IMAGE, False
        elif name in ("object", "embed"):
            if found.get("type", "").lower().startswith("image/"):
                yield found.get("data" if name == "object" else "src", ""), Role.IMAGE, False
        elif name in WITH_BACKGROUND:
            yield found.get("background", ""), Role.IMAGE, False
        if name not in ("img", "amp-img", "source", "picture"):
            yield from _lazy(found, _ANY_ELEMENT)

    def _in_link(self, found: dict[str, str]) -> Iterator[Named]:
        relations = set(found.get("rel", "").lower().split())
        address = found.get("href", "")
        if "stylesheet" in relations:
            yield address, Role.STYLE, False
        elif relations & _ICONS:
            yield address, Role.ICON, False
        elif "preload" in relations:
            role = _PRELOADED.get(found.get("as", "").lower())
            if role is not None:
                yield address, role, role == Role.IMAGE
                yield from self._in_set(found.get("imagesrcset", ""))

    def _in_image(self, name: str, found: dict[str, str]) -> Iterator[Named]:
        # <source src> is of audio and video
        if name != "source" and "src" in found:
            yield found["src"], Role.IMAGE, False
        yield from self._in_set(found.get("srcset", ""))
        if name != "source":
            yield from _lazy(found, _LAZY)
        for key in _LAZY_SETS:
            yield from self._in_set(found.get(key, ""))

    def _in_set(self, value: str) -> Iterator[Named]:
        """The candidates of a ``srcset`` (HTML, section 4.8.4.3.10)."""
        at = number = 0
        while (found := _CANDIDATE.match(value, at)) is not None:
            address, at = found[1], found.end()
            if address.endswith(","):
                address = address.rstrip(",")
            else:
                rest = _DESCRIPTORS.match(value, at)
                at = rest.end() if rest else at
            number += 1
            if number <= MAX_CANDIDATES:
                yield address, Role.IMAGE, True
        if number > MAX_CANDIDATES:
            self.leave_out("long-srcset", number - MAX_CANDIDATES)


def _lazy(found: dict[str, str], keys: Iterable[str]) -> Iterator[Named]:
    """Addresses that the page keeps for its scripts to show once they are scrolled to."""
    for key in keys:
        value = found.get(key, "")
        inner = _IN_URL.fullmatch(value) if value else None
        value = inner[1] if inner else value.strip(_SPACE)
        if value and len(value) < urls.MAX_LENGTH and _LOOKS_LIKE_URL.fullmatch(value):
            yield value, Role.IMAGE, False
