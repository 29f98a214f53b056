"""What a later look at a source found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from archiver.model.judgement import ChangeKind, Verdict
from archiver.model.snapshot import SHORT_ID
from archiver.model.text import Layer

_ID = re.compile(r"[sq]-[0-9a-f]{64}")


STOOD_BEFORE = "stood-before"
"""The notice on a quotation that is removed though something near to it is there: that was there before, beside it."""


class Drift(StrEnum):
    """What became of a source since it was quoted; the meanings are in docs/recheck.md."""

    UNCHANGED = "unchanged"
    EDITED_ELSEWHERE = "edited-elsewhere"
    QUOTE_ALTERED = "quote-altered"
    QUOTE_REMOVED = "quote-removed"
    MOVED = "moved"
    GONE = "gone"
    RESTRICTED = "restricted"
    UNREACHABLE = "unreachable"

    @property
    def undecided(self) -> bool:
        """Whether nothing was learnt of the text."""
        return self in (Drift.RESTRICTED, Drift.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class StoredRecheck:
    """A recheck as it was recorded. ``id`` is ``r-`` and 64 hex digits, ``surt`` the key of the page (`urls.page_key`), ``previous`` and
    ``snapshot`` are whole ids or None, ``time`` is RFC 3339; ``told`` is the JSON object of the record (docs/format.md).
    """

    id: str
    leaf: int
    url: str
    surt: str
    previous: str | None
    snapshot: str | None
    drift: Drift
    time: str
    told: dict[str, Any]

    @classmethod
    def of(cls, told: dict[str, Any], leaf: int, sha256: str, surt: str) -> Self:
        """From the JSON object of a record; raises MISSHAPEN where that has not its shape."""
        _check(told)
        return cls(
            f"r-{sha256}", leaf, told["url"], surt, told["previous"], told["snapshot"], Drift(told["drift"]), told["time"], told
        )  # fmt: skip

    @property
    def short_id(self) -> str:
        return self.id[:SHORT_ID]

    @property
    def exit_code(self) -> int:
        """As the command ends that found this."""
        if self.drift is Drift.GONE or any(quote["drift"] for quote in self.told["quotes"]):
            return 1
        return 3 if self.drift.undecided else 0

    @property
    def unseen(self) -> bool:
        """Whether no text was seen in it that quotations could be held against."""
        return self.snapshot is None or self.drift in (Drift.GONE, Drift.RESTRICTED, Drift.UNREACHABLE)

    @property
    def note(self) -> str | None:
        """What the page had come to say of itself, that it was corrected or withdrawn; None where it said nothing new."""
        note = self.told.get("note")
        return None if note is None else str(note)

    @property
    def quotes(self) -> dict[str, dict[str, Any]]:
        """What was said of each quote, by its whole id."""
        return {told["quote"]: told for told in self.told["quotes"]}

    def to_json(self) -> dict[str, Any]:
        """The recheck as it was recorded, ids cut short but for its own digest."""
        return {
            "schema_version": 1,
            "recheck": self.short_id,
            "recheck_sha256": self.id[2:],
            **{
                name: self.told.get(name)
                for name in ("url", "time", "drift", "reason", "moved_to", "revision", "changed")
            },
            "previous": self.previous and self.previous[:SHORT_ID],
            "snapshot": self.snapshot and self.snapshot[:SHORT_ID],
            "looks": self.told["looks"],
            "quotes": [{**told, "quote": told["quote"][:SHORT_ID]} for told in self.told["quotes"]],
        }


_WORDS = ("url", "time", "drift", "reason", "tool")
_WORDS_OR_NONE = ("previous", "snapshot", "moved_to", "revision")


def _check(told: dict[str, Any]) -> None:
    """Raises TypeError, LookupError or ValueError where something that others look into later is not what `archiver` writes."""
    if told["v"] != 1:
        raise ValueError("another version")
    for name in _WORDS:
        _word(told[name])
    for name in _WORDS_OR_NONE:
        _word(told[name] if told[name] is not None else "")
    for name, prefix in (("previous", "s-"), ("snapshot", "s-")):
        if told[name] is not None:
            _id(told[name], prefix)
    _word(told.get("note", ""))
    if not isinstance(told["changed"], bool):
        raise TypeError("neither true nor false")
    if not _list(told["looks"]):
        raise ValueError("nobody looked")
    for look in told["looks"]:
        for name in ("time", "met", "detail"):
            _word(look[name])
        if look["snapshot"] is not None:
            _id(look["snapshot"], "s-")
    for quote in _list(told["quotes"]):
        _check_quote(quote)


def _check_quote(quote: dict[str, Any]) -> None:
    _id(quote["quote"], "q-")
    Verdict(quote["was"])
    Verdict(quote["verdict"])
    if quote["drift"] not in (None, Drift.QUOTE_ALTERED, Drift.QUOTE_REMOVED):
        raise ValueError("no drift of a quotation")
    if quote.get("layer") is not None:
        Layer(quote["layer"])
    for match in _list(quote.get("matches", [])):
        for name in ("exact", "prefix", "suffix"):
            _word(match[name])
        for span in _list(match["spans"]):
            if type(span["start"]) is not int or type(span["end"]) is not int or not 0 <= span["start"] <= span["end"]:
                raise TypeError("no span")
    for change in _list(quote.get("changes", [])):
        ChangeKind(change["kind"])
        for name in ("in_quote", "in_source"):
            _word(change[name])
    for notice in _list(quote.get("warnings", [])):
        _word(notice["code"])
        _word(notice["detail"])


def _word(value: object) -> None:
    if type(value) is not str:
        raise TypeError("no text")


def _id(value: object, prefix: str) -> None:
    _word(value)
    if not _ID.fullmatch(str(value)) or not str(value).startswith(prefix):
        raise ValueError("no whole id")


def _list(value: object) -> list[Any]:
    if type(value) is not list:
        raise TypeError("no list")
    return value
