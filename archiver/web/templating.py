"""The templates: everything in them is escaped, and what a page of the web says is made printable first."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from archiver.model import SHORT_ID, Snapshot
from archiver.printable import count, language_tag, printable
from archiver.urls import for_display
from archiver.version import __version__

# embeddings, overrides and isolates of the Unicode Bidirectional Algorithm (UAX #9), and control characters but tab and line end
_STEERING = dict.fromkeys(
    (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)),
    "\ufffd",
)


_REMEMBERED = 1000  # words of each kind that a list says again and again: days, languages
# how letters of Persian, Hindi and others, and parts of an emoji, join: without them a reader sees another spelling
_JOINERS = ("\u200c", "\u200d")
_JOINED = re.compile(r"(?<=[^\x00-\x7f])([\u200c\u200d])(?=[^\x00-\x7f])")


def shown(text: object, width: int = 0) -> str:
    """Words of a page, a person or a file on one line, without what could steer a reader's eye (bidi controls and the like)."""
    words = str(text)
    if not words.isprintable():  # most are; joiners are not
        words = "".join(part if part in _JOINERS else printable(part) for part in _JOINED.split(words))
    words = " ".join(words.split())
    return words if not width or len(words) <= width else words[: width - 1] + "…"


def plain(text: object) -> str:
    """Words of a page or a person with their lines and blanks as they are: what would turn them or what stands beside them round, and so make
    a reader see other words than are there, becomes U+FFFD. Positions stay."""
    return str(text).translate(_STEERING)


@lru_cache(maxsize=_REMEMBERED)
def when(stamp: str) -> Markup:
    """A recorded time as a ``<time>`` that a reader can take in: ``21 November 2026, 15:30 UTC``; as it is where it is none."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return Markup("<span>{}</span>").format(shown(stamp, 40))
    return _time(stamp, f"{moment.day} {moment:%B %Y, %H:%M} UTC")


@lru_cache(maxsize=_REMEMBERED)
def day(stamp: str) -> Markup:
    """The same, the day alone."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return Markup("<span>{}</span>").format(shown(stamp, 40))
    return _time(stamp, f"{moment.day} {moment:%b %Y}")


def _time(stamp: str, words: str) -> Markup:
    safe = escape(stamp)
    return Markup(f'<time datetime="{safe}" title="{safe}">{escape(words)}</time>')  # noqa: S704  # Markup.format takes ten times as long


def lang(snapshot: Snapshot | None) -> Markup:
    """The attribute for words of a page or of a quotation from it: by it a browser chooses among the forms of a character, and a screen reader its
    voice. Unknown is said too, since what stands around is English."""
    return _lang(snapshot.info.language if snapshot is not None else None)


@lru_cache(maxsize=_REMEMBERED)
def _lang(language: str | None) -> Markup:
    return Markup(' lang="{}"').format(language_tag(language))


def short(name: str) -> str:
    """An id as the command line prints it."""
    return name[:SHORT_ID]


def part(text: str) -> str:
    """Text as one part of an address."""
    return quote(text, safe="")


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("archiver.web", "templates"),
        auto_reload=False,  # the templates of this program, not those of one that was put in its place while it ran
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "lang": lang, "plain": plain, "shown": shown,
        "when": when, "day": day, "short": short, "part": part, "url_shown": for_display, "count": count,
    }  # fmt: skip
    made.globals["version"] = __version__
    return made


TEMPLATES = _environment()
