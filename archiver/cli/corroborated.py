"""What another archive saw of a page, in words."""

from __future__ import annotations

from archiver.cli.output import printable
from archiver.cli.words import count
from archiver.model import SHORT_ID, Agreement, Corroboration

_WORDS = {
    Agreement.SAME_PAYLOAD: "the same bytes",
    Agreement.SAME_TEXT: "same article text",
    Agreement.BOTH_GONE: "gone for both",
    Agreement.DIFFERS: "it saw another page than this archive",
}


def corroborated(said: Corroboration) -> str:
    """``corroborated by her.example: same article text, 2 s apart``, or how the two differ."""
    origin, span = printable(said.peer.origin), f"{_span(abs(said.apart))} apart"
    if said.agreement.holds:
        return f"corroborated by {origin}: {_WORDS[said.agreement]}, {span}"
    if said.agreement is Agreement.EARLIER and said.as_of:
        return f"not borne out by {origin}: it saw the page as of {said.as_of[:SHORT_ID]}, {span}"
    what = "one of the two found the page gone" if said.told_gone != said.own_gone else _WORDS[Agreement.DIFFERS]
    return f"not borne out by {origin}: {what}, {span}"


def _span(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} s"
    for unit, length, most in (("minute", 60, 90), ("hour", 3600, 36)):
        if seconds < most * length:
            return count(seconds // length, unit)
    return count(seconds // 86400, "day")
