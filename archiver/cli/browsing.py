"""``--browser`` and ``--cookies``, which all commands have that capture pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from archiver.browser import find_browser, has_browser
from archiver.capture import ALWAYS, AUTO, NEVER, Options
from archiver.cli.saying.output import printable
from archiver.cookies import MAX_BYTES, read_cookies
from archiver.errors import InputError
from archiver.model import Snapshot
from archiver.personal import read_personal

F = TypeVar("F", bound=Callable[..., Any])

_WHEN = (AUTO, ALWAYS, NEVER)


class BrowserCommand(click.Command):
    """A command whose ``--browser`` may stand without a word behind it, even before an address."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        for at in range(end):
            if args[at] == "--browser":
                word = args[at + 1] if at + 1 < end else ""
                args[at : at + 2 if word in _WHEN else at + 1] = [f"--browser={word if word in _WHEN else ALWAYS}"]
                return self.parse_args(ctx, args)
        return super().parse_args(ctx, args)


def browser_options(function: F) -> F:
    """Adds the two options; they come as ``browser`` and ``cookies``, for `with_browser`."""
    function = click.option(
        "--cookies",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Lend a session of yours: cookies.txt or JSON, sent to their own sites only; the capture stays marked, the cookies are not recorded.",
    )(function)
    return click.option(
        "--browser",
        type=click.Choice(_WHEN),
        metavar="[auto|always|never]",
        help="Look at the page with a browser: where it cannot be read without (auto, what one URL gets where a browser is there), "
        "always (--browser alone), or never (what lists get).",
    )(function)


def with_browser(options: Options | None, browser: str | None, cookies: Path | None, *, single: bool) -> Options | None:
    """The options of a capture with what a person chose; ``single``: of one page that they named.

    Raises MissingExtra where a browser is wanted and there is none, InputError for a file of cookies that is none.
    """
    if options is None:
        return None
    program = read_personal().browser
    if browser == ALWAYS:
        find_browser(program)  # said now, not after the network was asked
    when = browser or (AUTO if single and has_browser(program) else NEVER)
    fetch = options.fetch
    if cookies is not None:
        fetch = replace(fetch, cookies=read_cookies(printable(str(cookies)), _read(cookies)))
    return replace(options, browser=when, program=program, fetch=fetch)


def unused_browsing(options: Options | None, snapshot: Snapshot | None, browser: str | None) -> str | None:
    """Says that what a person chose had no part, since the page was on record already; None where it had, or nothing was chosen."""
    if options is None or snapshot is None:
        return None
    unused = ["--browser"] if browser == ALWAYS and not options.contacts.scripts and snapshot.browser is None else []
    unused += ["--cookies"] if options.fetch.cookies and not options.contacts.session else []
    if not unused:
        return None
    return (
        f"{' and '.join(unused)} had no part in this: {snapshot.short_id} was on record already; `archiver snapshot` with "
        f"{'it' if len(unused) == 1 else 'them'} asks the page again."
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{printable(str(path))} cannot be read: {error.strerror}.") from error
