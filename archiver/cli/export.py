"""``archiver export``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.model import SHORT_ID, WITH_SESSION
from archiver.packs import rocrate
from archiver.packs.evidence import PackedLeaf
from archiver.packs.packing import export as export_pack
from archiver.packs.quoted import packed_quotes


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.wacz",
    help="The pack to write.",
)
@click.option(
    "--ro-crate", "crate", is_flag=True, help="Describe the pack's folder for research repositories (RO-Crate 1.1)."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@shared_options
@click.pass_context
def export(ctx: click.Context, ids: tuple[str, ...], target: Path, force: bool, crate: bool) -> None:
    """Write quotes and snapshots with all that proves them into one file that a stranger can check.

    The pack is a WACZ file: replay tools open it, `archiver verify F.wacz` checks it, and so does the script inside it (`bash verify.sh`),
    without this software. Only the records of what is named go into it, nothing of the rest of the archive. Hand your key on by another way
    (`archiver log` prints it): a pack alone cannot say who signed it.

    \b
    Example:
      archiver export q-0123456789ab --to citation.wacz
      archiver export q-0123456789ab --to deposit/citation.wacz --ro-crate
    """
    session = Session(ctx)
    with session.archive() as archive:
        if crate:
            rocrate.check(target)
        evidence = export_pack(archive, ids, target, replace=force)
        described = rocrate.describe(target, target.read_bytes(), evidence) if crate else None
        for name in lent_sessions(evidence.of_kind("capture")):
            session.out.note(
                f"{name} was captured with a session that somebody lent: look through it for what is theirs before you hand the pack on."
            )
        quotes, pages = len(evidence.of_kind("quote")), len(evidence.of_kind("capture"))
        if session.shared.json:
            session.out.line(
                {
                    "schema_version": 1, "pack": str(target), "bytes": target.stat().st_size, "quotes": quotes, "snapshots": pages,
                    "records": len(evidence.leaves), "timestamps": len(evidence.stamps), "key": archive.key.vkey,
                    **({"ro_crate": str(described)} if described else {}),
                }
            )  # fmt: skip
            return
        held = (
            (quotes, "quote"),
            (pages, "snapshot"),
            (len(evidence.leaves), "record"),
            (len(evidence.stamps), "timestamp"),
        )
        session.out.text(f"{printable(str(target))}: {', '.join(count(number, noun) for number, noun in held)}")
        if described:
            session.out.text(
                f"{printable(str(described))}: describes this folder as an RO-Crate; say in it under which terms you deposit it"
            )
        for quote in packed_quotes(evidence):
            if not quote.holds:
                what = "could not be decided" if quote.holds is None else f"does not hold ({quote.verdict})"
                session.out.note(f"{quote.id[:SHORT_ID]} {what}; the pack says so.")
        session.out.note(
            "Check it with `archiver verify`, or without this software: unzip it, and run `bash verify/verify.sh` with the pack's name and the key."
        )
        session.out.note(f"Whoever checks it needs your key by another way than the pack: {archive.key.vkey}")


def lent_sessions(captures: Iterable[PackedLeaf]) -> list[str]:
    """The short ids of snapshots that show what only a person with a session is shown."""
    found = []
    for leaf in captures:
        capture = leaf.json()
        if any(warning["code"] == WITH_SESSION for warning in capture["warnings"]):
            found.append(capture["snapshot"][:SHORT_ID])
    return found


commands = {"export": export}
