"""``archiver erase``."""

from __future__ import annotations

import os
from typing import Any

import click

from archiver import erasure
from archiver.archive import Archive
from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable, shorten
from archiver.cli.saying.words import count, some
from archiver.cli.session import Session
from archiver.errors import InputError
from archiver.model.kinds import RECHECK
from archiver.printable import unmarked
from archiver.urls import for_display

_SHOWN = 10


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--reason", metavar="TEXT", help="Why; it stays for good and everybody who verifies reads it.")
@click.option("--all", "whole_pages", is_flag=True, help="ID may be a URL: erase all snapshots of that page.")
@click.option("--yes", is_flag=True, help="Do not ask; for programs.")
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and erase nothing.")
@click.option("--again", is_flag=True, help="Go through all recorded erasures once more, after files were put back.")
@shared_options
@click.pass_context
def erase(
    ctx: click.Context,
    ids: tuple[str, ...],
    reason: str | None,
    whole_pages: bool,
    yes: bool,
    dry_run: bool,
    again: bool,
) -> int:
    """Take a snapshot (s-...) or quote (q-...) out for good, and leave a signed tombstone.

    With a snapshot go its quotes and the revisits that stand on it, since they repeat its words, its title or its address. What
    goes, and what stays and still speaks of it, is said before you are asked. `archiver verify` then says "erased" with date and
    reason, and that the rest is intact. Copies elsewhere (backups, packs handed on) are not reached.

    \b
    Example:
      archiver erase s-0123456789ab --reason "court order of 3 March 2027"
      archiver erase --all https://example.org/private --reason "privacy request" --yes
    """
    session = Session(ctx)
    with session.archive() as archive:
        if again:
            return _again(session, archive, ids)
        if not ids:
            raise InputError("Name what to erase: a snapshot (s-...), a quote (q-...), or a URL with --all.")
        with session.out.progress("looking through the records", archive.catalogue.size()) as bar:
            plan = erasure.make_plan(archive, ids, whole_pages=whole_pages, progress=lambda done, _: bar(done))
        if not dry_run:
            _check(session, archive, plan, reason, yes=yes)
        if dry_run or not yes:
            _say_plan(session, plan)
        if dry_run:
            return 0
        if not yes and not click.confirm(f"Erase {count(len(plan.leaves), 'record')} for good?", err=True):
            raise InputError("Nothing was erased.")
        done = erasure.erase(archive, plan, reason or "")
        _say_done(session, plan, done)
        return 0


def _check(session: Session, archive: Archive, plan: erasure.Plan, reason: str | None, *, yes: bool) -> None:
    """Whatever can be refused is refused before anybody is asked."""
    archive.need_writable("erased")
    erasure.check_reason(plan, reason or "")
    if not yes and (session.shared.json or not (os.isatty(0) and os.isatty(2))):
        raise InputError("Nobody is there to be asked: look at it with --dry-run, then say --yes.")


def _again(session: Session, archive: Archive, ids: tuple[str, ...]) -> int:
    if ids:
        raise InputError("--again goes through all recorded erasures; name no id with it.")
    notices = archive.take_out_again()
    if session.shared.json:
        session.out.line({"schema_version": 1, "notices": notices})
    for notice in notices or ["No erasure is recorded here."]:
        session.out.text(notice)
    return 0


def _plan_json(plan: erasure.Plan) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "erased": False,
        "snapshots": [
            {"snapshot": item.short_id, "url": item.url, "captured_at": item.captured_at, "title": item.info.title}
            for item in plan.snapshots
        ],
        "quotes": [{"id": quote.short_id, "quote": quote.text} for quote in plan.quotes],
        "revisits": [name[:14] for name in plan.revisits],
        "rechecks": _rechecks(plan),
        "records": len(plan.leaves),
        **_staying(plan),
    }


def _staying(plan: erasure.Plan) -> dict[str, list[str]]:
    return {
        "other_snapshots": [name[:14] for name in plan.others],
        "same_content": [name[:14] for name in plan.alike],
        "still_mentioned_in": [_short(name) for name in plan.mentions],
        "shared_assets": [for_display(url) for url in plan.shared],
    }


def _say_plan(session: Session, plan: erasure.Plan) -> None:
    if session.shared.json:
        session.out.line(_plan_json(plan))
        return
    say = session.out.text
    say(f"This takes {count(len(plan.leaves), 'record')} out for good:")
    revisits = set(plan.revisits)
    for item in plan.snapshots:
        why = "  (a revisit: it stands on what goes)" if item.id in revisits else ""
        say(
            f"  {item.short_id}  {item.captured_at}  {for_display(item.url, 80)}  {shorten(item.info.title or '', 40)}{why}"
        )
    for quote in plan.quotes:
        say(f"  {quote.short_id}  {quote.verdict}  “{shorten(unmarked(quote.text), 70)}”")
    _say_rechecks(session, plan)
    say(
        "Deleted with it: what repairs set aside in quarantine/, as far as it may hold something of this; and the note of how far lists of URLs"
    )
    say("have come, since it names addresses: a list that was interrupted is then captured from its beginning.")
    _say_staying(session, plan)


def _say_staying(session: Session, plan: erasure.Plan) -> None:
    for words, names in (
        ("These other snapshots of the page stay (--all with its URL takes them too)", plan.others),
        ("These have the same payload or text, and stay", plan.alike),
        ("These name its address or title, and stay", plan.mentions),
        ("Other pages show these images, styles or fonts of it, and they stay", plan.shared),
    ):
        if names:
            session.out.text(click.style(f"{words}: {some([_short(name) for name in names], _SHOWN)}", fg="yellow"))


def _say_gone_along(session: Session, plan: erasure.Plan) -> None:
    """Snapshots that nobody named, perhaps of other pages: with --yes nobody was told before. By id alone, since an erased address is not said."""
    if plan.revisits:
        names = some([_short(name) for name in plan.revisits], _SHOWN)
        session.out.text(f"Gone along, since they repeat its bytes, for whatever address: {names}")


def _rechecks(plan: erasure.Plan) -> int:
    return sum(leaf.kind == RECHECK for leaf in plan.leaves)


def _say_rechecks(session: Session, plan: erasure.Plan) -> None:
    """That the history of a page goes, of which other snapshots may stay: each recheck names its address."""
    if _rechecks(plan):
        with_it = f"With it {'goes' if _rechecks(plan) == 1 else 'go'} {count(_rechecks(plan), 'recheck')}"
        session.out.text(f"{with_it}, since each names it or its address: the timeline loses them.")


def _say_done(session: Session, plan: erasure.Plan, done: erasure.Erased) -> None:
    stone = done.tombstone
    if session.shared.json:
        session.out.line(
            {
                "schema_version": 1,
                "erased": True,
                "erased_at": stone.erased_at,
                "reason": stone.reason,
                "leaf": done.leaf.index,
                "snapshots": [name[:14] for name in stone.snapshots],
                "quotes": [name[:14] for name in stone.quotes],
                "revisits": [name[:14] for name in plan.revisits],
                "rechecks": _rechecks(plan),
                "records": len(stone.leaves),
                **_staying(plan),
            }
        )
    else:
        session.out.text(
            f"Erased {count(len(stone.snapshots), 'snapshot')} and {count(len(stone.quotes), 'quote')}, {count(len(stone.leaves), 'record')}; "
            f"the tombstone is leaf {done.leaf.index} of the log: {printable(stone.sentence)}"
        )
        _say_gone_along(session, plan)
        _say_rechecks(session, plan)
        _say_staying(session, plan)
    for notice in done.notices:
        session.out.note(notice)
    session.out.note(
        "Not reached: backups and copies of this archive, packs handed on, and what the disk itself may keep of removed files."
    )


def _short(name: str) -> str:
    return name[:14] if name.startswith(("s-", "q-")) else for_display(name)


commands = {"erase": erase}
