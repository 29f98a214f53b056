"""A first gate: is this page the content that was asked for, or what stands in front of it?

A wall never decides about a quotation; it says why the page cannot. So the gate rather lets a wall through than stops
a page: apart from the status, every sign counts only on a page with little text of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.model.notice import Notice
from archiver.texts.document import Document
from archiver.texts.wallwords import (
    ACCEPT,
    ACCEPT_FIRST,
    BOT_CHECK,
    CONSENT_TITLE,
    CONSENT_WORD,
    LOGIN_TITLE,
    MARKS,
    MISSING,
    PAYWALL,
)

# Characters that a reader is shown, title included; a page with more is not that kind of wall.
_THIN = 250
_LITTLE = 1_500
_SOME = 4_000
_SENTENCE = 40  # characters on one line: more than a menu, a button or a spinner says
_STUB = 900  # of an article that is not for everybody
_DENSE_FACTOR = 3  # Chinese, Japanese and Korean say in one character what takes others three

_DENSE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")

_STOP = re.compile("[.!?。！？]+")

_GONE = frozenset({404, 410})
_REFUSED = frozenset({401, 402, 403, 407, 429, 451})

_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sight:
    """What the gate looks at: the page, its status and final address, and how many characters the layers hold beside
    the document (``article``, ``embedded``). ``drawn``: a browser has run its scripts, and this is what they made of it."""

    page: Document
    status: int
    url: str
    article: int
    embedded: int
    drawn: bool = False


def find(sight: Sight) -> Notice | None:
    """The wall that this page is, or None.

    Codes: ``no-such-page``, ``restricted``, ``server-error`` (by status); ``empty``, ``thin-page``, ``bot-check``,
    ``soft-404``, ``consent-wall``, ``login-wall``, ``paywall`` (by content)."""
    page = sight.page
    shown = _shown(page)
    size = _size(shown)
    check = _bot_check(page, shown, size)
    by_status = status_wall(sight.status)
    if by_status is not None:
        return check if check is not None and by_status.code != "no-such-page" else by_status
    if check is not None:
        return check
    if page.password and (login := _login(page, size, sight.article)):
        return login
    if not shown.replace(page.title, "", 1).strip() and not sight.article and sight.embedded < _LITTLE:
        return Notice("empty", _emptiness(page))
    if size > _SOME:
        return None
    return (
        _missing(page, shown, size, sight.article)
        or _consent(page, sight.url, shown)
        or _login(page, size, sight.article)
        or _paywall(sight, shown)
        or _thin(sight, shown, size)
    )


def _size(text: str) -> int:
    """Characters, as many as they would be in a script of letters."""
    return len(text) + (_DENSE_FACTOR - 1) * len(_DENSE.findall(text[:_SOME]))


def status_wall(status: int) -> Notice | None:
    """What a status alone says; None for one that says nothing against the content."""
    if status in _GONE:
        return Notice("no-such-page", f"the server answered {status}")
    if status in _REFUSED:
        return Notice("restricted", f"the server answered {status}")
    if status >= 500:
        return Notice("server-error", f"the server answered {status}")
    if status >= 400:
        return Notice("restricted", f"the server answered {status}")
    return None


def _shown(page: Document) -> str:
    pieces: list[str] = []
    start = 0
    for span in page.unseen:
        pieces.append(page.text[start : span.start])
        start = span.end
    pieces.append(page.text[start:])
    return "".join(pieces)


def _emptiness(page: Document) -> str:
    if page.frames:
        return "the page holds frames, and no text of its own"
    return "the page draws its text with scripts" if page.scripts else "the page holds no text"


def _bot_check(page: Document, shown: str, size: int) -> Notice | None:
    if size > _LITTLE:
        return None
    words = BOT_CHECK.search(page.title) or BOT_CHECK.search(shown)
    sources = (page.shown, *(script.source for script in page.scripts), *page.frames)
    marks = any(MARKS.search(source) for source in sources)
    if words or (marks and size < _LITTLE // 2):
        return Notice("bot-check", "the page asks whether a person is looking at it")
    return None


def _missing(page: Document, shown: str, size: int, article: int) -> Notice | None:
    if (MISSING.search(page.title) and article < _STUB) or (size < _LITTLE and MISSING.search(shown)):
        return Notice("soft-404", "the page says that there is no such page")
    return None


def _consent(page: Document, url: str, shown: str) -> Notice | None:
    address = re.match(r"https?://(?:consent|guce|cmp|choices)\.", url or "")
    words = len(CONSENT_WORD.findall(shown))
    # who writes at length about consent has the words, and nothing to press
    asked = words >= 5 and words * 110 > len(shown) and (len(shown) < 4 * _THIN or ACCEPT.search(shown))
    # a page of hardly more than one sentence has the button for a sentence, too
    asked = asked or (len(shown) < _THIN and words >= 2 and words * 60 > len(shown) and _pressed(shown))
    if address or CONSENT_TITLE.search(page.title) or asked:
        return Notice("consent-wall", "the page asks for consent before it shows its content")
    return None


def _pressed(shown: str) -> bool:
    """Whether one of the sentences tells readers to accept or to refuse."""
    return any(ACCEPT_FIRST.search(sentence.strip()) for sentence in _STOP.split(shown))


def _login(page: Document, size: int, article: int) -> Notice | None:
    if (page.password and size < _LITTLE and article < _STUB) or (size < _LITTLE and LOGIN_TITLE.match(page.title)):
        return Notice("login-wall", "the page asks for a log-in")
    return None


def _paywall(sight: Sight, shown: str) -> Notice | None:
    hidden = sum(span.end - span.start for span in sight.page.unseen)
    if max(sight.article, sight.embedded, hidden) > _STUB:
        return None
    not_free = any(_NOT_FREE.search(script.source) for script in sight.page.scripts if "json" in script.kind)
    if not_free or PAYWALL.search(shown):
        return Notice("paywall", "the page shows only the beginning to those who have not subscribed")
    return None


def _thin(sight: Sight, shown: str, size: int) -> Notice | None:
    page = sight.page
    if sight.drawn and not page.frames and any(_size(line) >= _SENTENCE for line in shown.splitlines()):
        return None  # what scripts draw is there: a short page, and not the "Loading" before it
    if size < _THIN and sight.embedded < _LITTLE and (page.scripts or page.frames):
        return Notice("thin-page", f"{_emptiness(page)} beyond a few words" if page.frames else _emptiness(page))
    return None
