"""What is said of a page that a browser looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from archiver.archive import Archive
from archiver.cli.saying.output import printable, shorten
from archiver.cli.session import Session
from archiver.errors import InputError, UnknownId
from archiver.model import REDIRECT_LOOP, Snapshot
from archiver.urls import for_shell

F = TypeVar("F", bound=Callable[..., Any])

_VIEWS = (
    ("screenshot", "screenshot", "Write the picture of the page (PNG) that a browser took."),
    ("print", "page_print", "Write the page as the browser printed it (PDF)."),
    ("dom", "dom", "Write the page as the browser held it (HTML)."),
)


def view_options(function: F) -> F:
    """Adds ``--screenshot``, ``--print`` and ``--dom``, each with a file to write."""
    for name, parameter, words in reversed(_VIEWS):
        kind = click.Path(path_type=Path, dir_okay=False)
        function = click.option(f"--{name}", parameter, type=kind, metavar="FILE", help=words)(function)
    return function


def write_views(session: Session, archive: Archive, snapshot: Snapshot, wanted: Mapping[str, Path | None]) -> None:
    """Writes what is wanted of a page as a browser showed it; a file that is there already is not written over.

    Raises UnknownId where the snapshot has no such thing, InputError for a file that cannot be written.
    """
    for name, path in wanted.items():
        if path is None:
            continue
        record = getattr(snapshot.browser, name) if snapshot.browser else None
        if record is None:
            looked = "no browser looked at it" if snapshot.browser is None else "the browser gave none"
            raise UnknownId(f"{snapshot.short_id} has no {name}: {looked}; `archiver snapshot --browser` takes one.")
        block = archive.stored_record(archive.catalogue.leaf_of_record(record)).block
        try:
            with path.open("xb") as file:
                file.write(block)
        except FileExistsError as error:
            raise InputError(f"{printable(str(path))} is there already; name a new file.") from error
        except OSError as error:
            raise InputError(f"{printable(str(path))} cannot be written: {error.strerror}.") from error
        if session.shared.json:
            session.out.line(
                {
                    "schema_version": 1,
                    "snapshot": snapshot.short_id,
                    "view": name,
                    "file": str(path),
                    "bytes": len(block),
                }
            )
        else:
            session.out.text(f"{printable(str(path))}  {len(block):,} bytes: the {name} of {snapshot.short_id}")


_DRAWN = frozenset({"empty", "thin-page", "bot-check", "consent-wall", "restricted"})
_CLOSED = frozenset({"login-wall", "paywall"})


def way_past(snapshot: Snapshot) -> str | None:
    """What may get past the wall that a page is; None where it is none, or nothing is behind it."""
    if snapshot.wall is None or snapshot.origin is not None or snapshot.wall.code not in _DRAWN | _CLOSED:
        return None
    if any(notice.code == REDIRECT_LOOP for notice in snapshot.warnings):
        return None
    url = for_shell(snapshot.url)
    ways = []
    if snapshot.wall.code in _CLOSED:
        ways.append(f"`archiver snapshot --cookies FILE {url}` lends a session of yours")
    elif snapshot.browser is None:
        ways.append(f"`archiver snapshot --browser {url}` looks at it as a reader does")
    return "; ".join([*ways, f"`archiver add FILE --url {url}` takes the page as you saved it"])


def browser_lines(snapshot: Snapshot) -> Iterator[str]:
    """The lines about the browser; none where there was none."""
    view = snapshot.browser
    if view is None:
        return
    width, height = view.viewport
    yield f"  browser      {printable(view.product)}, {width}×{height}"
    for item in view.pressed:
        yield f"  pressed      “{shorten(item.words, 60)}” in {printable(item.banner) or 'a banner'} ({printable(item.rule)})"
    kept = [
        name for name, record in (("screenshot", view.screenshot), ("print", view.print), ("dom", view.dom)) if record
    ]
    if kept:
        yield f"  looks        {', '.join(kept)}: `archiver show {snapshot.short_id} --{kept[0]} FILE` writes it"
