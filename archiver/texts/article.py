"""The ``article`` layer: what trafilatura takes for the article.

It is given the shown source only (see `archiver.texts.document`), already decoded: no hidden elements, and no JSON
from scripts, which it would otherwise fall back on, so that what stands in this layer is what a reader is shown.
Nothing here touches the network."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction

from archiver.model.notice import Notice
from archiver.model.text import Layer, Text
from archiver.texts import document

MAX_TAGS = 60_000
"""Larger pages are not looked through for an article: trafilatura's time grows faster than the page."""

MAX_CHARACTERS = 20_000_000

# Elements that hold nothing are a sixth of a page, and cost trafilatura as much as others.
_EMPTY_BLOCK = re.compile(r"<div\b[^<>]*>\s*</div>")
_EMPTY_INLINE = re.compile(r"<(span|i)\b[^<>]*>(\s*)</\1>")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

# trafilatura catches TypeError and ValueError itself. These are what its code, and lxml below it, can raise beside
# them on trees that no site meant to make: an index or attribute that is not there, a tree too deep for a recursive
# function.
_ODDITIES = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError, etree.LxmlError)


def extract(shown: str) -> tuple[Text | None, tuple[Notice, ...]]:
    """The article in the source of a page, as far as it is shown; None where there is none.

    ``complete`` is False where lxml stopped before the end of the source. Never raises.
    """
    if len(shown) > MAX_CHARACTERS or shown.count("<") > MAX_TAGS:
        return None, (
            Notice("article-skipped", f"the page has more than {MAX_TAGS} tags or {MAX_CHARACTERS} characters"),
        )
    if not shown.strip():
        return None, ()
    if _NOT_XML.search(shown):
        shown = _NOT_XML.sub("", shown)
    shown = _EMPTY_BLOCK.sub(" ", _EMPTY_BLOCK.sub(" ", _EMPTY_INLINE.sub(r"\2", shown)))
    parser = _parser()
    try:
        tree = etree.fromstring(shown.encode(), parser)
    except (etree.LxmlError, ValueError):
        return None, (Notice("article-unreadable", "lxml makes no tree of the page"),)
    if tree is None:
        return None, ()
    why = _stopped(parser)
    bare_extraction, version = _trafilatura()
    try:
        found = bare_extraction(tree)
    except _ODDITIES as error:
        return None, (Notice("article-unreadable", f"trafilatura stopped with {type(error).__name__}"),)
    content = (found.text or "").strip() if found is not None else ""
    if not content:
        return None, (Notice("article-cut", why),) if why else ()
    return Text(Layer.ARTICLE, content, "trafilatura", version, complete=not why, why=why), ()


@cache
def _trafilatura() -> tuple[Callable[..., Any], str]:
    """trafilatura's function, with our options, and version, with that of the document layer, which says what it is given. Imported late: it
    takes a quarter of a second, and most commands need none of it."""
    import trafilatura
    from trafilatura.settings import Extractor

    # It logs what it discards; without a handler Python would print that to the user's terminal.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    # the options once: to make them costs as much as a small page
    options = Extractor(output_format="python", fast=True, comments=False)
    return partial(trafilatura.bare_extraction, options=options), f"{trafilatura.__version__}+{document.VERSION}"


def _parser() -> etree.HTMLParser[Any]:
    """A parser whose elements have the class that trafilatura wants, found in C: lxml.html's own looks each up in
    Python.

    One for each page: it keeps the page's errors.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False
    )
    lookup = etree.ElementDefaultClassLookup(
        element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
    )
    parser.set_element_class_lookup(lookup)
    return parser


def _stopped(parser: etree.HTMLParser[Any]) -> str:
    """Why lxml did not read to the end, ``""`` where it did. Bad markup is an error of every second page, and no
    reason."""
    for entry in parser.error_log:
        if entry.level == etree.ErrorLevels.FATAL or "XML_PARSE_HUGE" in entry.message:
            return f"lxml stopped at line {entry.line}: {entry.message.strip()}"
    return ""
