"""Footnotes of HTML: nothing in it says what one is, so they are told by how signs and notes point to one another.

A sign is a short link ("3", "[3]", "*") to a place further down; a note is what stands at that place; the way back is a short link upwards. That is
how Pandoc, Word, Wikipedia, GitHub and people who write by hand do it alike.
"""

from __future__ import annotations

import re

from archiver.texts.markup import TOKEN, attributes

_SIGN = re.compile(
    r"[\[(]?\s*(?:(?:note|nb|n|anm\.?|fn)?\s?\d{1,4}|[ivxlc]{1,6}|[a-z]{1,2}|[*†‡§¶#⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})\s*[\])]?",
    re.IGNORECASE,
)
_BACK = re.compile(r"[\s^↑↩↵⏎⬆︎\ufe0e\ufe0f]*|back|return", re.IGNORECASE)
_NAMED = re.compile(r"foot|note|(?:^|[\s_-])(?:fn|ref|cite)", re.IGNORECASE)
_BRACKETS = re.compile(r"[\[\]()\s]")


def places(source: str) -> dict[str, int]:
    """Where each named place of a file is: the first element of an ``id``, or of an anchor's ``name``."""
    found: dict[str, int] = {}
    for token in TOKEN.finditer(source, max(source.find("<"), 0)):
        words = token["attributes"]
        if not words or token["slash"] or ("id" not in words and "ID" not in words and "name" not in words):
            continue
        said = attributes(words)
        for value in (said.get("id"), said.get("name") if (token["name"] or "").lower() == "a" else None):
            if value:
                found.setdefault(value, token.start())
    return found


def is_sign(words: str, said: dict[str, str], *, raised: bool) -> bool:
    """Whether the words of a link to a place further down are the sign of a note. ``raised``: they stand above the line."""
    if not _SIGN.fullmatch(words.strip()):
        return False
    roles = f"{said.get('role', '')} {said.get('epub:type', '')} {said.get('type', '')} {said.get('rel', '')}"
    told = " ".join((said.get("class", ""), said.get("id", ""), said.get("name", ""), said.get("href", "").lstrip("#")))
    return raised or "noteref" in roles or words.strip()[:1] in "[(*†‡" or _NAMED.search(told) is not None


_SPOKEN_OF = re.compile(r"\b(?:(?:foot)?notes?|nn?|fnn?|Fußnoten?|Anm)\.?\s*\Z", re.IGNORECASE)


def is_way_back(words: str) -> bool:
    """Whether the words of a link upwards are those of a note that leads back to its sign."""
    return _BACK.fullmatch(words.strip()) is not None or _SIGN.fullmatch(words.strip()) is not None


def leads_to_another(before: str) -> bool:
    """Whether the number in a link upwards is that of a note which is spoken of: ``Smith, supra note <a href="#n1">1</a>``."""
    return _SPOKEN_OF.search(before) is not None


def label_of(words: str, place: str) -> str:
    """What people call a note: its sign without brackets, else the name of its place."""
    return _BRACKETS.sub("", words) or place
