"""What a style sheet names: other style sheets, images, fonts (CSS Syntax Level 3, CSS Images, CSS Fonts).

A parser written in Python takes a second for a megabyte, and most of a sheet names nothing. So the source is cut into its
declarations and preludes with one regular expression in which every repetition is possessive, and only those that can name something are
given to the parser (tinycss2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from archiver.model import Role
from archiver.texts.charsets import characters, name_of

MAX_CHARACTERS = 2_000_000
"""Of one sheet; what comes behind is not read."""

MAX_PARSED = 400_000
"""Characters of one sheet that are given to the parser, data: addresses not counted: half a second."""

MAX_NAMED = 5_000
MAX_PIECES = 200_000
"""Declarations and preludes of one sheet that are looked at."""


_STRING = r""""(?:[^"\\\n]++|\\[\s\S]|(?!))*+(?:"|(?=\n)|\Z)|'(?:[^'\\\n]++|\\[\s\S]|(?!))*+(?:'|(?=\n)|\Z)"""
_PIECE = re.compile(
    rf"""(?:[^{{}};"'/\\u]++|u(?!rl\()|/(?!\*)|\\[\s\S]|{_STRING}|/\*(?:[^*]++|\*(?!/)|(?!))*+(?:\*/|\Z)
        |url\((?:\s*+(?:{_STRING})|(?:[^)\\]++|\\[\s\S]|(?!))*+)|\\\Z|(?!))*+""",
    re.IGNORECASE | re.VERBOSE,
)
_COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/)|(?!))*+(?:\*/|\Z)")
# `\75rl(` and `@\69mport` are ways to write the same
_NAMES = re.compile(r"url\(|src\(|image-set\(|@import|\\[^\"'\s;]{0,12}\(|@[a-z-]{0,20}\\", re.IGNORECASE)
_DATA = re.compile(
    rf"""url\(\s*+(?:(?=["']data:)(?:{_STRING})|data:(?:[^)\\]++|\\[\s\S]|(?!))*+)\s*+\)""", re.IGNORECASE
)
_READ_TODAY = frozenset({"woff2", "woff", "truetype", "opentype", "collection"})
_OLD_FONTS = re.compile(r"\.(?:eot|svgz?)(?:[?#]|\Z)", re.IGNORECASE)
_NO_ASSETS = frozenset({"@namespace", "@document", "@-moz-document"})
_NOT_LOADED = frozenset({"behavior", "-ms-behavior", "-moz-binding"})
_CHARSET = re.compile(rb'@charset "([^"\x00-\x1f]{1,40})";')


@dataclass(slots=True)
class StyleNames:
    """What a sheet names as it stands there, each with its role, and ``left_out`` by reason."""

    names: list[tuple[str, Role]] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    def leave_out(self, reason: str, number: int = 1) -> None:
        self.left_out[reason] = self.left_out.get(reason, 0) + number


def decode_sheet(data: bytes, content_type: str | None, page_charset: str | None) -> str:
    """The characters of a sheet, by byte order mark, header, ``@charset``, the charset of the page that names it, UTF-8. Never raises."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    in_header = re.search(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", content_type or "", re.IGNORECASE)
    inside = _CHARSET.match(data)
    own = inside[1].decode("ascii", "replace") if inside else None
    if (name_of(own) or "").startswith("utf-16"):
        own = "utf-8"  # it was read as bytes, so it cannot be
    labels = (in_header[1] if in_header else None, own, page_charset)
    charset = next((name for label in labels if (name := name_of(label)) is not None), "utf-8")
    return characters(data, charset)


def named_in(css: str) -> StyleNames:
    """The addresses that a whole style sheet names; linear in its length, whatever it holds."""
    found = StyleNames()
    if len(css) > MAX_CHARACTERS:
        found.leave_out("long-style")
    css = css[:MAX_CHARACTERS]
    if not _NAMES.search(css):
        return found
    parsed = 0
    for prelude, piece, is_prelude in _pieces(css, found):
        piece = _DATA.sub("url(data:)", piece)
        parsed += len(piece)
        if parsed > MAX_PARSED or len(found.names) > MAX_NAMED:
            found.leave_out("long-style")
            break
        if not is_prelude or piece.startswith("@"):
            _take(piece, prelude, found)
    return found


def named_in_declarations(css: str) -> StyleNames:
    """The addresses that a ``style`` attribute names."""
    return named_in(f"*{{{css}}}")


def _pieces(css: str, found: StyleNames) -> Iterator[tuple[str, str, bool]]:
    """Declarations and preludes that can name something: (prelude of the block, its source, whether it is a prelude)."""
    open_blocks: list[str] = []
    at = 0
    fonts: list[str] = []
    pieces = 0
    while at <= len(css):
        if (pieces := pieces + 1) > MAX_PIECES:
            found.leave_out("long-style")
            break
        end = _PIECE.match(css, at).end()  # type: ignore[union-attr]  # it matches nothing at least
        mark = css[end : end + 1]
        source = css[at:end]
        in_font = bool(open_blocks) and open_blocks[-1] == "@font-face"
        if _NAMES.search(source):
            source = _COMMENT.sub(" ", source).strip()
            if in_font and mark != "{":
                fonts.append(source)
            else:
                yield (open_blocks[-1] if open_blocks else ""), source, mark == "{"
        if mark == "{":
            prelude = _COMMENT.sub(" ", source[:200]).strip().lower()
            open_blocks.append("@font-face" if prelude.startswith("@font-face") else "")
        elif mark == "}":
            if fonts:
                yield "@font-face", ";".join(fonts), False
                fonts = []
            if open_blocks:
                open_blocks.pop()
        at = end + 1
    if fonts:
        yield "@font-face", ";".join(fonts), False


def _take(piece: str, block: str, found: StyleNames) -> None:
    import tinycss2  # 20 ms that only a sheet pays which names something

    tokens: list[Any] = [
        token for token in tinycss2.parse_component_value_list(piece, skip_comments=True) if token.type != "whitespace"
    ]
    if not tokens:
        return
    first = tokens[0]
    if first.type == "at-keyword":
        if first.lower_value == "import":
            named = next(iter(_addresses(tokens[1:2], strings=True)), "")
            if named:
                found.names.append((named, Role.STYLE))
        elif f"@{first.lower_value}" not in _NO_ASSETS and first.lower_value not in ("media", "supports", "container"):
            found.names += [(named, Role.IMAGE) for named in _addresses(tokens)]
        return
    if block == "@font-face":
        _take_font(tokens, found)
    elif not (first.type == "ident" and first.lower_value in _NOT_LOADED):
        found.names += [(named, Role.IMAGE) for named in _addresses(tokens)]


def _take_font(tokens: list[Any], found: StyleNames) -> None:
    """Of the sources of one font the first that browsers of today read, as they load no other."""
    choices: list[tuple[str, bool]] = []
    of_src: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value in (",", ";"):
            of_src.append([])
        else:
            of_src[-1].append(token)
    for part in of_src:
        addresses = list(_addresses(part))
        hints = {
            hint
            for token in part
            if token.type == "function" and token.lower_name == "format"
            for hint in _words(token)
        }
        hints = {hint.removesuffix("-variations") for hint in hints}
        if addresses:
            choices.append((addresses[0], bool(hints & _READ_TODAY) if hints else not _OLD_FONTS.search(addresses[0])))
    if not choices:
        return
    chosen = next((address for address, read in choices if read), choices[0][0])
    found.names.append((chosen, Role.FONT))
    others = len({address for address, _ in choices if not address.startswith("data:")} - {chosen})
    if others:
        found.leave_out("other-font-format", others)


def _words(function: Any) -> list[str]:
    return [token.value.lower() for token in function.arguments if token.type in ("string", "ident")]


def _addresses(tokens: Iterable[Any], *, strings: bool = False) -> Iterator[str]:
    """The addresses in component values, nested ones too; ``strings`` says that a bare string is one."""
    waiting = [(token, strings) for token in reversed(list(tokens))]
    while waiting:
        token, bare = waiting.pop()
        if token.type == "url" or (token.type == "string" and bare):
            if token.value:
                yield token.value
        elif token.type == "function":
            name = token.lower_name
            if name in ("url", "src"):
                waiting += [(inner, True) for inner in token.arguments[:8] if inner.type == "string"]
            elif name != "format":
                inside = name.endswith("image-set")
                waiting += [(inner, inside and inner.type == "string") for inner in reversed(token.arguments)]
        elif token.type in ("() block", "[] block", "{} block"):
            waiting += [(inner, False) for inner in reversed(token.content)]
