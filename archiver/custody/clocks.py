"""Saying that this machine's clock was wrong: records that it dated later than now are named, and recording goes on."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from archiver import clock
from archiver.archive import Archive
from archiver.archive.timekeeping import Timekeeper
from archiver.errors import InputError
from archiver.log.rotation import check_reason
from archiver.model import StoredLeaf
from archiver.model.clock_note import ClockNote
from archiver.model.kinds import CLOCK, TIMESTAMP, Trait, having
from archiver.timestamps.window import TOLERANCE, parse_time
from archiver.warc import Record, seal

_OF_OTHERS = having(Trait.FOREIGN) | {TIMESTAMP}  # dated by somebody else's clock


def note_wrong_clock(archive: Archive, reason: str) -> tuple[ClockNote, StoredLeaf]:
    """Records that the clock was wrong when it dated leaves of more than an hour from now, as far as that was not said before.

    Raises InputError where there are none, or for a reason that is no line of words, ReadOnlyArchive, and WrongClock where a time
    stamp says that it is wrong now.
    """
    if not reason.strip():
        raise InputError("Say with --reason what was wrong with the clock: it is recorded.")
    check_reason(reason)
    archive.need_writable("recorded")
    Timekeeper(archive.root).check(archive.catalogue, noting=True)
    now = clock.now()
    said = noted_leaves(archive)
    late = clock.stamp(now + TOLERANCE)
    wrong = tuple(number for number, claimed in _claimed(archive) if claimed > late and number not in said)
    if not wrong:
        raise InputError(
            f"Nothing in {archive.root} claims a later time than this machine's clock shows ({clock.stamp(now)}), but what that was said of "
            "before: there is nothing to say."
        )
    made = ClockNote(clock.stamp(now), reason, wrong)
    uri = f"urn:archiver:{CLOCK}:{uuid.uuid4()}"
    (leaf,) = archive.record([seal(Record(CLOCK, "metadata", uri, made.time, "application/json", made.block()))])
    return made, leaf


def noted_leaves(archive: Archive) -> set[int]:
    """The leaves of which it was said that a wrong clock dated them."""
    return {number for note in _notes(archive) for number in note.leaves}


def _notes(archive: Archive) -> Iterator[ClockNote]:
    for leaf in archive.catalogue.leaves(CLOCK):
        try:
            yield ClockNote.parse(archive.stored_record(leaf).block)
        except ValueError:
            continue  # somebody else's, with the key


def _claimed(archive: Archive) -> Iterator[tuple[int, str]]:
    for leaf in archive.catalogue.leaves():
        moment = None if leaf.kind in _OF_OTHERS else parse_time(leaf.time)
        if moment is not None:
            yield leaf.index, clock.stamp(moment)
