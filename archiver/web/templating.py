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


def shown(text: object, width: int = 0) -> str:
    """Words of a page, a person or a file on one line, without what could steer a reader's eye (bidi controls and the like)."""
    words = str(text)
    return shorten(words, width) if width else " ".join(printable(words).split())


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
        "shown": shown, "when": when, "day": day, "short": short, "part": part, "url_shown": for_display, "count": count,
    }  # fmt: skip
    made.globals["version"] = __version__
    return made


TEMPLATES = _environment()
