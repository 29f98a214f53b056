"""One mark, and the kinds of marks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST = 50
"""Marks of one kind that are told at most; the first of them."""


class MarkKind(StrEnum):
    """What was seen. None of them says who wrote a text: people slip, edit and translate by hand as well."""

    SPUN_WORDS = "spun-words"
    SPUN_QUOTATION = "spun-quotation"
    MISSING_WORDS = "missing-words"
    LEFTOVER_SCRIPT = "leftover-script"
    MIXED_SCRIPT = "mixed-script"
    LIST_MARK = "list-mark"
    BROKEN_QUOTE = "broken-quote"
    POSTPOSED_ADJECTIVE = "postposed-adjective"
    TORN_NAME = "torn-name"
    STRAY_STOP = "stray-stop"
    DOUBLED_VERB = "doubled-verb"
    LEFTOVER_VERB = "leftover-verb"
    HEADLINE_QUOTATION = "headline-quotation"
    AUTHOR_BOX = "author-box"
    CHATBOT = "chatbot"


@dataclass(frozen=True, slots=True)
class Mark:
    """``words`` are the exact words at ``start`` to ``end`` (code points, end excluded) of the text; ``why`` is one sentence.

    A ``missing-words`` mark is one of the whole text: its span is the text's, and its words are those that are missing.
    """

    kind: MarkKind
    words: str
    start: int
    end: int
    why: str

    def to_json(self) -> dict[str, str | int]:
        return {"kind": self.kind.value, "words": self.words, "start": self.start, "end": self.end, "why": self.why}


def at(kind: MarkKind, text: str, start: int, end: int, why: str) -> Mark:
    """The mark of the words that stand there."""
    return Mark(kind, text[start:end], start, end, why)
