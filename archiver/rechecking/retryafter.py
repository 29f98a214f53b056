"""``Retry-After``: how long a server asks to be left alone (RFC 9110 section 10.2.3)."""

from __future__ import annotations

from datetime import UTC, datetime

LONGEST = 24 * 3600.0
"""Seconds: who asks for more is asked again after a day all the same."""

_DIGITS = 9


def seconds_asked_for(value: str | None, now: datetime) -> float | None:
    """Seconds from ``now`` on, 0 to `LONGEST`; None where the field is missing or says nothing that can be read."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST) if len(text) <= _DIGITS else LONGEST  # a number of any length is one
    if not text:
        return None
    from email.utils import parsedate_to_datetime  # what it imports, few looks need

    try:
        until = parsedate_to_datetime(text)
        if until.tzinfo is None:
            until = until.replace(tzinfo=UTC)  # "-0000" and the forms of old: all dates of HTTP are in GMT
        return min(max((until - now).total_seconds(), 0.0), LONGEST)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
