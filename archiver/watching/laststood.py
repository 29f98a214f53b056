"""How a quotation stood when its page was last seen: what is known of it once the page shows it no more."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.archive import Archive
from archiver.errors import UnknownId
from archiver.model import SHORT_ID, StoredRecheck, Verdict


@dataclass(frozen=True, slots=True)
class LastStood:
    """The last ``verdict`` that is no `undecided`, ``at`` which time (RFC 3339), on which ``snapshot`` (short id)."""

    verdict: str
    at: str
    snapshot: str

    def to_json(self) -> dict[str, str]:
        return {"verdict": self.verdict, "at": self.at, "snapshot": self.snapshot}


def last_stood(archive: Archive, look: StoredRecheck, quote: str) -> LastStood | None:
    """How a quote stood before a look: by the last recheck that saw the page, else as it was recorded. None where the quote was erased."""
    catalogue = archive.catalogue
    seen = catalogue.rechecks.last_seen(look.surt, before=look.leaf)
    told = seen.quotes.get(quote) if seen is not None else None
    if seen is not None and seen.snapshot is not None and told is not None and told["verdict"] != Verdict.UNDECIDED:
        return LastStood(str(told["verdict"]), seen.time, seen.snapshot[:SHORT_ID])
    try:
        own = catalogue.quote(quote)
    except UnknownId:
        return None
    return LastStood(own.verdict, str(own.judged["captured_at"]), own.snapshot[:SHORT_ID])
