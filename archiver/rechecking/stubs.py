"""Pages that came with much around them and without what was quoted: a wall, or a page that there is none, which the gate of single pages lets
through because so much stands beside it. Beside the page as it was, the same words weigh more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.model import Drift, Layer, Snapshot, Text
from archiver.rechecking.met import Met
from archiver.rechecking.sameness import kept_prose

_STUB = 2 / 3
"""What a paywall leaves of an article is less than this part of it."""

_LONGEST = 400
"""Characters of a line that asks to subscribe; who writes more than that about subscriptions sells none."""

_SHORT = 1_500
_CONSENT_WORDS = 2
"""Characters of a page, and words about consent in it, that make a wall of one on which no line of the article is left."""


def wall_in(before: Snapshot, texts_before: tuple[Text, ...], now: Snapshot, texts: tuple[Text, ...]) -> Met | None:
    """What stands in front of the page, where it says so and did not before; None where nothing does."""
    from archiver.texts.wallwords import (  # 80 ms that only a page without its words pays
        ACCEPT,
        BOT_CHECK,
        CONSENT_TITLE,
        CONSENT_WORD,
        LOGIN_TITLE,
        MISSING,
        PAYWALL,
    )

    title, old = now.info.title or "", before.info.title or ""
    if MISSING.search(title) and not MISSING.search(old):
        return Met("soft-404", "the page says that there is no such page", Drift.GONE)
    if BOT_CHECK.search(title) and not BOT_CHECK.search(old):
        return Met("bot-check", "the page asks whether a person is looking at it", Drift.RESTRICTED)
    asked = kept_prose(texts_before, texts) == 0 and _asks_consent(texts, CONSENT_WORD, ACCEPT)
    if asked or (CONSENT_TITLE.search(title) and not CONSENT_TITLE.search(old)):
        return Met("consent-wall", "the page asks for consent before it shows its content", Drift.RESTRICTED)
    if LOGIN_TITLE.match(title) and not LOGIN_TITLE.match(old):
        return Met("login-wall", "the page asks for a log-in", Drift.RESTRICTED)
    if is_stub(texts_before, texts, PAYWALL):
        return Met("paywall", "the page shows only the beginning to those who have not subscribed", Drift.RESTRICTED)
    return None


def _asks_consent(texts: Sequence[Text], words: re.Pattern[str], button: re.Pattern[str]) -> bool:
    """Whether a short page speaks of consent and has a button for it; one on which no line of the article is left needs no more to be a wall."""
    shown = next((text.content for text in texts if text.layer is Layer.DOCUMENT), "")
    return len(shown) < _SHORT and len(words.findall(shown)) >= _CONSENT_WORDS and bool(button.search(shown))


def is_stub(before: Sequence[Text], now: Sequence[Text], asks: re.Pattern[str]) -> bool:
    """Whether a page ``asks`` to subscribe in lines that were not there, and has lost much of its article."""
    kept = kept_prose(before, now)
    return kept is not None and kept < _STUB and bool(_asking(now, asks) - _asking(before, asks))


def _asking(texts: Sequence[Text], asks: re.Pattern[str]) -> set[str]:
    """The lines that ask to subscribe, of those that a reader is shown; menus ask that too, on every page of a site."""
    lines: set[str] = set()
    for text in texts:
        if text.layer is not Layer.DOCUMENT:
            continue
        starts = (0, *(span.end for span in text.unseen))
        ends = (*(span.start for span in text.unseen), len(text.content))
        for start, end in zip(starts, ends, strict=True):
            shown = text.content[start:end].splitlines()
            lines.update(" ".join(line.split()) for line in shown if len(line) <= _LONGEST and asks.search(line))
    return lines
