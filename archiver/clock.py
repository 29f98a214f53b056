"""Times as they are recorded: UTC, RFC 3339 with ``Z``, whole seconds (what every WARC reader understands)."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)


def stamp(moment: datetime | None = None) -> str:
    """The moment (now, where None) as ``2026-11-20T21:49:00Z``."""
    return (moment or now()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
