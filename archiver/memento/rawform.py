"""How archives that run Wayback software (the Wayback Machine, pywb, OpenWayback) name a copy as it was captured.

``/web/20140126200624/http://…`` is what people are shown, links rewritten and a banner put in; with ``id_`` behind the digits it is the payload
as it was recorded. RFC 7089 has no word for that.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from archiver.errors import InputError
from archiver.urls import parse

_FORM = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/(?=[a-z][a-z0-9+.-]*:/|www\.)", re.IGNORECASE)


def raw_form(uri: str) -> str | None:
    """The address of the copy as it was captured, None where the address has not the form from which that can be told."""
    found = _FORM.search(parse(uri).target)
    return None if found is None else _FORM.sub(r"/\1id_/", uri, count=1)


def is_raw(uri: str) -> bool:
    found = _FORM.search(parse(uri).target)
    return found is not None and "id_/" in found[0]


def original_of(uri: str) -> str | None:
    """The address of the page that such an address names, None where it names none."""
    target = parse(uri).target
    found = _FORM.search(target)
    if found is None:
        return None
    named = target[found.end() :]
    try:
        return parse(f"http://{named}" if named.lower().startswith("www.") else named).href
    except InputError:
        return None


def date_of(uri: str) -> datetime | None:
    """The moment that such an address names (UTC), None where it names none."""
    found = _FORM.search(parse(uri).target)
    try:
        return None if found is None else datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:  # 14 digits that are no date
        return None
