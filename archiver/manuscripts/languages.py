"""Whether a quotation is in another language than its source: then the words cannot be held against each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archiver.archive import Archive
from archiver.match import tokens
from archiver.match.fold import fold_word
from archiver.match.lexicon import languages_of
from archiver.model import Snapshot

_LEAST_WORDS = 5
_SAMPLE = 40_000
_SURELY = 1.5  # what the commonest words of a language must weigh in a quotation that is known by them alone
_ENOUGH_FORMS = 150  # different words of a page, among which nearly every sentence of its language has some of its own
_SHARED = 0.2  # of a quotation's words, so many may stand in a page of another language: names, borrowings


def other_language(quotation: str, archive: Archive, snapshot: Snapshot) -> tuple[str, str] | None:
    """(language of the quotation, language of the page), where both show and are different; by the commonest words of some twenty
    languages and by scripts. Where a quotation has few of these, its words must be strange to the page as well."""
    words = [fold_word(word) for word in tokens.split(quotation)[1::2]]
    if len(words) < _LEAST_WORDS:
        return None
    own = languages_of(words)
    texts = archive.texts(snapshot) if own else ()
    if not texts:
        return None
    longest = max(texts, key=lambda text: len(text.content))
    forms = dict.fromkeys(fold_word(word) for word in tokens.split(longest.content[:_SAMPLE])[1::2])
    of_page = languages_of(forms)
    stated = (snapshot.info.language or "").lower().partition("-")[0]
    if not of_page or set(own) & {*of_page, stated}:
        return None
    if not languages_of(words, least=_SURELY) and not _is_strange(words, forms):
        return None
    return own[0], of_page[0]


def _is_strange(words: Sequence[str], forms: Collection[str]) -> bool:
    """Whether hardly any word stands in a page that is long enough to have most small words of its language."""
    known = {form.lower() for form in forms}
    return len(known) >= _ENOUGH_FORMS and sum(word.lower() in known for word in words) <= _SHARED * len(words)
