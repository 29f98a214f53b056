"""The words of a gap that belong to one sentence, with what is kept of it beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from archiver.match.denial import CLAUSE
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon
from archiver.match.meaning import Governor, clause_end, clause_start, ends_sentence, parts_clause, torn_sentences
from archiver.match.negation import lowered
from archiver.match.quantity import phrase_at
from archiver.model import ChangeKind

PLAIN = 3  # words without a meaning of their own between a governor and what it governs
_AROUND = 6  # kept words looked at on either side
ASIDE = 6  # words of a remark between commas: “, prosecutors claim,”


@dataclass(frozen=True, slots=True)
class Torn:
    """The words ``begin..end`` of a gap that belong to one sentence (``low``), and some kept words of it on either side: none where
    the sentence begins or ends there.
    """

    page: Page
    begin: int
    end: int
    low: Sequence[str]
    before: Sequence[str]
    after: Sequence[str]
    lexicon: Lexicon

    def governor(self, kind: ChangeKind, first: int, last: int) -> Governor:
        return Governor(kind, self.begin + first, self.begin + last)

    def ends_clause(self) -> bool:
        """True where a sign between clauses, or the end of the sentence, stands behind the words."""
        return self.end < len(self.page.words) and parts_clause(self.page, self.end)

    def clause_begin(self) -> int:
        """The token at which the clause that is kept before the words begins, as far as it is looked at."""
        begin = self.begin
        while begin > self.begin - len(self.before) and not parts_clause(self.page, begin):
            begin -= 1
        return begin

    def parted(self, first: int, last: int) -> bool:
        """True where a sign between clauses, or “and”, stands in front of one of the words ``first..last``."""
        signs = any(CLAUSE.search(self.page.gap(self.begin + k)) for k in range(first, last + 1))
        return signs or bool(set(self.low[first:last]) & self.lexicon.coordinators)


def torn_at(page: Page, first: int, last: int, lexicon: Lexicon) -> Iterator[Torn]:
    """The words of the gap ``first..last`` that belong to sentences of which something is kept."""
    for begin, end in torn_sentences(page, first, last):
        goes_on = begin == first and begin > 0 and not ends_sentence(page, begin)
        leads_on = end == last and end < len(page.words)
        since = max(clause_start(page, begin - 1), begin - _AROUND) if goes_on else begin
        yield Torn(
            page,
            begin,
            end,
            lowered(page.forms(begin, end)),
            lowered(page.forms(since, begin)),
            lowered(page.forms(end, min(end + _AROUND, clause_end(page, end + 1)))) if leads_on else (),
            lexicon,
        )


def condition_head(words: Sequence[str], at: int, heads: Collection[str], lexicon: Lexicon) -> int:
    """How many words from ``at`` on open a condition: one of ``heads`` (“if”: 1), “only” before it (2), a phrase (“as long as”: 3); 0 where
    none do. A head may be of several words (“s'il”).
    """
    count = phrase_at(words, at, heads)
    if not count and words[at] in lexicon.restrictors:
        inner = phrase_at(words, at + 1, heads)
        count = inner + 1 if inner else 0
    return count or phrase_at(words, at, lexicon.conditions_after)


def opening_heads(lexicon: Lexicon) -> frozenset[str]:
    """What begins a condition at the head of a sentence, if another word elsewhere: “Si”."""
    return lexicon.plain_conditions | lexicon.opening_conditions
