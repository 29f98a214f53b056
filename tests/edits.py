"""Quotations made of passages by edits: each word, sign and sentence of a passage is edited in every way that people, machines and typesetting do.

A passage is a text with a language. `edits_of` gives the same edits of it each time; what the judge says of each is kept in
``tests/passages/edits.txt``, and what must be so whatever the passage is said by the edit itself (``must``).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

HOLDS = frozenset({"verbatim", "typographic"})
MARKED = HOLDS | {"elided"}
FALSE = frozenset({"altered", "spliced", "absent"})

_SENTENCE = re.compile(r".+?[.!?…。！？][”’»“\"』」)\]]*(?:\s+|$)|.+?(?:\n|$)")
_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_UNSPACED = frozenset({"zh", "ja"})
NOT = {
    "en": "not", "de": "nicht", "fr": "pas", "es": "no", "it": "non", "nl": "niet", "pt": "não", "pl": "nie", "ru": "не", "sv": "inte",
    "tr": "değil", "ar": "لا", "cs": "ne", "uk": "не",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """``name`` is unique in a passage; ``must`` are the verdicts that are right, all where that hangs on the words."""

    name: str
    quote: str
    must: frozenset[str] = frozenset()


def edits_of(text: str, lang: str) -> Iterator[Edit]:
    """The edits of a passage."""
    sentences = [found.group().strip() for found in _SENTENCE.finditer(text) if found.group().strip()]
    yield Edit("whole", text, HOLDS)
    for at, sentence in enumerate(sentences):
        for edit in itertools.chain(_of_print(sentence), _of_words(sentence, lang), _of_figures(sentence)):
            yield Edit(f"{at} {edit.name}", edit.quote, edit.must)
    for at, (one, other) in enumerate(itertools.pairwise(sentences)):
        for edit in _of_two(one, other):
            yield Edit(f"{at}+ {edit.name}", edit.quote, edit.must)
    for at, (one, between, other) in enumerate(zip(sentences, sentences[1:], sentences[2:], strict=False)):
        yield Edit(f"{at}++ marked", f"{one} … {other}")
        yield Edit(f"{at}++ bracketed", f"{one} [...] {other}")
        yield Edit(f"{at}++ unmarked", f"{one} {other}")
        yield Edit(f"{at}++ turned", f"{other} … {one}")
        yield Edit(f"{at}++ halves", f"{_half(one, 1)} … {_half(between, 0)} … {_half(other, 0)}")


def _half(sentence: str, which: int) -> str:
    words = sentence.split()
    middle = len(words) // 2
    return " ".join(words[middle:] if which else words[:middle])


def _of_print(sentence: str) -> Iterator[Edit]:
    """What printing does to it, and what moves no meaning."""
    yield Edit("as it is", sentence, HOLDS)
    yield Edit("straight", sentence.translate(str.maketrans("“”„«»‘’", '"""""\'\'')))
    yield Edit("dashes", sentence.replace("–", "-").replace("—", "-"))
    yield Edit("no-break", sentence.replace(" ", "\u00a0"), HOLDS)
    yield Edit("wrapped", sentence.replace(" ", "\n  "), HOLDS)
    yield Edit("soft hyphens", re.sub(r"(\w{4})(\w{4})", "\\1\u00ad\\2", sentence), HOLDS)
    yield Edit("torn", re.sub(r"(\w{5})(\w{4})", r"\1-" + "\n" + r"\2", sentence, count=1))
    yield Edit("decomposed", _decomposed(sentence), HOLDS)
    yield Edit("capitals", sentence.upper())
    yield Edit("small", sentence.lower())
    yield Edit("no end", sentence.rstrip('.!?…。！？”’»"』」'))
    yield Edit("other end", sentence.rstrip(".。") + "!")
    yield Edit("asked", sentence.rstrip(".。") + "?")
    yield Edit("marks around", f"“{sentence}”")
    yield Edit("marks of it inside", sentence.translate(str.maketrans("“”", "‘’")))
    yield Edit("no commas", re.sub("[,，、]", "", sentence))
    yield Edit("no marks", re.sub('[“”„«»"「」]', "", sentence))
    yield Edit("sic", re.sub(r"(\w+)(\W*)$", r"\1 [sic]\2", sentence))
    yield Edit("note", re.sub(r"(\w)([.。]?\W*)$", r"\1\2[7]", sentence))
    yield Edit("cut off", sentence[: len(sentence) * 2 // 3].rstrip() + " …")
    yield Edit("cut off in a word", sentence[: len(sentence) * 2 // 3])
    yield Edit("begun late", "… " + sentence[len(sentence) // 3 :].lstrip())


def _decomposed(sentence: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFD", sentence)


def _of_words(sentence: str, lang: str) -> Iterator[Edit]:
    """A word left out, doubled, exchanged, replaced, misspelt, marked as left out or replaced."""
    spans = list(_WORD.finditer(sentence))
    if lang in _UNSPACED:
        yield from _of_characters(sentence)
        return
    for at, found in enumerate(spans):
        start, end, word = found.start(), found.end(), found.group()
        before, behind = sentence[:start], sentence[end:]
        turn = at % 4  # each word has some of the edits, each edit some of the words
        if turn == 0:
            yield Edit(f"without {at}", f"{before.rstrip()} {behind.lstrip()}".strip(), frozenset(FALSE | MARKED))
            yield Edit(f"bracketed {at}", f"{before}[them]{behind}")
            yield Edit(f"first {at}", f"[{word[:1].swapcase()}]{word[1:]}{behind}")
            yield Edit(f"until {at}", (before + word).strip())
        if turn == 1:
            yield Edit(f"doubled {at}", f"{before}{word} {word}{behind}")
            yield Edit(f"hidden {at}", f"{before}…{behind}")
            yield Edit(f"added {at}", f"{before}{word} [that is, all of them]{behind}")
        if turn == 2:
            yield Edit(f"other {at}", f"{before}Wandsbeker{behind}", FALSE)
            yield Edit(f"misspelt {at}", f"{before}{word[: len(word) // 2]}{word[len(word) // 2 + 1 :]}{behind}")
            yield Edit(f"from {at}", f"… {word}{behind}")
        if turn == 3 and at + 1 < len(spans):
            other = spans[at + 1]
            yield Edit(
                f"turned {at}", f"{before}{other.group()}{sentence[end : other.start()]}{word}{sentence[other.end() :]}"
            )
            yield Edit(f"hidden from {at}", f"{before}[…]{sentence[spans[min(at + 3, len(spans) - 1)].end() :]}")
            if lang in NOT:
                yield Edit(f"denied {at}", f"{before}{word} {NOT[lang]}{behind}", FALSE)
    affirmed = re.sub(rf"\s{NOT[lang]}\b", "", sentence, count=1)
    if affirmed != sentence:
        yield Edit("affirmed", affirmed, FALSE)


def _of_characters(sentence: str) -> Iterator[Edit]:
    for at in range(0, len(sentence) - 1, 4):
        yield Edit(f"without {at}", sentence[:at] + sentence[at + 1 :])
        yield Edit(f"turned {at}", sentence[:at] + sentence[at + 1] + sentence[at] + sentence[at + 2 :])
        yield Edit(f"hidden {at}", f"{sentence[:at]}……{sentence[at + 3 :]}")
        yield Edit(f"not {at}", f"{sentence[: at + 1]}不{sentence[at + 1 :]}")
        yield Edit(f"until {at}", sentence[: at + 1])
        yield Edit(f"from {at}", sentence[at:])


def _of_figures(sentence: str) -> Iterator[Edit]:
    """Other figures, and the same in another form."""
    for at, found in enumerate(re.finditer(r"(?<![\[\d])\d[\d.,]*", sentence)):  # the number of a note is none
        start, end, figure = found.start(), found.end(), found.group()
        before, behind = sentence[:start], sentence[end:]
        digit = str((int(figure[0]) + 1) % 9 + 1)
        yield Edit(f"figure {at}", before + digit + figure[1:] + behind, FALSE)
        yield Edit(f"more digits {at}", before + "1" + figure + behind, FALSE)
        yield Edit(f"turned figure {at}", before + figure[::-1] + behind)
        yield Edit(f"no figure {at}", before + behind)
        yield Edit(f"hidden figure {at}", before + "…" + behind)
        yield Edit(f"grouped {at}", before + figure.replace(",", "\u2009") + behind)
        yield Edit(f"million {at}", f"{before}{figure} million{behind}", FALSE)
        yield Edit(f"less {at}", f"{before}-{figure}{behind}")
        yield Edit(f"about {at}", f"{before}nearly {figure}{behind}")
        yield Edit(f"percent {at}", f"{before}{figure}%{behind}")


def _of_two(one: str, other: str) -> Iterator[Edit]:
    yield Edit("both", f"{one} {other}")
    yield Edit("turned", f"{other} {one}")
    yield Edit("marked", f"{one} … {other}")
    yield Edit("bracketed", f"{one} [...] {other}")
    yield Edit("middle", f"{_half(one, 1)} {_half(other, 0)}")
    yield Edit("middle hidden", f"{_half(one, 0)} … {_half(other, 1)}")
    yield Edit("middle cut", f"{_half(one, 0)} {_half(other, 1)}")
    yield Edit("ends", f"{' '.join(one.split()[:2])} … {' '.join(other.split()[-3:])}")
    yield Edit("comma", f"{one.rstrip('.')}, {other[:1].lower()}{other[1:]}")
