"""The clock of this machine held against what the log has already: what is recorded next must not claim to be older than that.

A clock that was set back is no fault that shows at once; but once a time stamp stands in the log, a record behind it that claims an older
time contradicts it for good. So it is found out before anything is fetched or written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archiver import clock
from archiver.catalogue import Catalogue
from archiver.errors import ArchiveError, WrongClock
from archiver.model import StoredLeaf, Trait, having
from archiver.model.kinds import CAPTURE, CLOCK, TEXT, TIMESTAMP
from archiver.model.snapshoturi import digest_in
from archiver.timestamps.window import TOLERANCE, parse_time
from archiver.warc import Member

_DATED_HERE = tuple(sorted(having(Trait.DATED_HERE)))
_FOREIGN = having(Trait.FOREIGN)
_LOOKED_AT = 2000  # leaves; so many captures of others in a row say nothing of this machine's clock


@dataclass(frozen=True, slots=True)
class Told:
    """What the log says of the time: the leaf with its time, and what it is, in words."""

    leaf: int
    time: datetime
    what: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was told below leaf ``size``: by the newest record that this archive's own clock dated, and by the newest time stamp."""

    size: int = 0
    record: Told | None = None
    token: Told | None = None


class Timekeeper:
    """Looks at what others have recorded since it looked last. Threads may share one."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = _Seen()

    def check(self, catalogue: Catalogue, *, noting: bool = False) -> None:
        """Raises WrongClock where this machine's clock is behind the newest record, or behind the newest time stamp.

        ``noting`` leaves the records out: just this is to be recorded, that they were dated by a wrong clock.
        """
        seen, now = self.look(catalogue), clock.now()
        token, record = seen.token, seen.record
        behind = f"The clock of this machine says {clock.stamp(now)}, but the newest"
        if token is not None and now < token.time - TOLERANCE:
            raise WrongClock(
                f"{behind} time stamp in {self._root} is of {clock.stamp(token.time)}, by an authority's clock (leaf {token.leaf}): set the "
                "clock of this machine right; nothing was fetched or recorded."
            )
        if record is not None and not noting and now < record.time - TOLERANCE:
            raise WrongClock(
                f"{behind} record in {self._root}, {record.what}, is of {clock.stamp(record.time)} (leaf {record.leaf}): set the clock right, "
                "or, if it is right now and was wrong then, say so with `archiver log clock --reason TEXT`; nothing was fetched or recorded."
            )

    def check_age(self, members: Iterable[Member]) -> None:
        """Raises ArchiveError for what is older than the newest time stamp that `check` saw: recorded behind it, it would contradict it for good.

        Another process may have had the log stamped while this one slept amid a capture.
        """
        members, token = tuple(members), self._seen.token
        if token is None:
            return
        foreign = {member.sha256.hex for member in members if member.record.kind in _FOREIGN}
        for member in members:
            record, moment = member.record, parse_time(member.record.date)
            if moment is None or moment >= token.time - TOLERANCE or record.kind in _FOREIGN:
                continue
            if record.kind in (CAPTURE, TEXT) and digest_in(record.uri) in foreign:
                continue  # what others captured is dated by them
            raise ArchiveError(
                f"What was captured at {record.date} is not recorded: the log was stamped at {clock.stamp(token.time)} without it, so that it "
                "would be taken for backdated (did this machine sleep meanwhile?); capture it again."
            )

    def look(self, catalogue: Catalogue) -> _Seen:
        """What the log says of the time as it is now."""
        seen, size = self._seen, catalogue.size()
        if size > seen.size:
            token = catalogue.newest_of(TIMESTAMP, seen.size)
            seen = self._seen = _Seen(
                size,
                _newest_record(catalogue, seen.size) or seen.record,
                (_told(token) if token else None) or seen.token,
            )
        return seen


def notes_clock(members: Iterable[Member]) -> bool:
    """Whether it is said among these that the clock was wrong. What is no member is refused later, and by somebody else."""
    return any(getattr(getattr(member, "record", None), "kind", "") == CLOCK for member in members)


def _newest_record(catalogue: Catalogue, start: int) -> Told | None:
    for leaf in catalogue.last_leaves(_DATED_HERE, start, _LOOKED_AT):
        # what others captured is dated by them
        if leaf.kind != CAPTURE or catalogue.is_fetched(leaf.uri.rpartition(":")[2]):
            return _told(leaf)
    return None


def _told(leaf: StoredLeaf) -> Told | None:
    moment = parse_time(leaf.time)
    return None if moment is None else Told(leaf.index, moment, f"a {leaf.kind} record")
