"""Elements of a page that are not written as they stand: what they did, or would ask for, is written in their place or left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archiver.replay import allowed, pictures
from archiver.urls import for_display

if TYPE_CHECKING:
    from archiver.replay.rewriting import Page

Handler = Callable[["Page", str, dict[str, str]], None]


def _nothing(_page: Page, _name: str, _found: dict[str, str]) -> None:
    """An element that holds nothing and is left out."""


def _base(page: Page, _name: str, found: dict[str, str]) -> None:
    if not page.based and "href" in found:
        page.based = True
        page.names.set_base(found["href"], page.own)


def _meta(page: Page, _name: str, found: dict[str, str]) -> None:
    page.viewport = page.viewport or found.get("name", "").lower() == "viewport"


def _link(page: Page, _name: str, found: dict[str, str]) -> None:
    """A style sheet that is in use; of all other relations none is needed to show a page."""
    relations = set(found.get("rel", "").lower().split())
    if "stylesheet" not in relations or "alternate" in relations or "disabled" in found:
        return
    address = page.names.of(found.get("href", ""))
    if address is not None and not address.startswith(("#", "data:")):
        page.out.append('<link rel="stylesheet"')
        page.put("href", address)
        if found.get("media"):
            page.put("media", found["media"])
        page.out.append(">")


def _noscript(page: Page, name: str, _found: dict[str, str]) -> None:
    """Shown where no scripts ran and none will; a page that a browser wrote out was drawn by its scripts."""
    if page.rendered:
        page.skip(name)


def _template(page: Page, name: str, found: dict[str, str]) -> None:
    mode = found.get("shadowrootmode", "").lower()
    if mode not in ("open", "closed"):
        page.skip(name)
        return
    page.templates.append(True)
    page.out.append('<template shadowrootmode="open">')


def _anchor(page: Page, name: str, found: dict[str, str]) -> None:
    """A link within the page works; one to another page leads out of the frame to who shows the replay; any other leads nowhere."""
    target = found.get("href", found.get("xlink:href"))
    if target is None:
        page.tag(name, found)
        return
    before, mark, fragment = target.strip().partition("#")
    address = page.names.absolute(target)
    inside = mark and (not before or (address is not None and address == page.own.partition("#")[0]))
    words = for_display(address or target.strip())
    there = page.names.link(address) if address is not None else None
    if inside:
        page.tag(name, found, href=f"#{fragment}")
    elif there is not None:
        page.tag(name, found, href=there, target="_top", title=words)
    else:
        page.tag(name, found, href="#archiver-no-target", title=words, aria_disabled="true")


def _frame(page: Page, name: str, found: dict[str, str]) -> None:
    address = page.names.absolute(found.get("src", "")) if found.get("src") else None
    if "hidden" not in found and found.get("width") not in ("0", "1") and address is not None:
        page.note(f"A frame with another page stood here: {for_display(address)}")
    if name != "frame":
        page.skip(name)


def _input(page: Page, _name: str, found: dict[str, str]) -> None:
    kind = found.get("type", "text").strip().lower()
    if kind == "image":
        pictures.image(page, found)
    elif kind in ("submit", "reset"):
        page.tag("input", found, type="button", value=found.get("value") or ("Submit" if kind == "submit" else "Reset"))
    elif kind == "password":
        page.tag("input", found, type="text", value="")
    elif kind not in ("hidden", "file"):
        page.tag("input", found, type=kind if kind in allowed.INPUTS else "text", readonly="")


def _button(page: Page, _name: str, found: dict[str, str]) -> None:
    page.tag("button", found, type="button")


HANDLERS: dict[str, Handler] = {
    "a": _anchor,
    "area": _nothing,
    "base": _base,
    "basefont": _nothing,
    "bgsound": _nothing,
    "button": _button,
    "embed": pictures.embedded,
    "fencedframe": _frame,
    "frame": _frame,
    "iframe": _frame,
    "image": pictures.in_drawing,
    "feimage": pictures.in_drawing,
    "amp-img": pictures.any_image,
    "img": pictures.any_image,
    "input": _input,
    "keygen": _nothing,
    "link": _link,
    "meta": _meta,
    "noscript": _noscript,
    "object": pictures.embedded,
    "param": _nothing,
    "portal": _frame,
    "source": pictures.source,
    "template": _template,
    "track": _nothing,
    "video": pictures.video,
    "canvas": pictures.canvas,
}
