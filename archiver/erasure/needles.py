"""What an erased page could still be known by elsewhere: its addresses and its title, in the spellings in which records have them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.urls import without_fragment

_TELLING = 16  # characters from which on a title says which page is meant; "Home" is the title of thousands
_GOES_ON = rb"(?![\w/?&=%~+-]|[.,:;]\w)"  # behind an address: what would make it another one


@dataclass(frozen=True, slots=True)
class Needles:
    """``addresses`` as they were asked for and as they ended, ``titles`` as the pages give them, ``ids`` whole, those of
    records in angle brackets.
    """

    addresses: frozenset[str]
    titles: frozenset[str]
    ids: frozenset[str]

    def pattern(self) -> re.Pattern[bytes]:
        """Finds an address or a title in the bytes of a record; a longer address that only begins like one is another."""
        parts = [re.escape(word) + _GOES_ON for word in sorted(spelt(self.addresses))]
        parts += [re.escape(word) for word in sorted(spelt(t for t in self.titles if len(t) >= _TELLING))]
        return re.compile(b"|".join(parts) or rb"(?!)")

    def named_in(self, words: str) -> str | None:
        """What a sentence repeats of them, an address with or without its scheme; None where it repeats nothing."""
        folded = words.casefold()
        for address in self.addresses:
            bare = address.partition("://")[2].rstrip("/")
            if bare and bare.casefold() in folded:
                return "the address"
        if any(len(title) >= _TELLING // 2 and title.casefold() in folded for title in self.titles):
            return "the title"
        return None


def needles(addresses: Iterable[str], titles: Iterable[str | None], ids: Iterable[str]) -> Needles:
    """An address is looked for without its fragment too."""
    wanted = set(addresses)
    return Needles(
        frozenset(wanted | {without_fragment(address) for address in wanted}),
        frozenset(title for title in titles if title),
        frozenset(ids),
    )


def spelt(words: Iterable[str]) -> set[bytes]:
    """As they are, and as JSON and HTML escape them."""
    return {
        spelling.encode()
        for word in words
        for spelling in (word, json.dumps(word, ensure_ascii=False)[1:-1], html.escape(word))
    }
