"""Whether words that a source does not have are its title: the page's own, or that of the cited work."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.manuscripts.report import Cited
from archiver.match import tokens
from archiver.match.fold import fold_word
from archiver.model import Snapshot

_LEAST_WORDS = 3
"""So many words of a longer title name it too, such as those before its site's name or its subtitle."""


def is_title_of(words: str, cited: Cited | None, snapshot: Snapshot | None) -> bool:
    """True where the words are the source's title, or stand in it in one piece, whatever their capitals and punctuation."""
    own = _forms(words)
    return bool(own) and any(_within(own, _forms(title)) for title in _titles(cited, snapshot))


def _titles(cited: Cited | None, snapshot: Snapshot | None) -> Iterator[str]:
    if snapshot is not None and snapshot.info.title:
        yield snapshot.info.title
    item = cited.entry.item if cited is not None and cited.entry is not None else {}
    for name in ("title", "title-short", "container-title"):
        title = item.get(name)
        if isinstance(title, str):
            yield title


def _forms(words: str) -> list[str]:
    return [fold_word(word).casefold() for word in tokens.split(words)[1::2]]


def _within(own: list[str], title: list[str]) -> bool:
    if own == title:
        return True
    return len(own) >= _LEAST_WORDS and any(title[at : at + len(own)] == own for at in range(len(title) - len(own) + 1))
