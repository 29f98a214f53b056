"""``archiver snapshot``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any

import click

from archiver.archive import Archive
from archiver.bulk import ListRun, Outcome, Refused, Taker, UrlList, Wanted, capture_all, not_recorded, read_list
from archiver.capture import Options, Reader, SecondHand, capture_or_copy, is_gone
from archiver.cli.browsing import BrowserCommand, browser_options, with_browser
from archiver.cli.cite.bibliographies import read_sources
from archiver.cli.cohort.tag import Cohort, tag_option
from archiver.cli.options import network_options
from archiver.cli.saying.assets import asset_list, assets_option, say_assets
from archiver.cli.saying.failures import AGAIN
from archiver.cli.saying.looked import browser_lines, way_past
from archiver.cli.saying.output import printable, shorten
from archiver.cli.session import Session
from archiver.cli.snapshot.secondhand import (
    keeper,
    kept_line,
    kept_of,
    origin_lines,
    second_hand,
    secondhand_options,
    suggesting_copies,
    suggestion,
)
from archiver.cli.snapshot.tally import Tally
from archiver.cli.source import read_source
from archiver.cli.spread import scheduler_of, scheduler_option
from archiver.errors import ArchiveError, InputError, NetworkError
from archiver.model import Snapshot
from archiver.urls import for_display, parse_page


@click.command(cls=BrowserCommand)
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option(
    "-i",
    "--input",
    "file",
    type=click.File("rb"),
    metavar="FILE",
    help="A list of URLs, one a line, or a table (.csv, .tsv) with a column url; - is stdin.",
)
@click.option(
    "--from",
    "bibliography",
    type=click.File("rb"),
    metavar="FILE",
    help="A bibliography (.bib, CSL-JSON, RIS, Zotero RDF): every entry that has an address.",
)
@click.option(
    "--fresh", is_flag=True, help="Begin a list anew instead of taking up where it stopped; ask for whole pages."
)
@tag_option
@assets_option
@secondhand_options
@click.option("--insecure", is_flag=True, help="Record a page though its certificate is bad; it stays marked for good.")
@browser_options
@scheduler_option
@network_options
@click.pass_context
def snapshot(
    ctx: click.Context,
    /,
    urls: tuple[str, ...],
    file: IO[bytes] | None,
    bibliography: IO[bytes] | None,
    fresh: bool,
    tag: str | None,
    assets: bool | None,
    insecure: bool,
    save_to: str | None,
    browser: str | None,
    cookies: Path | None,
    **copies: Any,
) -> int:
    """Capture web pages and record them.

    A single URL comes with what the page and its styles name: images, style sheets, fonts and icons, not scripts, audio, video or the pages
    in frames. What of it cannot be had is counted, and does not fail the page.

    A list that was interrupted, or of which pages failed, is taken up where it stopped: run the same command again. Once all its pages are
    recorded it begins anew, also where a line of it is no URL. Exit code 0: all are recorded, error pages too (which is said); 3: some are
    not, or a line is no URL; 2: none could be.

    With --tag, what came of each address of the list is recorded too: `archiver cohort` shows, exports and describes it.

    \b
    Example:
      archiver snapshot https://example.org/
      archiver snapshot --page-only https://example.org/
      archiver snapshot --browser https://example.org/drawn-by-scripts
      archiver snapshot --input urls.txt --per-host 2
      archiver snapshot --input urls.txt --tag study-1
      archiver snapshot --from refs.bib
      archiver snapshot https://example.org/gone --memento --at 2019-05-31
    """
    session = Session(ctx)
    second = second_hand(**copies)
    if (bool(urls), file is not None, bibliography is not None).count(True) != 1:
        raise click.UsageError(
            "Give URLs, a list of them with --input, or a bibliography with --from (one of the three)."
        )
    for option, value in (("--tag", tag), ("--scheduler", scheduler_of(ctx))):
        if value is not None and urls:
            raise click.UsageError(f"{option} goes with a list: --input or --from.")
    if len(urls) == 1:
        read_source(urls[0])
    with session.archive(create=True) as archive:
        options = with_browser(session.capture_options(archive), browser, cookies, single=len(urls) == 1)
        if options is None:
            raise NetworkError("A snapshot needs the network, and --offline forbids it.")
        archive.ready()
        options = replace(options, conditional=not fresh, fetch=replace(options.fetch, verify_tls=not insecure))
        options = replace(options, keeper=keeper(save_to))
        if assets or (assets is None and len(urls) == 1):
            options = replace(options, assets=session.asset_run(archive, len(urls) or 2))
        if len(urls) == 1:
            _one(session, archive, urls[0], options, second)
            return 0
        take = partial(_taken, second)
        given = _given(session, file, bibliography)
        if given is not None:
            cohort = Cohort(session, tag, options, second) if tag is not None else None
            return _list(session, ListRun.begin(archive, given, fresh=fresh), options, take, cohort)
        wanted, refused = _told_apart(urls)
        tally = Tally(session, len(wanted), "To try what failed again, give it to `archiver snapshot` again.")
        return _many(tally, archive, wanted, refused, options, take)


def _given(session: Session, file: IO[bytes] | None, bibliography: IO[bytes] | None) -> UrlList | None:
    """The list that was handed in, None where none was."""
    if file is not None:
        return read_list(file.read(), str(getattr(file, "name", "")))
    return read_sources(session, bibliography) if bibliography is not None else None


def _told_apart(named: Sequence[str]) -> tuple[list[Wanted], list[Refused]]:
    """What was named that is an address, and what is none."""
    wanted, refused = [], []
    for url in named:
        try:
            parse_page(url)
        except InputError as error:
            refused.append(Refused(url, 0, str(error)))
        else:
            wanted.append(Wanted(url))
    return wanted, refused


def _one(session: Session, archive: Archive, url: str, options: Options, second: SecondHand | None) -> None:
    show = partial(_show, session, archive)
    with suggesting_copies(url, asked=second is not None):
        taken = capture_or_copy(archive, url, options, second, on_live=show)
    show(taken)
    if second is None and is_gone(taken):
        session.out.note(f"The page is not there; {suggestion(url)}.")


def _taken(second: SecondHand | None, archive: Archive, url: str, options: Options, read: Reader) -> Snapshot:
    return capture_or_copy(archive, url, options, second, read)


def _list(session: Session, run: ListRun, options: Options, take: Taker, cohort: Cohort | None) -> int:
    missing, wanted = run.missing(), run.urls.wanted
    if len(missing) < len(wanted):
        session.out.note(
            f"{len(wanted) - len(missing)} of {len(wanted)} are recorded since {run.began}; going on with the rest (--fresh begins anew)."
        )
    tally = Tally(session, len(wanted), AGAIN, earlier=len(wanted) - len(missing))
    code = _many(tally, run.archive, missing, run.urls.refused, options, take, cohort.add if cohort else None)
    if cohort is not None:
        # before the run is over: after a kill between the two the same call records it again, and captures nothing
        cohort.record(run)
    run.finish()
    return code


def _many(
    tally: Tally,
    archive: Archive,
    wanted: Sequence[Wanted],
    refused: Sequence[Refused],
    options: Options,
    take: Taker,
    also: Callable[[Outcome], None] | None = None,
) -> int:
    first_leaf = archive.head().size
    jobs, per_host = tally.session.jobs(archive)
    for line in refused:
        tally.refused(line)
    with tally.session.out.progress("capturing", len(wanted)) as bar:
        try:
            with closing(capture_all(archive, wanted, options, jobs, per_host, take)) as outcomes:
                for outcome in outcomes:
                    tally.add(outcome)
                    if also is not None:
                        also(outcome)
                    bar(tally.done, failed=tally.failed)
        except ArchiveError:
            tally.sum_up()
            raise
        except KeyboardInterrupt:
            # more may be recorded than there was time to say
            done = len(wanted) - len(not_recorded(archive, tuple(wanted), first_leaf))
            tally.interrupted(done, archive.catalogue.snapshots_since(first_leaf))
    tally.sum_up()
    return tally.exit_code()


def _show(session: Session, archive: Archive, item: Snapshot) -> None:
    kept = kept_of(archive, item)
    if session.shared.json:
        session.out.line(item.to_json() | asset_list(archive, item) | ({"kept": kept} if kept else {}))
        return
    say = partial(session.out.text, indent=15)
    say(f"{click.style(item.short_id, bold=True)}  {for_display(item.url)}")
    for line in origin_lines(item.origin) if item.origin else ():
        say(line)
    if item.origin is None and item.final_url != item.url.partition("#")[0]:
        say(f"  redirected   {for_display(item.final_url)}")
    say(f"  answered     {item.status} {printable(item.media_type)} at {item.captured_at}")
    if item.info.title:
        by = f" by {shorten(', '.join(item.info.authors), 60)}" if item.info.authors else ""
        say(f"  title        {shorten(item.info.title, 90)}{by}")
    if item.revisit_of:
        say(f"  the same as  {item.revisit_of[:14]}: recorded as a revisit")
    for line in browser_lines(item):
        say(line)
    layers = ", ".join(f"{text.layer} {text.characters:,}" for text in item.texts)
    say(f"  text         {layers + ' characters' if layers else 'none'}")
    say_assets(say, archive, item)
    say(f"  recorded     {item.warc_file} at byte {item.warc_offset:,}, payload sha256 {item.payload_sha256}")
    copy = kept_line(kept) if kept else None
    if copy:
        say(copy)
    for notice in item.warnings:
        say(click.style(f"  warning      {notice.code}: {printable(notice.detail)}", fg="yellow"))
    if way := way_past(item):
        say(f"  perhaps      {way}")


commands = {"snapshot": snapshot}
