"""What a page says of itself: title, authors, dates, site, language, canonical address.

Asked in this order, the first that answers counts: JSON-LD (schema.org), OpenGraph and article tags, other ``<meta>``,
the page's own elements. Nothing is guessed from the text, and dates are given as the page gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from archiver.model.text import PageInfo
from archiver.texts import ownobjects, structured
from archiver.texts.document import Document
from archiver.texts.markup import unescape
from archiver.texts.ownobjects import Called

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?\Z|\d{8}\Z")
_HEADLINE = re.compile(r"<h1(?:\s[^>]*+)?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*+>?")
_LINKS = ("http://", "https://", "//", "@", "www.")

_TITLE = ("og:title", "twitter:title", "citation_title", "dc.title", "headline")
_AUTHOR = (
    "author",
    "article:author",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "authors",
)
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "date",
)
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "last-modified", "lastmod")
_SITE = ("og:site_name", "application-name", "citation_journal_title", "dc.publisher", "publisher")
_LANGUAGE = ("og:locale", "content-language", "language", "dc.language")


def find(page: Document, url: str = "") -> PageInfo:
    """What the page at ``url`` says of itself; fields that it does not give are None. Never raises."""
    metas = structured.metas(page.metas)
    nodes = list(structured.nodes(page.scripts))
    articles = _articles(nodes, ownobjects.called((page.title, _headline(page.shown)), url, metas, page.links))
    return PageInfo(
        title=_first(_texts(articles, "headline"), _named(metas, _TITLE), [page.title]),
        authors=_authors(articles, metas),
        published=_first(
            _dates(_texts(articles, "datePublished")), _dates(_named(metas, _PUBLISHED)), _dates(page.times)
        ),
        modified=_first(_dates(_texts(articles, "dateModified")), _dates(_named(metas, _MODIFIED))),
        site_name=_first(_named(metas, _SITE[:1]), _publishers(articles, nodes), _named(metas, _SITE[1:])),
        language=_first([page.language], _texts(articles, "inLanguage"), _named(metas, _LANGUAGE)),
        canonical=_first([link.get("href", "") for link in page.links], _named(metas, ("og:url",))),
    )


def _articles(nodes: list[dict[str, Any]], page: Called) -> list[dict[str, Any]]:
    """The objects of the page's own article, and behind them those of the page that holds it."""
    found = structured.articles(nodes)
    proper = [node for node in found if not structured.is_page(node)]
    return ownobjects.of_page(proper, page) + ownobjects.of_page(filter(structured.is_page, found), page)


def _headline(source: str) -> str:
    """The words of the first ``<h1>``."""
    found = _HEADLINE.search(source)
    words = source[found.end() : found.end() + 2_000] if found else ""
    return unescape(_TAG.sub(" ", words.partition("</h1")[0].partition("</H1")[0]))


def _named(metas: dict[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _texts(nodes: Iterable[dict[str, Any]], key: str) -> Iterator[str]:
    for node in nodes:
        value = node.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            value = value.get("name") or value.get("alternateName")
        if isinstance(value, str):
            yield value


def _authors(nodes: list[dict[str, Any]], metas: dict[str, list[str]]) -> tuple[str, ...]:
    """Names, each once; addresses and handles are no names."""
    for node in nodes:
        value = node.get("author")
        people = value if isinstance(value, list) else [value]
        names = _names(person.get("name") if isinstance(person, dict) else person for person in people)
        if names:
            return names
    for name in _AUTHOR:
        if names := _names(metas.get(name, ())):
            return names
    return ()


def _names(values: Iterable[Any]) -> tuple[str, ...]:
    flat: list[Any] = []
    for value in values:
        flat.extend(value if isinstance(value, list) else [value])
    cleaned = (structured.clean(value) for value in flat if isinstance(value, str))
    return tuple(dict.fromkeys(name for name in cleaned if name and not name.lower().startswith(_LINKS)))


def _publishers(articles: list[dict[str, Any]], nodes: list[dict[str, Any]]) -> Iterator[str]:
    yield from _texts(articles, "publisher")
    yield from _texts((node for node in nodes if structured.type_of(node) == "WebSite"), "name")


def _dates(values: Iterable[str]) -> Iterator[str]:
    return (value for value in map(str.strip, values) if _DATE.match(value))


def _first(*sources: Iterable[str]) -> str | None:
    return next((cleaned for source in sources for value in source if (cleaned := structured.clean(value))), None)
