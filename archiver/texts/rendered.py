"""The ``rendered`` layer: the text of a page as a browser held it, drawn from the elements that it wrote out.

What the browser did not show is marked there by what style sheets and scripts made of it, not guessed from names; open shadow trees are
in it, before what they hold between their tags.
"""

from __future__ import annotations

from dataclasses import dataclass

from archiver.model.notice import Notice
from archiver.model.text import Layer, PageInfo, Reading, Text
from archiver.texts import article, document, embedded, pageinfo, walls

EXTRACTOR = "archiver-rendered"
VERSION = "1"
"""Counted up whenever another text would be drawn from the same elements (the document layer's own version counts too)."""

MAX_CHARACTERS = 16_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page is as it was shown: its text, what it says of itself, and whether that is still a wall."""

    text: Text | None
    info: PageInfo
    wall: Notice | None


def read(dom: bytes, *, url: str, status: int, cut: bool = False) -> Shown:
    """Reads elements that a browser wrote out, in UTF-8; ``cut``: there were more of them. Never raises."""
    source = dom.decode("utf-8", "replace")
    page = document.read(source[:MAX_CHARACTERS], rendered=True, address=url)
    why = "the page has more elements than are kept" if cut or len(source) > MAX_CHARACTERS else ""
    text = None
    if page.text.strip():
        version = f"{VERSION}.{document.VERSION}"
        text = Text(Layer.RENDERED, page.text, EXTRACTOR, version, complete=not why, why=why, unseen=page.unseen)
    in_article, _ = article.extract(page.shown)
    in_scripts, _ = embedded.extract(page)
    lengths = [len(item.content) if item is not None else 0 for item in (in_article, in_scripts)]
    sight = walls.Sight(page, status, url, lengths[0], lengths[1], drawn=True)
    return Shown(text, pageinfo.find(page, url), walls.find(sight))


def joined(plain: Reading, shown: Shown) -> Reading:
    """A reading of both: the texts of the bytes that came, and of what the browser made of them.

    It is a wall only where both are one. What the page says of itself is taken from the bytes as far as it stands there; where those alone
    are a wall (a shell that scripts fill calls itself "Loading"), from what was shown.
    """
    texts = [*plain.texts, *([shown.text] if shown.text is not None else [])]
    texts.sort(key=lambda text: list(Layer).index(text.layer))
    wall = None if plain.wall is None else shown.wall
    infos = (plain.info, shown.info) if plain.wall is None else (shown.info, plain.info)
    return Reading(tuple(texts), _filled(*infos), plain.decoding, wall, plain.notices)


def _filled(info: PageInfo, other: PageInfo) -> PageInfo:
    return PageInfo(
        title=info.title or other.title,
        authors=info.authors or other.authors,
        published=info.published or other.published,
        modified=info.modified or other.modified,
        site_name=info.site_name or other.site_name,
        language=info.language or other.language,
        canonical=info.canonical or other.canonical,
    )
