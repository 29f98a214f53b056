"""What a person says of when and where: dates, the beginning of an address, a host."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from archiver.errors import InputError
from archiver.fulltext import Filter
from archiver.urls import page_key

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_HOST = re.compile(r"[^\s/:?#]+(?::\d+)?")


def filter_of(since: str | None, until: str | None, urls: tuple[str, ...]) -> Filter:
    """Captures from the beginning of ``since`` to the end of ``until`` (years, months, days, times), of pages under the ``urls``.

    Raises InputError for what is no time or no address.
    """
    return Filter(
        _stamp(_bounds(since, "--since")[0]) if since else None,
        _stamp(_bounds(until, "--until")[1]) if until else None,
        tuple(key for url in urls for key in _keys(url)),
    )


def _stamp(moment: datetime) -> str:
    return (
        moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    )  # strftime writes the year 300 with three digits


def _bounds(text: str, option: str) -> tuple[datetime, datetime]:
    """When a year, month, day or second begins, and when the next one does."""
    try:
        day = _DAY.fullmatch(text.strip())
        if day is None:
            moment = datetime.fromisoformat(text.strip())
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
            return moment, moment + timedelta(seconds=1)
        year, month, number = (int(part) if part else None for part in day.groups())
        begin = datetime(year or 0, month or 1, number or 1, tzinfo=UTC)
        if number:
            return begin, begin + timedelta(days=1)
        return begin, begin.replace(month=month + 1) if month and month < 12 else begin.replace(
            year=begin.year + 1, month=1
        )
    except (ValueError, OverflowError) as error:
        raise InputError(
            f"{text!r} is no date for {option}; write 2026, 2026-11, 2026-11-21 or 2026-11-21T15:30:00Z."
        ) from error


def _keys(url: str) -> tuple[str, ...]:
    """A host stands for all its pages and those of hosts under it; an address for what begins with it."""
    text = url.strip()
    if _HOST.fullmatch(text):
        key = page_key(f"https://{text}/")
        host = key[: key.index(")")]
        return (f"{host})", f"{host},") if ":" not in host else (f"{host})",)
    if "//" not in text:
        text = f"https://{text}"
    return (page_key(text),)
