"""Whether a text is a statement for the press, or printed from one: told by what it is called where it stands."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from archiver.reuse import names
from archiver.reuse.addresses import original
from archiver.reuse.sides import A, B, quoted
from archiver.reuse.values import ReuseText

HEAD, TAIL = 600, 600  # characters at begin and end of a text where a press release says that it is one
SENTENCE = 160  # characters either side of an issuer's name among which its statement is named
_DATA = Path(__file__).with_name("data")


def signs(a: ReuseText, b: ReuseText) -> list[str]:
    """Reasons to take what two texts share for a statement for the press; empty where there are none."""
    found: list[str] = []
    for text in (a, b):
        side = A if text is a else B
        found.extend(f"{side} {reason}" for reason in (_called(text), _path(text), _source_line(text)) if reason)
    for issuer, printed, side, other in ((a, b, B, A), (b, a, A, B)):
        reason = issued(issuer, printed)
        if reason:
            found.append(f"{side} {reason} {other}")
    return found


def issued(issuer: ReuseText, printed: ReuseText) -> str:
    """Why ``printed`` is taken to name whoever publishes ``issuer`` as having issued a statement."""
    places = names.named(printed.text, names.outlets_of(issuer) - names.outlets_of(printed))
    for start, name in places:
        around = printed.text[max(0, start - SENTENCE) : start + len(name) + SENTENCE]
        word = _statement().search(around)
        if word:
            return f"names {quoted(name)} beside {quoted(word.group())}, and that is who publishes"
    return ""


def _called(text: ReuseText) -> str:
    for place in (text.text[:HEAD], text.text[-TAIL:] if len(text.text) > HEAD else ""):
        found = _surely().search(place)
        if found:
            return f"has {quoted(found.group())} at its begin or end"
    return ""


def _path(text: ReuseText) -> str:
    parts = original(text.url or text.canonical).lower().split("/")[3:]
    found = [part for part in parts[:-1] if part in _table()["paths"]]
    return f"lies under {quoted(found[0])} at its site" if found else ""


def _source_line(text: ReuseText) -> str:
    last = text.text.rstrip().rpartition("\n")[2].strip()
    found = _abbreviated().match(last) if len(last) <= 60 else None
    return f"is signed {quoted(last)}" if found else ""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((_DATA / "press.toml").read_text("utf-8"))


@cache
def _surely() -> re.Pattern[str]:
    return re.compile("|".join(_bounded(word) for word in _table()["surely"]), re.IGNORECASE)


@cache
def _statement() -> re.Pattern[str]:
    return re.compile("|".join(_bounded(word) for word in _table()["statement"]), re.IGNORECASE)


@cache
def _abbreviated() -> re.Pattern[str]:
    words = "|".join(_table()["abbreviated"])
    return re.compile(rf"[(\[]?(?:(?:Quelle|Source|Fuente|Fonte)\s*:?\s*)?(?:{words})(?:[:/]|\s+[A-ZÄÖÜ]|[)\]]?$)")


def _bounded(word: str) -> str:
    before = r"(?<!\w)" if word[:1].isalnum() and word[:1] < "\u3000" else ""
    after = r"(?!\w)" if word[-1:].isalnum() and word[-1:] < "\u3000" else ""
    return before + re.escape(word) + after
