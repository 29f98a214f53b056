"""``archiver export``, and ``archiver verify`` of packs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from archiver.cli.options import shared_options
from archiver.cli.output import printable
from archiver.cli.session import Session
from archiver.errors import InputError
from archiver.packs.checking import PackCheck
from archiver.packs.packing import export as export_pack
from archiver.signing import KeyRing, VerifyingKey
from archiver.verification import Finding, Summary

_WORDS = {True: ("ok", "green"), False: ("FAILED", "red"), None: ("undecided", "yellow")}


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
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@shared_options
@click.pass_context
def export(ctx: click.Context, ids: tuple[str, ...], target: Path, force: bool) -> None:
    """Write quotes and snapshots with all that proves them into one file that a stranger can check.

    The pack is a WACZ file: replay tools open it, `archiver verify F.wacz` checks it, and so does the script verify.sh inside it, without
    this software. Only the records of what is named go into it, nothing of the rest of the archive. Hand your key on by another way
    (`archiver log` prints it): a pack alone cannot say who signed it.

    \b
    Example:
      archiver export q-0123456789ab --to citation.wacz
    """
    session = Session(ctx)
    with session.archive() as archive:
        evidence = export_pack(archive, ids, target, replace=force)
        quotes, pages = len(evidence.of_kind("quote")), len(evidence.of_kind("capture"))
        if session.shared.json:
            session.out.line(
                {
                    "schema_version": 1, "pack": str(target), "bytes": target.stat().st_size, "quotes": quotes, "snapshots": pages,
                    "records": len(evidence.leaves), "timestamps": len(evidence.stamps), "key": archive.key.vkey,
                }
            )  # fmt: skip
            return
        session.out.text(
            f"{printable(str(target))}: {quotes} quotes, {pages} snapshots, {len(evidence.leaves)} records, {len(evidence.stamps)} timestamps"
        )
        session.out.note(f"Whoever checks it needs your key by another way than the pack: {archive.key.vkey}")


def are_packs(names: Sequence[str]) -> bool:
    """Whether what is to be verified are packs; raises InputError where packs and ids are mixed."""
    packs = [name for name in names if name.endswith(".wacz")]
    if packs and len(packs) != len(names):
        raise InputError("Verify packs and ids of the archive in two calls.")
    return bool(packs)


def verify_packs(session: Session, names: Sequence[str], trusted: VerifyingKey | None, *, re_extract: bool) -> int:
    """Says what is found in each pack; gives the exit code."""
    ring = KeyRing()
    check = PackCheck(ring, trusted, re_extract)
    findings: list[Finding] = []
    for name in names:
        for finding in check.findings(Path(name)):
            findings.append(finding)
            _say(session, finding)
    summary = Summary(len(findings), sum(f.ok is False for f in findings), sum(f.ok is None for f in findings))
    if session.shared.json:
        session.out.line(summary.to_json())
    elif summary.failed:
        session.out.text(
            click.style("Broken: this is not what its signer made, or not by the key you know.", fg="red", bold=True)
        )
    elif summary.undecided:
        session.out.text(click.style("Intact, signer unknown.", fg="yellow", bold=True))
    else:
        session.out.text(
            click.style(f"Intact: all {summary.checked} checks hold, and the signer is known.", fg="green", bold=True)
        )
    if trusted is not None and summary.ok:
        ring.remember(trusted)
    return summary.exit_code


def _say(session: Session, finding: Finding) -> None:
    if session.shared.json:
        session.out.line(finding.to_json())
        return
    word, colour = _WORDS[finding.ok]
    session.out.text(
        f"{click.style(f'{word:<9}', fg=colour)} {finding.check:<11} {printable(finding.subject)}: {printable(finding.detail)}"
    )


commands = {"export": export}
