"""The templates: everything in them is escaped, and what a page of the web says is made printable first."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from archiver.model import SHORT_ID
from archiver.printable import count, printable, shorten
from archiver.urls import for_display
from archiver.version import __version__

# embeddings, overrides and isolates of the Unicode Bidirectional Algorithm (UAX #9), and control characters but tab and line end
_STEERING = dict.fromkeys(
    (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)),
    "\ufffd",
)


def shown(text: object, width: int = 0) -> str:
    """Words of a page, a person or a file on one line, without what could steer a reader's eye (bidi controls and the like)."""
    words = str(text)
    return shorten(words, width) if width else " ".join(printable(words).split())


def plain(text: object) -> str:
    """Words of a page or a person with their lines and blanks as they are: what would turn them or what stands beside them round, and so make
    a reader see other words than are there, becomes U+FFFD. Positions stay."""
    return str(text).translate(_STEERING)


def when(stamp: str) -> Markup:
    """A recorded time as a ``<time>`` that a reader can take in: ``21 November 2026, 15:30 UTC``; as it is where it is none."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return Markup("<span>{}</span>").format(shown(stamp, 40))
    words = f"{moment.day} {moment:%B %Y, %H:%M} UTC"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(stamp, stamp, words)


def day(stamp: str) -> Markup:
    """The same, the day alone."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return Markup("<span>{}</span>").format(shown(stamp, 40))
    return Markup('<time datetime="{}" title="{}">{}</time>').format(stamp, stamp, f"{moment.day} {moment:%b %Y}")


def short(name: str) -> str:
    """An id as the command line prints it."""
    return name[:SHORT_ID]


def part(text: str) -> str:
    """Text as one part of an address."""
    return quote(text, safe="")


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("archiver.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "shown": shown, "plain": plain, "when": when, "day": day, "short": short, "part": part, "url_shown": for_display, "count": count,
    }  # fmt: skip
    made.globals["version"] = __version__
    return made


TEMPLATES = _environment()
