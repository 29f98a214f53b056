"""Whether two places of one text say one statement: by the words with content that both have, and by who says them.

Precision goes before recall: two places with a few words in common are mostly two statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archiver.reuse import reworded, speech
from archiver.reuse.words import Words

LEAST = 4  # words with content that both have
COMMON = 2  # of them, those that are no names
SHARE = 2 / 3  # of the words with content of the place that has fewer
SHORTEST = 2  # words of a quotation that may stand whole in a longer one
LETTERS = 4  # of a word with content: shorter ones are mostly particles

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Speakers:
    """A text with its sentences, the ranges of words between quotation marks, and the places of verbs of saying; ``names`` are the
    words, lower case, that have a capital somewhere else than where a sentence or quotation begins."""

    words: Words
    sentences: Sequence[Range]
    quoted: Sequence[Range]
    saying: frozenset[int]
    names: frozenset[str]


def read(words: Words, sentences: Sequence[Range], quoted: Sequence[Range]) -> Speakers:
    begins = {first for first, _ in (*sentences, *quoted)}
    forms = {words.form(word) for word in range(len(words)) if word not in begins}
    names = frozenset(form.lower() for form in forms if form[:1].isupper() and reworded.carries(form.lower()))
    return Speakers(words, sentences, quoted, frozenset(speech.saying(words)), names)


def is_one(text: Speakers, one: Range, other: Range) -> bool:
    """Whether a quotation's range of words and another place are one statement, of one speaker as far as they are named."""
    if not _is_said(text, other):
        return False
    mine, theirs = _names(text, one, other), _names(text, other, one)
    if mine and theirs and not mine & theirs:
        return False
    said, again = _content(text.words, *one), _content(text.words, *other)
    shared = [form for form in said if any(reworded.alike(form.lower(), each.lower()) for each in again)]
    if len(shared) >= LEAST and len(shared) >= SHARE * min(len(said), len(again)):
        return sum(form.islower() for form in shared) >= COMMON
    return (
        bool(mine & theirs) and len(again) >= LEAST and other in text.quoted and _stands_whole(text.words, one, other)
    )


def _content(words: Words, first: int, last: int) -> list[str]:
    """The different words with content of a range, as printed."""
    forms = words.parts[2 * first + 1 : 2 * last : 2]
    kept = {form.lower(): form for form in forms if len(form) >= LETTERS and reworded.carries(form.lower())}
    return list(kept.values())


def _stands_whole(words: Words, one: Range, other: Range) -> bool:
    """Whether a short quotation, of words with content and no names, stands in the other place in a row, endings aside."""
    said = [words.form(word) for word in range(*one)]
    if len(said) < SHORTEST or len(_content(words, *one)) < len(said) or not all(map(str.islower, said)):
        return False
    again = [words.form(word).lower() for word in range(*other)]
    return any(
        all(map(reworded.alike, said, again[start : start + len(said)])) for start in range(len(again) - len(said) + 1)
    )


def _is_said(text: Speakers, place: Range) -> bool:
    """Whether a place is somebody's speech: between quotation marks, or in a sentence with a verb of saying outside of them."""
    if any(_touch(place, quoted) for quoted in text.quoted):
        return True
    return any(word in text.saying for word in _around(text, place))


def _names(text: Speakers, place: Range, other: Range) -> frozenset[str]:
    """The capitalised words round a place that neither statement itself has: its speaker is among them, if he is named."""
    inside = {text.words.form(word).lower() for each in (place, other) if each in text.quoted for word in range(*each)}
    forms = (text.words.form(word) for word in _around(text, place))
    return frozenset(form.lower() for form in forms if form[:1].isupper() and form.lower() in text.names - inside)


def _around(text: Speakers, place: Range) -> Iterable[int]:
    """The words of the sentences that a place touches, those between quotation marks left out."""
    for sentence in text.sentences:
        if _touch(sentence, place):
            for word in range(*sentence):
                if not any(first <= word < last for first, last in text.quoted):
                    yield word


def _touch(one: Range, two: Range) -> bool:
    return one[0] < two[1] and two[0] < one[1]
