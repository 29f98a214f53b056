"""Dates as bibliographies write them, as CSL-JSON has them."""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ]\d.*)?[?~%]?", re.DOTALL)
_SLASHED = re.compile(r"(\d{4})(?:/(\d{0,2})(?:/(\d{0,2})(?:/.*)?)?)?", re.DOTALL)  # RIS: YYYY/MM/DD/other
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_MONTH = re.compile(r"(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")


def csl_date(words: str) -> dict[str, object] | None:
    """A date or a range of two (``2019-05-31``, ``2019-05/2019-06``, ``2019/05/31/``, ``31 May 2019``) as CSL-JSON's; as words where it is none
    of those, None where there is nothing. Ranges are EDTF level 0 (ISO 8601-2), as biblatex takes them."""
    words = " ".join(words.split())[:200]
    if not words:
        return None
    words = re.sub(r"\s*/\s*", "/", words)
    slashed = _SLASHED.fullmatch(words)
    if slashed and ("/" not in words or not _ISO.fullmatch(words.partition("/")[2])):
        return _valid([_numbers(slashed.groups())]) or {"literal": words}
    ends = [part for part in words.split("/") if part not in ("", "..")]
    isos = [_ISO.fullmatch(part) for part in ends]
    if 1 <= len(ends) <= 2 and all(isos):
        parts = [_numbers(found.groups()) for found in isos if found]
        season = {part[1] for part in parts if len(part) == 2 and 21 <= part[1] <= 24}
        if season:  # 21 to 24 are spring to winter (ISO 8601-2)
            return {"date-parts": [part[:1] for part in parts], "season": min(season) - 20}
        value = _valid([[part[0] - 1 if part[0] <= 0 else part[0], *part[1:]] for part in parts])  # the year 0 is 1 BC
        if value is not None:
            return value | ({"circa": True} if any(part[-1] in "?~%" for part in ends) else {})
    return _in_words(words) or {"literal": words}


def parts_date(year: str, month: str = "", day: str = "") -> dict[str, object] | None:
    """A date in parts, the month as a number or by its English name."""
    if not re.fullmatch(r"-?\d{1,4}", year.strip()):
        return csl_date(" ".join(part for part in (day, month, year) if part))
    number = month_number(month)
    days = _DAY.search(day) or (_DAY.search(month) if number and not month.strip().isdigit() else None)
    return _valid([[int(year), *([number, *([int(days[1])] if days else [])] if number else [])]])


def month_number(words: str) -> int | None:
    """1 to 12, None where it is no month."""
    words = words.strip()
    if words.isascii() and words.isdigit() and 1 <= int(words) <= 12:
        return int(words)
    found = _MONTH.search(words)
    return _MONTHS.index(found[1].casefold()) + 1 if found else None


def _numbers(groups: tuple[str | None, ...]) -> list[int]:
    numbers: list[int] = []
    for group in groups:
        if not group or (numbers and int(group) == 0):
            break
        numbers.append(int(group))
    return numbers


def _in_words(words: str) -> dict[str, object] | None:
    """``31 May 2019``, ``May 31, 2019``, ``May 2019``: in English, since other languages' words would be guesses."""
    years = _YEAR.findall(words)
    months = _MONTH.findall(words)
    days = _DAY.findall(words)
    if len(years) != 1 or len(months) != 1 or len(days) > 1:
        return None
    rest = _MONTH.sub(" ", _DAY.sub(" ", _YEAR.sub(" ", words)))
    if rest.strip(" ,.").lower() not in ("", "st", "nd", "rd", "th", "of"):
        return None
    return _valid([[int(years[0]), _MONTHS.index(months[0].casefold()) + 1, *(int(day) for day in days)]])


def _valid(parts: list[list[int]]) -> dict[str, object] | None:
    if not all(
        part and all(low <= number <= high for number, (low, high) in zip(part, _LIMITS, strict=False))
        for part in parts
    ):
        return None
    return {"date-parts": parts}


_LIMITS = ((-9999, 9999), (1, 12), (1, 31))
