"""A text as paragraphs and words, and what language and script it is in: as much of it as marks need.

A paragraph is a line: the texts of archives end every block with a line break.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

MAX_CODE_POINTS = 1_000_000
"""A text is looked at up to here."""

PROSE_WORDS = 8
"""Words that a line has at least which counts as prose, and not as a label or a link."""

SCRIPTS = {
    "Han": r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f",
    "Kana": r"\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff6f\uff71-\uff9d",
    "Hangul": r"\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
    "Cyrillic": r"\u0400-\u0481\u048a-\u052f",
    "Greek": r"\u0370-\u03ff\u1f00-\u1fff",
    "Arabic": r"\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f",
    "Hebrew": r"\u05d0-\u05ea",
    "Thai": r"\u0e01-\u0e30\u0e40-\u0e46",
    "Devanagari": r"\u0904-\u0939\u0958-\u0961",
    "Latin": r"A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
}
"""The letters of each script, as the inside of a character class (blocks of the Unicode standard)."""

_LETTERS = {name: re.compile(f"[{letters}]") for name, letters in SCRIPTS.items()}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SPACED_STOP = re.compile(r" \.(?=\s|$)", re.MULTILINE)
_STOP = re.compile(r"[a-z]\.(?=\s|$)", re.MULTILINE)
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "was",
        "with",
        "on",
        "it",
        "as",
        "by",
        "said",
        "at",
        "from",
        "this",
    ]
)
_ENGLISH_SHARE = 0.2  # of the words of English prose those make 30 to 40 %; of other languages under 10 %
_SAMPLE = 20_000  # code points that tell a script


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line that is not blank, without the blanks at its ends."""

    start: int
    end: int
    text: str
    words: int

    @property
    def is_prose(self) -> bool:
        return self.words >= PROSE_WORDS


@dataclass(frozen=True)
class Prose:
    """``text`` (cut to what is looked at) and ``language`` (primary subtag, lower case, or None)."""

    text: str
    language: str | None

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        found, start = [], 0
        for line in self.text.split("\n"):
            words = line.strip()
            if words:
                begin = start + len(line) - len(line.lstrip())
                found.append(Paragraph(begin, begin + len(words), words, len(_WORD.findall(words))))
            start += len(line) + 1
        return tuple(found)

    @cached_property
    def prose(self) -> tuple[Paragraph, ...]:
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.is_prose)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the prose, in lower case."""
        return tuple(word.lower() for paragraph in self.prose for word in _WORD.findall(paragraph.text))

    @cached_property
    def capitalised(self) -> Counter[str]:
        """How often each word with a capital stands in the text, in that form."""
        return Counter(_CAPITALISED.findall(self.text))

    @cached_property
    def script(self) -> str | None:
        """The script that most of its letters are of."""
        sample = self.text[:_SAMPLE]
        counted = Counter({name: len(letters.findall(sample)) for name, letters in _LETTERS.items()})
        name, most = counted.most_common(1)[0]
        return name if most else None

    @cached_property
    def is_english(self) -> bool:
        """Is it English by its own words? What a page declares is often its template's language."""
        if self.script != "Latin":
            return False
        words = self.words or tuple(word.lower() for word in _WORD.findall(self.text[:_SAMPLE]))
        return bool(words) and sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words)

    @cached_property
    def sets_stops_apart(self) -> bool:
        """Does the text put a blank before its stops, as tokenised texts do?"""
        return len(_SPACED_STOP.findall(self.text)) > max(2, len(_STOP.findall(self.text)) / 10)


def prose_of(text: str, language: str | None) -> Prose:
    """``language`` is a BCP 47 tag such as ``en-GB``, or None where nobody says."""
    primary = re.split(r"[-_]", language.strip().lower())[0] if language else None
    return Prose(text[:MAX_CODE_POINTS], primary or None)


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, its apostrophes straight."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]
