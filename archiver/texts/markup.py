"""HTML source cut into tokens, in one linear pass.

Why not a tree: lxml stops at 256 nested elements and drops what follows; parsers that build the tree as browsers do
(lexbor) need quadratic time for nested blocks (100,000 ``<div>``: 58 s) and quadratic memory for formatting elements
that were left open. What is recorded as evidence must not depend on how deep a page nests, so the document's text is
drawn from tokens. They are cut as section 13.2.5 of the WHATWG HTML standard says; a test compares the outcome with
lexbor's on real pages.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

from archiver.texts.marked import MARKS, unmarked

# Elements whose content is not markup. `noscript`, `noframes` and `iframe` are left out on purpose: their content is
# read as markup, as a browser that runs no scripts (or shows no frames) reads it. Their case is that of ASCII alone (`a`):
# to a browser `</ſcript>` ends nothing.
_SCRIPT = "(?ai:script)"
_RAW = "script|style|xmp|noembed|textarea|title|plaintext"

# Everything is possessive, and every construct may end with the source: no input makes this backtrack, or look at a
# character more than a few times. White space is that of HTML: to a browser a no-break space is part of a name.
_SPACE = r"\t\n\f\r\x20"
_NAME = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+"
_VALUE = rf"""(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|([^{_SPACE}>"'][^{_SPACE}>]*+)|(?=>|\Z))"""
_IS = rf"[{_SPACE}]*+=[{_SPACE}]*+"
_ATTRIBUTES = rf"(?:[{_SPACE}/]++|{_NAME}(?:{_IS}{_VALUE.replace('([', '(?:[')}|(?!))?+|(?!))*+"
# In a script `<!--` lets `<script` hide the next `</script>`, up to `-->` (as scripts that write scripts have it).
_HIDDEN_SCRIPT = rf"(?:[^<-]++|-(?!->)|<(?!/{_SCRIPT}[{_SPACE}/>])|(?!))*+(?:</{_SCRIPT}|(?!))?+"
_IN_COMMENT = rf"""
    (?:-*+>|(?:[^<-]++|-(?!->)|<{_SCRIPT}(?=[{_SPACE}/>]){_HIDDEN_SCRIPT}|<(?!/?{_SCRIPT}(?:[{_SPACE}/>]|\Z))|(?!))*+(?:-->|(?!))?+)
"""


def _token(cdata: str) -> re.Pattern[str]:
    return re.compile(
        rf"""<(?:
          (?P<slash>/?)(?!(?ai:{_RAW})[{_SPACE}/>])(?P<name>[a-zA-Z][^{_SPACE}/>]*+)(?P<attributes>{_ATTRIBUTES})(?:>|\Z)
        | (?P<raw>(?P<script>{_SCRIPT}(?=[{_SPACE}/>]|\Z))|(?ai:{_RAW}))(?P<rawattributes>{_ATTRIBUTES})(?:>|\Z)
            (?P<content>(?:[^<]++|(?(script)<!--{_IN_COMMENT}|(?!))|<(?!/(?ai:(?P=raw))(?:[{_SPACE}/>]|\Z))|(?!))*+)
            (?:</[^>]*+(?:>|\Z)|(?!))?+
        | !--(?P<comment>-?>|(?:[^-]++|-(?!-!?>)|(?!))*+(?:--!?>|\Z))
        | !\[CDATA\[{cdata}
        | (?P<bogus>(?:[!?]|/(?!\Z))[^>]*+(?:>|\Z))
        | (?P<stray>)
        )(?P<text>[^<]*+)""",
        re.VERBOSE,
    )


TOKEN = _token(r"(?P<cdata>[^>]*+)(?:>|\Z)")
"""One token that begins with ``<``, and the text up to the next ``<``. A raw element is one token up to its end tag; what looks like a
CDATA section is a comment, but in SVG."""

XML_TOKEN = _token(r"(?P<cdata>(?:[^\]]++|\](?!\]>)|(?!))*+)(?:\]\]>|\Z)")
"""The same, where CDATA sections are text."""

_REFERENCE = re.compile(r"&(?:([a-zA-Z][a-zA-Z0-9]*+);|#[0-9]++;?|#[xX][0-9a-fA-F]++;?)")
_MANY_QUOTES = 500  # characters
_ATTRIBUTE = re.compile(rf"({_NAME})(?:{_IS}{_VALUE}|(?!))?+")


_REPLACED = str.maketrans(dict.fromkeys(MARKS, "\ufffd"))
_EMPTY_RAW = re.compile(rf"<(?ai:{_RAW})(?:\s[^<>]*+|/)(?<=/)>")


def without_empty_raw(source: str) -> str:
    """XML without elements such as ``<title/>`` and ``<script src="x"/>``: these are empty there, and in HTML go on to their end tag."""
    return _EMPTY_RAW.sub("", source)


def unmarked_source(source: str) -> str:
    """Markup without the characters that are marks in `archiver.texts.marked`.

    In words they are left out, as browsers leave out NUL; in a tag or a comment they become U+FFFD, as there, or ``<!--NUL>`` would end
    where no browser ends it.
    """
    if not any(mark in source for mark in MARKS):
        return source
    first = source.find("<")
    pieces = [unmarked(source if first < 0 else source[:first])]
    for token in TOKEN.finditer(source, first) if first >= 0 else ():
        start, text = token.span("text")
        # a "<" that begins nothing must not come to stand before a letter
        markup = "&lt;" if token["stray"] is not None else source[token.start() : start].translate(_REPLACED)
        pieces += [markup, unmarked(source[start:text])]
    return "".join(pieces)


def lowered(name: str) -> str:
    """The name of a tag or an attribute as HTML folds it: of A to Z alone. One with other letters is that of nothing that is known."""
    return name.lower() if name.isascii() else name


def attributes(source: str) -> dict[str, str]:
    """The attributes of a start tag, from the source between its name and its ``>``: lower-case names, values decoded.

    The first of two attributes of one name stands, as in a browser; an attribute without a value has ``""``.
    """
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        found.setdefault(lowered(name), _value(double or single or bare))
    return found


def _value(source: str) -> str:
    """The value of an attribute. Unlike text, it keeps ``&copy=1``: only references that end as they should are decoded."""
    if "&" not in source:
        return source
    if len(source) > _MANY_QUOTES:  # JSON in attributes is full of these; a quote begins no other reference
        source = source.replace("&quot;", '"')
    return _REFERENCE.sub(_decoded, source)


def _decoded(reference: re.Match[str]) -> str:
    name = reference[1]
    return html.unescape(reference[0]) if name is None or f"{name};" in html5 else reference[0]


def unescape(text: str) -> str:
    """Character references (``&amp;``, ``&#8220;``) decoded as a browser decodes them."""
    return html.unescape(text) if "&" in text else text
