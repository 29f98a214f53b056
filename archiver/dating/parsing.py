"""Dates as they are written: ISO 8601, those of HTTP, days in the words of some forty languages, Unix time.

What is not said stays open: without a zone a time lies within 26 hours, ``03/04/2023`` is in March or in April.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path

from archiver.dating.claim import EAST, WEST, Moment

FIRST, LAST = 1990, 2100
"""Years that a page of the web can speak of as its own."""

MOST = 400
"""Dates of each way of writing that are read in one line."""

_UNITS = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1), "second": timedelta(0)}
_ISO = re.compile(
    r"\s*(?P<year>\d{4})(?:-?(?P<month>\d{2})(?:-?(?P<day>\d{2})(?:[T\s]\s?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?)?)?\s*\Z",
    re.IGNORECASE,
)
_TIME = (
    r"(?:[\s,T·|•–—-]{0,4}(?:at|um|às|à|a\s+las|alle|в|o|kl\.?|klo|om|Stand:)?\s{0,3}(?P<hour>[01]?\d|2[0-3])\s?[:.h時시点]\s?"
    r"(?P<minute>[0-5]\d)(?:\s?[:分분]\s?(?P<second>[0-5]\d|60))?(?:\s?(?P<half>[ap]\.?m\b\.?))?(?:\s?(?P<zone>UTC(?!\s?[+-]\d)|GMT(?!\s?[+-]\d)|Z\b|[+-]\d{2}:?\d{2}))?"
    r"(?!\s?min))?"  # how long a film is
)
_WORD = r"[^\W\d_]{2,14}"
_MONTH = rf"(?P<name>{_WORD})\.?,?\s{{0,3}}(?:de\s|del\s)?"
_WRITTEN = tuple(
    re.compile(pattern + _TIME, re.IGNORECASE)
    for pattern in (
        r"(?<![\d./-])(?P<year>(?:19|20)\d\d)(?P<s>[-/.])\s?(?P<month>\d{1,2})(?P=s)\s?(?P<day>\d{1,2})(?!\d)\.?",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
        rf"(?<![\d./-])(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º|ª|-?го)?,?\s{{0,3}}(?:de\s|of\s|di\s)?{_MONTH}(?P<year>(?:19|20)\d\d)(?!\d)",
        rf"\b(?P<name>{_WORD})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?<![\d./-])(?P<one>\d{1,2})(?P<s>[./-])\s?(?P<two>\d{1,2})(?P=s)\s?(?P<year>(?:19|20)\d\d)(?!\d)",
    )
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?P<hour>\d{2})(?:(?P<minute>\d{2})(?P<second>\d{2})?)?"
)
_LEAP = re.compile(r"(?<=:\d\d):60(?!\d)")
_UNIX = re.compile(r"(?<![\d.,/-])(\d{10})(?:\d{3})?(?![\d.,/-])")


def value(text: str) -> Moment | None:
    """The moment that a field for a date holds, as a page, a header or a script gives it; None where it is none."""
    text = text.strip()[:100]
    if iso := _ISO.match(text):
        return _of_parts(iso.groupdict())
    if text[:1].isdigit() and text.isdigit():
        return _compact(text) or unix(text)
    if (written := next(in_words(text), None)) is not None:
        return written[0]
    return http(text)


def http(text: str) -> Moment | None:
    """A date of HTTP or of mail (RFC 9110, RFC 5322)."""
    try:
        moment = parsedate_to_datetime(_LEAP.sub(":59", text[:100]))
        if moment.tzinfo is None:
            return _local(moment, "second") if _possible(moment.year) else None
        moment = moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return Moment(moment, moment, "second") if _possible(moment.year) else None


def unix(text: str) -> Moment | None:
    """Seconds, or milliseconds, since 1970: ten or thirteen digits; None outside of 2001 to `LAST`, and for what reads as ``YYYYMMDDHH``."""
    match = _UNIX.fullmatch(text.strip())
    if match is None or _compact(match[0]) is not None:
        return None
    moment = datetime.fromtimestamp(int(match[1]), UTC)
    return Moment(moment, moment, "second") if 2001 <= moment.year <= LAST else None


def _compact(text: str) -> Moment | None:
    """``2023040512``, with or without minutes and seconds."""
    match = _COMPACT.fullmatch(text)
    return _of_parts(match.groupdict()) if match else None


def in_words(text: str) -> Iterator[tuple[Moment, int, int]]:
    """The days that a text names in full, with where they begin and end in it; linear in its length."""
    found: list[tuple[Moment, int, int]] = []
    for pattern in _WRITTEN:
        count = 0
        for match in pattern.finditer(text):
            moment = _of_match(match)
            if moment is not None:
                found.append((moment, match.start(), match.end()))
                count += 1
                if count >= MOST:
                    break
    found.sort(key=lambda hit: (hit[1], -hit[2]))
    end = -1
    for hit in found:
        if hit[1] >= end:
            yield hit
            end = hit[2]


def orders(text: str) -> tuple[Moment, Moment] | None:
    """The two moments of ``06/01/2026``, the day first and the month first; None where its order is clear."""
    match = _WRITTEN[-1].match(text)
    if match is None or match["s"] == "." or match["one"].lstrip("0") == match["two"].lstrip("0"):
        return None
    parts = match.groupdict()
    day_first = _of_parts(parts | {"month": parts["two"], "day": parts["one"]})
    month_first = _of_parts(parts | {"month": parts["one"], "day": parts["two"]})
    return (day_first, month_first) if day_first and month_first else None


def month_of(name: str) -> int | None:
    """The number of a month by its name in one of some forty languages."""
    return _calendar()["months"].get(name.casefold().strip(". "))


def weekday_of(name: str) -> int | None:
    """The number of a weekday (0 is Monday) by its name."""
    return _calendar()["weekdays"].get(name.casefold().strip(". "))


def hull(*moments: Moment) -> Moment:
    """From the earliest to the latest."""
    return Moment(min(m.earliest for m in moments), max(m.latest for m in moments), "day")


def day(date: datetime) -> Moment:
    """A day somewhere on earth."""
    return _local(date.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None), "day")


def _of_match(match: re.Match[str]) -> Moment | None:
    parts = match.groupdict()
    if parts.get("name"):
        month = month_of(parts["name"])
        if month is None:
            return None
        return _of_parts(parts | {"month": str(month)})
    if parts.get("one"):
        readings = [
            moment
            for month, day_ in ((parts["two"], parts["one"]), (parts["one"], parts["two"]))
            if not (parts["s"] == "." and month != parts["two"])
            and (moment := _of_parts(parts | {"month": month, "day": day_}))
        ]
        if len(readings) == 2 and readings[0] != readings[1]:
            return hull(*readings)
        return readings[0] if readings else None
    return _of_parts(parts)


def _of_parts(parts: dict[str, str | None]) -> Moment | None:
    year = int(parts["year"] or 0)
    if not _possible(year):
        return None
    try:
        if not parts.get("month"):
            return Moment(_utc(datetime(year, 1, 1)) - EAST, _utc(datetime(year + 1, 1, 1)) + WEST, "year")  # noqa: DTZ001
        month = int(parts["month"] or 0)
        if not parts.get("day"):
            after = datetime(year + month // 12, month % 12 + 1, 1)  # noqa: DTZ001
            return Moment(_utc(datetime(year, month, 1)) - EAST, _utc(after) + WEST, "month")  # noqa: DTZ001
        date = datetime(year, month, int(parts["day"] or 0))  # noqa: DTZ001
        if parts.get("hour") is None:
            return _local(date, "day")
        hour = _hour(int(parts["hour"] or 0), parts.get("half"))
        date = date.replace(hour=hour, minute=int(parts["minute"] or 0), second=_second(parts.get("second")))
    except (ValueError, OverflowError):
        return None
    unit = next((unit for unit in ("second", "minute") if parts.get(unit)), "hour")
    offset = _offset(parts.get("zone"))
    if offset is None:
        return _local(date, unit)
    moment = _utc(date) - offset
    return Moment(moment, moment + _UNITS[unit], unit)


def _second(second: str | None) -> int:
    """That of a leap second is the one before it: no clock here has 61 in a minute."""
    number = int(second or 0)
    return 59 if number == 60 else number


def _hour(hour: int, half: str | None) -> int:
    if half and hour <= 12:
        return hour % 12 + (12 if half[0] in "pP" else 0)
    return hour


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return timedelta(0)
    digits = zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if offset > EAST:
        return None  # no zone of the world
    return -offset if zone[0] == "-" else offset


def _local(date: datetime, unit: str) -> Moment:
    """A time that is written without its zone."""
    moment = _utc(date)
    return Moment(moment - EAST, moment + _UNITS[unit] + WEST, unit, date)


def _utc(date: datetime) -> datetime:
    return date.replace(tzinfo=UTC)


def _possible(year: int) -> bool:
    return FIRST <= year <= LAST


@cache
def _calendar() -> dict[str, dict[str, int]]:
    loaded: dict[str, dict[str, int]] = json.loads(Path(__file__).with_name("calendar.json").read_text("utf-8"))
    return loaded
