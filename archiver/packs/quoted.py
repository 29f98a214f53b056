"""What the signed records of a pack say of its quotations, for whoever checks it: that a pack is whole says nothing of what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archiver.errors import MISSHAPEN, DamagedArchive
from archiver.model import SUPPLIED, Verdict
from archiver.model.kinds import CAPTURE, QUOTE
from archiver.packs.evidence import Evidence
from archiver.packs.guide import meaning, plain


@dataclass(frozen=True, slots=True)
class PackedQuote:
    """A quotation as the signer recorded it: its verdict with what that means, the address of its page and when that was captured (RFC 3339).

    ``second_hand``: where the signer's software did not fetch the page from there, how it came in; else None.
    """

    id: str
    text: str
    verdict: str
    meaning: str
    holds: bool | None
    url: str
    captured_at: str
    second_hand: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "quote": self.text,
            "verdict": self.verdict,
            "holds": self.holds,
            "url": self.url,
            "captured_at": self.captured_at,
            "second_hand": self.second_hand,
        }


def packed_quotes(evidence: Evidence) -> Iterator[PackedQuote]:
    """In the order of the log. Raises DamagedArchive where a record has not the shape of its kind."""
    try:
        captures = {leaf.json()["snapshot"]: leaf.json() for leaf in evidence.of_kind(CAPTURE)}
        for leaf in evidence.of_kind(QUOTE):
            annotation = leaf.json()
            judged, capture = annotation["archiver:judged"], captures[annotation["archiver:snapshot"]]
            verdict = Verdict(judged["verdict"])
            yield PackedQuote(
                f"q-{leaf.details.sha256}",
                str(judged["quote"]),
                verdict.value,
                meaning(verdict.value),
                verdict.holds,
                str(capture["url"]),
                str(capture["captured_at"]),
                _second_hand(capture.get("origin")),
            )
    except MISSHAPEN as error:
        raise DamagedArchive(f"A record of the pack has not the shape of its kind ({error}).") from error


def _second_hand(origin: object) -> str | None:
    """What `verify.sh` and the guide of a pack say of such a page too: the date and the address are then somebody else's word."""
    if not isinstance(origin, dict):
        return None
    memento = origin.get("memento")
    if isinstance(memento, dict):
        return f"a copy of it was: {plain(memento.get('uri'))}, whose word its date is"
    if origin.get("kind") == SUPPLIED:
        return f"a person supplied the file {plain(origin.get('file'))}, whose word the address is"
    return f"it was imported with the file {plain(origin.get('file'))}, whose word address, date and answer are"
