"""Recorded looks as values, made up for the tests of the watch."""

from __future__ import annotations

from itertools import count
from typing import Any

from archiver.model import StoredRecheck

_NUMBERS = count(1)
QUOTE = "q-" + "a" * 64


def quote(
    verdict: str = "verbatim", *changes: tuple[str, str], drift: str | None = None, name: str = QUOTE
) -> dict[str, Any]:
    """What a recheck tells of a quotation that held."""
    if drift is None and verdict in ("altered", "spliced"):
        drift = "quote-altered"
    if drift is None and verdict == "absent":
        drift = "quote-removed"
    listed = [{"kind": "number", "in_quote": mine, "in_source": theirs} for mine, theirs in changes]
    return {"quote": name, "was": "verbatim", "verdict": verdict, "drift": drift, "changes": listed}


def look(
    drift: str, *quotes: dict[str, Any], changed: bool = True, moved_to: str | None = None, seen: bool = True,
    time: str = "2026-11-21T12:00:00Z", url: str = "https://example.org/page", note: str | None = None,
) -> StoredRecheck:  # fmt: skip
    """A recorded recheck; each has a number of its own."""
    number = next(_NUMBERS)
    snapshot = f"s-{number:064x}" if seen else None
    told = {
        "v": 1, "url": url, "time": time, "previous": "s-" + "b" * 64, "snapshot": snapshot, "met": "page", "drift": drift,
        "reason": "so it was found", "moved_to": moved_to, "revision": None, "changed": changed,
        "looks": [{"time": time, "snapshot": snapshot, "met": "page", "detail": ""}], "quotes": list(quotes), "tool": "archiver test",
    }  # fmt: skip
    if note is not None:
        told["note"] = note
    return StoredRecheck.of(told, number, f"{number:064x}", "org,example)/page")
