"""``archiver list``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import click

from archiver.catalogue import describing
from archiver.cli.cohort.tag import tagged
from archiver.cli.options import shared_options
from archiver.cli.saying.output import shorten, table, terminal_width, verdict_word
from archiver.cli.session import Session
from archiver.model import Quote, Snapshot
from archiver.urls import for_display


@click.command("list")
@click.option("--quotes", is_flag=True, help="List the quotes instead of the snapshots.")
@click.option(
    "--tables",
    is_flag=True,
    help="Say what every table and column of catalogue.db holds, for SQL; with --json, as metadata for Datasette.",
)
@click.option("--tag", metavar="NAME", help="Only snapshots that were taken for the list with this tag.")
@click.option("-n", "--limit", type=click.IntRange(1), metavar="N", help="The newest N only.")
@shared_options
@click.pass_context
def list_(ctx: click.Context, quotes: bool, tables: bool, tag: str | None, limit: int | None) -> None:
    """List what is in the archive, newest first: snapshots or quotes.

    \b
    Example:
      archiver list
      archiver list --quotes -n 20
      archiver list --quotes --json
      archiver list --tag study-1
      archiver list --tables --json > metadata.json
    """
    session = Session(ctx)
    if tables:
        if quotes or limit or tag is not None:
            raise click.UsageError("--tables says what the catalogue's tables hold; it goes with no other choice.")
        _tables(session)
        return
    if quotes and tag is not None:
        raise click.UsageError("--tag lists snapshots; leave --quotes away.")
    with session.archive() as archive:
        found: Iterator[Quote | Snapshot] = (
            archive.catalogue.each_quote(limit)
            if quotes
            else archive.catalogue.each_snapshot(limit)
            if tag is None
            else iter(tagged(archive, tag, limit))
        )
        if session.shared.json:
            for item in found:
                session.out.line(item.to_json())
            return
        first = list(islice(found, _MEASURED))
        if not first:
            session.out.note(f"There is no {'quote' if quotes else 'snapshot'} in {archive.root} yet.")
            return
        _print(session, chain(first, found), len(first), quotes=quotes)


def _print(session: Session, found: Iterable[Quote | Snapshot], measured: int, *, quotes: bool) -> None:
    """As a table whose columns are as wide as the first rows need."""
    header = _QUOTE_HEADER if quotes else _SNAPSHOT_HEADER
    if not quotes and (terminal_width() or _WIDE) < _WIDE:
        header = header[:-1]  # of address and title, the address says more
    rows = (_row(item)[: len(header)] for item in found)
    for line in table(rows, header, flexible=2 if quotes else len(header) - 3, measured=measured):
        session.out.text(line)


_MEASURED = 1000
_WIDE = 100
_QUOTE_HEADER: tuple[str, ...] = ("quote", "recorded", "verdict", "url", "words")
_SNAPSHOT_HEADER: tuple[str, ...] = ("snapshot", "captured", "status", "url", "title")


def _tables(session: Session) -> None:
    """The tables and columns in words; no archive is needed for it."""
    if session.shared.json:
        session.out.line(describing.metadata())
        return
    session.out.text(describing.ABOUT)
    for name, described in describing.TABLES.items():
        session.out.text(f"\n{name}: {described.words}")
        for column, words in described.columns.items():
            session.out.text(f"  {column}: {words}")


def _row(item: Quote | Snapshot) -> tuple[str, ...]:
    if isinstance(item, Quote):
        return (
            item.short_id,
            item.created_at[:10],
            verdict_word(item.verdict),
            for_display(item.url, 80),
            shorten(item.text, 70),
        )
    return (
        item.short_id,
        item.captured_at,
        item.origin.kind if item.origin else str(item.status),
        for_display(item.url, 80),
        shorten(item.info.title or "", 40),
    )


commands = {"list": list_}
