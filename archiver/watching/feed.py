"""Alerts as an Atom feed (RFC 4287) in a file, which a feed reader takes from the disk or a web server hands out.

The file is made anew from what was told, so it never holds an alert twice and never misses one that it held before; a reader knows an entry
by its id, which is that of the recorded recheck.
"""

from __future__ import annotations

import html
import os
import re
import uuid
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from archiver import durable
from archiver.catalogue import Alert
from archiver.errors import InputError
from archiver.printable import printable
from archiver.version import TOOL, __version__

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 200
_LONGEST = 8000  # characters of one entry's text
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/archiver/alerts")


def feed_of(alerts: Sequence[Alert], origin: str, made: str, address: str | None = None, told: int = 0) -> bytes:
    """The feed over these alerts, newest first. ``origin`` names the archive's log, ``made`` is the feed's time where there is no alert,
    ``address`` where it can be fetched, if anywhere, ``told`` how many alerts there are in all: where it holds fewer, it says so.
    """
    told = max(told, len(alerts))
    root = etree.Element(_name("feed"), nsmap={None: ATOM})
    alerts = alerts[:MOST_ENTRIES]
    _add(root, "id", uuid.uuid5(_SPACE, origin).urn)
    _add(root, "title", f"What changed in the sources of {_text(origin)}")
    if told > len(alerts):
        words = f"The newest {len(alerts)} of {told} alerts; `archiver watch alerts --limit N` lists the last N."
        _add(root, "subtitle", words)
    _add(root, "updated", max((alert.at for alert in alerts), default=made))
    _add(_add(root, "author"), "name", "archiver")
    _add(root, "generator", TOOL, version=__version__)
    if address is not None:
        _add(root, "link", rel="self", type="application/atom+xml", href=_iri(address))
    for alert in alerts:
        entry = _add(root, "entry")
        _add(entry, "id", entry_id(alert.id))
        _add(entry, "title", _text(alert.title))
        _add(entry, "updated", alert.at)
        _add(entry, "published", alert.at)
        _add(entry, "category", term=_text(alert.kind))
        _add(entry, "link", rel="alternate", href=_iri(alert.url))
        moved = alert.data.get("moved_to")
        if moved:
            _add(entry, "link", rel="related", href=_iri(str(moved)))
        # HTML, since readers fold the lines of plain text into one
        _add(entry, "content", f"<pre>{html.escape(_text(alert.words)[:_LONGEST])}</pre>", type="html")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def write_feed(path: Path, data: bytes) -> None:
    """Puts the feed in the file's place, whole or not at all, with the rights that it had; of a link, in the place of what it leads to. Raises
    InputError where it cannot be written."""
    try:
        file = (
            path.resolve()
        )  # else the link would be replaced, and whoever reads what it led to would see the old feed for good
        mode = file.stat().st_mode & 0o777 if file.exists() else None
        durable.replace_file(file, data)
        if mode is not None and os.name != "nt":
            file.chmod(mode)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        why = getattr(error, "strerror", None) or error
        raise InputError(f"The feed {printable(str(path))} cannot be written: {why}.") from error


def entry_id(alert: str) -> str:
    """The id of an alert's entry: the same for good."""
    return uuid.uuid5(_SPACE, _NO_XML.sub("\ufffd", alert)).urn


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, _name(tag), attributes)
    element.text = text
    return element


def _text(words: str) -> str:
    """Without what XML 1.0 has no place for, and without what would turn the writing about."""
    return "\n".join(printable(line) for line in _NO_XML.sub("\ufffd", words).split("\n"))


def _iri(address: str) -> str:
    """An address as an attribute takes it (RFC 3986): what stands in none is escaped."""
    return "".join(
        sign if "!" <= sign <= "~" and sign not in '"<>\\^`{|}' else "".join(f"%{byte:02X}" for byte in sign.encode())
        for sign in _NO_XML.sub("", address)
    )
