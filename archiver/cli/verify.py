"""``archiver verify``."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from archiver.archive import Archive, is_id, locate
from archiver.archive.config import FILE, read
from archiver.cli.options import shared_options
from archiver.cli.output import printable
from archiver.cli.session import Session
from archiver.errors import ArchiveError, InputError
from archiver.signing import KeyRing, VerifyingKey
from archiver.verification import Finding, Request, Summary, Verification

if TYPE_CHECKING:
    from archiver.timestamps import Roots

_SHOWN = 20
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
@click.argument("ids", nargs=-1, metavar="[ID]...")
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
@shared_options
@click.pass_context
def verify(
    ctx: click.Context,
    ids: tuple[str, ...],
    re_extract: bool,
    key: str | None,
    against: IO[bytes] | None,
    root_files: tuple[Path, ...],
) -> int:
    """Check offline that the evidence is intact: signature, log, every byte, texts, anchors.

    ID is a snapshot (s-...) or a quote (q-...); with none, the whole archive is checked. A quote that is named must also hold.
    Exit code 0: intact; 1: changed or damaged; 3: intact, but the signer is not known here. A log that was cut back or replaced since
    it was last verified here is found out; --against does the same with a checkpoint that you kept (`archiver log` prints it).

    \b
    Example:
      archiver verify
      archiver verify q-0123456789ab --json
    """
    session = Session(ctx)
    root, _ = locate(session.shared.archive)
    if not (root / FILE).exists():
        raise ArchiveError(f"There is no archive in {root} (no {FILE}); name one with --archive.")
    ring = KeyRing()
    trusted = VerifyingKey.from_vkey(key) if key else None
    request, quotes = _prepare(session, ids, trusted, re_extract=re_extract)
    if against is not None:
        request = replace(request, against=against.read(1 << 20))
    bad = []
    checked = 0
    request = replace(request, roots=lambda: _roots(ring, root_files))
    with session.out.progress("verifying (per cent)", 100) as bar:
        verification = Verification(root, request, ring, lambda done, total: bar(100 * done // max(total, 1)))
        for finding in itertools.chain(verification.findings(), quotes):
            checked += 1
            if finding.ok is not True:
                bad.append(finding)
            _say(session, finding)
    failed = [finding for finding in bad if finding.ok is False]
    undecided = len(bad) - len(failed)
    if session.shared.json:
        session.out.line(Summary(checked, len(failed), undecided).to_json())
    elif failed:
        session.out.text(
            click.style(f"{len(failed)} of {checked} checks failed: {_reasons(failed)}.", fg="red", bold=True)
        )
        _say_touched(session, failed)
    elif undecided:
        session.out.text(
            click.style(f"Intact; {undecided} of {checked} checks could not be decided.", fg="yellow", bold=True)
        )
    else:
        session.out.text(click.style(f"Intact: all {checked} checks hold.", fg="green", bold=True))
    for finding in bad:
        if finding.check == "not-checked":
            session.out.text(f"{finding.detail[:1].upper()}{printable(finding.detail[1:])}.")
    if not failed:
        _remember(ring, root, trusted)
    return 1 if failed else 3 if undecided else 0


def _reasons(failed: list[Finding]) -> str:
    """What the failed checks mean, each meaning once, with their names behind it."""
    found: dict[str, list[str]] = {}
    for finding in failed:
        found.setdefault(_MEANINGS.get(finding.check, _NOT_AS_RECORDED), []).append(finding.check)
    return "; ".join(
        f"{meaning} ({', '.join(f'{name} {count}' for name, count in Counter(names).items())})"
        for meaning, names in found.items()
    )


def _say_touched(session: Session, failed: list[Finding]) -> None:
    pages = {page.snapshot: page for finding in failed for page in finding.pages}
    quotes = {name for finding in failed for name in finding.quotes}
    if pages:
        session.out.text(f"{len(pages)} snapshots are touched, and {len(quotes)} quotes stand on them:")
    for page in list(pages.values())[:_SHOWN]:
        session.out.text(f"  {page.snapshot[:14]}  {printable(page.url) or '(its URL is not known any more)'}")
    if len(pages) > _SHOWN:
        session.out.text(f"  and {len(pages) - _SHOWN} more; --json lists them all")


def _roots(ring: KeyRing, files: tuple[Path, ...]) -> Roots:
    from archiver.timestamps import own_roots  # only where there are time stamps

    return own_roots(ring.folder, files)


def _remember(ring: KeyRing, root: Path, trusted: VerifyingKey | None) -> None:
    """What was found intact under a key that is known is what the next verification is held against."""
    if trusted is not None:
        ring.remember(trusted)
    settings, _ = read(root)
    if ring.known(settings.origin) == settings.verifier:
        ring.remember_head(settings.origin, (root / "log" / "checkpoint").read_bytes())


def _prepare(
    session: Session, ids: tuple[str, ...], trusted: VerifyingKey | None, *, re_extract: bool
) -> tuple[Request, list[Finding]]:
    """What to verify. Opening the archive heals what a crash left; an archive too damaged to open is verified all the same."""
    try:
        with session.archive() as archive:
            return _request(archive, ids, trusted, re_extract=re_extract)
    except ArchiveError:
        if ids:
            raise
        return Request(key=trusted, re_extract=re_extract), []


def _request(
    archive: Archive, ids: tuple[str, ...], trusted: VerifyingKey | None, *, re_extract: bool
) -> tuple[Request, list[Finding]]:
    if not ids:
        return Request(key=trusted, re_extract=re_extract), []
    snapshots, quotes, held = set(), set(), []
    for name in ids:
        if is_id(name, "q-"):
            quote = archive.find_quote(name)
            quotes.add(quote.id)
            snapshots.add(quote.snapshot)
            holds = quote.judged["holds"]
            held.append(Finding(quote.short_id, "quotation", holds, f"recorded as {quote.verdict}"))
        elif is_id(name, "s-"):
            found = archive.find_snapshot(name)
            snapshots.add(found.id)
            quotes.update(item.id for item in archive.catalogue.quotes(found.id))
        else:
            raise InputError(
                f"{printable(name)!r} is no id: give s-... or q-... with at least four hex digits, or nothing for the whole archive."
            )
    for snapshot_id in list(snapshots):
        earlier = archive.catalogue.snapshot(snapshot_id).revisit_of
        if earlier:
            snapshots.add(earlier)
    return Request(frozenset(snapshots), frozenset(quotes), trusted, re_extract), held


def _say(session: Session, finding: Finding) -> None:
    if session.shared.json:
        session.out.line(finding.to_json())
        return
    word, colour = _WORDS[finding.ok]
    session.out.text(
        f"{click.style(f'{word:<9}', fg=colour)} {finding.check:<11} {printable(finding.subject)}: {printable(finding.detail)}"
    )
    for page in finding.pages[:3]:
        session.out.text(f"          of          {page.snapshot[:14]} {printable(page.url)}")
    if finding.quotes:
        session.out.text(f"          touched     {', '.join(name[:14] for name in finding.quotes[:10])}")


commands = {"verify": verify}
