"""Whether the page that is cited is the page on which the passage stands."""

from __future__ import annotations

import re

from archiver.manuscripts.report import PageCheck
from archiver.model import Match, Snapshot
from archiver.printable import shorten
from archiver.quoting import Judged

_NUMBERS = re.compile(r"\d+")
_MOST_DIGITS = 9  # of a page; Python makes no number of thousands of them
_ONLY_PAGES = re.compile(
    r"\s*(?:pp?\.?|pages?|S\.|Seiten?)?\s*([\divxlcIVXLC]+(?:\s*[-–—,]+\s*[\divxlcIVXLC]+)*)\s*(ff?\.?)?\s*"
)

_NUMBERED = re.compile(r"\s*(?:\d|[ivxlcIVXLC]+(?:\W|\Z))")


def locator_words(locator: str) -> str:
    """A page or another place as a report names it: "page 12", but "para. 2", "at 5"."""
    shown = shorten(locator, 40)
    return f"page {shown}" if _NUMBERED.match(locator) else shown


def check_page(locator: str | None, judged: Judged) -> PageCheck | None:
    """None where no page is cited, the source has none, or the two count differently and cannot be compared.

    A printed number counts before the place of the page in the file. Where a file prints none that is known, a cited number beyond its last
    page is that of a journal or book, of which the file is a part.
    """
    matches = [match for match in judged.judgement.matches if match.page is not None]
    if locator is None or not matches or judged.snapshot is None:
        return None
    found = _ONLY_PAGES.fullmatch(locator)
    if found is None:
        return None
    wanted = _range(found[1], open_end=bool(found[2]))
    if wanted is None and not any(match.page_label for match in matches):
        return None
    best = next((match for match in matches if _agrees(match, found[1], wanted)), None)
    shown = best or matches[0]
    if best is None and shown.page_label is None and wanted is not None and wanted[0] > _last_page(judged.snapshot):
        return None
    return PageCheck(locator, shown.page or 0, shown.page_label, best is not None)


def _range(words: str, *, open_end: bool) -> tuple[int, int] | None:
    found = _NUMBERS.findall(words)
    numbers = [int(number) for number in found if len(number) <= _MOST_DIGITS]
    if not numbers or len(numbers) < len(found) or re.search(r"[ivxlcIVXLC]", words):
        return None
    first, last = numbers[0], numbers[-1]
    if last < first:  # 123–5 is 123 to 125
        last = int(str(first)[: -len(str(last))] + str(last)) if len(str(last)) < len(str(first)) else first
    return first, last + 2 * open_end


def _agrees(match: Match, cited: str, wanted: tuple[int, int] | None) -> bool:
    if match.page_label is not None and match.page_label.strip().lower() == cited.strip().lower():
        return True
    if wanted is None or match.page is None:
        return False
    first, last = wanted
    label = match.page_label or ""
    begin = int(label) if label.isdecimal() else match.page
    end = begin + (match.last_page or match.page) - match.page
    return begin <= last and first <= end


def _last_page(snapshot: Snapshot) -> int:
    return max((place.page or 0 for text in snapshot.texts for place in text.places), default=0)
