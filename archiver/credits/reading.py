"""The credits of one page: every place asked, then weighed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from archiver import urls
from archiver.credits import body, bylines, citing, contradictions, crediting, lines, organisations, signing, statements
from archiver.credits.credit import Credit, Credits, Role
from archiver.errors import InputError
from archiver.texts import outline
from archiver.texts.outline import Outline

MAX_TEXT = 4_000_000
"""Characters of a text that are read."""

_MOST = 400  # credits of one page
_MOST_STATED, _MOST_SHOWN = 150, 100  # of them, so that a page cannot push out what its text says
_SITE = re.compile(r"https?://(?:www\.)?([\w-]{3,60})\.[\w.]{2,10}(?=[/:?#]|\Z)", re.IGNORECASE)


def read(page: bytes | str | Outline | None, text: str, url: str | None) -> Credits:
    """The credits of a page and its text.

    ``page`` is the source as bytes or characters, or its outline where that was drawn before; None where there is none.
    ``text`` is a layer of it, best the document's; its body is found in it. ``url`` is its address. Never raises, whatever is in them.
    """
    source = page if isinstance(page, Outline) or page is None else outline.read(page)
    text = text[:MAX_TEXT]
    where = body.find(text, source)
    host = _host(url)
    own = _own(source, host, url)
    found: list[Credit] = []
    if host is not None:
        found.append(crediting.of_organisation(Role.OUTLET, host, urls.parse(url or "").host, "address"))
    if source is not None:
        found += islice(statements.read(source, own, url), _MOST_STATED)
        found += _placed(islice(bylines.read(source, own), _MOST_SHOWN), text)
    found += lines.read(where, own)
    found += citing.read(where)
    found = [c for c in found if c.role is not Role.SYNDICATION or _address(c.name) != _address(url or "")]
    credits_ = tuple(_once(_publishers(found)))[:_MOST]
    name = host.name if host else None
    return Credits(credits_, contradictions.find(credits_, own, name), signing.choose(credits_, own))


def _publishers(credits_: list[Credit]) -> list[Credit]:
    """The credits, where who has the rights in the page is no author of it beside another: publishers fill that field with themselves."""
    holders = {
        organisations.fold(crediting.holder(c.name))
        for c in credits_
        if c.role is Role.COPYRIGHT and not c.where.startswith("text")
    }
    authors = {organisations.fold(c.name) for c in credits_ if c.role is Role.AUTHOR}
    if not authors & holders or not authors - holders:
        return credits_
    return [
        replace(c, role=Role.OUTLET) if c.role is Role.AUTHOR and organisations.fold(c.name) in holders else c
        for c in credits_
    ]


def _address(url: str) -> str:
    """An address without what does not tell pages apart: scheme, "www.", a slash at the end, what stands behind "?" and "#"."""
    return re.split(r"[?#]", re.sub(r"\Ahttps?://(?:www\.)?", "", url))[0].rstrip("/")


def _host(url: str | None) -> organisations.Organisation | None:
    if not url:
        return None
    try:
        return organisations.of_host(urls.parse(url).host)
    except InputError:
        return None


def _own(source: Outline | None, host: organisations.Organisation | None, url: str | None) -> frozenset[str]:
    """What the publication is called, folded: by itself, by the data file, and by its address ("snopes" of www.snopes.com)."""
    own = set(statements.publication(source, url)) if source is not None else set()
    if site := _SITE.match(url or ""):
        own.add(organisations.fold(site[1]))
    if host is not None:
        own.add(organisations.fold(host.name))
    for name in list(own):
        if known := organisations.called(name):
            own.add(organisations.fold(known.name))
    return frozenset(own)


def _placed(credits_: Iterable[Credit], text: str) -> Iterable[Credit]:
    """Each with the place of its evidence in the text, where it stands there."""
    for credit in credits_:
        at = text.find(credit.evidence) if credit.evidence else -1
        yield replace(credit, start=at if at >= 0 else None)


def _once(credits_: Iterable[Credit]) -> Iterable[Credit]:
    """Each statement once: the same role and name from the same place says nothing new."""
    seen: set[tuple[str, str, str]] = set()
    for credit in credits_:
        key = (credit.role, organisations.fold(credit.name) or credit.name, credit.where)
        if key not in seen:
            seen.add(key)
            yield credit
