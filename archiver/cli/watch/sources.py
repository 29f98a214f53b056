"""``archiver watch add``, ``remove``, ``list`` and ``alerts``."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from archiver import clock
from archiver.archive import Archive
from archiver.catalogue import Alert, Delivery, Watched, WatchState
from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable, shorten, table
from archiver.cli.saying.words import ago, count
from archiver.cli.session import Session
from archiver.cli.watch.named import Named
from archiver.rechecking import cited_sources
from archiver.urls import for_display, page_key, parse_page
from archiver.watching import STATE, WEBHOOK, Policy, details, hosts_only, in_words, parse_interval

_FAR = 4e9  # seconds since 1970: no due time shown is later
_MOST = 10_000


@click.command("add")
@click.argument("named", nargs=-1, required=True, metavar="URL|FILE...")
@click.option("--every", metavar="SPAN", help="The interval that these begin with, such as 12h.")
@shared_options
@click.pass_context
def add(ctx: click.Context, named: tuple[str, ...], every: str | None) -> int:
    """Watch more sources: addresses, or those of manuscripts, tables of quotations and bibliographies.

    Sources with a recorded quotation are watched anyway. A source that is new is due at once.

    \b
    Example:
      archiver watch add https://example.org/page
      archiver watch add paper.md refs.bib --every 12h
    """
    session = Session(ctx)
    interval = parse_interval(every) if every is not None else None
    note = None if interval is None else _beyond(interval)
    with session.archive(watched=True) as archive:
        watched = Named(session, archive, "watched", "archiver watch list")
        urls = watched.urls(named, "put under watch")
        now = clock.now().timestamp()
        with _state(archive) as state:
            watched.put(urls, lambda url: state.add(page_key(url), url, interval, Policy().every, now), note)
    return 0


def _beyond(interval: float) -> str | None:
    """What is said of an interval that a watch does not keep to by itself."""
    policy, named = Policy(), in_words(interval)
    if interval < policy.at_least:
        kept, most, option = in_words(policy.at_least), "most", "--at-least"
    elif interval > policy.at_most:
        kept, most, option = in_words(policy.at_most), "least", "--at-most"
    else:
        return None
    return f"A watch looks every {kept} at {most}, not every {named}, unless it is begun with {option} {named}."


@click.command("remove")
@click.argument("named", nargs=-1, required=True, metavar="URL|FILE...")
@shared_options
@click.pass_context
def remove(ctx: click.Context, named: tuple[str, ...]) -> int:
    """Watch these no longer, also where quotations of them are recorded; `add` takes that back.

    \b
    Example:
      archiver watch remove https://example.org/page
    """
    session = Session(ctx)
    with session.archive(watched=True) as archive:
        watched = Named(session, archive, "watched", "archiver watch list")
        urls = watched.urls(named, "taken from the watch")
        cited = {page_key(url) for url in cited_sources(archive).urls}
        now = clock.now().timestamp()
        with _state(archive) as state:
            known = {item.key for item in state.sources()} | cited
            watched.take(urls, known, lambda url: state.remove(page_key(url), parse_page(url).href, now))
    return 0


@click.command("list")
@shared_options
@click.pass_context
def listing(ctx: click.Context) -> int:
    """List what is watched: when each source is next due, what the last look found, and how often it is looked at.

    \b
    Example:
      archiver watch list
      archiver watch list --json
    """
    session = Session(ctx)
    with session.archive(watched=True) as archive:
        sources = _sources(archive)
    now = clock.now().timestamp()
    if session.shared.json:
        for item in sources:
            session.out.line(
                {
                    "schema_version": 1,
                    "url": item.url,
                    "due": clock.stamp(datetime.fromtimestamp(min(item.due, _FAR), UTC)),
                    "interval": round(item.interval),
                    "drift": item.drift or None,
                    "looked": item.looked or None,
                    "failures": item.failures,
                    "added": item.added,
                }
            )
        return 0
    rows = [
        (
            "now" if item.due <= now else f"in {in_words(item.due - now)}",
            in_words(item.interval),
            item.drift + (f" ({item.failures}×)" if item.failures > 1 else "") or "-",
            ago(item.looked) if item.looked else "never",
            for_display(item.url),
        )
        for item in sources
    ]
    for line in table(rows, ("due", "every", "last drift", "looked", "source")) if rows else ():
        session.out.text(line)
    session.out.note(f"{count(len(rows), 'source')} watched; `archiver watch` looks at what is due.")
    return 0


@click.command("alerts")
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(1, _MOST),
    default=50,
    show_default=True,
    metavar="N",
    help="So many, the newest.",
)
@click.option("--undelivered", is_flag=True, help="Only those that a channel still owes.")
@shared_options
@click.pass_context
def alerts(ctx: click.Context, limit: int, undelivered: bool) -> int:
    """List what was told, by which way, and what could not be delivered yet.

    Exit code 3: something is still to be delivered.

    \b
    Example:
      archiver watch alerts
      archiver watch alerts --undelivered --json
    """
    session = Session(ctx)
    owing = False
    with session.archive(watched=True) as archive:
        if not (archive.root / STATE).exists():
            return 0
        with _state(archive) as state:
            told = state.alerts(_MOST if undelivered else limit)
            deliveries = state.deliveries([alert.id for alert in told])
    for alert in told:
        owed = [item for item in deliveries[alert.id] if not item.delivered]
        owing |= bool(owed)
        if undelivered and not owed:
            continue
        _show(session, alert, deliveries[alert.id])
    return 3 if owing else 0


def _show(session: Session, alert: Alert, deliveries: list[Delivery]) -> None:
    if session.shared.json:
        told = [
            {
                "channel": item.channel,
                "delivered": item.delivered or None,
                "tries": item.tries,
                "error": _why(item) or None,
            }
            for item in deliveries
        ]
        session.out.line({**alert.data, "title": alert.title, "deliveries": told})
        return
    session.out.text(f"{alert.at}  {click.style(alert.kind, bold=True)}  {printable(alert.title)}", indent=4)
    for line in details(alert.data):
        session.out.text(f"  {line}" if line else "", indent=17)
    for item in deliveries:
        if item.delivered:
            session.out.text(f"    {item.channel:<9} delivered {item.delivered}")
        else:
            why = (
                f", {count(item.tries, 'try').replace('trys', 'tries')}: {shorten(_why(item), 200)}"
                if item.tries
                else ""
            )
            session.out.text(click.style(f"    {item.channel:<9} not delivered yet{why}", fg="yellow"), indent=14)


def _why(item: Delivery) -> str:
    """Why it was not delivered; an archiver of before kept the address of a webhook with it."""
    return hosts_only(item.error) if item.channel == WEBHOOK else item.error


def _sources(archive: Archive) -> list[Watched]:
    """What is watched, with the quoted sources that no watch has seen yet."""
    now = clock.now().timestamp()
    found: list[Watched] = []
    known: set[str] = set()
    if (archive.root / STATE).exists():
        with _state(archive) as state:
            found = state.sources()
            known = state.keys()
    cited = cited_sources(archive).urls
    return [
        Watched(page_key(url), url, False, Policy().every, now) for url in cited if page_key(url) not in known
    ] + found


def _state(archive: Archive) -> WatchState:
    return WatchState(archive.root / STATE)
