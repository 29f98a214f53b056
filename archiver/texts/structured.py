"""What a page says for machines: named ``<meta>`` and the objects of its JSON-LD (schema.org), read once for whoever asks.

Both are a stranger's: nothing is raised, whatever they hold, and a page has `MOST_NODES` objects at most.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from archiver.texts.markup import unescape
from archiver.texts.scalars import join_surrogates
from archiver.texts.walk import Script

MOST_NODES = 2_000
"""Objects of JSON-LD that are looked at."""

_ARTICLES = re.compile(r"Article|BlogPosting|Report|Review|Recipe|Posting|NewsArticle|WebPage|VideoObject")
_SPACES = re.compile(r"\s+")
_HOLDERS = ("mainEntity", "mainEntityOfPage", "@graph")


def metas(found: Iterable[dict[str, str]]) -> dict[str, list[str]]:
    """Contents of every named ``<meta>`` by lower-case name, in the order of the page; empty ones are left out."""
    named: dict[str, list[str]] = {}
    for meta in found:
        content = meta.get("content", "").strip()
        if content:
            for key in ("property", "name", "itemprop", "http-equiv"):
                if name := meta.get(key):
                    named.setdefault(name.lower(), []).append(content)
    return named


def nodes(scripts: Iterable[Script]) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, graphs and lists opened; data that is not JSON is left out."""
    count = 0
    for script in scripts:
        if "ld+json" not in script.kind:
            continue
        try:
            waiting = [json.loads(script.source.strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and count < MOST_NODES:
            node = waiting.pop()
            if isinstance(node, list):
                waiting.extend(reversed(node[:MOST_NODES]))
            elif isinstance(node, dict):
                count += 1
                yield node
                waiting.extend(node[key] for key in _HOLDERS if key in node)


def type_of(node: dict[str, Any]) -> str:
    """The types of an object, with a blank between them."""
    kind = node.get("@type", "")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def articles(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The objects that are an article, or the page that holds one; articles first."""
    kept = [node for node in found if _ARTICLES.search(type_of(node))]
    kept.sort(key=is_page)  # stable: the article before the page that holds it
    return kept


def is_page(node: dict[str, Any]) -> bool:
    """True for the page that holds an article."""
    return "WebPage" in type_of(node)


def clean(value: str) -> str:
    """A value as text: character references decoded, white space as one space, no halves of surrogate pairs."""
    return _SPACES.sub(" ", join_surrogates(unescape(value))).strip()
