"""CSL-JSON files: a list of items, or an object that holds one (``items``, ``references``), or a single item."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator

from archiver.bibliography.bibfields import doi_address
from archiver.bibliography.entry import Entry
from archiver.bibliography.works import Trouble, Work

_BLANK = re.compile(r"[ \t\r\n]*")
_MOST_BROKEN = 100  # items that are no JSON; behind so many a file is something else, and each costs a look through it
_HALF = re.compile(r"[\ud800-\udfff]")
_ESCAPES = re.compile(
    r"\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|(?P<half>\\u[Dd][89A-Fa-f][0-9A-Fa-f]{2})|\\.",
    re.DOTALL,
)
_STEPS = re.compile(r'"(?:[^"\\]|\\.|(?!))*+"?|[{}\[\]]', re.DOTALL)


def read_csl_json(text: str) -> tuple[tuple[Work, ...], tuple[Trouble, ...]]:
    """The works of the file, and its faults; an item that is no JSON is told, and those behind it are read."""
    troubles: list[Trouble] = []
    lines = Lines(text)
    works = []
    decoder = json.JSONDecoder(parse_constant=_no_json)
    for number, (start, end, value) in enumerate(_items(text, troubles, lines, decoder), 1):
        line = lines.at(start)
        if not isinstance(value, dict):
            troubles.append(
                Trouble("This is no item of CSL-JSON, which is an object with id and type.", line, lost=True)
            )
            continue
        url, raw = _address(value), text[start:end]
        whole = _ESCAPES.sub(lambda found: r"\ufffd" if found["half"] else found[0], raw)
        if whole != raw:
            value = decoder.decode(whole)
            troubles.append(
                Trouble(
                    "This item holds half of a surrogate pair, which is no sign; it is read as U+FFFD, and an address that holds one is left out.",
                    line,
                )
            )
        key = value.get("id", value.get("citation-key", value.get("key")))
        if isinstance(key, int | float) and not isinstance(key, bool):
            key = str(key)  # the schema allows numbers
        if not isinstance(key, str) or not key.strip():
            troubles.append(Trouble("This item has no id; it is given its number.", line))
            key = f"item-{number}"
        works.append(Work(Entry(key, url, value, line), start, end))
    return tuple(works), tuple(troubles)


def _items(
    text: str, troubles: list[Trouble], lines: Lines, decoder: json.JSONDecoder
) -> Iterator[tuple[int, int, object]]:
    """(start, end, value) of each item."""
    at = _past_blanks(text, 0)
    inside = _list_in(decoder, text, at)
    if inside is None and text[at : at + 1] == "{":
        value, end = _decoded(decoder, text, at, troubles, lines)
        if value is not None:
            yield at, end, value
        _tell_rest(text, end, troubles, lines)
        return
    at = at if inside is None else inside
    if text[at : at + 1] != "[":
        troubles.append(Trouble("The file is no list of CSL-JSON items.", 1, lost=True))
        return
    at, broken = _past_blanks(text, at + 1), 0
    while at < len(text) and text[at] != "]":
        if text[at] == ",":
            at = _past_blanks(text, at + 1)
            continue
        value, end = _decoded(decoder, text, at, troubles, lines)
        if value is not None:
            yield at, end, value
        broken += value is None
        if broken > _MOST_BROKEN:
            troubles.append(
                Trouble("Too many items are no JSON; the file is not read from here on.", lines.at(at), lost=True)
            )
            return
        at = _past_blanks(text, max(end, at + 1))
    if inside is None:
        _tell_rest(text, at + 1, troubles, lines)
    if at >= len(text):
        troubles.append(Trouble("The file ends within its list; it is cut off.", lines.at(len(text)), lost=True))


def _list_in(decoder: json.JSONDecoder, text: str, at: int) -> int | None:
    """Where the list stands that an object has under ``items`` or ``references``; None where it has none, or is no object."""
    if text[at : at + 1] != "{":
        return None
    try:
        while text[at] in "{,":
            key, at = decoder.raw_decode(text, _past_blanks(text, at + 1))
            at = _past_blanks(text, at)
            if text[at] != ":":
                return None
            at = _past_blanks(text, at + 1)
            if key in ("items", "references") and text[at] == "[":
                return at
            at = _past_blanks(text, decoder.raw_decode(text, at)[1])
    except (ValueError, IndexError, RecursionError):
        pass
    return None


def _tell_rest(text: str, end: int, troubles: list[Trouble], lines: Lines) -> None:
    """What stands behind the end of the JSON, such as a further object on a line of its own, is read by nobody, and so is said."""
    at = _past_blanks(text, end)
    if at < len(text):
        troubles.append(
            Trouble(
                "Something stands behind the end of the list, and is not read; one list holds all items.",
                lines.at(at),
                lost=True,
            )
        )


def _decoded(
    decoder: json.JSONDecoder, text: str, at: int, troubles: list[Trouble], lines: Lines
) -> tuple[object | None, int]:
    try:
        value, end = decoder.raw_decode(text, at)
    except json.JSONDecodeError as error:
        troubles.append(Trouble(f"This item is no JSON ({error.msg}).", lines.at(min(error.pos, len(text))), lost=True))
    except (ValueError, RecursionError):
        troubles.append(
            Trouble(
                "This item is no JSON that can be read: it is nested too deep, or holds a number that is none.",
                lines.at(at),
                lost=True,
            )
        )
    else:
        return value, end
    return None, _end_of(text, at)


def _end_of(text: str, at: int) -> int:
    """Where a broken item ends: at the bracket that closes its first, strings left out; else at the next comma."""
    depth = 0
    for found in _STEPS.finditer(text, at):
        sign = found[0]
        if sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
            if depth <= 0:
                return found.end() if depth == 0 else found.start()
        elif depth == 0:
            return found.end()
    return len(text)


def _past_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _no_json(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _address(item: dict[str, object]) -> str | None:
    url, doi = item.get("URL"), item.get("DOI")
    if isinstance(url, str) and url.strip() and not _HALF.search(url):
        return url.strip()
    return doi_address(doi) if isinstance(doi, str) else None


class Lines:
    """On which line (from 1) a position of a text stands."""

    def __init__(self, text: str) -> None:
        self._ends = [found.end() for found in re.finditer(r"\r\n|\n|\r", text)]

    def at(self, position: int) -> int:
        return bisect_right(self._ends, position) + 1
