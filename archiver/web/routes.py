"""The table of routes: every address that the server answers, and the view that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from archiver.web.views import access, overview, sources
from archiver.web.visit import Visit

_FORM = 256 * 1024


@dataclass(frozen=True, slots=True)
class Way:
    """An address: ``path`` as Starlette writes it, the ``view``, ``post`` where it takes a form of at most ``largest`` bytes."""

    path: str
    view: Callable[[Visit], Response]
    post: bool = False
    largest: int = _FORM


ROUTES: tuple[Way, ...] = (
    Way("/", overview.show),
    Way("/sources", sources.show),
    Way("/access", access.another, post=True),
    # replay
    # Memento
    # API
    # receiving
    # feed
)
