"""``archiver accept``."""

from __future__ import annotations

import click

from archiver import clock
from archiver.catalogue import State
from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable, shorten
from archiver.cli.saying.words import ago
from archiver.cli.session import Session
from archiver.errors import AmbiguousId, InputError, UnknownId
from archiver.model import SHORT_ID

_LEAST = 4  # hex digits of an id


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--by", metavar="NAME", help="Who signs it off.")
@click.option("--reason", metavar="TEXT", help="Why it may stay as it is.")
@click.option("--undo", is_flag=True, help="Take the acceptance back.")
@click.option("--list", "listing", is_flag=True, help="List what was accepted.")
@shared_options
@click.pass_context
def accept(
    ctx: click.Context, ids: tuple[str, ...], by: str | None, reason: str | None, undo: bool, listing: bool
) -> int:
    """Sign off a finding of `archiver check` (f-...), so that it fails no further check.

    A finding is a quotation with its source and its verdict: when one of them changes, it is another finding and comes back. What was
    accepted is still shown, with who and why. It is kept in state.db of the archive and is no evidence.

    \b
    Example:
      archiver accept f-0123456789ab --by "Ada Voss" --reason "the paper corrected the number later"
      archiver accept --list
      archiver accept f-0123456789ab --undo
    """
    session = Session(ctx)
    _refuse(ids, by, reason, undo, listing)
    with session.archive() as archive:
        if not listing:
            archive.need_writable("accepted or taken back")
        elif not (archive.root / "state.db").exists():
            return 0
        with State(archive.root / "state.db") as state:
            if listing:
                _list(session, state)
                return 0
            found = [_find(state, prefix) for prefix in ids]
            for finding, told in found:
                if undo:
                    _undo(session, state, finding, told)
                else:
                    _accept(session, state, finding, told, str(by).strip(), str(reason).strip())
    return 0


def _refuse(ids: tuple[str, ...], by: str | None, reason: str | None, undo: bool, listing: bool) -> None:
    if listing:
        if ids or by or reason or undo:
            raise click.UsageError("--list goes with nothing else.")
        return
    if not ids:
        raise click.UsageError("Name a finding (f-...), as `archiver check` shows it.")
    if undo:
        if by or reason:
            raise click.UsageError("--undo takes neither --by nor --reason.")
    elif not (by and by.strip() and reason and reason.strip()):
        raise click.UsageError("Say who signs it off and why, with --by and --reason.")


def _find(state: State, prefix: str) -> tuple[str, str]:
    digits = prefix.removeprefix("f-")
    if not prefix.startswith("f-") or len(digits) < _LEAST or any(digit not in "0123456789abcdef" for digit in digits):
        raise InputError(
            f"{shorten(prefix, 40)} is no finding's id: give one like f-0123456789ab, as `archiver check` shows it."
        )
    found = state.findings(prefix)
    if not found:
        raise UnknownId(f"No check with this archive found {prefix}; run `archiver check` on the manuscript first.")
    if len(found) > 1:
        raise AmbiguousId(f"Several findings begin with {prefix}; give more digits.")
    return found[0]


def _accept(session: Session, state: State, finding: str, told: str, by: str, reason: str) -> None:
    now = clock.stamp()
    state.accept(finding, by, reason, now)
    if session.shared.json:
        session.out.line(_accepted(finding, by, reason, now, told))
    session.out.text(f"accepted {finding[:SHORT_ID]}  {printable(told)}")


def _accepted(finding: str, by: str, reason: str, at: str, told: str) -> dict[str, object]:
    return {
        "schema_version": 1,
        "finding": finding[:SHORT_ID],
        "accepted": True,
        "by": by,
        "reason": reason,
        "at": at,
        "told": told,
    }


def _undo(session: Session, state: State, finding: str, told: str) -> None:
    if not state.withdraw(finding):
        raise InputError(f"{finding[:SHORT_ID]} was not accepted; `archiver accept --list` shows what was.")
    if session.shared.json:
        session.out.line({"schema_version": 1, "finding": finding[:SHORT_ID], "accepted": False, "told": told})
    session.out.text(f"no longer accepted {finding[:SHORT_ID]}  {printable(told)}")


def _list(session: Session, state: State) -> None:
    for finding, by, reason, at, told in state.acceptances():
        if session.shared.json:
            session.out.line(_accepted(finding, by, reason, at, told))
        session.out.text(f"{finding[:SHORT_ID]}  {printable(told)}")
        session.out.text(f"    by {shorten(by, 60)}, {ago(at)}: {shorten(reason, 200)}")


commands = {"accept": accept}
