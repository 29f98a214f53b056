"""``archiver verify``."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from archiver.archive.config import FILE
from archiver.cli.options import shared_options, tsa_root_option
from archiver.cli.saying.output import printable
from archiver.cli.session import Session
from archiver.cli.spread import scheduler_of, scheduler_option
from archiver.cli.stored import archive_folder
from archiver.cli.verify.packs import are_packs, verify_packs
from archiver.cli.verify.saying import Tally
from archiver.errors import ArchiveError, DamagedArchive, InputError
from archiver.signing import CosignerKey, KeyRing, VerifyingKey, parse_note
from archiver.verification import Verification
from archiver.verification.naming import request_for
from archiver.verification.remembering import remember
from archiver.verification.subset import Subset

if TYPE_CHECKING:
    from archiver.timestamps import Roots


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID|PACK.wacz]...")
@click.option("--re-extract", is_flag=True, help="Draw the texts out of the payloads again and compare.")
@click.option(
    "--key", metavar="KEY", help="The verifier key (name+hash+base64) as you have it from its owner; it is remembered."
)
@click.option(
    "--against",
    type=click.File("rb"),
    metavar="CHECKPOINT",
    help="A checkpoint of this log kept elsewhere: the log must have grown from it.",
)
@tsa_root_option
@click.option(
    "--witness",
    "witnesses",
    multiple=True,
    metavar="KEY",
    help="The key of a witness, as you have it from them; it is remembered.",
)
@click.option(
    "--handover",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="For packs from before an exchange of the key: the hand-over that the log's owner gave out.",
)
@click.option(
    "--subset",
    metavar="N/T",
    help="Check only the N-th of T parts of the records (and the whole log); T nights with N = 1 to T check all.",
)
@scheduler_option
@shared_options
@click.pass_context
def verify(
    ctx: click.Context,
    ids: tuple[str, ...],
    re_extract: bool,
    key: str | None,
    against: IO[bytes] | None,
    root_files: tuple[Path, ...],
    witnesses: tuple[str, ...],
    handover: Path | None,
    subset: str | None,
) -> int:
    """Check offline that the evidence is intact: signature, log, every byte, texts, anchors.

    ID is a snapshot (s-...) or a quote (q-...); with none, the whole archive is checked. A quote that is named must also hold.
    Nothing in the archive is changed: what a run that broke off left behind is told, and set right by the next command that records.
    PACK.wacz is an evidence pack (`archiver export`), which needs no archive here.
    Exit code 0: intact; 1: changed or damaged; 3: intact, but the signer is not known here. A log that was cut back or replaced since
    it was last verified here is found out; --against does the same with a checkpoint that you kept (`archiver log` prints it).

    \b
    Example:
      archiver verify
      archiver verify q-0123456789ab --json
      archiver verify citation.wacz --key "archiver.invalid/0123+89abcdef+AbCd..."
    """
    session = Session(ctx)
    if are_packs(ids):
        if witnesses or subset or scheduler_of(ctx):
            raise InputError("--witness, --subset and --scheduler are for archives; a pack is checked whole, and here.")
        return _verify_packs(session, ids, key, against, root_files, handover, re_extract=re_extract)
    if handover is not None:
        raise InputError("--handover is for packs; an archive brings the exchanges of its key itself.")
    root = ctx.with_resource(archive_folder(session.shared, session.out))
    if not (root / FILE).exists():
        raise ArchiveError(f"There is no archive in {root} (no {FILE}); name one with --archive.")
    ring = KeyRing()
    trusted = VerifyingKey.from_vkey(key) if key is not None else None
    part = Subset.parse(subset) if subset else None
    if part and (ids or re_extract):
        raise InputError("--subset is for the whole archive: name no ids with it, and leave --re-extract away.")
    request, quotes = request_for(root, ids, trusted, re_extract=re_extract)
    request = replace(
        request,
        roots=lambda: _roots(ring, root_files),
        against=_kept_head(against),
        subset=part,
        witnesses=tuple(CosignerKey.from_vkey(text) for text in witnesses),
    )
    tally = Tally(session)
    with session.workers(), session.out.progress("verifying", 100, unit="MB") as bar:
        verification = Verification(root, request, ring, lambda done, total: bar(done / 1e6, total=total / 1e6))
        for finding in itertools.chain(verification.findings(), quotes):
            tally.add(finding)
    tally.sum_up(part)
    if tally.summary.ok:
        remember(ring, request, verification)
    return tally.summary.exit_code


def _kept_head(file: IO[bytes] | None) -> bytes | None:
    """A checkpoint that was kept; whose it is, the verification says. Raises InputError for what is none."""
    if file is None:
        return None
    note = file.read(1 << 20)
    try:
        parse_note(note)
    except DamagedArchive as error:
        raise InputError(
            f"{printable(file.name)} is no checkpoint: {error} `archiver log checkpoint --to FILE` writes one."
        ) from error
    return note


def _verify_packs(
    session: Session,
    names: tuple[str, ...],
    key: str | None,
    against: IO[bytes] | None,
    root_files: tuple[Path, ...],
    handover: Path | None,
    *,
    re_extract: bool,
) -> int:
    # half a second to load, which only packs need
    from archiver.cli.log.files import read_handover
    from archiver.packs.checking import PackCheck

    ring = KeyRing()
    check = PackCheck(
        ring,
        VerifyingKey.from_vkey(key) if key is not None else None,
        re_extract,
        (lambda: _roots(ring, root_files)) if root_files else None,
        _kept_head(against),
        read_handover(handover) if handover else None,
    )
    return verify_packs(session, names, check)


def _roots(ring: KeyRing, files: tuple[Path, ...]) -> Roots:
    from archiver.timestamps import own_roots  # only where there are time stamps

    return own_roots(ring.folder, files)


commands = {"verify": verify}
