"""``archiver show``."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import click

from archiver.archive import Archive, is_id
from archiver.cli.options import shared_options
from archiver.cli.saying.assets import asset_list, say_assets
from archiver.cli.saying.corroborated import borne_out, corroboration_lines
from archiver.cli.saying.judged import context_words
from archiver.cli.saying.looked import browser_lines, view_options, write_views
from archiver.cli.saying.output import printable, shorten, verdict_word
from archiver.cli.session import Session
from archiver.cli.show.timeline import FEW, timeline
from archiver.cli.snapshot.secondhand import kept_line, origin_lines
from archiver.cli.source import read_source
from archiver.errors import InputError, UnknownId
from archiver.model import Layer, Origin, Quote, Snapshot
from archiver.printable import unmarked
from archiver.quoting.changewords import change_words
from archiver.urls import for_display, page_key

_LOST = "in no WARC file here, or damaged there; `archiver verify` says what is amiss"


@click.command()
@click.argument("what", metavar="ID|URL")
@click.option(
    "--text",
    "layer",
    type=click.Choice([layer.value for layer in Layer]),
    help="Print the recorded text of this layer instead.",
)
@click.option("--all", "every", is_flag=True, help="Show every snapshot of a URL in full, however many there are.")
@view_options
@shared_options
@click.pass_context
def show(
    ctx: click.Context,
    what: str,
    layer: str | None,
    every: bool,
    screenshot: Path | None,
    page_print: Path | None,
    dom: Path | None,
) -> None:
    """Show a snapshot (s-...), a quote (q-...), or all snapshots of a URL.

    Of a URL that was rechecked, its timeline is shown, with the verdict of each quotation over time, and the newest snapshot. Of one with
    more than a few snapshots, the newest is shown in full, the others as a timeline in which those that found the same page
    are one line.

    \b
    Example:
      archiver show s-0123456789ab
      archiver show https://example.org/ --json
      archiver show s-0123456789ab --text article
      archiver show s-0123456789ab --screenshot page.png
    """
    session = Session(ctx)
    what = read_source(what, "s-", "q-")
    with session.archive() as archive:
        wanted = {"screenshot": screenshot, "print": page_print, "dom": dom}
        if any(wanted.values()):
            write_views(session, archive, archive.find_snapshot(what), wanted)
        elif is_id(what, "q-"):
            quote = archive.find_quote(what)
            if layer is not None:
                raise InputError(f"{quote.short_id} is a quote; a text belongs to its snapshot: {quote.snapshot[:14]}.")
            _show_quote(session, quote)
        elif layer is not None:
            _print_text(session, archive, archive.find_snapshot(what), Layer(layer))
        elif is_id(what, "s-"):
            _show_snapshot(session, archive, archive.find_snapshot(what))
        else:
            found = archive.catalogue.snapshots_of(page_key(what)) or [archive.find_snapshot(what)]  # which raises
            _show_source(session, archive, page_key(what), found, every=every)


def _show_source(session: Session, archive: Archive, key: str, found: list[Snapshot], *, every: bool) -> None:
    """Where it was rechecked, its timeline first; in JSON that is a line of its own, behind the snapshots."""
    history_of = None
    if archive.catalogue.rechecks.last(key) is not None:
        from archiver.cli.show.history import history  # a tenth of a second that only who rechecked pays
        from archiver.rechecking.timeline import timeline_of

        history_of = timeline_of(archive, key)
        for line in history(history_of) if history_of is not None else ():
            session.out.text(line)
    if not every and not session.shared.json and (len(found) > FEW or history_of is not None):
        if history_of is None:
            for line in timeline(archive, found):
                session.out.text(line)
        found = found[-1:]
    for snapshot in found:
        _show_snapshot(session, archive, snapshot)
    if history_of is not None and session.shared.json:
        session.out.line({"schema_version": 1, "url": found[-1].url, "timeline": history_of.to_json()})


def _print_text(session: Session, archive: Archive, snapshot: Snapshot, layer: Layer) -> None:
    text = next((text for text in archive.texts(snapshot) if text.layer == layer), None)
    if text is None:
        there = ", ".join(item.layer.value for item in snapshot.texts) or "none"
        raise UnknownId(f"{snapshot.short_id} has no {layer} text; it has: {there}.")
    if session.shared.json:
        session.out.line(
            {"schema_version": 1, "snapshot": snapshot.short_id, "layer": layer.value, "text": text.content}
        )
    else:
        for line in text.content.split("\n"):
            session.out.text(printable(line))


def _show_origin(session: Session, origin: Origin) -> None:
    for line in origin_lines(origin):
        session.out.text(line, indent=15)
    if origin.memento is not None:
        return
    inside = f"{printable(origin.member)} in " if origin.member else ""
    place = "" if origin.offset is None else f" at byte {origin.offset:,}"
    session.out.text(
        f"  {origin.kind:<12} {inside}{printable(origin.file)}{place}, taken in {origin.at}, sha256 {origin.sha256}",
        indent=15,
    )
    if origin.note:
        session.out.text(f"  remark       {shorten(origin.note, 500)}", indent=15)


def _show_snapshot(session: Session, archive: Archive, snapshot: Snapshot) -> None:
    quotes = archive.catalogue.quotes(snapshot.id)
    capture = json.loads(archive.capture_record(snapshot))
    if session.shared.json:
        hops = [
            {name: hop.get(name) for name in ("url", "status", "address", "via", "protocols", "cipher", "certificates")}
            for hop in capture["hops"]
        ]
        session.out.line(
            {
                **snapshot.to_json(),
                "hops": hops,
                "decoding": capture["decoding"],
                **({"kept": capture["kept"]} if capture.get("kept") else {}),
                **asset_list(archive, snapshot),
                **borne_out(archive, snapshot),
                "quotes": [quote.to_json() for quote in quotes],
            }
        )
        return
    say = partial(session.out.text, indent=15)
    say(f"{click.style(snapshot.short_id, bold=True)}  {for_display(snapshot.url)}")
    say(f"  captured     {snapshot.captured_at}, status {snapshot.status}, {printable(snapshot.media_type)}")
    if snapshot.origin:
        _show_origin(session, snapshot.origin)
    for hop in [] if snapshot.origin and snapshot.origin.memento is None else capture["hops"]:
        secure = f", {hop['cipher']}" if hop.get("cipher") else ""
        source = f"through the proxy {printable(hop['via'])}" if hop.get("via") else f"from {hop['address']}"
        say(
            f"  hop          {hop['status']} {for_display(hop['url'])} {source} ({', '.join(hop['protocols'])}{secure})"
        )
    info = snapshot.info
    for name, value in (
        ("title", info.title),
        ("author", ", ".join(info.authors)),
        ("published", info.published),
        ("modified", info.modified),
        ("site", info.site_name),
    ):
        if value:
            say(f"  {name:<12} {shorten(value, 100)}")
    line = kept_line(capture.get("kept") or {})
    if line:
        say(line)
    for line in browser_lines(snapshot):
        say(line)
    for text in snapshot.texts:
        whole = "" if text.complete else f", INCOMPLETE: {printable(text.why)}"
        say(f"  text         {text.layer}: {text.characters:,} characters by {text.extractor} {text.version}{whole}")
    say_assets(say, archive, snapshot)
    lies = f"{snapshot.warc_file} at byte {snapshot.warc_offset:,}" if snapshot.warc_file else _LOST
    say(f"  recorded     {lies}")
    say(f"  sha256       {snapshot.payload_sha256} (payload), {snapshot.id[2:]} (record)")
    for notice in snapshot.warnings:
        say(click.style(f"  warning      {notice.code}: {printable(notice.detail)}", fg="yellow"))
    for line in corroboration_lines(archive, snapshot):
        say(line)
    for quote in quotes:
        say(f"  quote        {quote.short_id} {verdict_word(quote.verdict)} “{shorten(unmarked(quote.text), 80)}”")


def _show_quote(session: Session, quote: Quote) -> None:
    if session.shared.json:
        session.out.line(quote.to_json())
        return
    say = partial(session.out.text, indent=15)
    say(f"{click.style(quote.short_id, bold=True)}  {verdict_word(quote.verdict)}")
    say(f"  quoted       {shorten(quote.text, 1000)}")
    for match in quote.judged["matches"]:
        say(f"  source       {_passage(match)}")
    for change in quote.judged["changes"]:
        say(f"  {change['kind']:<12} {change_words(change['kind'], change['in_quote'], change['in_source'])}")
    for notice in quote.judged["warnings"]:
        say(click.style(f"  note         {notice['code']}: {printable(notice['detail'])}", fg="yellow"))
    if quote.speaker:
        say(f"  speaker      {shorten(quote.speaker, 80)} (kept, not checked)")
    if quote.note:
        say(f"  remark       {shorten(quote.note, 500)}")
    say(f"  page         {quote.snapshot[:14]} of {for_display(quote.url)}, captured {quote.judged['captured_at']}")
    say(f"  recorded     {quote.created_at}, sha256 {quote.id[2:]}")


def _passage(match: dict[str, Any]) -> str:
    """The passage as the page has it, within ⟦⟧: a blank stands only where the page has one."""
    before, after = context_words(match["prefix"]), context_words(match["suffix"])
    exact = click.style(shorten(match["exact"], 1000), underline=True)
    return f"…{before.lstrip()}⟦{exact}⟧{after.rstrip()}…"


commands = {"show": show}
