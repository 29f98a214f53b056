"""Characters of another script left in running words, list marks of another press, words of letters that only look alike. All languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.marks.mark import Mark, MarkKind, at
from archiver.marks.prose import SCRIPTS, Paragraph, Prose

_USES = {
    "ko": {"Hangul", "Han", "Latin"},
    "ja": {"Han", "Kana", "Latin"},
    "zh": {"Han", "Kana", "Latin"},
}
"""Scripts of languages that have several; every other uses that of most of its letters, and Latin."""

_BY_SCRIPT = {"Han": "zh", "Kana": "ja", "Hangul": "ko"}
_LONGEST = 4  # letters of a leftover; what is longer is a quotation, a name or a bilingual text
_SHARE = 0.02  # of a text's letters; where there are more, the text is about that script or in two languages
_LIST_MARKS = re.compile(r"(?<=[\w,.;:”’)] )[▲△▶◆◇■□●○◎](?= ?[^\W\d_])")
_PRESS_OF_LIST_MARKS = frozenset({"Hangul", "Han", "Kana"})
_GLOSS = re.compile(
    r"(?:[(（\[“\"'‘«「『/=:：–—-]|\b(?:character|characters|letter|letters|word|words|kanji|hanja|symbol|symbols|called|meaning|means|written|"
    r"name|named|Zeichen|Wort|palabra|mot|caractère|letra))\s*$",
    re.IGNORECASE,
)
_AFTER_GLOSS = re.compile(r"\s*[)）\]”\"'’»」』/=]")
_FOREIGN = {name: re.compile(f"[{letters}]+") for name, letters in SCRIPTS.items() if name not in ("Latin", "Greek")}
_LETTERS = re.compile(rf"[{''.join(SCRIPTS.values())}]")
_LATIN, _CYRILLIC = SCRIPTS["Latin"], SCRIPTS["Cyrillic"]
_LOOK_ALIKE = "аеорсухіјѕԁһ" + "АВЕКМНОРСТХІЈЅ"
_WORD = re.compile(f"[{_LATIN}{_CYRILLIC}]+")


def marks(prose: Prose) -> Iterator[Mark]:
    """Leftovers, list marks and mixed words of the text."""
    if prose.script is None:
        return
    yield from _leftovers(prose)
    if prose.script not in _PRESS_OF_LIST_MARKS:
        yield from _list_marks(prose)
    if prose.script == "Latin":
        yield from _mixed(prose)


def scripts_of(prose: Prose) -> frozenset[str]:
    """The scripts that the text's language writes with. The letters decide; what the page declares does so only among those that share them."""
    script = prose.script or "Latin"
    language = prose.language if prose.language in _USES and script in _USES[prose.language] else _BY_SCRIPT.get(script)
    return frozenset(_USES[language]) if language else frozenset({script, "Latin"})


def _leftovers(prose: Prose) -> Iterator[Mark]:
    used = scripts_of(prose)
    letters = max(1, len(_LETTERS.findall(prose.text)))
    for name, pattern in _FOREIGN.items():
        if name in used or sum(len(run) for run in pattern.findall(prose.text)) > _SHARE * letters:
            continue
        for paragraph in prose.paragraphs:
            if paragraph.is_prose or _is_unspaced(prose, paragraph):
                yield from _left_in(prose, paragraph, name, pattern)


def _left_in(prose: Prose, paragraph: Paragraph, name: str, pattern: re.Pattern[str]) -> Iterator[Mark]:
    runs = list(pattern.finditer(prose.text, paragraph.start, paragraph.end))
    if sum(len(run[0]) for run in runs) > 2 * _LONGEST:
        return  # a line of that language
    for run in runs:
        start, end = run.span()
        glossed = _GLOSS.search(prose.text, max(paragraph.start, start - 30), start) or _AFTER_GLOSS.match(
            prose.text, end
        )
        beside = prose.text[start - 1 : start] + prose.text[end : end + 1]
        if (
            end - start <= _LONGEST
            and not glossed
            and not (prose.script == "Latin" and any(sign.isalpha() for sign in beside))
        ):
            yield at(
                MarkKind.LEFTOVER_SCRIPT, prose.text, start, end,
                f"{_count(end - start)} of the {name} script in running words of another, neither quoted nor explained",
            )  # fmt: skip


def _list_marks(prose: Prose) -> Iterator[Mark]:
    for paragraph in prose.prose:
        found = list(_LIST_MARKS.finditer(prose.text, paragraph.start, paragraph.end))
        if len(found) >= 2:
            for match in found:
                yield at(
                    MarkKind.LIST_MARK, prose.text, match.start(), match.end(),
                    f"“{match[0]}” between the words of a sentence, {len(found)} times in it: so Korean and Japanese papers mark the items of a list",
                )  # fmt: skip


def _mixed(prose: Prose) -> Iterator[Mark]:
    for match in (
        match for paragraph in prose.prose for match in _WORD.finditer(prose.text, paragraph.start, paragraph.end)
    ):
        word = match[0]
        strange = [letter for letter in word if "Ѐ" <= letter <= "ԯ"]
        if strange and len(strange) < len(word) / 2 and all(letter in _LOOK_ALIKE for letter in strange):
            yield at(
                MarkKind.MIXED_SCRIPT, prose.text, match.start(), match.end(),
                f"a word of Latin letters with Cyrillic ones that look alike in it ({', '.join(f'U+{ord(letter):04X}' for letter in strange[:5])})",
            )  # fmt: skip


def _is_unspaced(prose: Prose, paragraph: Paragraph) -> bool:
    return prose.script in ("Han", "Kana", "Thai") and len(paragraph.text) >= 30


def _count(number: int) -> str:
    return "a character" if number == 1 else f"{number} characters"
