"""Which objects of a page's JSON-LD are about the page itself: pages carry those of other articles, and readers' reviews, in the same form.

An object says what it is about by its headline and its address. It is the page's own where one of these is the page's, another's where both
name something else. One that tells too little is either, and counts where the page has none of its own; a review is of a thing, so it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin

from archiver.texts import structured

_TITLES = ("og:title", "twitter:title", "citation_title", "dc.title", "headline")
_CALLED = ("headline", "name", "alternativeHeadline")
_REVIEW = re.compile(r"Review\b")  # a ReviewNewsArticle is an article
_NO_WORD = re.compile(r"[\W_]+")
_WEB = re.compile(r"https?://(?:(?:www|m|mobile|amp)\.)?", re.ASCII)
_LONG_ENOUGH = (
    8  # characters by which one title begins or ends with another: the site's name stands beside it, or it is cut off
)
_LONGEST = 2_000
_MOST = 50  # addresses or titles that one page or object may give


@dataclass(frozen=True, slots=True)
class Called:
    """What a page is called: ``titles`` folded, ``addresses`` as path and query, ``base`` the address that others are relative to."""

    titles: frozenset[str]
    addresses: frozenset[tuple[str, str]]
    base: str


def called(
    titles: Iterable[str], url: str | None, metas: dict[str, list[str]], links: Iterable[dict[str, str]]
) -> Called:
    """``titles`` are those that the page shows, ``url`` its address; ``metas`` and ``links`` what it says for machines."""
    said = [*titles, *(title for name in _TITLES for title in metas.get(name, ())[:_MOST])]
    canonical = [link.get("href", "") for link in links if "canonical" in link.get("rel", "").lower().split()]
    base = url or ""
    addresses = {_address(base, base), *(_address(one, base) for one in (*canonical, *metas.get("og:url", ()))[:_MOST])}
    return Called(frozenset(filter(None, map(_fold, said))), frozenset(filter(None, addresses)), base)


def of_page(found: Iterable[dict[str, Any]], page: Called) -> list[dict[str, Any]]:
    """The objects that are the page's own; where none is, those that are not known to be another's. The order stays."""
    rest = [(node, is_own(node, page)) for node in found]
    own = [node for node, named in rest if named]
    return own or [node for node, _ in rest if not is_anothers(node, page)]


def is_own(node: dict[str, Any], page: Called) -> bool:
    """True where its headline or its address is the page's."""
    return any(title in page.titles for title in _titles(node)) or any(
        _same(one, other) for one in _addresses(node, page.base) for other in page.addresses
    )


def is_anothers(node: dict[str, Any], page: Called) -> bool:
    """True where it names something else; of a review, where it does not name the page."""
    if is_own(node, page):
        return False
    if _REVIEW.search(structured.type_of(node)):
        return True
    titles, addresses = _titles(node), list(_addresses(node, page.base))
    if not (titles and addresses and page.titles and page.addresses):
        return False
    return not any(_alike(one, other) for one in titles for other in page.titles)


def _titles(node: dict[str, Any]) -> list[str]:
    said = (node.get(key) for key in _CALLED)
    return list(filter(None, (_fold(title) for title in said if isinstance(title, str))))


def _fold(title: str) -> str:
    return _NO_WORD.sub(" ", structured.clean(title[:_LONGEST]).casefold()).strip()


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _LONG_ENOUGH and (long.startswith(short) or long.endswith(short))


def _addresses(node: dict[str, Any], base: str) -> Iterator[tuple[str, str]]:
    """Those of a page: that of a whole site names none."""
    page = node.get("mainEntityOfPage")
    said = [node.get("url"), node.get("@id"), page]
    if isinstance(page, dict):
        said += [page.get("@id"), page.get("url")]
    for one in said:
        if isinstance(one, str) and (address := _address(one, base)):
            yield address


def _address(url: str, base: str) -> tuple[str, str] | None:
    """Host and path, and the query, without what does not tell pages apart; None for what is no page of the web."""
    try:
        whole = urljoin(base[:_LONGEST], structured.clean(url[:_LONGEST])).lower()
    except ValueError:
        return None
    start = _WEB.match(whole)
    if start is None:
        return None
    path, _, query = whole[start.end() :].partition("#")[0].partition("?")
    path = unquote(path).rstrip("/").removesuffix("/amp")
    return (path, query) if "/" in path or query else None


def _same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """True for one path, where the queries do not tell: what is counted and where from stands there too."""
    return one[0] == other[0] and (one[1] == other[1] or not one[1] or not other[1])
