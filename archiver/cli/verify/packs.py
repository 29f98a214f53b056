"""``archiver verify`` of evidence packs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli.saying.output import printable, shorten, verdict_word
from archiver.cli.session import Session
from archiver.cli.verify.saying import say_finding
from archiver.errors import InputError
from archiver.printable import unmarked
from archiver.urls import for_display
from archiver.verification.findings import Finding

if TYPE_CHECKING:
    from archiver.packs.checking import PackCheck
    from archiver.packs.quoted import PackedQuote


_ID = re.compile(r"[a-z]-[0-9a-f]*")
_ZIP = b"PK"
_MOST = 20  # quotations that are said of one pack


def are_packs(names: Sequence[str]) -> bool:
    """Whether what is to be verified are packs, by their name, or by what they are where a mail program took that away; raises InputError
    where packs and ids are mixed, and for a file that is no pack, or a folder.
    """
    packs = [name for name in names if name.lower().endswith(".wacz") or _is_zip(name)]
    if packs and len(packs) != len(names):
        raise InputError("Verify packs and ids of the archive in two calls.")
    return bool(packs)


def _is_zip(name: str) -> bool:
    path = Path(name)
    if _ID.fullmatch(name):
        return False
    if path.is_dir():
        raise InputError(
            f"{printable(name)} is a folder; `archiver --archive FOLDER verify` checks the archive in one."
        )
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            if file.read(len(_ZIP)) == _ZIP:
                return True
    except OSError as error:
        raise InputError(f"{printable(name)} cannot be read: {error.strerror}.") from error
    raise InputError(
        f"{printable(name)} is a file, but no evidence pack (`archiver export` makes these); `archiver check` judges the quotations of a manuscript."
    )


def verify_packs(session: Session, names: Sequence[str], check: PackCheck) -> int:
    """Says what is found in each pack; gives the exit code."""
    from archiver.packs.verdict import summed  # of packs only who has some pays for

    findings: list[Finding] = []
    quotes: list[PackedQuote] = []
    for name in names:
        told: list[PackedQuote] = []
        found: list[Finding] = []
        for finding in replace(check, quoted=told.append).findings(Path(name)):
            found.append(finding)
            say_finding(session, finding)
        findings += found
        if not any(finding.ok is False for finding in found):
            quotes += told
            _say_quotes(session, told)
    summary, words = summed(findings)
    if session.shared.json:
        session.out.line({**summary.to_json(), "quotes": [quote.to_json() for quote in quotes]})
    else:
        colour = "red" if summary.failed else "yellow" if summary.undecided else "green"
        session.out.text(click.style(words, fg=colour, bold=True), indent=2)
    if check.key is not None and summary.ok and check.key not in check.ring.known_keys(check.key.name):
        check.ring.remember(check.key)
    return summary.exit_code


def _say_quotes(session: Session, quotes: Sequence[PackedQuote]) -> None:
    """What a pack is about: that it is whole does not say that its quotations hold."""
    if session.shared.json or not quotes:
        return
    session.out.text("What the signed records say of its quotations:")
    for quote in quotes[:_MOST]:
        session.out.text(f"  {quote.id[:14]}  {verdict_word(quote.verdict)}: {quote.meaning}", indent=18)
        session.out.text(f"                  “{shorten(unmarked(quote.text), 300)}”", indent=18)
        session.out.text(f"                  {for_display(quote.url)}, captured {quote.captured_at}", indent=18)
        if quote.second_hand is not None:
            session.out.text(
                f"                  NOT fetched from there by the signer's software: {quote.second_hand}", indent=18
            )
    if len(quotes) > _MOST:
        session.out.text(f"  and {len(quotes) - _MOST} more; --json lists them all")
