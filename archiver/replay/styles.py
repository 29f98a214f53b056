"""Style sheets and style attributes for a replay: what they name is in the archive, or is nothing (CSS Syntax Level 3).

An address can stand in CSS as ``url()``, as a string in ``src()``, ``image()`` and ``image-set()``, and behind ``@import``. The source is
cut into tokens by tinycss2 and written anew from these, each of them rewritten; what it cannot read is left out. A string that only
becomes an address when the browser puts it there (``image-set(var(--a))``) cannot be read as one, so the function that it stands in goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import tinycss2
from tinycss2 import ast

MAX_CHARACTERS = 2_000_000
"""Of one sheet; what comes behind is left out."""

_DEEPEST = 60
NOTHING = "data:,"
"""An address that is well-formed and leads nowhere, so that the rest of its declaration stays valid."""

# A source without these names nothing, and needs no change.
_TELLING = re.compile(
    r"url|src|image|paint|element|filter\s*\(|@\s*(?:import|charset|namespace|document|-moz)|[\\<]|-->", re.IGNORECASE
)
_OPENS_A_TAG = re.compile(r"<[a-zA-Z/!?]")
_LEFT_OUT = frozenset({"charset", "namespace", "document", "-moz-document"})
_BRACKETS = re.compile(r"[(\[{}\])]")
_MOST_OPEN = 1_000
_SETS = frozenset({"image-set", "-webkit-image-set"})
_NO_FUNCTIONS = frozenset(
    {"image", "paint", "element", "-moz-element", "expression", "-webkit-canvas", "filter", "-webkit-filter"}
)
_ADDRESS = frozenset({"url", "src"})

Address = Callable[[str], str | None]


def rewrite(css: str, address: Address) -> str:
    """The same styles; ``address`` gives for what they name the address in the replay, None where there is none. Never raises.

    Nothing in the outcome can be taken for a tag, wherever in a page it stands.
    """
    css = css[:MAX_CHARACTERS].replace("\0", "")
    if not _TELLING.search(css):
        return css
    if _is_deep(css):
        return ""
    try:
        written: str = tinycss2.serialize(
            _rewritten(tinycss2.parse_component_value_list(css, skip_comments=True), address, 0)
        )
    except (RecursionError, TypeError, ValueError):  # nested beyond reason, or what the library itself cannot write
        return ""
    return "" if _OPENS_A_TAG.search(written) else written


def _is_deep(css: str) -> bool:
    """Whether more brackets are open at once than a sheet for people has; the parser's time grows with their square."""
    depth = 0
    for found in _BRACKETS.finditer(css):
        depth = depth + 1 if found[0] in "([{" else max(0, depth - 1)
        if depth > _MOST_OPEN:
            return True
    return False


def _rewritten(tokens: Sequence[Any], address: Address, depth: int) -> list[Any]:
    out: list[Any] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.type == "at-keyword" and token.lower_value == "import":
            end = _end(tokens, at)
            out += _imported(tokens[at:end], address, depth)
            at = end
        elif token.type == "at-keyword" and token.lower_value in _LEFT_OUT:
            at = _end(tokens, at)
        elif token.type == "literal" and token.value in ("<!--", "-->"):
            continue
        elif token.type == "literal" and token.value == "<":
            out.append(token)
            if not (at < len(tokens) and tokens[at].type == "literal" and tokens[at].value == "="):
                out.append(ast.WhitespaceToken(0, 0, " "))
        else:
            changed = _token(token, address, depth)
            if changed is not None:
                out.append(changed)
    return out


def _token(token: Any, address: Address, depth: int) -> Any | None:
    """One token rewritten; None where it is left out."""
    kind = token.type
    if kind in ("error", "comment"):
        return None
    if kind == "url":
        return _url(address(token.value))
    if kind == "string":
        return _string(token.value)
    if kind == "function":
        return _function(token, address, depth)
    if kind in ("() block", "[] block", "{} block"):
        if depth >= _DEEPEST:
            return None
        token.content = _rewritten(token.content, address, depth + 1)
    elif kind in ("ident", "at-keyword", "hash") and "<" in token.value:
        token.value = token.value.replace("<", "_")
    elif kind == "dimension" and "<" in token.unit:
        return None
    return token


def _function(token: Any, address: Address, depth: int) -> Any | None:
    name = token.lower_name
    if depth >= _DEEPEST or "<" in name:
        return None
    if name in _ADDRESS:
        named = next((inner.value for inner in token.arguments if inner.type == "string"), None)
        alone = all(inner.type in ("string", "whitespace", "comment") for inner in token.arguments)
        return _url(address(named) if named is not None and alone else None)
    if name in _NO_FUNCTIONS:
        return ast.IdentToken(0, 0, "none")
    if name in _SETS:
        return _image_set(token, address, depth)
    token.arguments = _rewritten(token.arguments, address, depth + 1)
    return token


def _image_set(token: Any, address: Address, depth: int) -> Any:
    """A choice of images: strings in it are addresses, and only what can be read as one, with its density and type, may stand in it."""
    arguments: list[Any] = []
    for inner in token.arguments:
        if inner.type == "string":
            arguments.append(_url(address(inner.value)))
        elif inner.type == "function" and inner.lower_name == "type":
            types = [_string(one.value) for one in inner.arguments if one.type == "string"]
            inner.arguments = types
            arguments.append(inner)
        elif inner.type in ("url", "dimension", "whitespace") or (
            inner.type == "function" and (inner.lower_name in _ADDRESS or inner.lower_name.endswith("-gradient"))
        ):
            arguments.append(_token(inner, address, depth + 1))
        elif inner.type == "literal" and inner.value == ",":
            arguments.append(inner)
        else:
            return ast.IdentToken(0, 0, "none")
    token.arguments = [item for item in arguments if item is not None]
    return token


def _imported(tokens: Sequence[Any], address: Address, depth: int) -> list[Any]:
    """``@import`` of a sheet that is in the archive; nothing for any other."""
    rest = [token for token in tokens if token.type != "comment"]
    while rest and rest[0].type == "whitespace":
        rest.pop(0)
    if not rest:
        return []
    first = rest[0]
    if first.type in ("url", "string"):
        named = first.value
    elif first.type == "function" and first.lower_name in _ADDRESS:
        named = next((inner.value for inner in first.arguments if inner.type == "string"), "")
    else:
        return []
    found = address(named)
    if found is None or not found.startswith(("/", "http")):
        return []
    return [
        ast.AtKeywordToken(0, 0, "import"),
        ast.WhitespaceToken(0, 0, " "),
        _url(found),
        *_rewritten(rest[1:], address, depth + 1),
    ]


def _end(tokens: Sequence[Any], at: int) -> int:
    """Where an at-rule that begins before ``at`` ends: behind its ``;`` or its block."""
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if (token.type == "literal" and token.value == ";") or token.type == "{} block":
            break
    return at


def _url(address: str | None) -> ast.URLToken:
    value = NOTHING if address is None else address
    return ast.URLToken(0, 0, value, f'url("{_quoted(value)}")')


def _string(value: str) -> ast.StringToken:
    return ast.StringToken(0, 0, value, f'"{_quoted(value)}"')


def _quoted(value: str) -> str:
    return "".join(
        f"\\{ord(char):x} " if char in '"\\<\n\r\f' else char  # a space ends an escape, and is part of it
        for char in value
    )
