"""The words of ``words.toml`` as patterns, made when first needed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class Words:
    """``label`` stands before names, ``other`` begins what is not the writers', ``roles`` are what somebody is, ``organisation`` tells of what is no
    person, ``after`` begins the circumstances of a name, ``between`` parts two names, ``titles`` stand at the head of a name, ``attached`` are
    written at it, ``controls`` tell of buttons, ``particles`` are parts of names that need no capital. ``topics`` are those of ``roles`` that are no
    office, ``buttons`` are those of ``controls`` that may be surnames, ``places`` look like names, ``nobody`` is in an author's place."""

    label: re.Pattern[str]
    other: re.Pattern[str]
    roles: re.Pattern[str]
    organisation: re.Pattern[str]
    after: re.Pattern[str]
    between: re.Pattern[str]
    titles: re.Pattern[str]
    attached: re.Pattern[str]
    controls: re.Pattern[str]
    particles: frozenset[str]
    topics: re.Pattern[str]
    buttons: re.Pattern[str]
    places: re.Pattern[str]
    nobody: re.Pattern[str]


@cache
def words() -> Words:
    """The patterns; every one is linear in what it is put to."""
    import tomllib  # slow to import, and not needed before the first page

    data: dict[str, list[str]] = tomllib.loads(_DATA.read_text("utf-8"))
    named = "|".join(map(re.escape, data["inside"]))
    return Words(
        label=_of(
            rf"^(?:{_any(data['labels'])}\s*[:：/／]|{_any(data['by'])}(?![\w.'’-])(?=[\s:：])\s*[:：]?)\s*|^autorin/autor\s+"
        ),
        other=_of(rf"(?:\A|[\s/|;,·•(])(?:{_any(data['others'])})\s*(?:[:：/／]|\bby\b).*\Z"),
        roles=_of(rf"\b(?:{_any(data['roles'])})\b"),
        organisation=_of(rf"\b(?:{_any(data['organisations'])})\b|{named}"),
        after=_of(rf"\s*(?:[|•·–—,]|\s-\s|\b(?:{_any(data['after'])})\b).*\Z"),
        between=_of(
            rf"\s*(?:[;；|•·、，/／&＆+\n]|,(?!\s*(?:Jr|Sr|II|III|PhD|MD)\b)|\s(?:{_any(data['between'])})\s|\s(?:y|e)\s(?=\S+\s+\S))\s*"
        ),
        titles=_of(rf"^(?:(?:{_any(data['titles'])})(?:\.\s*|\s+)(?:-\w+\.\s*)?)+(?=\S)"),
        attached=_of(rf"\s*(?:{_any(data['attached'])})\s*|\s*외\s*\d+\s*명"),
        controls=_of(rf"\b(?:{_any(data['controls'])})\b"),
        particles=frozenset(data["particles"]),
        topics=_of(rf"\b(?:{_any(data['topics'])})\b"),
        buttons=_of(rf"(?<![\w'’-])(?:{_any(data['buttons'])})(?![\w'’-])"),
        places=_of(_any(place.replace(".", "").replace("-", " ") for place in data["places"])),
        nobody=_of(rf"(?:{_any(data['nobody'])})(?:\W+(?:{_any(data['nobody'])}))*"),
    )


def _of(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


def _any(phrases: Iterable[str]) -> str:
    """Any of the phrases, the longest first; a star at the end stands for any ending."""
    longest = sorted(phrases, key=len, reverse=True)
    made = (
        re.escape(phrase.removesuffix("*")).replace("\\ ", r"\s+") + (r"\w*" if phrase.endswith("*") else "")
        for phrase in longest
    )
    return f"(?:{'|'.join(made)})"
