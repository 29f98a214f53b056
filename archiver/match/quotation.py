"""A quotation taken apart: what is quoted, and what its writer marked as left out, put in, or his own remark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from archiver.match import tokens
from archiver.match.fold import QUESTION_MARKS, fold_gap, fold_word
from archiver.match.lazy import lazy

# An omission mark: dots in any shape, alone or in brackets.
_DOTS = r"(?:…+|⋯+|\.{3,}|\.(?:[ \u00a0\u202f\u2009]\.){2,})"
_STARS = r"\*(?:[ \u00a0]\*){2,}"  # of American courts
_OMISSION = rf"{_STARS}|[<‹〈]\s*{_DOTS}\s*[>›〉]|\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|［\s*{_DOTS}\s*］|（\s*{_DOTS}\s*）|{_DOTS}"
_NOTE = (
    r"[(\[]\s*(?:(?:internal |some )?(?:citations?|quotation marks|quotations|quotes|footnotes?|references?|alterations?|brackets|"
    r"ellips[ei]s|emphasis|italics?|underlining)(?:,? (?:and )?(?:citations?|quotation marks|footnotes?|alterations?|brackets|"
    r"ellips[ei]s|emphasis|italics?))* (?:omitted|added|mine|ours|supplied|removed|in (?:the )?original|altered|deleted|cleaned up)"
    r"|my (?:emphasis|italics|translation)|our (?:emphasis|translation)|cleaned up|sic!?"
    r"|Hervorhebung(?:en)? [^()\[\]]{1,40}|Herv\. [^()\[\]]{1,30}|Fußnoten? (?:weggelassen|ausgelassen)|Auslassung(?:en)? [^()\[\]]{1,30}"
    r"|(?:c'est |souligné par )?(?:nous soulignons|je souligne|l'auteur)|italiques? (?:ajoutée?s?|de l'auteur)|notes? omises?"
    r"|(?:énfasis|cursivas?|negritas?) (?:añadid[oa]s?|mí[oa]s?|nuestr[oa]s?|del autor)|citas? omitidas?"
    r"|(?:grifo|ênfase|destaque) (?:nosso|meu|acrescentad[oa]|adicionad[oa])|corsivo (?:mio|aggiunto|nostro)|enfasi (?:mia|aggiunta)"
    r"|cursivering toegevoegd|nadruk toegevoegd|выделено (?:мной|нами|автором)|курсив (?:мой|наш|автора)|강조는? [^()\[\]]{1,20}"
    r"|傍点[^()\[\]]{1,12}|強調[^()\[\]]{1,12}|着重号?[^()\[\]]{1,12})\.?\s*[)\]]"
)
_MAY_MARK = re.compile(r"[\[［〔(（…⋯]|\.\s?\.|\*\s\*")


@cache
def _marked() -> re.Pattern[str]:
    """Everything that a quotation's writer marks as his own; compiled at the first need."""
    return re.compile(
        rf"(?P<omit>{_OMISSION})|(?P<note>{_NOTE})|(?P<bracket>[\[［〔](?:(?!{_DOTS})[^\[\]［］〔〕\n]){{0,160}}[\]］〕])",
        re.IGNORECASE,
    )


FEET, LENGTHS = "'′", "'′\"″"


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands between two quoted words besides punctuation: an omission mark, bracketed words, a note."""

    omits: bool = False
    brackets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


NO_JOINT = Joint()


class Word(NamedTuple):
    """A quoted word: its folded form, where it stands in the quotation, and the letters of it that no bracket covers."""

    form: str
    start: int
    end: int
    outside: str | None = None

    @property
    def patched(self) -> bool:
        """True where part of the word is the writer's: ``[w]omen``."""
        return self.outside is not None


@dataclass(frozen=True)
class Quotation:
    """The text, all its tokens (``forms``, ``gaps`` between them), and the same without what its writer marked as his own."""

    text: str

    @lazy
    def parts(self) -> list[str]:
        return tokens.split(self.text)

    @lazy
    def forms(self) -> list[str]:
        return [fold_word(part) for part in self.parts[1::2]]

    @lazy
    def gaps(self) -> list[str]:
        return [fold_gap(part) for part in self.parts[0::2]]

    @lazy
    def word_count(self) -> int:
        """Words as a reader counts them; characters of scripts without spaces count as half a word."""
        words = self.parts[1::2]
        unspaced = 0 if self.text.isascii() else sum(map(tokens.is_unspaced, words))
        spaced = len(self.text.split())
        return max(spaced, (unspaced + 1) // 2 if unspaced else len(words) // 2)

    @lazy
    def marks(self) -> list[re.Match[str]]:
        return list(_marked().finditer(self.text) if _MAY_MARK.search(self.text) else ())

    def bracket(self, inside: str, start: int) -> tuple[str, int]:
        """The brackets from ``start`` on that have these words in them, as they are written, and where they stand."""
        marks = [mark for mark in self.marks if mark["bracket"] is not None and mark.start() >= start]
        for k, first in enumerate(marks):
            words = ""
            for last in marks[k:]:
                words = f"{words} {last['bracket'][1:-1].strip()}".strip()
                if words == inside.strip():
                    return self.text[first.start() : last.end()], first.start()
                if not inside.startswith(words):
                    break
        return f"[{inside}]", min(start, len(self.text))

    @lazy
    def measures(self) -> bool:
        """True where a mark stands that may mean feet, inches, minutes or seconds."""
        return any(mark in self.text for mark in LENGTHS)

    @lazy
    def asks(self) -> bool:
        """True where it ends with a question mark."""
        return any(sign in self.parts[-1] for sign in QUESTION_MARKS)

    @lazy
    def notes(self) -> tuple[str, ...]:
        return tuple(mark["note"] for mark in self.marks if mark["note"])

    @lazy
    def solid(self) -> Solid:
        return Solid.of(self)


@dataclass(frozen=True, slots=True)
class Solid:
    """The quoted words alone; ``gaps[k]`` is the punctuation before word ``k``, ``joints`` what else stands there."""

    words: tuple[Word, ...]
    gaps: tuple[str, ...]
    joints: dict[int, Joint]

    @classmethod
    def of(cls, quotation: Quotation) -> Solid:
        if not quotation.marks:
            return cls(_plain_words(quotation), tuple(quotation.gaps), {})
        words: list[Word] = []
        gaps: list[str] = []
        joints: dict[int, Joint] = {}
        text, offset = quotation.text, 0
        for mark in quotation.marks:
            if mark.start() < offset:
                continue
            _take(text, offset, mark.start(), words, gaps)
            lead = text[max(offset, words[-1].end if words else 0) : mark.start()]
            offset = mark.end()
            if mark["bracket"] is not None and _patch(text, mark, lead, words, gaps):
                continue
            joint = joints.get(len(words), Joint())
            if mark["bracket"] is not None:
                inside = mark["bracket"][1:-1].strip()
                joint = Joint(joint.omits, (*joint.brackets, inside), joint.notes)
            elif mark["note"] is not None:
                joint = Joint(joint.omits, joint.brackets, (*joint.notes, mark["note"]))
            else:
                joint = Joint(True, joint.brackets, joint.notes)
            joints[len(words)] = joint
        _take(text, offset, len(text), words, gaps)
        gaps.append(fold_gap(text[words[-1].end :]) if words else "")
        merged = _merge_patches(words, gaps)
        return cls(tuple(merged[0]), tuple(merged[1]), {merged[2][k]: joint for k, joint in joints.items()})

    def __len__(self) -> int:
        return len(self.words)


def _plain_words(quotation: Quotation) -> tuple[Word, ...]:
    ends = tokens.ends(quotation.parts)
    return tuple(map(Word, quotation.forms, ends[0::2], ends[1::2]))


def _take(text: str, start: int, end: int, words: list[Word], gaps: list[str]) -> None:
    parts = tokens.split(text[start:end])
    offset = start
    for gap, token in zip(parts[0::2], parts[1::2], strict=False):
        offset += len(gap)
        words.append(Word(fold_word(token), offset, offset + len(token)))
        gaps.append(fold_gap(gap))
        offset += len(token)


def _patch(text: str, mark: re.Match[str], lead: str, words: list[Word], gaps: list[str]) -> bool:
    """Takes a bracket that stands inside a word (``[w]omen``, ``min[ute]``) as a part of it, with the signs ``lead`` before it; so too an
    empty one behind a word, which says that letters are left out (``judgment[]`` for “judgments”).
    """
    inside = mark.group()[1:-1]
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    dropped = not inside and before.isalpha() and not after.isalnum() and bool(words) and not lead
    if not (inside.isalpha() or dropped) or not (before.isalpha() or after.isalpha()) or tokens.is_unspaced(inside):
        return False
    if tokens.is_unspaced(before or "a") or tokens.is_unspaced(after or "a"):
        return False
    words.append(Word(fold_word(inside), mark.start(), mark.end(), ""))
    gaps.append(fold_gap(lead))
    return True


def _merge_patches(words: list[Word], gaps: list[str]) -> tuple[list[Word], list[str], dict[int, int]]:
    """Joins bracketed letters with the letters beside them; gives the new place of each word too."""
    out: list[Word] = []
    out_gaps: list[str] = []
    places: dict[int, int] = {}
    for k, word in enumerate(words):
        last = out[-1] if out else None
        if last is not None and last.end == word.start and (word.patched or last.patched):
            outside = (last.form if last.outside is None else last.outside) + ("" if word.patched else word.form)
            out[-1] = Word(last.form + word.form, last.start, word.end, outside)
            places[k] = len(out) - 1
            continue
        places[k] = len(out)
        out.append(word)
        out_gaps.append(gaps[k])
    places[len(words)] = len(out)
    out_gaps.append(gaps[len(words)])
    return out, out_gaps, places
