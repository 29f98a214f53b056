"""Whether a quotation is in another language than its source: then the words cannot be held against each other."""

from __future__ import annotations

from archiver.archive import Archive
from archiver.match import tokens
from archiver.match.fold import fold_word
from archiver.match.lexicon import languages_of
from archiver.model import Snapshot

_LEAST_WORDS = 5
_SAMPLE = 40_000


def other_language(quotation: str, archive: Archive, snapshot: Snapshot) -> tuple[str, str] | None:
    """(language of the quotation, language of the page), where both show and are different; by the commonest words of some twenty
    languages and by scripts, so nothing is said of a few words."""
    words = [fold_word(word) for word in tokens.split(quotation)[1::2]]
    if len(words) < _LEAST_WORDS:
        return None
    own = languages_of(words, least=1.5)
    if not own:
        return None
    texts = archive.texts(snapshot)
    if not texts:
        return None
    longest = max(texts, key=lambda text: len(text.content))
    forms = dict.fromkeys(fold_word(word) for word in tokens.split(longest.content[:_SAMPLE])[1::2])
    of_page = languages_of(forms)
    stated = (snapshot.info.language or "").lower().partition("-")[0]
    if not of_page or set(own) & {*of_page, stated}:
        return None
    return own[0], of_page[0]
