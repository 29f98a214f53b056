"""The times that records claim, held against the outside anchors; which of them are somebody else's word, and are not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from archiver.log.leaves import Details
from archiver.model import Trait, having
from archiver.model.kinds import CAPTURE, TEXT
from archiver.model.snapshoturi import digest_in
from archiver.timestamps.window import TOLERANCE, Window, parse_time

_FOREIGN = having(Trait.FOREIGN)


@dataclass(frozen=True, slots=True)
class Times:
    """``kind_of`` gives the kind of the record whose member has a digest (hex; the number of the leaf that asks goes with it), empty
    where there is none."""

    window: Window
    kind_of: Callable[[str, int], str]

    def fault(self, index: int, details: Details) -> str | None:
        """Why a leaf cannot have been recorded when it says; None where the anchors allow it, or where somebody else dates it."""
        fault = self.contradiction(index, details.time)
        return None if fault is None or self.excused(index, details) else fault

    def contradiction(self, index: int, time: str) -> str | None:
        """Why what a leaf tells of this machine's clock cannot be so."""
        claimed = parse_time(time)
        return "its time cannot be read" if claimed is None else self.window.contradicts(index, claimed)

    def taken_in(self, captures: Iterable[tuple[int, datetime]]) -> Iterator[tuple[int, str]]:
        """Captures of what others dated, each with the time of its import, which is this machine's word: those that cannot be so.

        In archives of before it is when the import of the whole file began, so that anchors of a day may lie between it and the record.
        """
        for index, moment in captures:
            before = self.window.before(index)
            latest = max(moment, min(before.time, moment + _LONGEST)) if before else moment
            fault = self.window.contradicts(index, latest)
            if fault:
                yield index, f"its import: {fault}"

    def excused(self, index: int, details: Details) -> bool:
        """Whether somebody else dates it: a record out of their file, and the capture and the texts that were drawn from such a record.

        Whether it is one says the log, by the kind of the record whose digest is in the snapshot's id: no capture can excuse another's.
        """
        if details.kind in _FOREIGN:
            return True
        if details.kind not in (CAPTURE, TEXT):
            return False
        digest = digest_in(details.uri)
        return bool(digest) and self.kind_of(digest, index) in _FOREIGN


_LONGEST = timedelta(days=1)  # of one exchange; the recorder's own limit is seconds, but can be set


def same_second(text: str, time: str) -> bool:
    """Whether a time (fractions of a second allowed) is within the second that another states: records are dated by whole seconds."""
    if text == time:
        return True
    one, other = parse_time(text), parse_time(time)
    return one is not None and other is not None and one.replace(microsecond=0) == other.replace(microsecond=0)


def lasts(started: str, ended: str) -> bool:
    """Whether an exchange may have gone on from one time to the other. A clock may be set right meanwhile, so it may end earlier by as
    much as an anchor lets clocks differ.
    """
    first, last = parse_time(started), parse_time(ended)
    return first is not None and last is not None and first - TOLERANCE <= last <= first + _LONGEST
