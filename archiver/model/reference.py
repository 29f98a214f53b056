"""What a page or a style sheet names that belongs to its looks, before it is fetched."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.model.asset import Role


@dataclass(frozen=True, slots=True)
class Reference:
    """An absolute address without fragment, and what it is to the page. ``spare`` is what a browser may never load: another size of an
    image that is named already, say."""

    url: str
    role: Role
    spare: bool = False


@dataclass(frozen=True, slots=True)
class References:
    """The references of one page or style sheet, each address once, in the order of their source; ``left_out`` counts others by reason."""

    items: tuple[Reference, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
