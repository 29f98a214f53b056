"""What another archive saw of a page, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from archiver.archive import Archive
from archiver.cli.saying.output import printable
from archiver.cli.saying.words import count
from archiver.errors import DamagedArchive
from archiver.log import Details
from archiver.log.proofs import InclusionProof
from archiver.log.sighted import names_its_page
from archiver.model import SHORT_ID, Agreement, Corroboration, Snapshot

_WORDS = {
    Agreement.SAME_PAYLOAD: "the same bytes",
    Agreement.SAME_TEXT: "same article text",
    Agreement.BOTH_GONE: "gone for both",
    Agreement.DIFFERS: "it saw another page than this archive",
}


def corroborated(said: Corroboration) -> str:
    """``corroborated by her.example: same article text, 2 s apart``, or how the two differ."""
    origin, span = printable(said.peer.origin), f"{_span(abs(said.apart))} apart"
    if said.agreement is Agreement.BOTH_GONE and not _names_its_page(said):
        return f"gone for both, {origin} says (its proof names no page, as those of before), {span}"
    if said.agreement.holds:
        return f"corroborated by {origin}: {_WORDS[said.agreement]}, {span}"
    if said.agreement is Agreement.EARLIER and said.as_of:
        return f"not borne out by {origin}: it saw the page as of {said.as_of[:SHORT_ID]}, {span}"
    what = "one of the two found the page gone" if said.told_gone != said.own_gone else _WORDS[Agreement.DIFFERS]
    return f"not borne out by {origin}: {what}, {span}"


def corroboration_lines(archive: Archive, snapshot: Snapshot) -> Iterator[str]:
    """What `show` says of a snapshot: a line for each peer that looked at the same moment, the last word of each."""
    newest = {item.said.peer.origin: item.said for item in archive.catalogue.corroborations.of_snapshot(snapshot.id)}
    for said in newest.values():
        colour = "green" if said.agreement.holds else "yellow"
        yield click.style(f"  peer         {corroborated(said)}", fg=colour)


def borne_out(archive: Archive, snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    """The same for a program; nothing where there is none."""
    found = [item.to_json() for item in archive.catalogue.corroborations.of_snapshot(snapshot.id)]
    return {"corroborations": found} if found else {}


def _names_its_page(said: Corroboration) -> bool:
    try:
        proof = InclusionProof.parse(said.peer.proof.encode())
        return names_its_page(Details.parse(proof.extra.partition(b" ")[2]))
    except DamagedArchive:  # `archiver verify` says it
        return False


def _span(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} s"
    for unit, length, most in (("minute", 60, 90), ("hour", 3600, 36)):
        if seconds < most * length:
            return count(seconds // length, unit)
    return count(seconds // 86400, "day")
