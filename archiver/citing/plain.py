"""Words out of pages and records, made harmless for every format alike before each escapes what is special to it."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date

_BLANKS = re.compile(r"\s+")
_DROPPED = frozenset({"\u200b", "\u2060", "\ufeff", "\u00ad"})
_KEPT = frozenset({"\u200c", "\u200d"})  # joiners, which Persian and Hindi spell with
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def one_line(words: str) -> str:
    """On one line, without control, bidi-steering and invisible characters, private ones and halves of surrogate pairs."""
    kept = "".join(_harmless(sign) for sign in words) if not (words.isascii() and words.isprintable()) else words
    return _BLANKS.sub(" ", kept).strip()


def _harmless(sign: str) -> str:
    if sign.isprintable() or sign in _KEPT:
        return sign
    if sign.isspace():
        return " "
    return "" if sign in _DROPPED or unicodedata.category(sign) in ("Cf", "Cs", "Cc", "Co") else "\ufffd"


def steady(words: str) -> str:
    """JSON in which what could steer a terminal is written as ``\\uXXXX``: to a program it is the same."""
    if words.isascii():  # JSON escapes what is below the blank; what is above the tilde is one
        return words.replace("\x7f", "\\u007f")
    return "".join(
        json.dumps(sign)[1:-1] if sign != "\n" and unicodedata.category(sign) in _STEERING else sign for sign in words
    )


_STEERING = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def date_parts(stamp: str | None) -> list[int]:
    """Year, month, day of an ISO 8601 date, as far as it has them and they are a date; empty where it has none."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)", stamp or "")
    if not found:
        return []
    parts = [int(part) for part in found.groups() if part]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return parts[:1] if parts[0] else []
    return parts


def iso_date(stamp: str | None) -> str:
    """``2024-05-31`` as far as it is known, empty where it is not."""
    parts = date_parts(stamp)
    return "-".join(f"{part:0{4 if at == 0 else 2}}" for at, part in enumerate(parts))


def long_date(stamp: str | None) -> str:
    """``31 May 2024`` as far as it is known."""
    parts = date_parts(stamp)
    return " ".join(
        [
            *(str(part) for part in parts[2:3]),
            *(_MONTHS[part - 1] for part in parts[1:2]),
            *(str(part) for part in parts[:1]),
        ]
    )
