"""Pages that came with much around them and without what was quoted: a wall, or a page that there is none, which the gate of single pages lets
through because so much stands beside it. Beside the page as it was, the same words weigh more.
"""

from __future__ import annotations

from archiver.model import Drift, Layer, Snapshot, Text
from archiver.rechecking.met import Met
from archiver.rechecking.sameness import kept_prose

_STUB = 2 / 3
"""What a paywall leaves of the lines of an article is less than this part of them."""


def wall_in(before: Snapshot, texts_before: tuple[Text, ...], now: Snapshot, texts: tuple[Text, ...]) -> Met | None:
    """What stands in front of the page, where it says so and did not before; None where nothing does."""
    from archiver.texts.wallwords import (  # 80 ms that only a page without its words pays
        BOT_CHECK,
        CONSENT_TITLE,
        LOGIN_TITLE,
        MISSING,
        PAYWALL,
    )

    title, old = now.info.title or "", before.info.title or ""
    if MISSING.search(title) and not MISSING.search(old):
        return Met("soft-404", "the page says that there is no such page", Drift.GONE)
    if BOT_CHECK.search(title) and not BOT_CHECK.search(old):
        return Met("bot-check", "the page asks whether a person is looking at it", Drift.RESTRICTED)
    if CONSENT_TITLE.search(title) and not CONSENT_TITLE.search(old):
        return Met("consent-wall", "the page asks for consent before it shows its content", Drift.RESTRICTED)
    if LOGIN_TITLE.match(title) and not LOGIN_TITLE.match(old):
        return Met("login-wall", "the page asks for a log-in", Drift.RESTRICTED)
    kept = kept_prose(texts_before, texts)
    if kept is not None and kept < _STUB and PAYWALL.search(_all(texts)) and not PAYWALL.search(_all(texts_before)):
        return Met("paywall", "the page shows only the beginning to those who have not subscribed", Drift.RESTRICTED)
    return None


def _all(texts: tuple[Text, ...]) -> str:
    return next((text.content for text in texts if text.layer is Layer.DOCUMENT), "")
