"""All marks of a text."""

from __future__ import annotations

from collections import Counter

from archiver.marks import authorbox, chatbot, headline, missing, quotemarks, scripts, slips, spinning
from archiver.marks.mark import MOST, Mark, MarkKind
from archiver.marks.prose import prose_of

_OF_TRANSLATION = frozenset(
    {
        MarkKind.LEFTOVER_SCRIPT, MarkKind.LIST_MARK, MarkKind.POSTPOSED_ADJECTIVE, MarkKind.TORN_NAME, MarkKind.STRAY_STOP,
        MarkKind.DOUBLED_VERB, MarkKind.LEFTOVER_VERB, MarkKind.SPUN_WORDS,
    }
)  # fmt: skip
"""Where the text has one of these, open quotations are told as well that a careful person may have meant."""


def read(text: str, language: str | None = None) -> tuple[Mark, ...]:
    """The marks of machine work in ``text``, in its order; those of the whole text first.

    ``language`` is what the page declares (BCP 47) or None; the words themselves decide whether the rules for English are asked. Broken quote
    pairs and characters of other scripts are looked for in every language. Raises nothing; what is longer than a million code points is read
    up to there. No mark says that a machine wrote the text: each says what stands there.
    """
    prose = prose_of(text, language)
    if not prose.paragraphs:
        return ()
    of = quotemarks.pairs(prose)
    whole = list(missing.marks(prose))
    found = [*scripts.marks(prose), *slips.marks(prose)]
    found += spinning.marks(prose, of.quoted, beside_others=bool(whole))
    found += [*quotemarks.broken(prose, of), *authorbox.marks(prose), *chatbot.marks(prose, of.quoted)]
    if any(mark.kind in _OF_TRANSLATION for mark in found):
        found += quotemarks.doubtful(prose, of)
    found += headline.marks(prose, of.quoted)
    return tuple(_few([*whole, *sorted(found, key=lambda mark: (mark.start, mark.end, mark.kind))]))


def _few(found: list[Mark]) -> list[Mark]:
    seen: Counter[MarkKind] = Counter()
    kept = []
    for mark in found:
        seen[mark.kind] += 1
        if seen[mark.kind] <= MOST:
            kept.append(mark)
    return kept
