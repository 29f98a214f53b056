"""What the signed records of a pack say of its quotations, for whoever checks it: that a pack is whole says nothing of what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archiver.errors import MISSHAPEN, DamagedArchive
from archiver.model import Verdict
from archiver.model.kinds import CAPTURE, QUOTE
from archiver.packs.evidence import Evidence
from archiver.packs.guide import meaning


@dataclass(frozen=True, slots=True)
class PackedQuote:
    """A quotation as the signer recorded it: its verdict with what that means, the address of its page and when that was captured (RFC 3339)."""

    id: str
    text: str
    verdict: str
    meaning: str
    holds: bool | None
    url: str
    captured_at: str

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "quote": self.text,
            "verdict": self.verdict,
            "holds": self.holds,
            "url": self.url,
            "captured_at": self.captured_at,
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
            )
    except MISSHAPEN as error:
        raise DamagedArchive(f"A record of the pack has not the shape of its kind ({error}).") from error
