"""Images of a page, in all the ways that a page names them: those that are in the archive are named there, the others are not named at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.replay.rewriting import Page

_CANDIDATE = re.compile(r"[\t\n\f\r ,]*+([^\t\n\f\r ]++)")
_DESCRIPTORS = re.compile(r"([^,]*+),?+")
_DENSITY = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4})?[wx]")
_MOST = 40
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-hi-res-src", "data-image-src", "data-url")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set")
_PLAIN = re.compile(r"[\w().,:<>=+*/% -]{0,400}")
_OWN = frozenset({"src", "srcset", "sizes", "loading", "usemap", "ismap"})


def any_image(page: Page, _name: str, found: dict[str, str]) -> None:
    """``img``, and what stands for one."""
    image(page, found)


def image(page: Page, found: dict[str, str]) -> None:
    """An ``img``; where a page waits for scripts to show it (and shows nothing else without them), as they would."""
    address = _image_address(page, found.get("src", ""))
    candidates = _set(page, found.get("srcset", ""))
    if page.lazy and not candidates and (address is None or address.startswith("data:")):
        address = next(filter(None, (page.names.recorded(found[key]) for key in _LAZY if found.get(key))), address)
        candidates = next(filter(None, (_set(page, found[key]) for key in _LAZY_SETS if found.get(key))), "")
    sizes = found.get("sizes", "")
    page.tag(
        "img",
        {key: value for key, value in found.items() if key not in _OWN},
        src=address,
        srcset=candidates or None,
        sizes=sizes if candidates and sizes and _PLAIN.fullmatch(sizes) else None,
    )


def source(page: Page, _name: str, found: dict[str, str]) -> None:
    """A choice of a ``picture``; one of audio and video has no set, and is left out."""
    candidates = _set(page, found.get("srcset", ""))
    if not candidates and page.lazy:
        candidates = next(filter(None, (_set(page, found[key]) for key in _LAZY_SETS if found.get(key))), "")
    if not candidates:
        return
    sizes, kind = found.get("sizes", ""), found.get("type", "").strip().lower()
    page.tag(
        "source",
        {},
        srcset=candidates,
        sizes=sizes if sizes and _PLAIN.fullmatch(sizes) else None,
        media=found.get("media") or None,
        type=kind if kind.startswith("image/") else None,
    )


def in_drawing(page: Page, name: str, found: dict[str, str]) -> None:
    """``image`` and ``feImage`` of SVG; outside of a drawing ``image`` is an ``img``."""
    if not page.svg:
        image(page, found)
        return
    address = page.names.of(found.get("href", found.get("xlink:href", "")))
    page.tag(name, found, "/", href=address)


def embedded(page: Page, name: str, found: dict[str, str]) -> None:
    """``object`` and ``embed`` of an image that is in the archive; else what stands in an ``object`` for those who cannot show it."""
    address = page.names.recorded(found.get("data" if name == "object" else "src", ""))
    if address is None or not found.get("type", "image/").lower().startswith("image/"):
        return
    page.tag("img", found, src=address)
    if name == "object":
        page.skip(name)


def video(page: Page, name: str, found: dict[str, str]) -> None:
    """The picture that stands for it; what it would play is not asked for."""
    page.tag("video", found, poster=_image_address(page, found.get("poster", "")))
    page.out.append("</video>")
    page.skip(name)


def canvas(page: Page, name: str, found: dict[str, str]) -> None:
    """The room that it takes."""
    page.tag("canvas", found)
    page.out.append("</canvas>")
    page.skip(name)


def _image_address(page: Page, name: str) -> str | None:
    address = page.names.of(name)
    return None if address is None or address.startswith("#") else address


def _set(page: Page, value: str) -> str:
    """Those candidates of a ``srcset`` that are in the archive."""
    found: list[str] = []
    at = number = 0
    while number < _MOST and (one := _CANDIDATE.match(value, at)) is not None:
        number += 1
        name, at = one[1], one.end()
        density = ""
        if name.endswith(","):
            name = name.rstrip(",")
        else:
            rest = _DESCRIPTORS.match(value, at)
            if rest is not None:
                density, at = rest[1].strip(), rest.end()
        address = page.names.recorded(name)
        if address is not None and (not density or _DENSITY.fullmatch(density)):
            found.append(f"{address} {density}".strip())
    return ", ".join(found)
