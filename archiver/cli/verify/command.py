"""``archiver verify``."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from archiver.archive.config import FILE
from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.cli.spread import scheduler_of, scheduler_option
from archiver.cli.stored import archive_folder
from archiver.cli.verify.packs import are_packs, verify_packs
from archiver.errors import ArchiveError, DamagedArchive, InputError
from archiver.signing import CosignerKey, KeyRing, VerifyingKey, parse_note
from archiver.verification import Finding, Summary, Verification
from archiver.verification.advising import next_steps
from archiver.verification.naming import request_for
from archiver.verification.remembering import remember
from archiver.verification.subset import Subset

if TYPE_CHECKING:
    from archiver.timestamps import Roots

_SHOWN = 20
_QUOTES, _PAGES = 10, 3  # shown of one finding
_DETAILS = 22  # columns before what is said of a subject
_NOT_AS_RECORDED = "the archive is not what was recorded"
_MEANINGS = {
    "signer": "it is signed by another key than the known one",
    "growth": "it is not the log that was seen before",
    "settings": "archive.toml is not as it was recorded",
    "catalogue": "the catalogue, which is only an index, is wrong",
    "quotation": "a quotation does not hold",
    "re-extract": "a text is read otherwise than it was recorded",
}
_WORDS = {True: ("ok", "green"), False: ("FAILED", "red"), None: ("undecided", "yellow")}


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
@click.option(
    "--tsa-root",
    "root_files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="A root certificate (PEM) of a time stamp authority to trust; may be given often.",
)
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
    trusted = VerifyingKey.from_vkey(key) if key else None
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
    bad = []
    checked = 0
    with session.workers(), session.out.progress("verifying", 100, unit="MB") as bar:
        verification = Verification(root, request, ring, lambda done, total: bar(done / 1e6, total=total / 1e6))
        for finding in itertools.chain(verification.findings(), quotes):
            checked += 1
            if finding.ok is not True:
                bad.append(finding)
            _say(session, finding)
    summary = Summary(checked, sum(finding.ok is False for finding in bad), sum(finding.ok is None for finding in bad))
    _sum_up(session, summary, bad, part)
    if summary.ok:
        remember(ring, request, verification)
    return summary.exit_code


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


def _sum_up(session: Session, summary: Summary, bad: list[Finding], part: Subset | None) -> None:
    failed = [finding for finding in bad if finding.ok is False]
    say = partial(session.out.text, indent=2)
    if session.shared.json:
        session.out.line({**summary.to_json(), **({"subset": f"{part.number}/{part.parts}"} if part else {})})
    elif failed:
        words = f"{len(failed)} of {summary.checked} checks failed: {_reasons(failed)}."
        say(click.style(words, fg="red", bold=True))
        _say_touched(session, failed)
        for step in next_steps(failed):
            say(f"Next: {step}")
    elif any(finding.check == "not-checked" for finding in bad):
        say(
            click.style(
                "Undecided: what could be looked at is intact, the rest was not checked.", fg="yellow", bold=True
            )
        )
    elif summary.undecided:
        words = f"{_intact(part)}; {summary.undecided} of {summary.checked} checks could not be decided."
        say(click.style(words, fg="yellow", bold=True))
    else:
        rest = "; the other parts were not looked at" if part else ""
        say(click.style(f"{_intact(part)}: all {summary.checked} checks hold{rest}.", fg="green", bold=True))
    for finding in bad:
        if finding.check == "not-checked":
            say(f"{finding.detail[:1].upper()}{printable(finding.detail[1:])}.")


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
        VerifyingKey.from_vkey(key) if key else None,
        re_extract,
        (lambda: _roots(ring, root_files)) if root_files else None,
        _kept_head(against),
        read_handover(handover) if handover else None,
    )
    return verify_packs(session, names, check, _say)


def _reasons(failed: list[Finding]) -> str:
    """What the failed checks mean, each meaning once, with their names behind it."""
    found: dict[str, list[str]] = {}
    for finding in failed:
        found.setdefault(_MEANINGS.get(finding.check, _NOT_AS_RECORDED), []).append(finding.check)
    return "; ".join(
        f"{meaning} ({', '.join(name if number == 1 else f'{number} × {name}' for name, number in Counter(names).items())})"
        for meaning, names in found.items()
    )


def _say_touched(session: Session, failed: list[Finding]) -> None:
    pages = {page.snapshot: page for finding in failed for page in finding.pages}
    quotes = {name for finding in failed for name in finding.quotes}
    if pages:
        session.out.text(
            f"Touched: {count(len(pages), 'snapshot')}, on which {count(len(quotes), 'quote', 'stands', 'stand')}:"
        )
    for page in list(pages.values())[:_SHOWN]:
        session.out.text(f"  {page.snapshot[:14]}  {printable(page.url) or '(its URL is not known any more)'}")
    if len(pages) > _SHOWN:
        session.out.text(f"  and {len(pages) - _SHOWN} more; --json lists them all")


def _roots(ring: KeyRing, files: tuple[Path, ...]) -> Roots:
    from archiver.timestamps import own_roots  # only where there are time stamps

    return own_roots(ring.folder, files)


def _intact(part: Subset | None) -> str:
    return f"{str(part).capitalize()} is intact" if part else "Intact"


def _say(session: Session, finding: Finding) -> None:
    if session.shared.json:
        session.out.line(finding.to_json())
        return
    word, colour = _WORDS[finding.ok]
    session.out.text(
        f"{click.style(f'{word:<9}', fg=colour)} {finding.check:<11} {printable(finding.subject)}: {printable(finding.detail)}",
        indent=_DETAILS,
    )
    for page in finding.pages[:_PAGES]:
        session.out.text(f"          of          {page.snapshot[:14]} {printable(page.url)}", indent=_DETAILS)
    if len(finding.pages) > _PAGES:
        session.out.text(
            f"          of          {len(finding.pages) - _PAGES} more (--json lists them all)", indent=_DETAILS
        )
    if finding.quotes:
        touched = ", ".join(name[:14] for name in finding.quotes[:_QUOTES])
        if len(finding.quotes) > _QUOTES:
            touched += f" and {len(finding.quotes) - _QUOTES} more (--json lists them all)"
        session.out.text(f"          touched     {touched}", indent=_DETAILS)


commands = {"verify": verify}
