"""Paging by cursor: what is recorded meanwhile moves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.responses import JSONResponse, Response

from archiver.errors import InputError
from archiver.web.visit import Visit

MOST, USUAL = 100, 25
_END = 2**62  # no log has so many leaves


def limit_of(visit: Visit) -> int:
    """How many are wanted; raises InputError."""
    limit = visit.number("limit", USUAL)
    if limit > MOST:
        raise InputError(f"limit may be at most {MOST}; follow next for more.")
    return limit


def leaf_of(visit: Visit, first: int = _END) -> int:
    """The leaf at which the last page ended; raises InputError."""
    text = visit.query("cursor")
    if not text:
        return first
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise InputError("There is no such cursor; take it from next of the page before.")
    return int(text)


def page(items: Sequence[Any], following: object) -> Response:
    """A page of a list; ``following`` is the cursor of the next, None where there is none."""
    return JSONResponse({"items": list(items), "next": None if following is None else str(following)})
