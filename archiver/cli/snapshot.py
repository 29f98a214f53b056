"""``archiver snapshot``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import IO

import click

from archiver import clock
from archiver.archive import Archive
from archiver.bulk import Outcome, Refused, UrlList, Wanted, capture_all, read_list
from archiver.capture import Options, capture
from archiver.catalogue import State
from archiver.cli.options import shared_options
from archiver.cli.output import printable, shorten
from archiver.cli.session import Session
from archiver.errors import ArchiverError, InputError, NetworkError
from archiver.model import Snapshot
from archiver.urls import for_display, normalise


@click.command()
@click.argument("urls", nargs=-1, metavar="URL...")
@click.option(
    "-i", "--input", "file", type=click.File("rb"), metavar="FILE", help="A list of URLs, one a line; - is stdin."
)
@click.option(
    "--fresh", is_flag=True, help="Begin a list anew instead of taking up where it stopped; ask for whole pages."
)
@click.option("--insecure", is_flag=True, help="Record a page though its certificate is bad; it stays marked for good.")
@shared_options
@click.pass_context
def snapshot(ctx: click.Context, urls: tuple[str, ...], file: IO[bytes] | None, fresh: bool, insecure: bool) -> int:
    """Capture web pages and record them.

    A list that was interrupted, or that had failures, is taken up where it stopped: run the same command again.

    \b
    Example:
      archiver snapshot https://example.org/
      archiver snapshot --input urls.txt --per-host 2
    """
    session = Session(ctx)
    if bool(urls) == (file is not None):
        raise click.UsageError("Give URLs, or a list of them with --input (one of the two).")
    with session.archive(create=True) as archive:
        options = session.capture_options(archive)
        if options is None:
            raise NetworkError("A snapshot needs the network, and --offline forbids it.")
        options = replace(options, conditional=not fresh, fetch=replace(options.fetch, verify_tls=not insecure))
        if len(urls) == 1:
            _show(session, capture(archive, urls[0], options))
            session.say_contacts(options)
            return 0
        if file is not None:
            code = _list(session, archive, read_list(file.read()), options, fresh=fresh)
        else:
            code = _many(session, archive, [Wanted(url) for url in urls], (), options)
        session.say_contacts(options)
        return code


def _list(session: Session, archive: Archive, wanted: UrlList, options: Options, *, fresh: bool) -> int:
    """A list is done once each of its URLs is recorded; until then the same list goes on where it stopped."""
    if not wanted.wanted and not wanted.refused:
        raise InputError("The list holds no URL.")
    with State(archive.root / "state.db") as state:
        first, began = state.begin_run(wanted.digest, archive.head().size, clock.stamp(), fresh=fresh)
    done = {normalise(url) for url in archive.catalogue.captured_since(first)}
    missing = [item for item in wanted.wanted if normalise(item.url) not in done]
    if len(missing) < len(wanted.wanted):
        session.out.note(
            f"{len(wanted.wanted) - len(missing)} of {len(wanted.wanted)} are recorded since {began}; going on with the rest (--fresh begins anew)."
        )
    code = _many(session, archive, missing, wanted.refused, options)
    done = {normalise(url) for url in archive.catalogue.captured_since(first)}
    if all(normalise(item.url) in done for item in wanted.wanted):
        with State(archive.root / "state.db") as state:
            state.finish_run(wanted.digest, clock.stamp())
    return code


def _many(
    session: Session, archive: Archive, wanted: Sequence[Wanted], refused: Sequence[Refused], options: Options
) -> int:
    jobs, per_host = session.jobs(archive)
    failures: list[Outcome] = []
    recorded = 0
    for line in refused:
        if session.shared.json:
            session.out.line({"error": line.why, "location": {"line": line.line}})
        else:
            session.out.note(f"line {line.line}: {line.why}")
    with session.out.progress("capturing", len(wanted)) as bar:
        for outcome in capture_all(archive, wanted, options, jobs, per_host):
            if outcome.snapshot is not None:
                recorded += 1
                if session.shared.json:
                    session.out.line(outcome.snapshot.to_json())
                else:
                    session.out.text(_row(outcome.snapshot))
            else:
                failures.append(outcome)
                if session.shared.json:
                    location = {"line": outcome.wanted.line} if outcome.wanted.line else None
                    session.out.line({"error": str(outcome.error), "url": outcome.wanted.url, "location": location})
            bar(recorded + len(failures), failed=len(failures))
    total = len(wanted) + len(refused)
    session.out.note(f"{recorded} of {total} recorded.")
    if failures and not session.shared.json:
        session.out.note(f"{len(failures)} failed:")
        for failure in failures:
            session.out.note(f"  {printable(str(failure.error))}")
    if failures:
        session.out.note("To try these again, run the same command again.")
    return _exit_code(recorded, refused, [failure.error for failure in failures if failure.error])


def _exit_code(recorded: int, refused: Sequence[Refused], errors: Sequence[ArchiverError]) -> int:
    if not errors and not refused:
        return 0
    if not recorded and all(error.exit_code == 2 for error in errors):
        return 2
    return 3


def _row(item: Snapshot) -> str:
    kind = "again" if item.revisit_of else str(item.status)
    warned = (
        click.style(f"  {', '.join(notice.code for notice in item.warnings)}", fg="yellow") if item.warnings else ""
    )
    return f"{item.short_id}  {kind:>5}  {for_display(item.url)}{warned}"


def _show(session: Session, item: Snapshot) -> None:
    if session.shared.json:
        session.out.line(item.to_json())
        return
    say = session.out.text
    say(f"{click.style(item.short_id, bold=True)}  {for_display(item.url)}")
    if item.final_url != item.url.partition("#")[0]:
        say(f"  redirected   {for_display(item.final_url)}")
    say(f"  answered     {item.status} {printable(item.media_type)} at {item.captured_at}")
    if item.info.title:
        by = f" by {shorten(', '.join(item.info.authors), 60)}" if item.info.authors else ""
        say(f"  title        {shorten(item.info.title, 90)}{by}")
    if item.revisit_of:
        say(f"  the same as  {item.revisit_of[:14]}: recorded as a revisit")
    layers = ", ".join(f"{text.layer} {text.characters:,}" for text in item.texts)
    say(f"  text         {layers + ' characters' if layers else 'none'}")
    say(f"  recorded     {item.warc_file} at byte {item.warc_offset:,}, payload sha256 {item.payload_sha256}")
    for notice in item.warnings:
        say(click.style(f"  warning      {notice.code}: {printable(notice.detail)}", fg="yellow"))


commands = {"snapshot": snapshot}
