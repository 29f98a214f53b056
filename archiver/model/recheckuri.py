"""The target URI of a recheck's record: it names the page that was looked at, so that the leaf of the log, of which a proof shows no more than
the details, is bound to that page. Records of before name none.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from archiver.model.kinds import RECHECK

_PREFIX = f"urn:archiver:{RECHECK}:"
_AS_IT_IS = (
    "/:@!$&'()*+,;=~"  # what RFC 8141 lets stand in the name of a URN beside letters, digits, ``-``, ``.`` and ``_``
)


def recheck_uri(name: str, url: str) -> str:
    """``urn:archiver:recheck:<uuid>:<address, percent-encoded>``; ``name`` is the UUID, ``url`` the page without user name and fragment."""
    return f"{_PREFIX}{name}:{quote(url, safe=_AS_IT_IS)}"


def rechecked_page(uri: str) -> str | None:
    """The address that the URI of a recheck names, None where it names none, as those of before."""
    name, colon, page = uri.removeprefix(_PREFIX).partition(":")
    return unquote(page, errors="replace") if uri.startswith(_PREFIX) and name and colon and page else None
