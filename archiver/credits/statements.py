"""What a page says for machines: JSON-LD, ``<meta>``, ``<link>``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from archiver.credits import crediting
from archiver.credits.credit import Credit, Role
from archiver.credits.organisations import fold
from archiver.texts import ownobjects, structured
from archiver.texts.outline import Outline
from archiver.texts.ownobjects import Called

_AUTHOR_METAS = (
    "author",
    "article:author",
    "article:author_name",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dcsext.author",
    "byl",
    "authors",
    "article.author",
    "cxenseparse:author",
    "cxense:author",
    "article:authors",
    "news_author",
    "twitter:data1",
)
_LABELLED = {"twitter:data1": "twitter:label1"}
_AUTHOR_LABELS = frozenset(
    [
        "written by",
        "by",
        "verfasst von",
        "geschrieben von",
        "autor",
        "écrit par",
        "escrito por",
        "scritto da",
        "автор",
        "geschreven door",
        "author",
    ]
)
_SOURCE_METAS = (
    "source",
    "news_source",
    "dc.source",
    "article:source",
    "news:source",
    "original-source-name",
    "agency",
)
_OUTLET_METAS = ("og:site_name", "dc.publisher", "publisher", "citation_journal_title", "application-name")
_COPYRIGHT_METAS = ("copyright", "dc.rights", "dcterms.rightsholder", "rights")
_SYNDICATION = ("syndication-source", "original-source", "original_source", "sailthru.original_url")
_PARTS = {
    "publisher": Role.OUTLET,
    "sourceOrganization": Role.SOURCE,
    "provider": Role.SOURCE,
    "copyrightHolder": Role.COPYRIGHT,
    "editor": Role.EDITOR,
    "translator": Role.TRANSLATOR,
    "isBasedOn": Role.SYNDICATION,
    "isBasedOnUrl": Role.SYNDICATION,
}
_AUTHORS = ("author", "creator", "contributor")
_LINKS = ("http://", "https://", "//", "www.")
_MOST = 60  # people of one article
_FEW = 5  # names of one name
_SITES = 20  # objects that tell what the publication is called
_LONGEST = 400
_DEPTH = 3


def read(page: Outline, own: frozenset[str], url: str | None = None) -> Iterator[Credit]:
    """The credits of a page's own statements, in the order JSON-LD, meta, links. ``own`` are the publication's folded names, ``url`` is the
    page's address."""
    nodes = list(structured.nodes(page.scripts))
    by_id = _by_id(nodes)
    metas = structured.metas(page.metas)
    for node in main_articles(nodes, _called(page, url, metas)):
        yield from _of_article(node, by_id, own)
    metas["application-name"] = [
        value for value in metas.get("application-name", ()) if not _is_title("application-name", value, page)
    ]
    yield from _of_metas(metas, own)
    yield from _of_links(page, metas)


def _called(page: Outline, url: str | None, metas: dict[str, list[str]]) -> Called:
    return ownobjects.called((page.headline, page.title), url, metas, page.links)


def _by_id(nodes: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The objects that others refer to."""
    return {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}


def main_articles(nodes: Iterable[dict[str, Any]], page: Called) -> list[dict[str, Any]]:
    """The objects of the article itself: those that are articles, else the pages that hold one; none that name another."""
    found = [node for node in structured.articles(nodes) if not ownobjects.is_anothers(node, page)]
    proper = [node for node in found if not structured.is_page(node)]
    return (proper or found)[:5]


def publication(page: Outline, url: str | None = None) -> frozenset[str]:
    """What the publication calls itself, folded: publishers and site names."""
    nodes = list(structured.nodes(page.scripts))
    by_id = _by_id(nodes)
    metas = structured.metas(page.metas)
    articles = main_articles(nodes, _called(page, url, metas))
    said = [name for node in articles for name in _named(node.get("publisher"), by_id)]
    sites = (node for node in nodes if node.get("@type") in ("WebSite", "NewsMediaOrganization"))
    said += [name for node in islice(sites, _SITES) for name in _named(node, by_id)]
    said += [value for key in _OUTLET_METAS for value in metas.get(key, ()) if not _is_title(key, value, page)]
    return frozenset(filter(None, map(fold, said)))


def _is_title(key: str, value: str, page: Outline) -> bool:
    """True for an application's name that is the headline."""
    return key == "application-name" and fold(value) in {fold(page.title), fold(page.headline)}


def _of_article(node: dict[str, Any], by_id: dict[str, Any], own: frozenset[str]) -> Iterator[Credit]:
    for key in _AUTHORS:
        where = f"json-ld {key}"
        people = list(islice(_named(node.get(key), by_id), _MOST))
        for name in people:
            yield from crediting.signed(name, name, where, sure=True, given=True, own=own)
        if people and key != "author":
            break
        if people:
            break
    for key, role in _PARTS.items():
        for name in islice(_named(node.get(key), by_id, links=role is Role.SYNDICATION), _MOST):
            yield crediting.one(role, name, name, f"json-ld {key}")


def _named(value: Any, by_id: dict[str, Any], depth: int = 0, *, links: bool = False) -> Iterator[str]:
    """The names in a value of JSON-LD: a string, an object or a list of these. Addresses are no names, but where ``links`` asks for them."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value[: _MOST if depth == 0 else _FEW]:
            yield from _named(item, by_id, depth + 1, links=links)
    elif isinstance(value, dict):
        id_ = value.get("@id")
        known = by_id.get(id_, {}) if isinstance(id_, str) else {}
        name = value.get("name") or known.get("name") or value.get("alternateName")
        if not name and isinstance(value.get("givenName"), str):
            family = value.get("familyName")
            name = f"{value['givenName']} {family if isinstance(family, str) else ''}"
        if not name and links:
            name = value.get("url") or value.get("@id")
        yield from _named(name, by_id, depth + 1, links=links)
    elif isinstance(value, str):
        name = structured.clean(value[:_LONGEST])
        if name and (links or not name.lower().startswith(_LINKS)):
            yield name


def _of_metas(metas: dict[str, list[str]], own: frozenset[str]) -> Iterator[Credit]:
    count = 0
    for key in _AUTHOR_METAS:
        label = _LABELLED.get(key)
        if label and not _AUTHOR_LABELS & {value.strip().lower() for value in metas.get(label, ())}:
            continue
        for value in _values(metas, key):
            count += 1
            if count <= 2 * _MOST and not value.lower().startswith(_LINKS):
                yield from crediting.signed(value, value, f"meta[name={key}]", sure=True, given=True, own=own)
    for keys, role in ((_SOURCE_METAS, Role.SOURCE), (_OUTLET_METAS, Role.OUTLET), (_COPYRIGHT_METAS, Role.COPYRIGHT)):
        for key in keys:
            for value in _values(metas, key):
                name = crediting.holder(value) if role is Role.COPYRIGHT else value
                if name and not name.lower().startswith(_LINKS):
                    yield crediting.one(role, name, value, f"meta[name={key}]")


def _of_links(page: Outline, metas: dict[str, list[str]]) -> Iterator[Credit]:
    for link in page.links:
        rel = link.get("rel", "").lower().split()
        href = structured.clean(link.get("href", "")[:_LONGEST])
        if not href:
            continue
        if "canonical" in rel:
            yield Credit(Role.CANONICAL, href, None, href, "link[rel=canonical]")
        elif "syndication-source" in rel or "original-source" in rel:
            yield Credit(Role.SYNDICATION, href, None, href, f"link[rel={rel[0]}]")
    for key in _SYNDICATION:
        for value in _values(metas, key):
            yield Credit(Role.SYNDICATION, value, None, value, f"meta[name={key}]")


def _values(metas: dict[str, list[str]], key: str) -> Iterator[str]:
    return (structured.clean(value[:_LONGEST]) for value in metas.get(key, ())[:_MOST])
