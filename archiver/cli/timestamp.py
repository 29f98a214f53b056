"""``archiver timestamp``."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from archiver import anchoring, clock
from archiver.anchoring import Stamped
from archiver.archive import Archive
from archiver.archive.config import check_authority
from archiver.catalogue import StampQueue, Standing
from archiver.cli.options import network_options, tsa_root_option
from archiver.cli.saying.output import printable, table
from archiver.cli.session import Session
from archiver.custody.cosigned import seen
from archiver.errors import InputError, ReadOnlyArchive
from archiver.timestamps import Roots, own_roots
from archiver.urls import for_display

_NONE = "none"
_TIMEOUT = 30.0
_OFFLINE = "not asked: --offline"


@click.command()
@click.option(
    "--authority",
    "named",
    multiple=True,
    metavar="URL",
    help="Ask this authority instead of the configured ones; may be given often.",
)
@click.option(
    "--list", "listing", is_flag=True, help="Show the time stamps there are, what they prove, and what is queued."
)
@click.option(
    "--set-authorities",
    "chosen",
    multiple=True,
    metavar="URL",
    help="Set who is asked after each run (give it once for each; `none` for nobody), and ask nobody now.",
)
@tsa_root_option
@click.option(
    "--renew-before",
    type=click.IntRange(0, 36500),
    default=anchoring.RENEW.days,
    metavar="DAYS",
    show_default=True,
    help="Stamp again where the certificate of a time stamp's signer ends within so many days.",
)
@network_options
@click.pass_context
def timestamp(
    ctx: click.Context,
    named: tuple[str, ...],
    listing: bool,
    chosen: tuple[str, ...],
    root_files: tuple[Path, ...],
    renew_before: int,
) -> int:
    """Have outside authorities confirm when the log was what it is.

    Each authority (RFC 3161) gets a hash of the log's signed head, and nothing else. Its time stamp proves that all that is recorded was
    there at that time. What an authority does not answer is queued; the next run, or this command, asks again. Exit code 0: all have
    stamped, or there is nothing new to stamp; 3: something is queued.

    \b
    Example:
      archiver timestamp --authority http://timestamp.digicert.com
      archiver timestamp --set-authorities http://timestamp.digicert.com --set-authorities https://freetsa.org/tsr
      archiver timestamp --list
    """
    session = Session(ctx)
    if sum(map(bool, (named, listing, chosen))) > 1:
        raise click.UsageError("Give one of --authority, --list and --set-authorities.")
    with session.archive() as archive:
        if chosen:
            return _choose(session, archive, chosen)
        roots = own_roots(archive.keys.folder, root_files)
        if listing:
            return _list(session, archive, roots)
        return _stamp(session, archive, named, roots, timedelta(days=renew_before))


def _choose(session: Session, archive: Archive, chosen: tuple[str, ...]) -> int:
    wanted = () if chosen == (_NONE,) else tuple(dict.fromkeys(chosen))
    archive.change_settings(timestamp_authorities=wanted)
    with StampQueue(archive.root / "state.db") as stored:
        for standing in stored.all():
            if standing.url not in wanted:
                stored.forget(standing.url)
    if session.shared.json:
        session.out.line({"schema_version": 1, "timestamp_authorities": list(wanted)})
    elif wanted:
        session.out.text(
            f"After each run that records something, a hash of the log's head is sent to {', '.join(map(for_display, wanted))}."
        )
    else:
        session.out.text("No authority is asked any more.")
    return 0


def _stamp(session: Session, archive: Archive, named: tuple[str, ...], roots: Roots, ahead: timedelta) -> int:
    if not archive.records:
        raise ReadOnlyArchive(f"{session.why_closed(archive)} Nothing was stamped.")
    for url in named:
        check_authority(url)
    if not session.shared.offline:
        archive.ready("stamped")
    authorities = tuple(dict.fromkeys(named or (*archive.settings.timestamp_authorities, *anchoring.owing(archive))))
    if not authorities:
        raise InputError(
            "No time stamp authority is configured: name one with --authority, or set them for all runs with --set-authorities "
            "(docs/timestamps.md says how to choose)."
        )
    wanted = anchoring.due(archive, authorities)
    lasting = None if wanted else anchoring.ending(archive, roots, ahead)
    asked = wanted or (authorities if lasting else ())
    asking = session.asking(archive, roots, _TIMEOUT)
    results = (
        anchoring.queue(archive, asked, _OFFLINE)
        if asking is None
        else anchoring.stamp(archive, asked, asking, lasting)
    )
    for url in authorities:
        if url not in asked:
            results.append(Stamped(url, archive.head().size))
    for result in results:
        _say(session, result, renewing=bool(lasting))
    if results and all(result.refused for result in results):
        return 2
    return 3 if any(result.error for result in results) else 0


def _say(session: Session, result: Stamped, *, renewing: bool) -> None:
    token, judged = result.token, result.judged
    if session.shared.json:
        session.out.line(
            {
                "schema_version": 1,
                "authority": result.authority,
                "stamped": token is not None,
                "queued": result.queued,
                "size": result.size,
                "time": token.stamp if token else None,
                "token_sha256": token.digest.hex if token else None,
                "expires": clock.stamp(token.expires) if token and token.expires else None,
                "ok": judged.ok if judged else None,
                "detail": result.error or (judged.detail if judged else _nothing(renewing=renewing)),
            }
        )
        return
    name = for_display(result.authority)
    if token is not None and judged is not None:
        word = click.style("stamped", fg="green" if judged.ok else "yellow")
        session.out.text(f"{word}  {name}: the first {result.size} leaves were there at {token.stamp}")
        if not judged.ok:
            session.out.text(f"         kept, but undecided here: {printable(judged.detail)}")
    elif result.error:
        word = click.style("queued " if result.queued else "refused", fg="yellow")
        session.out.text(f"{word}  {name}: {printable(result.error)}")
    else:
        session.out.text(f"nothing  {name}: {_nothing(renewing=renewing)}")


def _nothing(*, renewing: bool) -> str:
    return "it still signs with a certificate that lasts no longer" if renewing else "all that is recorded is stamped"


def _list(session: Session, archive: Archive, roots: Roots) -> int:
    tokens = list(anchoring.kept_tokens(archive, roots))
    stamped = anchoring.window_of(archive, roots, tokens)
    window = replace(stamped, anchors=(*stamped.anchors, *seen(archive)))
    last = window.last
    words = window.words(anchoring.later(archive, last.size) if last else None)
    with StampQueue(archive.root / "state.db") as stored:
        owing = [standing for standing in stored.all() if standing.queued]
    if session.shared.json:
        for item in tokens:
            session.out.line(item.to_json())
        for standing in owing:
            session.out.line(_owing(standing))
        since = clock.stamp(last.time) if last else None
        session.out.line({"schema_version": 1, "window": {"since": since, "detail": words}})
    else:
        rows = [
            (
                item.token.stamp if item.token else "?",
                {True: "ok", False: "FAILED", None: "undecided"}[item.ok],
                str(item.size) if item.token else "?",
                clock.stamp(item.token.expires)[:10] if item.token and item.token.expires else "?",
                printable(item.detail),
            )
            for item in tokens
        ]
        for line in table(rows, ("time", "", "leaves", "until", "what it rests on")) if rows else ():
            session.out.text(line)
        for standing in owing:
            session.out.text(
                f"queued since {standing.queued}: {for_display(standing.url)}: {printable(standing.error)}"
            )
        session.out.text(f"Window: {printable(words)}.")
    return 1 if any(item.ok is False for item in tokens) else 3 if any(item.ok is None for item in tokens) else 0


def _owing(standing: Standing) -> dict[str, object]:
    return {
        "schema_version": 1,
        "authority": standing.url,
        "queued": standing.queued,
        "tries": standing.tries,
        "next_try": standing.next_try,
        "error": standing.error,
    }


commands = {"timestamp": timestamp}
