"""What translation by machine leaves in English: adjectives behind their nouns, torn names, stray stops, doubled and left-over verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from archiver.marks.data import table
from archiver.marks.mark import Mark, MarkKind, at
from archiver.marks.prose import Paragraph, Prose

_STRAY = re.compile(
    r"(?<=[a-z]{3})(?P<spaced> \.)(?= [a-z]{2,})"  # missile . threats
    r"|(?<=[a-z]{3})(?P<again>\. \.)(?=\s|$)"  # public opinion. .
)
_WITHIN = re.compile(r"\b(?P<word>[a-z]{4,})\.(?= (?!van\b|von\b|bin\b|http)(?P<next>[a-z]{2,})\b(?![.@:/]))")
_NO_STOP = frozenset(
    ["approx", "dept", "govt", "corp", "prof", "capt", "seqq", "assn", "mins", "secs", "incl"]
)  # abbreviations
_NEW_SENTENCE = frozenset(
    ["he", "she", "it", "we", "they", "you", "this", "more", "less", "read"]
)  # people forget its capital, and pages
_LEFT_VERB = re.compile(r"[.,!?][”\"](?P<verb> did\.)(?=\s|$)", re.MULTILINE)
_DOUBLE_DETERMINER = re.compile(r"\b(?:of|in|to|for|with|on) (?P<both>the (?:these|those))\b")
_FULL_NAME = re.compile(r"\b([A-Z][a-z]+ [A-Z][a-z]{3,}) [a-z]{3,} ([A-Z][a-z]{2,}),")
_LAST = "a verb without a subject behind a quotation: so languages end a sentence that put the verb last"
_RELATIVE = frozenset(["what", "which", "who", "whom", "that", "as", "where", "when", "how"])


@cache
def _postposed() -> re.Pattern[str]:
    lists = table("slips")
    demonyms = "|".join(map(re.escape, sorted(lists["demonyms"], key=len, reverse=True)))
    return re.compile(rf"\b(?:{'|'.join(lists['bearers'])})(?P<stray>\. (?:{demonyms})\.)(?=\s|$)", re.MULTILINE)


@cache
def _torn_names() -> re.Pattern[str]:
    names = "|".join(rf"{re.escape(one)}\. {re.escape(two)}" for one, two in table("slips")["names"])
    return re.compile(
        rf"(?<![.!?]\s)\b(?:{names})\b(?=[.,;]|\s+(?:in|on|at|for|of|and|to|from|by|with|as|during|after|before)\b)"
    )


@cache
def _doubled() -> re.Pattern[str]:
    """ "according to state media reported this Thursday"; not "according to figures reported by", nor "to a source said to be"."""
    lists = table("slips")
    return re.compile(
        rf"\b[Aa]ccording to (?P<who>(?:[\w’'.-]+ ){{0,5}}?)(?i:{'|'.join(lists['reporters'])}) (?P<verb>{'|'.join(lists['verbs'])})\b"
        r"(?! (?:by|to|that|as|in|from|at)\b)"
    )


def marks(prose: Prose) -> Iterator[Mark]:
    """All slips of the prose; none where the text is not English.

    A stop before a small letter alone is told where something else stands in the text that it goes with: people forget capitals.
    """
    if not prose.is_english:
        return
    others = [mark for paragraph in prose.prose for mark in _without_stops(prose, paragraph)]
    yield from others
    within = [mark for paragraph in prose.prose for mark in _stops_within(prose.text, paragraph.start, paragraph.end)]
    if others or len(within) > 1:
        yield from within


def _without_stops(prose: Prose, paragraph: Paragraph) -> Iterator[Mark]:
    start, end = paragraph.start, paragraph.end
    yield from _postposed_in(prose.text, start, end)
    yield from _torn_in(prose.text, start, end)
    yield from _torn_parts(prose, paragraph)
    yield from _verbs_in(prose.text, start, end)
    if not prose.sets_stops_apart:
        yield from _stops_apart(prose.text, start, end)


def _postposed_in(text: str, start: int, end: int) -> Iterator[Mark]:
    for match in _postposed().finditer(text, start, end):
        yield at(
            MarkKind.POSTPOSED_ADJECTIVE, text, match.start(), match.end(),
            "an adjective stands behind its noun, cut off by a stop: so other languages order them",
        )  # fmt: skip


def _torn_in(text: str, start: int, end: int) -> Iterator[Mark]:
    for match in _torn_names().finditer(text, start, end):
        yield at(MarkKind.TORN_NAME, text, match.start(), match.end(), "a stop stands inside a name")


def _torn_parts(prose: Prose, paragraph: Paragraph) -> Iterator[Mark]:
    """ "Xi Jinping offered Ping,": the end of a name that the text has elsewhere, as a word that it has nowhere else."""
    for match in _FULL_NAME.finditer(prose.text, paragraph.start, paragraph.end):
        name, part = match[1], match[2]
        last = name.split()[1]
        if (
            last != part
            and last.lower().endswith(part.lower())
            and prose.capitalised[part] == 1
            and prose.capitalised[last] > 1
        ):
            yield at(
                MarkKind.TORN_NAME, prose.text, match.start(), match.end(2),
                f"the end of the name “{name}” stands once more behind the verb, as a word of its own",
            )  # fmt: skip


def _verbs_in(text: str, start: int, end: int) -> Iterator[Mark]:
    for match in _doubled().finditer(text, start, end):
        if not _RELATIVE & set(match["who"].lower().split()):
            yield at(
                MarkKind.DOUBLED_VERB, text, match.start(), match.end(),
                f"“according to” and “{match['verb']}” say the same twice: two ways of naming a source run into one",
            )  # fmt: skip
    for match in _LEFT_VERB.finditer(text, start, end):
        yield at(
            MarkKind.LEFTOVER_VERB,
            text,
            match.start("verb") + 1,
            match.end(),
            "a verb without a subject behind a quotation: so languages end a sentence that put the verb last",
        )
    for match in _DOUBLE_DETERMINER.finditer(text, start, end):
        yield at(
            MarkKind.LEFTOVER_VERB, text, match.start("both"), match.end("both"), "two determiners before one noun"
        )


def _stops_apart(text: str, start: int, end: int) -> Iterator[Mark]:
    for match in _STRAY.finditer(text, start, end):
        why = (
            "a stop stands by itself inside a sentence"
            if match["spaced"]
            else "a stop stands twice with a blank between"
        )
        yield _stop(text, match.start(), match.end(), why)


def _stops_within(text: str, start: int, end: int) -> Iterator[Mark]:
    for match in _WITHIN.finditer(text, start, end):
        if match["word"] not in _NO_STOP and match["next"] not in _NEW_SENTENCE:
            yield _stop(text, match.end("word"), match.end(), "a stop cuts a sentence that goes on in small letters")


def _stop(text: str, start: int, end: int, why: str) -> Mark:
    begin = max(text.rfind(" ", 0, start - 1), text.rfind("\n", 0, start - 1)) + 1
    following = re.compile(r"\s*\w*").match(text, end)
    return at(MarkKind.STRAY_STOP, text, begin, following.end() if following and "\n" not in following[0] else end, why)
