"""What a person names on the command line: an id, or the address of a page. One is never answered as the other."""

from __future__ import annotations

import re
from pathlib import Path

from archiver.archive import is_id
from archiver.cli.root import COMMANDS
from archiver.cli.saying.output import printable
from archiver.errors import InputError
from archiver.urls import for_display, parse_page

_LIKE_AN_ID = re.compile(r"[sq]-[0-9a-f]*", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9a-f]{4,64}", re.IGNORECASE)
_OTHER_FILES = frozenset({".csv", ".jsonl", ".bib", ".json", ".ris", ".rdf", ".pdf"})
_LIKE_A_HOST = re.compile(r"[^\s/:@]+\.[^\W\d][\w-]*(?:[:/?#]\S*)?")


def read_source(what: str, *ids: str) -> str:
    """The id (in lower case) or the address that is meant; ``ids`` are the kinds of id that are taken, ``s-`` and ``q-``.

    Raises InputError, which says what is wrong with an id, or with an address.
    """
    shown = printable(what)[:200]
    if _LIKE_AN_ID.fullmatch(what):
        name = what.lower()
        if not is_id(name, name[:2]):
            raise InputError(
                f"{shown} is no whole id: after {name[:2]} come 4 to 64 hex digits; `archiver list` shows them."
            )
        if name[:2] not in ids:
            raise InputError(f"{shown} is the id of a {_KINDS[name[:2]]}; {_wanted(ids)} is wanted here.")
        return name
    if what.startswith("urn:archiver:supplied:"):
        return what  # how a file is named that is from no address
    try:
        parse_page(what)
    except InputError as error:
        raise InputError(_hint(what, shown, ids) or str(error)) from error
    return what


_KINDS = {"s-": "snapshot", "q-": "quote"}


def _wanted(ids: tuple[str, ...]) -> str:
    kinds = [f"a {_KINDS[kind]} ({kind}...)" for kind in ids]
    return f"{', '.join(kinds)} or the address of a page" if kinds else "the address of a page"


def _hint(what: str, shown: str, ids: tuple[str, ...]) -> str | None:
    """What was probably meant by something that is no address; None where the parser's own words say it best."""
    path = Path(what.removeprefix("file://"))
    if "\0" not in what and len(what) < 1000 and path.is_file():
        how = (
            " `archiver add` takes files."
            if "add" in COMMANDS
            else " Give the http or https address that it comes from."
        )
        return f"{shown} is a file, not the address of a page.{how}"
    if _is_like_a_file(what):
        here = "" if path.is_absolute() else " here"
        return f"There is no file {shown}{here}; an address begins with https://."
    if ids and _DIGITS.fullmatch(what):
        kinds = " or ".join(f"{kind}{shown[:14]}" for kind in ids)
        return f"{shown} is no address, and an id begins with its kind: {kinds}."
    if _LIKE_A_HOST.fullmatch(what):
        return f"{shown} is no whole address; is {for_display(f'https://{what}')} meant?"
    if ids and ":" not in what:
        return f"{shown!r} is neither an id nor an address; {_wanted(ids)} such as https://example.org/page is wanted here."
    return None


def _is_like_a_file(what: str) -> bool:
    """Whether it has the ending of a manuscript, a table or a bibliography, or a folder before it, and no host in its place."""
    from archiver.manuscripts.readers import ENDINGS  # half a second that only such an error pays

    head, parted, _ = what.replace("\\", "/").partition("/")
    if "://" in what or (parted and _LIKE_A_HOST.fullmatch(head)):
        return False
    return bool(parted) or Path(what).suffix.lower() in _OTHER_FILES | ENDINGS.keys()
