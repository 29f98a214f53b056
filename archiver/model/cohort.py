"""A cohort: the addresses of a list that a person gave a tag, and what came of each, as it was recorded once a run over the list had ended."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from archiver.errors import InputError
from archiver.model.snapshot import SHORT_ID, WHOLE_PAGE

LONGEST_TAG = 100
"""Characters of a tag at most."""

MOST_ROWS = 1000
"""Rows of one record at most; a longer list has several."""

_SNAPSHOT = re.compile(r"s-[0-9a-f]{64}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LATER = frozenset({408, 421, 425})  # a server that wants to be asked again says nothing of the page
_NOT_THERE = frozenset({404, 410})
_GONE = frozenset({"no-such-page", "soft-404"})
_WORDS = ("url", "snapshot", "captured_at", "wall", "cut", "origin", "reason", "detail", "tried_at")


class RowOutcome(StrEnum):
    """What came of a line of a list; the meanings are in docs/cohorts.md. Every address has one of the first five."""

    RECORDED = "recorded"
    RESTRICTED = "restricted"
    GONE = "gone"
    FAILED = "failed"
    UNTRIED = "untried"
    REFUSED = "refused"
    """The line is no address that can be fetched."""


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many lines came out as what. ``refused`` lines are no addresses, and not among ``addresses``."""

    recorded: int = 0
    restricted: int = 0
    gone: int = 0
    failed: int = 0
    untried: int = 0
    refused: int = 0

    @property
    def addresses(self) -> int:
        return self.recorded + self.restricted + self.gone + self.failed + self.untried

    @classmethod
    def of_rows(cls, rows: Iterable[CohortRow]) -> Self:
        found = dict.fromkeys(RowOutcome, 0)
        for row in rows:
            found[row.outcome] += 1
        return cls(**{outcome.value: number for outcome, number in found.items()})

    @classmethod
    def total(cls, parts: Iterable[RowCounts]) -> Self:
        kept = list(parts)
        return cls(*(sum(getattr(part, name) for part in kept) for name in cls.__slots__))

    def to_json(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def of(cls, value: dict[str, Any]) -> Self:
        """Raises MISSHAPEN."""
        return cls(**{name: _number(value[name]) for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class CohortRow:
    """What came of one line (from 1) of a list; empty is what does not apply. ``url`` is the address as browsers write it, with its fragment (of
    a refused line the line as it was, shortened).

    Where there is a ``snapshot`` (a whole id), its ``captured_at``, ``status``, the code of its ``wall``, the reason why it was ``cut`` off and
    the kind of its ``origin`` (``memento`` for a copy at second hand) stand beside it. Where there is none, ``reason`` is a code, ``detail`` the
    sentence and ``tried_at`` when it was tried last.
    """

    line: int
    url: str
    outcome: RowOutcome
    snapshot: str = ""
    captured_at: str = ""
    status: int = 0
    wall: str = ""
    cut: str = ""
    origin: str = ""
    reason: str = ""
    detail: str = ""
    tried_at: str = ""

    @property
    def why(self) -> str:
        """The code of what kept the page from being recorded as it is shown to its readers; empty where nothing did."""
        return outcome_of(self.status, self.wall, self.cut)[1] if self.snapshot else self.reason

    def to_json(self) -> dict[str, Any]:
        """What its record says of it: only what applies."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name)) or name in ("line", "url")}

    @classmethod
    def of(cls, value: dict[str, Any]) -> Self:
        """Raises MISSHAPEN, also for an outcome that does not follow from what the snapshot is."""
        words = {name: _word(value.get(name, "")) for name in _WORDS}
        row = cls(
            _number(value["line"]),
            outcome=RowOutcome(value["outcome"]),
            status=_number(value.get("status", 0)),
            **words,
        )
        if row.snapshot and not _SNAPSHOT.fullmatch(row.snapshot):
            raise ValueError("no whole id of a snapshot")
        if row.snapshot and outcome_of(row.status, row.wall, row.cut)[0] is not row.outcome:
            raise ValueError("an outcome that its snapshot does not bear out")
        if not row.snapshot and row.outcome in (RowOutcome.RECORDED, RowOutcome.RESTRICTED, RowOutcome.GONE):
            raise ValueError("an outcome without a snapshot")
        if not row.snapshot and (row.captured_at or row.status or row.wall or row.cut or row.origin):
            raise ValueError("what is said of a snapshot, without one")
        return row


def outcome_of(status: int, wall: str, cut: str) -> tuple[RowOutcome, str]:
    """What a snapshot is to a list that asked for the page, and the code of why: by its status, the code of its wall, and why it was cut off."""
    if status in _LATER:
        return RowOutcome.FAILED, "server-error"
    if status not in WHOLE_PAGE and status < 400:
        return RowOutcome.FAILED, "no-page"
    if wall in _GONE or (not wall and status in _NOT_THERE):
        return RowOutcome.GONE, wall or "no-such-page"
    if wall == "server-error" or (not wall and status >= 500):
        return RowOutcome.FAILED, "server-error"
    if wall or status >= 400:
        return RowOutcome.RESTRICTED, wall or "restricted"
    return (RowOutcome.FAILED, "cut") if cut else (RowOutcome.RECORDED, "")


@dataclass(frozen=True, slots=True)
class CohortPart:
    """A record of rows: its leaf of the log, the SHA-256 (hex) of its member as stored, and how its rows came out."""

    leaf: int
    sha256: str
    counts: RowCounts


@dataclass(frozen=True, slots=True)
class CohortPolicy:
    """How the pages were asked for. ``robots`` is ``not-asked``; ``jobs`` pages at once in all, ``per_host`` to one host; ``timeout`` in seconds
    for a page. ``conditional``: servers were asked for what had changed only. ``browser`` is never, auto or always. ``second_hand`` and
    ``keeper`` are public archives that were asked for copies, or to keep them; empty for none. ``session``: the person lent cookies.
    ``proxied``: through a proxy.
    """

    robots: str
    user_agent: str
    jobs: int
    per_host: int
    timeout: float
    conditional: bool
    browser: str
    assets: bool
    verify_tls: bool
    session: bool
    proxied: bool
    second_hand: str = ""
    keeper: str = ""

    @classmethod
    def of(cls, value: dict[str, Any]) -> Self:
        """Raises MISSHAPEN."""
        kinds: dict[str, Callable[[object], Any]] = {"str": _word, "int": _number, "float": _seconds, "bool": _flag}
        return cls(**{each.name: kinds[str(each.type)](value[each.name]) for each in fields(cls)})


@dataclass(frozen=True, slots=True)
class CohortReport:
    """What came of a list at the end of a run over it (at ``time``, RFC 3339), all runs that took it up before included.

    ``began`` and ``first_leaf`` (the log's size then) say which run it was: the newest report with the same tag, list and ``first_leaf`` holds.
    ``given`` is the SHA-256 of the list as it was handed in, ``addresses`` that of its ``distinct`` addresses without fragments, a line each;
    ``repeated`` is how many lines name an address again. ``extractors`` are (name and version, texts) of what was read with them; ``parts`` the
    records of rows, in order.
    """

    tag: str
    time: str
    began: str
    first_leaf: int
    given: str
    addresses: str
    distinct: int
    repeated: int
    counts: RowCounts
    policy: CohortPolicy
    tool: str
    extractors: tuple[tuple[str, int], ...]
    parts: tuple[CohortPart, ...]

    @property
    def complete(self) -> bool:
        """Whether every address was tried."""
        return not self.counts.untried

    @property
    def run(self) -> tuple[str, str, int]:
        """What reports of the same run over the same list share."""
        return self.tag, self.addresses, self.first_leaf

    def block(self) -> bytes:
        """The block of its record: JSON."""
        value = asdict(self) | {
            "v": 1,
            "counts": self.counts.to_json(),
            "parts": [
                {"leaf": part.leaf, "sha256": part.sha256, "counts": part.counts.to_json()} for part in self.parts
            ],
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """From the JSON object of a record; raises MISSHAPEN where that has not its shape, or its counts do not add up."""
        if told["v"] != 1:
            raise ValueError("another version")
        parts = tuple(
            CohortPart(_number(part["leaf"]), _digest(part["sha256"]), RowCounts.of(part["counts"]))
            for part in told["parts"]
        )
        counts = RowCounts.of(told["counts"])
        if RowCounts.total(part.counts for part in parts) != counts:
            raise ValueError("counts that do not add up")
        if counts.addresses != _number(told["distinct"]):
            raise ValueError("addresses of the list that nothing is said of")
        return cls(
            read_tag(_word(told["tag"])), _word(told["time"]), _word(told["began"]), _number(told["first_leaf"]),
            _digest(told["given"]), _digest(told["addresses"]), _number(told["distinct"]), _number(told["repeated"]), counts,
            CohortPolicy.of(told["policy"]), _word(told["tool"]),
            tuple((_word(name), _number(texts)) for name, texts in told["extractors"]), parts,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredCohort:
    """A report as it was recorded: ``id`` is ``h-`` and 64 hex digits."""

    id: str
    leaf: int
    report: CohortReport

    @property
    def short_id(self) -> str:
        return self.id[:SHORT_ID]


def read_tag(text: str) -> str:
    """A tag that can be: 1 to 100 printable characters on one line, no blank at an end. Raises InputError."""
    if not text or text != text.strip() or not text.isprintable() or len(text) > LONGEST_TAG:
        raise InputError(
            f"A tag has 1 to {LONGEST_TAG} printable characters (no line breaks, control or invisible ones) and no blank at its ends."
        )
    return text


def rows_block(rows: Sequence[CohortRow]) -> bytes:
    """The block of a record of rows: JSON."""
    value = {"v": 1, "rows": [row.to_json() for row in rows]}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def rows_in(block: bytes) -> tuple[CohortRow, ...]:
    """The rows of such a record, in the order of the list; raises MISSHAPEN."""
    told = json.loads(block)
    if told["v"] != 1 or not 0 < len(told["rows"]) <= MOST_ROWS:
        raise ValueError("another version, or too many rows")
    rows = tuple(CohortRow.of(value) for value in told["rows"])
    if len({row.url for row in rows if row.outcome is not RowOutcome.REFUSED}) + sum(
        row.outcome is RowOutcome.REFUSED for row in rows
    ) != len(rows):
        raise ValueError("an address twice")
    return rows


def _word(value: object) -> str:
    if type(value) is not str:
        raise TypeError("no text")
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("no number")
    return value


def _seconds(value: object) -> float:
    if type(value) not in (int, float) or not 0 < float(value) < 1e9:  # type: ignore[arg-type]  # its type is known by then
        raise TypeError("no time span")
    return float(value)  # type: ignore[arg-type]


def _flag(value: object) -> bool:
    if type(value) is not bool:
        raise TypeError("neither true nor false")
    return value


def _digest(value: object) -> str:
    if not _DIGEST.fullmatch(_word(value)):
        raise ValueError("no digest")
    return _word(value)
