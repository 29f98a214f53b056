"""``archiver quote``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from archiver import clock, quoting
from archiver.archive import is_id
from archiver.cli.browsing import BrowserCommand, browser_options, unused_browsing, with_browser
from archiver.cli.options import network_options, tolerate_option
from archiver.cli.saying.judged import describe, exit_code
from archiver.cli.session import Session
from archiver.cli.snapshot.secondhand import suggesting_copies
from archiver.cli.source import read_source


@click.command(cls=BrowserCommand)
@click.argument("source", metavar="URL_OR_SNAPSHOT")
@click.argument("text")
@click.option("--speaker", metavar="NAME", help="Who says it: kept with the quote, not checked.")
@click.option("--note", metavar="TEXT", help="A note to keep with the quote.")
@click.option("--prefix", default="", metavar="TEXT", help="Words before it, where it stands more than once.")
@click.option("--suffix", default="", metavar="TEXT", help="Words behind it, where it stands more than once.")
@click.option("--page-only", is_flag=True, help="Where the page is captured first, leave its images, styles and fonts.")
@tolerate_option
@browser_options
@network_options
@click.pass_context
def quote(
    ctx: click.Context,
    source: str,
    text: str,
    speaker: str | None,
    note: str | None,
    prefix: str,
    suffix: str,
    page_only: bool,
    tolerate: str | None,
    browser: str | None,
    cookies: Path | None,
) -> int:
    """Judge a quotation against its source and record it with its verdict.

    The page is captured first where the archive has no snapshot of it, and not asked again where it has one; `archiver snapshot`
    does that. Exit code 0: it holds; 1: it does not; 3: it could not be decided.

    \b
    Example:
      archiver quote https://example.org/ "for use in documentation examples"
      archiver quote s-0123456789ab "a wrong decision" --speaker "Kim"
    """
    session = Session(ctx)
    source = read_source(source, "s-")
    quotation = quoting.Quotation(text, speaker, note, prefix, suffix)
    began = None if is_id(source, "s-") else clock.stamp()
    with session.archive(create=True) as archive:
        options = with_browser(session.capture_options(archive), browser, cookies, single=True)
        if options is not None and not page_only:
            options = replace(options, assets=session.asset_run(archive, 1))
        with suggesting_copies(source, asked=False):
            judged = quoting.quote(archive, source, quotation, options)
        judged = replace(judged, tolerate_minor=tolerate == "minor")
        if session.shared.json:
            session.out.line(judged.to_json())
        else:
            for line in describe(judged, asked_since=began):
                session.out.text(line, indent=12)
        if (unused := unused_browsing(options, judged.snapshot, browser)) is not None:
            session.out.note(unused)
        if not archive.records:
            session.out.note(f"Judged, not recorded. {session.why_closed(archive)}")
        return exit_code([judged.holds])


commands = {"quote": quote}
