"""A judgement of the words, held against the snapshot that they were looked for in."""

from archiver.judging.notes import IN_CORRECTION, new_notes, outside_notes
from archiver.judging.picked import PICKED, without_twins
from archiver.judging.settling import settle
from archiver.judging.shown import AS_SHOWN, as_shown

__all__ = [
    "AS_SHOWN",
    "IN_CORRECTION",
    "PICKED",
    "as_shown",
    "new_notes",
    "outside_notes",
    "settle",
    "without_twins",
]
